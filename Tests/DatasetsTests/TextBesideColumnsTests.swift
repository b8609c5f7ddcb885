import Datasets
import Foundation
import Settings
import Testing

/// Texts beside other columns of a table.
struct TextBesideColumnsTests {
    private static let text = "price,title,note,kind,y\n1,Red car,a a b,u,0\n2,blue CAR,b,v,1\n3,red bus,,u,0\n4,green tram,c,v,1\n"

    private static func open(_ columns: [ColumnSettings], _ folder: TemporaryFolder) throws -> (
        dataset: EncodedDataset, path: String
    ) {
        let path = try folder.write(text, to: "my.csv")
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: CSVFormat()), inputs: InputSettings(columns: columns),
                target: ColumnSettings(column: "y", encoding: .label), split: SplitSettings(test: PartSettings(size: .fraction(0.25)))))
        return (dataset, path)
    }

    private static let columns: [ColumnSettings] = [
        .init(column: "price", encoding: .numeric(scale: .minMax)),
        .init(column: "title", encoding: .multiHot(vocabulary: 7, words: keras)),
        .init(column: "kind", encoding: .oneHot()), .init(column: "note", encoding: .multiHot(vocabulary: nil, words: keras)),
    ]
    private static let keras = WordSettings(coding: .keras)

    @Test func wordsAreColumnsOfZerosAndOnes() throws {
        let folder = try TemporaryFolder()
        let (dataset, path) = try Self.open(Self.columns, folder)
        let names = FeatureNames(dataset)
        #expect(dataset.summary.featureNames == [], "a text may have millions of words")
        #expect(
            (0..<dataset.featureCount).map { names[$0] } == [
                "price", "title=(0)", "title=(start)", "title=(unknown)", "title=(3)", "title=red", "title=car", "title=blue", "kind=u",
                "kind=v",
                "note=(0)", "note=(start)", "note=(unknown)", "note=(3)", "note=a", "note=b",
            ])
        #expect(dataset.row(0) == [0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1])
        #expect(dataset.row(2) == [1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0])
        #expect(dataset.row(3) == [1.5, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0], "words of a test row are unknown")
        #expect(dataset.vocabulary == ["red", "car", "blue", "a", "b"])
        let encoder = RowEncoder(dataset)
        #expect(try encoder.encode(csv: path).matrix == dataset.matrix, "new rows are encoded by each text's own words")
        #expect(
            try encoder.encode(["price": "2", "title": "a red car", "note": "red a", "kind": "v"]).matrix
                == [0.5, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0])
    }

    @Test func whatIsNotZeroIsKept() throws {
        let folder = try TemporaryFolder()
        let (dataset, _) = try Self.open(Self.columns, folder)
        guard case .sparse(let offsets, let columns, let values?) = dataset.inputs else {
            Issue.record("a text beside a number must give sparse rows of numbers")
            return
        }
        #expect(Array(offsets) == [0, 7, 14, 20, 26])
        #expect(Array(columns.prefix(8)) == [2, 5, 6, 8, 11, 14, 15, 0], "a 0 is not kept")
        #expect(Array(values.prefix(8)) == [1, 1, 1, 1, 1, 1, 1, 0.5])
        #expect(dataset.summary.inputKind == .sparse)
        #expect(dataset.summary.storedInputs == columns.count)
        let ones = try Self.open(Array(Self.columns.dropFirst()), folder).dataset
        guard case .sparse(_, _, nil) = ones.inputs else {
            Issue.record("texts beside categories must give rows of ones")
            return
        }
        #expect(ones.summary.inputKind == .multiHot)
    }

    /// A matrix of these rows would have 80 billion numbers.
    @Test func aWideTextBesideAColumnIsSmall() throws {
        let folder = try TemporaryFolder()
        var columns = Self.columns
        columns[1].encoding = .multiHot(vocabulary: 1 << 24, words: Self.keras)
        let text = "price,title,y\n" + (0..<5000).map { "\($0),word \($0),\($0 % 2)\n" }.joined()
        let dataset = try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: try folder.write(text, to: "large.csv"), format: CSVFormat()),
                inputs: InputSettings(columns: Array(columns.prefix(2))), target: ColumnSettings(column: "y", encoding: .label)))
        #expect(dataset.featureCount == 1 + 1 << 24)
        #expect(dataset.summary.storedInputs == 5000 * 4 - 1)
    }
}
