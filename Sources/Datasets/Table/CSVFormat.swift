/// How a table is written.
public struct CSVFormat: Sendable, Hashable {
    /// The character between fields; without one it is found out from the first lines (`,`, `;`, tab or `|`).
    public var delimiter: UInt8?
    /// Whether the first line names the columns; without a word on it, it does unless a number stands in it. Without a header the columns are
    /// `column1`, `column2`, ….
    public var header: Bool?

    /// A table whose delimiter and header are found out, unless said.
    public init(delimiter: UInt8? = nil, header: Bool? = nil) {
        self.delimiter = delimiter
        self.header = header
    }
}
