import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Empty cells.
struct MissingTests {
    private static let text = "a,b,y\n1,x,0\n,y,1\n3,,1\n8,y,0\n9,z,1\n"

    private static func open(
        _ column: String, _ encoding: Encoding, _ missing: MissingSettings, fit: FittedRows = .train, text: String = text,
        format: CSVFormat = CSVFormat(), target: MissingSettings = .error
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: try folder.write(text, to: "my.csv"), format: format),
                inputs: InputSettings(columns: [.init(column: column, encoding: encoding, missing: missing, fit: fit)]),
                target: ColumnSettings(column: "y", encoding: .label, missing: target),
                split: SplitSettings(validation: .part(PartSettings(size: .fraction(0.4))))))
    }

    @Test(arguments: [
        (MissingSettings.mean, FittedRows.train, [1, 2, 3, 8, 9]), (.mean, .all, [1, 5.25, 3, 8, 9]),
        (.mostFrequent, .train, [1, 1, 3, 8, 9]),
        (.value("-1"), .train, [1, -1, 3, 8, 9]), (.drop, .train, [1, 3, 8, 9]),
    ])
    func numbers(missing: MissingSettings, fit: FittedRows, expected: [Float]) throws {
        #expect(try Self.open("a", .numeric(scale: .none), missing, fit: fit).matrix == expected)
    }

    @Test func categories() throws {
        #expect(try Self.open("b", .label, .mostFrequent, fit: .all).matrix == [0, 1, 1, 1, 2])
        let dataset = try Self.open("b", .oneHot(unknown: .ignore), .value("none"))
        #expect(dataset.summary.featureNames == ["b=none", "b=x", "b=y"])
        #expect(dataset.matrix == [0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0])
    }

    @Test func rowsAreDroppedBeforeTheSplit() throws {
        let dataset = try Self.open("a", .numeric(scale: .none), .drop)
        #expect(dataset.rowCount == 4)
        #expect((dataset.trainRows, dataset.validationRows) == ([0, 1], [2, 3]))
        #expect((0..<4).map { dataset.fileRow(of: $0) } == [0, 2, 3, 4], "rows keep the numbers that they have in the file")
        let target = try Self.open("a", .numeric(scale: .none), .error, text: "a,y\n1,0\n2,\n3,1\n4,0\n5,1\n", target: .drop)
        #expect(target.matrix == [1, 3, 4, 5])
    }

    @Test func textsThatStandForAnEmptyCellAreNamed() throws {
        let text = "a,y\n1,0\nNA,1\n3,1\n ? ,1\n5,0\n6,1\n"
        let format = CSVFormat(empty: ["NA", "?"])
        #expect(try Self.open("a", .numeric(scale: .none), .drop, text: text, format: format).matrix == [1, 3, 5, 6])
    }

    @Test(arguments: [
        (
            MissingSettings.error, "a",
            "my.csv:3:1: error: found an empty cell in the column \"a\", where a number was expected"
        ),
        (
            .value("none"), "a",
            "an empty cell of the column \"a\" cannot become \"none\"; it can be a number, mean, median or most_frequent"
        ),
        (.mean, "b", "an empty cell of the column \"b\" cannot become the mean; it can be drop, most_frequent or a category"),
        (.error, "b", "my.csv:4:3: error: found an empty cell in the column \"b\", where a category was expected"),
    ])
    func saysWhatIsWrong(missing: MissingSettings, column: String, expected: String) throws {
        do {
            _ = try Self.open(column, column == "a" ? .numeric(scale: .none) : .oneHot(), missing)
            Issue.record("no error")
        } catch let error as DatasetError {
            #expect(error.description == expected)
        } catch let findings as Diagnostics {
            #expect(findings.rendered().replacing(/\S*\/my\.csv/, with: "my.csv").hasPrefix(expected))
        }
    }

    @Test func aColumnThatIsEmptyInAllTrainRowsIsRefused() throws {
        #expect(throws: DatasetError.emptyColumn(column: "a")) {
            try Self.open("a", .numeric(scale: .none), .mean, text: "a,y\n,0\n,1\n,1\n4,0\n5,1\n")
        }
        #expect(throws: DatasetError.everyRowDropped(columns: ["a"])) {
            try Self.open("a", .numeric(scale: .none), .drop, text: "a,y\n,0\n,1\n")
        }
    }
}
