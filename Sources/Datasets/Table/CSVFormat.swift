/// How a table is written.
public struct CSVFormat: Sendable, Hashable {
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
