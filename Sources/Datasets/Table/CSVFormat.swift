/// How a table is written.
public struct CSVFormat: Sendable, Hashable {
    /// The character between fields; without one it is found out from the first lines (`,`, `;`, tab or `|`).
    public var delimiter: UInt8?
    /// Whether the first line names the columns. Without a header they are `column1`, `column2`, ….
    public var header: Bool

    /// A table with a header and a delimiter to be found out, unless said otherwise.
    public init(delimiter: UInt8? = nil, header: Bool = true) {
        self.delimiter = delimiter
        self.header = header
    }
}
