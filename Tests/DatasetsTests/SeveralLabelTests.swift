import Datasets
import Documents
import Settings
import Testing

/// Targets of several labels: cells such as `rain|wind`.
struct SeveralLabelTests {
    private static func open(
        _ text: String, separator: String = "|", split: SplitSettings = SplitSettings(), fit: FittedRows = .train, fold: Int? = nil,
        format: CSVFormat = CSVFormat(delimiter: UInt8(ascii: ","), header: true)
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: try folder.write(text, to: "my.csv"), format: format),
                inputs: InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .none))]),
                target: ColumnSettings(column: "y", encoding: .parts(separator: separator), fit: fit), split: split, fold: fold))
    }

    @Test(arguments: [
        ("x,y\n1,b|a\n2,\n3,c\n4, a | a|\n", "|", ["a", "b", "c"], [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0]),
        ("x,y\n1,b a\n2,a\n", " ", ["a", "b"], [1, 1, 1, 0]),
        ("x,y\n1,10;9\n2,9\n3,\n", ";", ["9", "10"], [1, 1, 1, 0, 0, 0]),
    ])
    func labelsAreSortedAndEachRowHasAnyNumber(text: String, separator: String, names: [String], expected: [Float]) throws {
        let dataset = try Self.open(text, separator: separator)
        #expect(dataset.summary.target == .severalLabels(names: names))
        guard case .severalLabels(let ones, let found) = dataset.target else { throw Unexpected() }
        #expect(withExtendedLifetime(dataset) { Array(ones) } == expected)
        #expect(found == names)
        #expect(dataset.summary.fitted.last?.fit == .parts(categories: names, separator: separator))
    }

    private struct Unexpected: Error {}

    /// What stands for an empty cell is no label.
    @Test func emptyCellsHaveNoLabel() throws {
        let format = CSVFormat(delimiter: UInt8(ascii: ","), header: true, empty: ["none"])
        #expect(try Self.open("x,y\n1,a\n2,none\n", format: format).summary.target == .severalLabels(names: ["a"]))
    }

    private static let last = SplitSettings(validation: .part(PartSettings(size: .fraction(0.4))))

    @Test func aLabelThatNoTrainRowHasIsRefusedUnlessAllRowsAreFitted() throws {
        let text = "x,y\n1,a\n2,b\n3,a\n4,c|a\n5,b\n"
        let problems = #expect(throws: Diagnostics.self) { try Self.open(text, split: Self.last) }
        #expect(
            problems?.all.map { "\($0.message); \($0.help ?? "")" } == [
                "found \"c\" in the column \"y\", a category that no train row has; known: a, b; or write fit: all, which knows the labels of all rows"
            ])
        let all = try Self.open(text, split: Self.last, fit: .all)
        #expect(all.summary.target == .severalLabels(names: ["a", "b", "c"]))
        #expect(all.summary.notices.contains(.labelsUntrained(folds: [0: ["c"]])))
    }

    @Test(arguments: [
        (
            "x,y\n1,a|b\n2,\n3,a\n4,\n5,\n", last,
            [
                DatasetNotice.rowsWithoutLabel(part: "train", column: "y", count: 1, of: 3),
                .rowsWithoutLabel(part: "validation", column: "y", count: 2, of: 2),
                .labelsLacking(part: "validation", folds: [0: ["a", "b"]]),
                .labelsRare(labels: ["b"]),
            ]
        ),
        ("x,y\n1,a|b\n2,a|b\n3,a\n4,a\n5,b\n", last, [.labelsEverywhere(labels: ["a"])]),
        (
            "x,y\n1,a|b\n2,a|b\n3,a|c\n4,c|a\n", SplitSettings(validation: .folds(count: 2, kind: .contiguous)),
            [
                .labelsUntrained(folds: [1: ["b"], 2: ["c"]]), .labelsLacking(part: "validation", folds: [1: ["c"], 2: ["b"]]),
                .labelsEverywhere(labels: ["a"]),
            ]
        ),
        ("x,y\n1,a|b\n2,b\n3,a\n1,b|a\n5,b|a\n", last, [.rowsAlike(part: "validation", count: 1, of: 2)]),
    ])
    func whatLabelsLackIsTold(text: String, split: SplitSettings, expected: [DatasetNotice]) throws {
        #expect(try Self.open(text, split: split).summary.notices == expected)
    }

    @Test(arguments: [
        (
            DatasetNotice.rowsWithoutLabel(part: "train", column: "y", count: 1, of: 3),
            "1 of 3 train rows has no label in \"y\"; there a network is right that gives none."
        ),
        (.labelsRare(labels: ["a", "b"]), "the labels \"a\", \"b\" stand each in a single row that trains; a network hardly learns that."),
        (.labelsEverywhere(labels: ["a"]), "the label \"a\" stands in every row that trains; there is nothing to tell apart."),
        (.labelsLacking(part: "test", folds: [0: ["a"]]), "the test rows have none of the label \"a\", which trains."),
        (.labelsUntrained(folds: [0: ["a"]]), "no row trains of the label \"a\"."),
        (
            .labelsUntrained(folds: [1: ["a", "b"], 2: ["c"]]),
            "while fold 1 validates, no row trains of the labels \"a\", \"b\"; 1 more fold is like that."
        ),
    ])
    func noticesSaySo(notice: DatasetNotice, expected: String) {
        #expect(notice.sentence == expected)
    }

    @Test func aTargetWithoutAnyLabelIsRefused() {
        #expect(throws: DatasetError.noLabel(column: "y")) { try Self.open("x,y\n1,\n2,|\n") }
    }

    @Test(arguments: [Encoding.multiHot(vocabulary: 3), .auto(scale: .none)])
    func targetsThatCellsWouldDecideAreRefused(encoding: Encoding) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("x,y\n1,a\n2,b\n", to: "my.csv")
        let error = #expect(throws: DatasetError.self) {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: path, format: CSVFormat()),
                    inputs: InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .none))]),
                    target: ColumnSettings(column: "y", encoding: encoding)))
        }
        #expect(error?.description.hasSuffix("it can be label, one-hot, numeric, or multi-hot with a separator") == true)
    }

    // MARK: - Stratified

    /// Three labels of 120, 60 and 12 rows of 240, in every combination that chance gives.
    private static let sets: [[Int32]] = (0..<240).map { row in
        (row % 2 == 0 ? [0] : []) + (row * 7 % 12 < 3 ? [1] : []) + (row * 11 % 20 == 3 ? [2] : [])
    }

    private static func counts(_ rows: [Int32]) -> [Int] {
        (0..<3).map { label in rows.count { sets[Int($0)].contains(Int32(label)) } }
    }

    @Test(arguments: 0..<5)
    func everyLabelHasItsShareOfStratifiedFolds(seed: Int) throws {
        let split = try Splitter.split(
            240, SplitSettings(validation: .folds(count: 4, kind: .stratified, seed: seed)), labels: nil, labelSets: Self.sets)
        let all = Self.counts((0..<240).map { $0 })
        for fold in 0..<4 {
            let rows = split.rows(validating: fold)
            #expect(rows.count == 60)
            for (own, whole) in zip(Self.counts(rows), all) { #expect(abs(Double(own) - Double(whole) / 4) <= 1) }
        }
    }

    @Test(arguments: [Shuffle.philox, .none], [PartSize.fraction(0.25), .first(60)])
    func everyLabelHasItsShareOfAStratifiedPart(shuffle: Shuffle, size: PartSize) throws {
        let part = PartSettings(shuffle: shuffle, seed: 3, size: size, stratified: true)
        let split = try Splitter.split(240, SplitSettings(test: part), labels: nil, labelSets: Self.sets)
        #expect((split.train + split.test).sorted() == (0..<240).map { Int32($0) } && split.test.count == 60)
        let all = Self.counts((0..<240).map { $0 })
        for (own, whole) in zip(Self.counts(split.test), all) { #expect(abs(Double(own) - Double(whole) / 4) <= 1) }
    }

    @Test func scikitLearnStratifiesNoSetsOfLabels() {
        let part = PartSettings(shuffle: .scikitLearn, size: .fraction(0.25), stratified: true)
        #expect(throws: DatasetError.stratifiedPartNeedsClasses(part: "test")) {
            try Splitter.split(240, SplitSettings(test: part), labels: nil, labelSets: Self.sets)
        }
    }

    @Test func aTableOfLabelsIsStratified() throws {
        let text = "x,y\n" + (0..<40).map { "\($0),\($0 % 10 == 0 ? "a|b" : $0 % 2 == 0 ? "a" : "b")" }.joined(separator: "\n") + "\n"
        for fold in 0..<4 {
            let data = try Self.open(text, split: SplitSettings(validation: .folds(count: 4, kind: .stratified)), fold: fold)
            #expect(data.validationRows.count == 10 && data.validationRows.count { $0 % 2 == 0 } == 5)
        }
    }
}
