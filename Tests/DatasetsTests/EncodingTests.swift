import Datasets
import Documents
import Foundation
import Settings
import Testing

struct EncodingTests {
    private static func open(
        _ text: String, inputs: InputSettings, target: ColumnSettings, split: SplitSettings = SplitSettings()
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "my.csv")
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(source: .csv(path: path, format: CSVFormat()), inputs: inputs, target: target, split: split))
    }

    private static let lastRowValidates = SplitSettings(validation: .part(PartSettings(size: .fraction(0.25))))
    private static let plainTarget = ColumnSettings(column: "y", encoding: .numeric(scale: .none))

    // MARK: - The wine table

    @Test func wineIsEncodedAsTheNotesDo() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path, mirrors: [Places.data])
        let request = EncodingRequest(
            source: .catalogue(try Places.catalogue.entry(named: "wine")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .minMax))]),
            target: ColumnSettings(column: "quality", encoding: .numeric(scale: .minMax)),
            split: SplitSettings(validation: .part(PartSettings(shuffle: .pandas, seed: 0, size: .fraction(0.3)))))
        let dataset = try store.open(request)
        #expect(dataset.rowCount == 1599)
        #expect((dataset.train.count, dataset.featureCount) == (1119, 11))
        #expect(Array(dataset.trainRows.prefix(6)) == [1109, 1032, 1002, 487, 979, 1054])
        #expect(dataset.validation.count == 480)
        #expect(dataset.validationRows == dataset.validationRows.sorted())
        let matrix = dataset.matrix
        for feature in 0..<11 {
            let train = dataset.trainRows.map { matrix[Int($0) * 11 + feature] }
            #expect(train.min() == 0)
            #expect(train.max() == 1)
        }
        // Row 0 is 7.4;0.7;0;1.9;0.076;11;34;0.9978;3.51;0.56;9.4 with quality 5 of 3 to 8.
        #expect(abs(dataset.row(0)[0] - Float((7.4 - 4.6) / (15.9 - 4.6))) < 1e-6)
        #expect(abs(dataset.values[0] - 0.4) < 1e-6)
        #expect(dataset.summary.target == .values(width: 1, shift: 3, divisor: 5))
        #expect(dataset.summary.featureNames.first == "fixed acidity")
    }

    // MARK: - Numbers

    @Test func scalesWithFiguresOfTheTrainRowsAlone() throws {
        let text = "a,b,y\n1,5,0\n2,5,0\n3,5,0\n100,6,0\n"
        let dataset = try Self.open(
            text,
            inputs: InputSettings(columns: [
                .init(column: "a", encoding: .numeric(scale: .minMax)), .init(column: "b", encoding: .numeric(scale: .minMax)),
            ]),
            target: Self.plainTarget, split: Self.lastRowValidates)
        #expect(dataset.matrix == [0, 0, 0.5, 0, 1, 0, 49.5, 1])
        let standard = try Self.open(
            text, inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .standard))]), target: Self.plainTarget,
            split: Self.lastRowValidates)
        let deviation = (2.0 / 3).squareRoot()
        #expect(standard.row(0) == [Float(-1 / deviation), 0])
        #expect(standard.row(3) == [Float(98 / deviation), 1])
        #expect(standard.summary.fitted.map(\.column) == ["a", "b", "y"])
    }

    @Test func aConstantColumnBecomesZero() throws {
        // 0.1 is not exact: a mean of three of them differs from it in the last bit.
        for scale in [Scale.minMax, .standard] {
            let dataset = try Self.open(
                "a,y\n0.1,1\n0.1,2\n0.1,3\n", inputs: InputSettings(columns: [.init(column: "a", encoding: .numeric(scale: scale))]),
                target: Self.plainTarget)
            #expect(dataset.matrix == [0, 0, 0])
        }
    }

    // MARK: - Categories

    @Test func labelsAndOneHotColumnsAreAlphabetical() throws {
        let text = "land,size,y\nSpain,10,no\nFrance,9,yes\nGermany,9,no\nFrance,100,no\n"
        let dataset = try Self.open(
            text, inputs: InputSettings(columns: [.init(column: "size", encoding: .label), .init(column: "land", encoding: .oneHot())]),
            target: ColumnSettings(column: "y", encoding: .label))
        #expect(dataset.summary.featureNames == ["size", "land=France", "land=Germany", "land=Spain"])
        // Numbers are ordered by size: 9, 10, 100.
        #expect(dataset.matrix == [1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 2, 1, 0, 0])
        #expect(dataset.classNames == ["no", "yes"])
        #expect(dataset.labels == [0, 1, 0, 0])
    }

    @Test func aCategoryThatNoTrainRowHasIsAnError() throws {
        let error = #expect(throws: Diagnostics.self) {
            try Self.open(
                "land,y\nSpain,1\nFrance,2\nSpain,3\nItaly,4\n",
                inputs: InputSettings(columns: [.init(column: "land", encoding: .oneHot())]),
                target: Self.plainTarget, split: Self.lastRowValidates)
        }
        let finding = try #require(error?.all.first)
        #expect(finding.line == 5)
        #expect(finding.message == "found \"Italy\" in the column \"land\", a category that no train row has")
        #expect(finding.help == "known: France, Spain; or write unknown: ignore, which gives it zeros")
    }

    @Test func theCatalogueOrdersCategories() throws {
        let folder = try TemporaryFolder()
        let dataset = try DatasetStore(folder: folder.path, mirrors: [Places.data]).open(
            EncodingRequest(
                source: .catalogue(try Places.catalogue.entry(named: "ionosphere")),
                inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
                target: ColumnSettings(column: "class", encoding: .label)))
        #expect(dataset.classNames == ["g", "b"])
        #expect(dataset.featureCount == 33)
        #expect(dataset.labels.count { $0 == 0 } == 225)
    }

    // MARK: - Texts of a table

    @Test(arguments: [
        (WordCoding.plain, [0, 2, 5, 7, 7], [0, 1, 0, 1, 2, 1, 3], 4),
        (.keras, [0, 3, 7, 10, 12], [1, 4, 5, 1, 4, 5, 6, 1, 5, 7, 1, 2], 8),
    ])
    func countsAVocabularyOnTrainRows(coding: WordCoding, offsets: [Int32], columns: [Int32], width: Int) throws {
        let dataset = try Self.open(
            "text,y\n\"B a, b!\",0\nA b c,1\nit's a,0\nonly here here,1\n",
            inputs: InputSettings(columns: [
                .init(column: "text", encoding: .multiHot(vocabulary: nil, words: WordSettings(coding: coding)))
            ]
            ),
            target: ColumnSettings(column: "y", encoding: .label), split: Self.lastRowValidates)
        // a and b stand three times each, b first; then c and it's.
        #expect(dataset.vocabulary == ["b", "a", "c", "it's"])
        guard case .sparse(let found, let ones, nil) = dataset.inputs else {
            Issue.record("a text must give sparse rows")
            return
        }
        #expect(Array(found) == offsets)
        #expect(Array(ones) == columns)
        #expect(dataset.featureCount == width)
    }

    /// As many words as were asked for, the most frequent of those that are not skipped; Keras counts its marks and the skipped ones.
    @Test(arguments: [
        (WordSettings(), 2, ["b", "a"], 2), (WordSettings(), 99, ["b", "a", "c", "it's"], 4), (WordSettings(skipTop: 1), 2, ["a", "c"], 2),
        (WordSettings(minimumCount: 2), 99, ["b", "a"], 2), (WordSettings(coding: .keras), 6, ["b", "a"], 6),
        (WordSettings(skipTop: 1, coding: .keras), 6, ["b", "a"], 6), (WordSettings(coding: .keras), 99, ["b", "a", "c", "it's"], 99),
    ])
    func aVocabularyKeepsSoManyWords(options: WordSettings, vocabulary: Int, words: [String], width: Int) throws {
        let dataset = try Self.open(
            "text,y\n\"B a, b!\",0\nA b c,1\nit's a,0\nonly here here,1\n",
            inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: vocabulary, words: options))]),
            target: ColumnSettings(column: "y", encoding: .label), split: Self.lastRowValidates)
        #expect(dataset.vocabulary == words)
        #expect(dataset.featureCount == width)
    }

    @Test func aTextWithoutAWordThatIsKeptIsRefused() throws {
        let error = #expect(throws: DatasetError.self) {
            try Self.open(
                "text,y\na b,0\nb c,1\n",
                inputs: InputSettings(
                    columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil, words: WordSettings(minimumCount: 3)))]),
                target: ColumnSettings(column: "y", encoding: .label))
        }
        #expect(error?.description == "no word of the text \"text\" is kept; lower minimum_count or skip_top, or drop the column")
    }

    // MARK: - Requests that cannot be met

    @Test(arguments: [
        (InputSettings(columns: [.init(column: "c", encoding: .label)]), "y", "has no column \"c\"; its columns are a, b, y"),
        (InputSettings(columns: [.init(column: "*", encoding: .label)], drop: ["z"]), "y", "has no column \"z\"; its columns are a, b, y"),
        (InputSettings(columns: [.init(column: "*", encoding: .label)], drop: ["a", "b"]), "y", "no column is left as an input"),
        (InputSettings(columns: [.init(column: "a", encoding: .label)]), "a", "the target \"a\" is also an input"),
        (
            InputSettings(columns: [.init(column: "a", encoding: .multiHot(vocabulary: 3, words: WordSettings(coding: .keras)))]), "y",
            "the vocabulary has 3 columns; with coding: keras it needs 4"
        ),
    ])
    func saysWhatIsWrongWithColumns(inputs: InputSettings, target: String, expected: String) throws {
        let error = #expect(throws: DatasetError.self) {
            try Self.open("a,b,y\n1,2,3\n4,5,6\n", inputs: inputs, target: ColumnSettings(column: target, encoding: .numeric(scale: .none)))
        }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }
}
