import Datasets
import Settings
import Testing

/// What is told of data that are used as they are.
struct NoticeTests {
    private static func notices(
        _ text: String, _ split: SplitSettings, fit: FittedRows = .train, encoding: Encoding = .numeric(scale: .standard)
    ) throws -> [DatasetNotice] {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: try folder.write(text, to: "my.csv"), format: CSVFormat()),
                inputs: InputSettings(columns: [.init(column: "*", encoding: encoding, fit: fit)]),
                target: ColumnSettings(column: "y", encoding: .label), split: split)
        ).summary.notices
    }

    private static let last = SplitSettings(validation: .part(PartSettings(size: .fraction(0.4))))

    @Test(arguments: [
        (
            "a,y\n1,u\n2,v\n3,u\n1,u\n2,u\n", last,
            [DatasetNotice.rowsAlike(part: "validation", count: 1, of: 2), lacking("validation", ["v"])]
        ),
        ("a,y\n1,u\n2,v\n3,u\n1.0,u\n2,v\n", last, [.rowsAlike(part: "validation", count: 2, of: 2)]),
        ("a,y\n-0,u\n2,v\n3,u\n0,u\n7,v\n", last, [.rowsAlike(part: "validation", count: 1, of: 2)]),
        ("a,y\n1,u\n1,u\n3,v\n4,u\n5,v\n", last, []),
        (
            "a,y\n1,u\n2,v\n3,u\n1,u\n2,v\n", SplitSettings(test: PartSettings(size: .fraction(0.4))),
            [.rowsAlike(part: "test", count: 2, of: 2)]
        ),
        (
            "a,y\n1,u\n1,u\n2,v\n1,u\n4,v\n6,v\n", SplitSettings(validation: .folds(count: 2, kind: .contiguous)),
            [.rowsAlike(part: "validation", count: 3, of: 6)]
        ),
        ("a,y\n1,u\n1,u\n2,v\n3,u\n4,v\n4,v\n", SplitSettings(validation: .folds(count: 2, kind: .contiguous)), []),
        (
            "a,y\n1,u\n2,u\n3,v\n4,v\n5,v\n6,w\n", SplitSettings(validation: .folds(count: 2, kind: .contiguous)),
            [.classesLacking(part: "validation", folds: [1: ["w"], 2: ["u"]]), .classesUntrained(folds: [1: ["u"], 2: ["w"]])]
        ),
    ])
    func rowsAndClasses(text: String, split: SplitSettings, expected: [DatasetNotice]) throws {
        #expect(try Self.notices(text, split) == expected)
    }

    private static func lacking(_ part: String, _ classes: [String]) -> DatasetNotice { .classesLacking(part: part, folds: [0: classes]) }

    /// Texts are alike when they have the same words, whatever their order.
    @Test func textsWithTheSameWordsAreAlike() throws {
        #expect(
            try Self.notices("t,y\na b,u\nc,v\nd,u\nb a b,u\nx,v\n", Self.last, encoding: .multiHot(vocabulary: nil))
                == [.rowsAlike(part: "validation", count: 1, of: 2)])
    }

    @Test(arguments: [
        (FittedRows.all, Encoding.numeric(scale: .standard), [DatasetNotice.fittedOnOthers(columns: ["a"], isFolds: false)]),
        (.folds, .numeric(scale: .standard), []), (.train, .numeric(scale: .standard), []), (.all, .numeric(scale: .none), []),
    ])
    func rowsThatDoNotTrain(fit: FittedRows, encoding: Encoding, expected: [DatasetNotice]) throws {
        #expect(try Self.notices("a,y\n1,u\n2,v\n3,u\n4,u\n5,v\n", Self.last, fit: fit, encoding: encoding) == expected)
    }

    @Test(arguments: [
        (
            DatasetNotice.classesLacking(part: "validation", folds: [6: ["a"]], isStratified: true),
            "the validation rows of fold 2 of repeat 3 have none of the class \"a\", which trains."
        ),
        (
            .classesUntrained(folds: [1: ["a"]]),
            "while fold 1 of repeat 1 validates, no row trains of the class \"a\"; kind: stratified gives every fold its share."
        ),
        (.labelsUntrained(folds: [3: ["a"]]), "while fold 1 of repeat 2 validates, no row trains of the label \"a\"."),
    ])
    func foldsOfRepeatsAreNamed(notice: DatasetNotice, sentence: String) {
        let split = SplitSettings(validation: .folds(count: 2, kind: .shuffled, repeats: 3))
        #expect(notice.sentence(naming: split.foldName) == sentence)
    }

    @Test func foldsThatAreFittedTogether() throws {
        let folds = SplitSettings(validation: .folds(count: 2, kind: .contiguous))
        let found = try Self.notices("a,y\n1,u\n2,v\n3,u\n4,v\n", folds, fit: .folds)
        #expect(found == [.fittedOnOthers(columns: ["a"], isFolds: true)])
        #expect(
            found.map(\.sentence) == [
                "the figures, categories or words by which \"a\" is encoded come from all rows that train in some fold, also from those that validate (fit: folds)."
            ])
    }

    @Test(arguments: [
        (
            DatasetNotice.rowsAlike(part: "test", count: 12, of: 480),
            "12 of 480 test rows also occur among the training rows, with the same inputs and target; figures on them do not show how new rows would do."
        ),
        (.classesLacking(part: "test", folds: [0: ["a", "b"]]), "the test rows have none of the classes \"a\", \"b\", which train."),
        (
            .classesLacking(part: "validation", folds: [3: ["a"]]),
            "the validation rows of fold 3 have none of the class \"a\", which trains; kind: stratified gives every fold its share."
        ),
        (
            .classesLacking(part: "validation", folds: [1: ["a"], 2: ["b"], 4: ["b"]]),
            "the validation rows of fold 1 have none of the class \"a\", which trains; 2 more folds lack classes as well; kind: stratified gives every fold its share."
        ),
        (
            .classesLacking(part: "validation", folds: [1: ["a"], 2: ["b"]], isStratified: true),
            "the validation rows of fold 1 have none of the class \"a\", which trains; 1 more fold lacks classes as well."
        ),
        (
            .classesUntrained(folds: [2: ["a", "b"], 3: ["c"]]),
            "while fold 2 validates, no row trains of the classes \"a\", \"b\"; 1 more fold is like that; kind: stratified gives every fold its share."
        ),
        (
            .windows(rows: 25_000, windows: 24_977, WindowSettings(length: 24), first: 24, last: 0),
            "25,000 rows give 24,977 windows of 24, one from every row on, with the value of the next row; the first 24 rows have no full window before them and are not predicted."
        ),
        (
            .filesLeftOut(
                path: "films", total: 100_000, files: [.init(reason: .unlabelled, count: 50_000, examples: ["a.txt"])], classes: []),
            "films: 50,000 of 100,000 files are left out, 50,000 that are texts without a class (\"a.txt\" and 49,999 more)."
        ),
        (
            .rankedAsKerasDoes(column: "text"),
            "the words of \"text\" are ranked as Keras ranks them, also by texts that do not train (coding: keras)."
        ),
    ])
    func sentences(notice: DatasetNotice, expected: String) {
        #expect(notice.sentence == expected)
    }
}
