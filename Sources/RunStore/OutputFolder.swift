import FileSystem

/// A folder of files for people, such as an experiment's report: made when it is needed, its files written whole. Below its root no link is
/// followed.
public struct OutputFolder: Hashable, Sendable {
    /// A folder that somebody named; links in its path are followed.
    private let root: String
    private let disk: Disk
    /// The names of the folders below it.
    private let names: [String]

    /// The folder of these names below `root`; neither need exist yet.
    public init(root: String, on disk: Disk = .system, _ names: String...) {
        self.init(root: root, disk, names: names)
    }

    private init(root: String, _ disk: Disk, names: [String]) {
        self.root = root
        self.disk = disk
        self.names = names
    }

    /// The folder's path.
    public var path: String { ([root] + names).joined(separator: "/") }

    /// The folder of this name in it.
    public func folder(_ name: String) -> OutputFolder {
        OutputFolder(root: root, disk, names: names + [name])
    }

    /// Writes one file.
    public func write(_ text: String, as name: String) throws(StoreError) {
        try stored { () throws(FileFault) in try made().write(name, text: text) }
    }

    /// Writes one file of bytes.
    public func write(_ bytes: [UInt8], as name: String) throws(StoreError) {
        try stored { () throws(FileFault) in _ = try made().write(name, bytes) }
    }

    /// Writes `files` (text by name) and removes the others of `known`, which are the names that such files may have. Everything else stays.
    public func replaceAll(of known: [String], by files: [String: String]) throws(StoreError) {
        try stored { () throws(FileFault) in
            let folder = try made()
            for (name, text) in files.sorted(by: { $0.key < $1.key }) { try folder.write(name, text: text) }
            for name in known where files[name] == nil { try folder.remove(name) }
        }
    }

    private func made() throws(FileFault) -> Folder {
        try Folder.make(root, on: disk)
        var folder = try Folder(path: root, on: disk)
        for name in names { folder = try folder.makeFolder(name) }
        return folder
    }
}
