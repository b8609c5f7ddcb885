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
        #expect(
            dataset.summary.featureNames == [
                "price", "title=(0)", "title=(start)", "title=(unknown)", "title=(3)", "title=red", "title=car", "title=blue", "kind=u",
                "kind=v",
                "note=(0)", "note=(start)", "note=(unknown)", "note=(3)", "note=a", "note=b",
            ])
        #expect(dataset.row(0) == [0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1])
        #expect(dataset.row(2) == [1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0])
        #expect(dataset.row(3) == [1.5, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0], "words of a test row are unknown")
        #expect(dataset.vocabulary == ["red", "car", "blue", "a", "b"])
        let encoder = RowEncoder(dataset)
        #expect(try encoder.encode(csv: path).inputs == .dense(dataset.matrix), "new rows are encoded by each text's own words")
        #expect(
            try encoder.encode(["price": "2", "title": "a red car", "note": "red a", "kind": "v"]).inputs
                == .dense([0.5, 0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0]))
    }

    @Test func tooManyWordsForTooManyRowsAreRefused() throws {
        let folder = try TemporaryFolder()
        var columns = Self.columns
        columns[1].encoding = .multiHot(vocabulary: 1 << 24, words: Self.keras)
        // Four rows of 16 million columns are no gigabyte; twenty are.
        let text = "price,title,y\n" + (0..<20).map { "\($0),word \($0),\($0 % 2)\n" }.joined()
        let error = #expect(throws: DatasetError.self) {
            try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: try folder.write(text, to: "large.csv"), format: CSVFormat()),
                    inputs: InputSettings(columns: Array(columns.prefix(2))), target: ColumnSettings(column: "y", encoding: .label)))
        }
        #expect(
            error?.description
                == "the 16777216 words of the text \"title\" beside other columns are too many for 20 rows; write a vocabulary of 12500000 or less, or make the text the only input"
        )
    }
}
