import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Cells that look like something else than they are, and are read as that or told.
struct SilenceTests {
    private static func open(
        _ text: String, test: String? = nil, _ inputs: InputSettings, format: CSVFormat = CSVFormat()
    ) throws -> EncodedDataset {
        let folder = try TemporaryFolder()
        let path = try folder.write(text, to: "my.csv")
        let other = try test.map { try folder.write($0, to: "test.csv") }
        return try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: .csv(path: path, format: format, others: OtherTables(test: other)), inputs: inputs,
                target: ColumnSettings(column: "y", encoding: .numeric(scale: .none))))
    }

    private static func findings(_ body: () throws -> EncodedDataset) -> String {
        do {
            return "\(try body().summary.featureNames)"
        } catch let found as Diagnostics {
            return found.all.map { "\($0.line ?? 0): \($0.message); \($0.help ?? "")" }.joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    private static let automatic = InputSettings(columns: [.init(column: "x", encoding: .auto(scale: .none))])

    @Test(arguments: [
        (["1", "2", "3"], #"["x"]"#), (["02134", "00501", "10001"], #"["x=00501", "x=02134", "x=10001"]"#),
        (["0", "0.5", "-05"], #"["x"]"#),
        (["a", "b", "a"], #"["x=a", "x=b"]"#),
        (
            ["1", "?", "3"],
            #"3: found "?" in the column "x", where a number was expected; if it stands for an empty cell, say so: "#
                + #"{csv: {path: …, empty: ["?"]}}, and missing: mean; or write encode: one-hot, if these are categories"#
        ),
        (
            ["1;5", "2;5", "3;5"],
            #"["x=1;5", "x=2;5", "x=3;5"]"#
        ),
    ])
    func autoTakesCodesForCategoriesAndRefusesWhatIsAlmostNumbers(cells: [String], expected: String) {
        let rows = cells.enumerated().map { "\($0.element),\($0.offset)\n" }
        #expect(Self.findings { try Self.open("x,y\n" + rows.joined(), Self.automatic) } == expected)
    }

    @Test func autoRefusesNumbersWithCommas() {
        #expect(
            Self.findings { try Self.open("x;y\n1,5;0\n2,5;1\n", Self.automatic) }.hasPrefix(
                #"2: found "1,5" in the column "x", where a number was expected; write a point instead of the comma"#))
    }

    @Test func marksOfMissingSettingsCompareAsNumbers() throws {
        let text = "x,y\n-999.0,0\n-999,1\n2,0\n3,1\n -9.99e2,0\n"
        func values(_ missing: MissingSettings) throws -> [Float] {
            try Self.open(
                text, InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .none), missing: missing)]),
                format: CSVFormat(empty: ["-999"])
            ).matrix
        }
        #expect(try values(.mean) == [2.5, 2.5, 2, 3, 2.5])
        #expect(try values(.drop) == [2, 3])
    }

    @Test func unknownCellsThatAreIgnoredAreCounted() throws {
        let inputs = InputSettings(columns: [.init(column: "x", encoding: .oneHot(unknown: .ignore))])
        let dataset = try Self.open("x,y\n0,0\n1,1\n2,0\n", test: "x,y\n0.0,0\n1,1\nz,1\n", inputs)
        #expect(
            dataset.summary.notices.first?.sentence
                == "test: 2 of 3 cells of \"x\" have a category that is in no row the column is fitted on, such as \"0.0\", the number 0 in other "
                + "form; they are ignored (unknown: ignore).")
        let strict = InputSettings(columns: [.init(column: "x", encoding: .oneHot())])
        #expect(
            Self.findings { try Self.open("x,y\n0,0\n1,1\n", test: "x,y\n0.0,0\n", strict) }.contains(
                "0.0 is the number 0, which is known; write both alike"))
    }

    @Test(arguments: [
        (
            "12,34,567", CSVFormat(delimiter: UInt8(ascii: ";"), numbers: NumberFormat(thousands: UInt8(ascii: ","))),
            "its commas do not stand between groups of three digits"
        ),
        (
            "1.5", CSVFormat(delimiter: UInt8(ascii: ";"), numbers: NumberFormat(decimal: UInt8(ascii: ","))),
            "the table's numbers have \",\" before the decimals, not a point"
        ),
    ])
    func aNumberInAnotherFormIsToldByItsForm(cell: String, format: CSVFormat, expected: String) {
        let inputs = InputSettings(columns: [.init(column: "x", encoding: .numeric(scale: .none))])
        #expect(Self.findings { try Self.open("x;y\n\(cell);0\n1;1\n", inputs, format: format) }.contains(expected))
    }

    @Test func ofManyFindingsFewAreToldAndTheOthersCounted() throws {
        let names = (0..<3000).map { "c\($0)" }
        let row = Array(repeating: "q", count: 3000).joined(separator: ",")
        let numbers = Array(repeating: "1", count: 3000).joined(separator: ",")
        let text = names.joined(separator: ",") + ",y\n" + numbers + ",0\n" + row + ",1\n"
        let inputs = InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))])
        let lines = Self.findings { try Self.open(text, inputs) }.split(separator: "\n")
        #expect(lines.count == 20)
        #expect(lines.last?.contains("2980 more columns have such cells") == true)
    }

    /// Names are looked up, not compared one by one: with squares of the columns this would not end in the time of a test.
    @Test func aTableOfAHundredThousandColumnsIsRead() throws {
        let columns = 100_000
        let text =
            (0..<columns).map { "c\($0)," }.joined() + "y\n"
            + (0..<4).map { row in String(repeating: "\(row),", count: columns) + "\(row)\n" }.joined()
        let dataset = try Self.open(text, InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]))
        #expect(dataset.summary.featureCount == columns)
        #expect(dataset.summary.featureNames.last == "c99999")
    }
}
