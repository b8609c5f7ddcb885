/// What can be wrong with raw data or a request for it. The words are in `DatasetError+Message.swift`.
public enum DatasetError: Error, Sendable, Hashable {
    /// A fold was asked for that the split does not have.
    case noSuchFold(fold: Int, count: Int?)
}
