/// A folder of files for people, such as an experiment's report: made when it is needed, its files written whole.
public struct OutputFolder: Hashable, Sendable {
    /// The folder's path.
    public let path: String

    /// The folder at `path`, which need not exist yet.
    public init(path: String) {
        self.path = path
    }

    /// Writes one file.
    public func write(_ text: String, as name: String) throws(StoreError) {
        try Files.makeFolder(path)
        try WholeFile.write(text: text, to: path + "/" + name)
    }

    /// Writes `files` (text by name) and removes the others whose names end in `suffix`.
    public func replaceAll(withSuffix suffix: String, by files: [String: String]) throws(StoreError) {
        for (name, text) in files.sorted(by: { $0.key < $1.key }) { try write(text, as: name) }
        for name in Files.names(in: path) where name.hasSuffix(suffix) && !name.hasPrefix(".") && files[name] == nil {
            try Files.remove(path + "/" + name)
        }
    }
}
