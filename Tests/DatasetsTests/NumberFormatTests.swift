import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Numbers with other signs than a point before the decimals.
struct NumberFormatTests {
    private static let german = NumberFormat(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: "."))
    private static let thousands = NumberFormat(thousands: UInt8(ascii: ","))

    private static func read(_ text: String, _ numbers: NumberFormat) throws -> [Float] {
        let folder = try TemporaryFolder()
        let path = try folder.write("x;y\n\(text);0\n", to: "my.csv")
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: CSVFormat(delimiter: UInt8(ascii: ";"), numbers: numbers)),
                inputs: InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .none))]),
                target: ColumnSettings(column: "y", encoding: .numeric(scale: .none)))
        ).matrix
    }

    @Test(arguments: [
        ("3,5", german, 3.5), ("-0,25", german, -0.25), ("1.234.567,5", german, 1_234_567.5), ("1.234", german, 1234), ("12", german, 12),
        ("1,5e3", german, 1500), ("1.000e3", german, 1_000_000), (" 3,5 ", german, 3.5), ("3,000", thousands, 3000),
        ("1,234,567.25", thousands, 1_234_567.25), ("0.5", thousands, 0.5), ("1e-3", thousands, 1e-3),
        ("1 234,5", NumberFormat(decimal: UInt8(ascii: ","), thousands: UInt8(ascii: " ")), 1234.5),
    ])
    func readsNumbers(text: String, format: NumberFormat, expected: Double) throws {
        #expect(try Self.read(text, format) == [Float(expected)])
    }

    @Test(arguments: [
        ("3.5", german), ("1.23.456", german), ("1.2345", german), (".123", german), ("1,2,3", german), ("3,00", thousands),
        ("1,0000", thousands),
        (",5", thousands), ("12,34,567", thousands), ("3,5", thousands), ("3,500", NumberFormat()), ("1,5", NumberFormat()),
    ])
    func refusesWhatIsWrittenOtherwise(text: String, format: NumberFormat) {
        #expect(throws: Diagnostics.self) { try Self.read(text, format) }
    }

    @Test(arguments: [
        ("3,5", "write a point instead of the comma, or say so: {csv: {path: …, decimal: \",\"}}"),
        ("3,000", "if the comma stands before the decimals, say {csv: {path: …, decimal: \",\"}}; if between thousands, thousands: \",\""),
        ("1,234,567", "leave out the commas between thousands, or say {csv: {path: …, thousands: \",\"}}"),
        ("1.234,5", "write a point instead of the comma, or say so: {csv: {path: …, decimal: \",\"}}"),
        ("N/A", "if it stands for an empty cell, say so: {csv: {path: …, empty: [N/A]}}, and missing: mean"),
        ("?", "if it stands for an empty cell, say so: {csv: {path: …, empty: [\"?\"]}}, and missing: mean"),
        ("1e400", "write a number between -3.4e38 and 3.4e38"), ("0x10", "encode the column as label or one-hot, or drop it"),
    ])
    func advisesByWhatIsMeant(text: String, help: String) {
        let error = #expect(throws: Diagnostics.self) { try Self.read(text, NumberFormat()) }
        #expect(error?.all.map(\.help) == [help])
        #expect(error?.all.first?.message == "found \"\(text)\" in the column \"x\", where a number was expected")
    }
}
