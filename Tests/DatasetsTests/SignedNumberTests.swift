import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Numbers with a sign of currency or per cent.
struct SignedNumberTests {
    private static func open(_ cells: [String], format: CSVFormat = CSVFormat(), missing: MissingSettings = .error) throws -> EncodedDataset
    {
        let folder = try TemporaryFolder()
        let text = "x;y\n" + cells.enumerated().map { "\($0.element);\($0.offset % 2)\n" }.joined()
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: try folder.write(text, to: "my.csv"), format: format),
                inputs: InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .none), missing: missing)]),
                target: ColumnSettings(column: "y", encoding: .label)))
    }

    @Test(arguments: [
        (["$1,234.50", "$20", "-$3", "$ 4.25"], [1234.5, 20, -3, 4.25]), (["1.234,50 €", "950 €", "-2.500,00 €"], [1234.5, 950, -2500]),
        (["12 %", "7.5%", "0.125%", "-3 %"], [12, 7.5, 0.125, -3]), (["1 234,50 €", "1\u{a0}000 €", "5 €"], [1234.5, 1000, 5]),
        (["CHF 1'200.50", "CHF 3", "CHF 1'000'000"], [1200.5, 3, 1_000_000]), (["R$ 1.000,50", "R$2"], [1000.5, 2]),
        (["£.50", "£1,000,000"], [0.5, 1_000_000]), (["\u{2212}5 €", "5 €"], [-5, 5]),
    ])
    func aSignThatAllCarryIsLeftOut(cells: [String], expected: [Float]) throws {
        let dataset = try Self.open(cells)
        #expect(dataset.matrix == expected)
        let rows = try RowEncoder(dataset).encode(["x": cells[0]])
        #expect(rows.inputs == .dense([expected[0]]))
        #expect(try RowEncoder(dataset).encode(["x": "2.5"]).inputs == .dense([2.5]), "a typed number needs no sign")
    }

    @Test func whatIsReadIsTold() throws {
        let dataset = try Self.open(["$1,234.50", "", "$3"], missing: .mean)
        #expect(dataset.matrix == [1234.5, 618.75, 3])
        #expect(
            dataset.summary.notices.map(\.sentence).first == "the numbers of \"x\" are read without their sign $: \"$1,234.50\" is 1234.5.")
    }

    @Test func theTablesOwnWayOfNumbersHolds() throws {
        #expect(
            try Self.open(["$1,234", "$5,000"], format: CSVFormat(numbers: NumberFormat(thousands: UInt8(ascii: ",")))).matrix == [
                1234, 5000,
            ])
        #expect(
            try Self.open(["1,234 €", "5,5 €"], format: CSVFormat(numbers: NumberFormat(decimal: UInt8(ascii: ",")))).matrix == [
                1.234, 5.5,
            ])
    }

    @Test(arguments: [
        (
            ["$5", "€ 5", "7"],
            """
            3 found "€ 5" in the column "x", whose other cells have the sign $; write all numbers of a column in one unit
            4 found "7" in the column "x", where a number with the sign $ was expected as in other cells; write the sign in every cell of the column, or in none
            """
        ),
        (
            ["$1,234", "$5"],
            "2 found \"$1,234\" in the column \"x\", whose cells do not tell whether its comma stands between thousands or before decimals; say {csv: {path: …, thousands: \",\"}} or {csv: {path: …, decimal: \",\"}}"
        ),
        (
            ["1.234 €", "5 €"],
            "2 found \"1.234 €\" in the column \"x\", whose cells do not tell whether its point stands between thousands or before decimals; say {csv: {path: …, decimal: \",\", thousands: .}} if it stands between thousands, else write the numbers without signs"
        ),
        (
            ["$1.50", "$2.25", "$3,5"],
            "4 found \"$3,5\" in the column \"x\", where a number with a point before its decimals was expected as in other cells; write all numbers alike"
        ),
    ])
    func whatDoesNotGoTogetherIsRefused(cells: [String], expected: String) throws {
        let findings = #expect(throws: Diagnostics.self) { try Self.open(cells) }
        #expect(
            findings?.all.map { "\($0.line.map(String.init) ?? "") \($0.message); \($0.help ?? "")" }.joined(separator: "\n") == expected)
    }
}
