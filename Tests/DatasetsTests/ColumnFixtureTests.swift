import Datasets
import Documents
import Foundation
import Settings
import Testing

/// What pandas and scikit-learn make of columns, row for row, by `Fixtures/make_columns.py`.
struct ColumnFixtureTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let inputs: String
        let rows: [[Double]]

        var testDescription: String { inputs }
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    private static let cases = (try? Data(contentsOf: folder.appending(path: "columns.json"))).flatMap {
        try? JSONDecoder().decode([Case].self, from: $0)
    }

    @Test func thereAreFixtures() throws {
        #expect(try #require(Self.cases).count == 22)
    }

    @Test(arguments: cases ?? [])
    func everyRowIsWhatTheLibrariesMakeOfIt(expected: Case) throws {
        let path = Self.folder.appending(path: "columns.csv").path
        let dataset = try InputText.open(expected.inputs, path: path, validating: 0.25)
        let width = try #require(expected.rows.first).count
        try #require(dataset.rowCount == expected.rows.count && dataset.featureCount == width)
        #expect(dataset.summary.featureNames.count == width)
        for (row, numbers) in expected.rows.enumerated() {
            for (found, number) in zip(dataset.row(row), numbers) {
                #expect(abs(Double(found) - number) <= 1e-6 * max(1, abs(number)), "row \(row): \(found) for \(number)")
            }
        }
        // Rows from elsewhere are read as the data set's own.
        #expect(try RowEncoder(dataset).encode(csv: path).inputs == .dense(dataset.matrix))
    }
}

/// Inputs as experiment files write them.
enum InputText {
    static func settings(_ text: String) throws -> InputSettings {
        var findings = Diagnostics()
        let node = try #require(Node.parse(Source(name: "inputs", text: text), into: &findings))
        var decoding = Decoding("inputs")
        guard let settings = InputSettings.schema.decode(node, &decoding) else { throw decoding.findings }
        return settings
    }

    /// The data set of a table with these inputs and the target `y`; the last rows validate.
    static func open(_ inputs: String, path: String, validating share: Double = 0.2) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: CSVFormat()), inputs: settings(inputs),
                target: ColumnSettings(column: "y", encoding: .label),
                split: SplitSettings(validation: .part(PartSettings(size: .fraction(share))))))
    }
}
