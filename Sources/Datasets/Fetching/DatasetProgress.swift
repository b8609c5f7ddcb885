/// What a data set's source or encoder is doing, for whoever waits.
public enum DatasetProgress: Sendable, Hashable {
    /// Bytes come in from `address`; `total` where the server says.
    case downloading(address: String, received: Int, total: Int?)
    /// Raw bytes are read from the file at `path`.
    case reading(path: String)
    /// Rows are encoded into the cache.
    case encoding(name: String)
    /// A cached encoding was not as it was written and is made anew.
    case rebuilding(name: String, reason: String)
}
