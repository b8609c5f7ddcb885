import Datasets
import Foundation
import Settings
import Testing

/// What is learned comes from the rows that train, unless all are asked for: the last two rows test, and would change every figure.
struct FittedRowsTests {
    private static let text = "n,c,w,y\n0,u,a a,1\n2,v,a b,3\n4,u,b b,5\n100,q,q q q q,90\n,q,q q q,95\n"

    private static func fitted(_ column: String, _ encoding: Encoding, _ missing: MissingSettings, _ fit: FittedRows) throws
        -> EncodedDataset
    {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: try folder.write(text, to: "my.csv"), format: CSVFormat()),
                inputs: InputSettings(columns: [.init(column: column, encoding: encoding, missing: missing, fit: fit)]),
                target: ColumnSettings(column: "y", encoding: .numeric(scale: .minMax), fit: fit),
                split: SplitSettings(test: PartSettings(size: .fraction(0.4)))))
    }

    @Test(arguments: [
        (FittedRows.train, FittedColumn.Fit.numeric(shift: 0, divisor: 4), "2.0"), (.all, .numeric(shift: 0, divisor: 100), "26.5"),
    ])
    func numbers(fit: FittedRows, expected: FittedColumn.Fit, mean: String) throws {
        let dataset = try Self.fitted("n", .numeric(scale: .minMax), .mean, fit)
        #expect(dataset.summary.fitted.first == FittedColumn(column: "n", fit: expected, missing: mean))
    }

    @Test func standardDeviations() throws {
        let deviation = (8.0 / 3).squareRoot()
        let dataset = try Self.fitted("n", .numeric(scale: .standard), .value("2"), .train)
        guard case .numeric(let shift, let divisor, _) = dataset.summary.fitted.first?.fit else {
            Issue.record("no number")
            return
        }
        #expect(shift == 2)
        #expect(abs(divisor - deviation) < 1e-12)
    }

    @Test(arguments: [(FittedRows.train, ["u", "v"]), (.all, ["q", "u", "v"])])
    func categories(fit: FittedRows, expected: [String]) throws {
        let dataset = try Self.fitted("c", .oneHot(unknown: .ignore), .error, fit)
        #expect(dataset.summary.fitted.first?.fit == .oneHot(categories: expected, dropFirst: false, ignoresUnknown: true))
    }

    @Test(arguments: [(FittedRows.train, ["a", "b"]), (.all, ["q", "a", "b"])])
    func words(fit: FittedRows, expected: [String]) throws {
        #expect(try Self.fitted("w", .multiHot(vocabulary: nil), .error, fit).vocabulary == expected)
    }

    @Test(arguments: [(FittedRows.train, 4.0), (.all, 94.0)])
    func targets(fit: FittedRows, range: Double) throws {
        #expect(try Self.fitted("c", .oneHot(unknown: .ignore), .error, fit).summary.target == .values(width: 1, shift: 1, divisor: range))
    }

    /// Rows that train are the same numbers, whatever the others hold.
    @Test(arguments: [Encoding.numeric(scale: .standard), .numeric(scale: .minMax)])
    func testRowsChangeNothingOfTrainRows(encoding: Encoding) throws {
        let folder = try TemporaryFolder()
        func trainRows(_ last: String) throws -> [Float] {
            let dataset = try DatasetStore(folder: folder.path).open(
                EncodingRequest(
                    source: .csv(path: try folder.write("x,y\n1,0\n5,1\n2,0\n\(last),1\n", to: "my.csv"), format: CSVFormat()),
                    inputs: InputSettings(columns: [.init(column: "x", encoding: encoding)]),
                    target: ColumnSettings(column: "y", encoding: .label), split: SplitSettings(test: PartSettings(size: .fraction(0.25)))))
            return Array(dataset.matrix.prefix(3))
        }
        #expect(try trainRows("3") == trainRows("1e6"))
    }

    @Test func aDivisorIsFittedOnNothing() throws {
        let dataset = try Self.fitted("n", .numeric(scale: .divided(by: 4)), .value("8"), .train)
        #expect(dataset.matrix == [0, 0.5, 1, 25, 2])
    }
}
