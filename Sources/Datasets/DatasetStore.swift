/// Finds raw data, encodes it once, and opens the encoding from then on.
///
///     let store = DatasetStore(folder: "data", mirrors: ["/mnt/data"])
///     let dataset = try store.open(request) { print($0) }
///
/// `folder` is the project's `data/`: the sets that ship with the project, `catalogue/`, and `cache/` with `downloads/` and `encoded/`.
public struct DatasetStore: Sendable {
    /// The project's `data/`.
    public let folder: String
    /// Folders with copies of public data sets, looked at before the network.
    public let mirrors: [String]

    /// A store in this folder.
    public init(folder: String, mirrors: [String] = []) {
        self.folder = folder
        self.mirrors = mirrors
    }

    /// The encoded data set, from the cache or made now. With `verify` the whole file's checksum is tested, and a damaged one is made anew.
    public func open(
        _ request: EncodingRequest, verify: Bool = false, progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }
    ) throws -> EncodedDataset {
        throw DatasetError.noSuchFold(fold: 0, count: nil)
    }

    /// The summary of the encoded data set, from the cache's header; nil when it has not been made yet.
    public func summary(of request: EncodingRequest) throws -> DatasetSummary? {
        nil
    }

    /// The digest of the raw content: for a catalogue entry the one that it names, for a user's table that of its bytes.
    public func contentDigest(of request: EncodingRequest) throws -> String {
        ""
    }

    /// The digest of how the content is encoded and split; folds share it.
    public func encodingDigest(of request: EncodingRequest) -> String {
        ""
    }
}
