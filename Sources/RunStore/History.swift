/// The figures of every epoch: named columns, one row an epoch.
public struct History: Hashable, Sendable {
    /// Column names, such as `epoch`, `loss`, `accuracy`, `val_loss`, `val_accuracy`, `seconds`.
    public let columns: [String]
    /// One row an epoch, one value a column.
    public private(set) var rows: [[Double]] = []

    /// A history without rows.
    public init(columns: [String]) {
        self.columns = columns
    }

    /// Adds an epoch. Values that are missing at the end become NaN, values too many are dropped.
    public mutating func append(_ row: [Double]) {
        let missing = Array(repeating: Double.nan, count: max(0, columns.count - row.count))
        rows.append(row.count == columns.count ? row : Array((row + missing).prefix(columns.count)))
    }

    /// The values of one column, epoch by epoch, when there is such a column.
    public subscript(column: String) -> [Double]? {
        guard let index = columns.firstIndex(of: column) else { return nil }
        return rows.map { $0[index] }
    }
}
