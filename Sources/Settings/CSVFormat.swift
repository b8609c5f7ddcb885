import Documents

/// How a table is written.
public struct CSVFormat: Hashable, Sendable, Codable {
    /// The character between fields; without one it is found out from the first lines (`,`, `;`, tab or `|`).
    public var delimiter: UInt8?
    /// Whether the first line names the columns; without a word on it, the rows below and the names in use must tell. Without a header the columns are
    /// `column1`, `column2`, ….
    public var header: Bool?
    /// Names of the columns, in place of those of the header.
    public var columns: [String]?
    /// Whether fields may stand in double quotes; else a quote is a character like any other.
    public var quotes: Bool
    /// Texts that stand for an empty cell, such as `NA`.
    public var empty: [String]
    /// How numbers are written.
    public var numbers: NumberFormat
    /// Whether each line is an object of JSON; then only `empty` counts of the others.
    public var isJSONLines = false

    /// A table whose delimiter and header are found out, unless said.
    public init(
        delimiter: UInt8? = nil, header: Bool? = nil, columns: [String]? = nil, quotes: Bool = true, empty: [String] = [],
        numbers: NumberFormat = NumberFormat()
    ) {
        self.delimiter = delimiter
        self.header = header
        self.columns = columns
        self.quotes = quotes
        self.empty = empty
        self.numbers = numbers
    }
}

/// How a table writes its numbers.
public struct NumberFormat: Hashable, Sendable, Codable {
    /// The character before the decimals.
    public var decimal: UInt8
    /// The character between groups of three digits; nil: there is none.
    public var thousands: UInt8?

    /// Numbers with a point before the decimals and nothing between thousands, unless said otherwise.
    public init(decimal: UInt8 = UInt8(ascii: "."), thousands: UInt8? = nil) {
        self.decimal = decimal
        self.thousands = thousands
    }
}

// MARK: - In the file

extension CSVFormat {
    private static let plain = CSVFormat()

    package static let delimiterField = Field<CSVFormat, UInt8?>(
        optional: "delimiter", \.delimiter, character, misnomers: ["separator", "sep"],
        doc: "The character between fields; found out when it is missing.")

    package static let headerField = Field<CSVFormat, Bool?>(
        optional: "header", \.header, .boolean,
        doc: "Whether the first line names the columns; when it is missing, the rows below must tell.")

    package static let columnsField = Field<CSVFormat, [String]?>(
        optional: "columns", \.columns, .list(of: .text("column's name"), atLeast: 1), misnomers: ["names"],
        doc: "Names of the columns, in place of those of the header.")

    package static let quotesField = Field<CSVFormat, Bool>(
        "quotes", \.quotes, .boolean, unlessWritten: plain.quotes,
        doc: "Whether fields may stand in double quotes, which lines of plain text do not")

    package static let emptyField = Field<CSVFormat, [String]>(
        "empty", \.empty, .list(of: .text("text"), atLeast: 1), unlessWritten: plain.empty, misnomers: ["missing", "na_values"],
        doc: "Texts that stand for an empty cell, such as NA or ?; -999 also stands for -999.0 in columns of numbers")

    static let decimalField = Field<CSVFormat, UInt8>(
        "decimal", \.numbers.decimal, character, unlessWritten: plain.numbers.decimal, doc: "The character before the decimals of numbers")

    static let thousandsField = Field<CSVFormat, UInt8?>(
        optional: "thousands", \.numbers.thousands, character,
        doc: "The character between the thousands of numbers: none unless written.")

    private static let character = Schema<String>.text("character").checked { text in
        text.utf8.count == 1 ? nil : Problem("% must be one character of ASCII, found \"\(text)\"")
    }.mapped(to: { $0.utf8.first ?? 0 }, from: { String(UnicodeScalar($0)) })

    /// Keys that do not go together.
    var problem: Problem? {
        numbers.thousands == numbers.decimal
            ? Problem(
                "thousands and decimals cannot have the same character", help: "write decimal: \",\" if that is meant", at: "thousands")
            : nil
    }
}
