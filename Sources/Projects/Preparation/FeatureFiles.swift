import Datasets
import FileSystem
import RunStore
import Settings

/// The tables of features in the cache: each is named after what made it, and lies beside its digest.
struct FeatureFiles {
    private let folder: String
    private let data: DatasetStore

    init(of workspace: Workspace) {
        data = workspace.data
        folder = ([data.folder] + FeatureFileName.folders).joined(separator: "/")
    }

    /// How these tables are written.
    static let format = CSVFormat(delimiter: UInt8(ascii: ","), header: true)

    /// Where the table of this name lies, once it is there.
    func path(of name: FeatureFileName) -> String { "\(folder)/\(name.text)" }

    /// Where a table would lie of which nothing but its content is known.
    func path(ofAbsent content: String) -> String { "\(folder)/\(content)\(FeatureFileName.ending)" }

    // MARK: - Tables

    /// Whether the table of this name is as it was written: what was cut or changed since is made anew.
    func isIntact(_ name: FeatureFileName) -> Bool {
        guard Files.isFile(path(of: name)), let files = try? Folder(path: folder), let known = try? files.read(name.digestName),
            let found = try? files.digest(of: name.text)
        else { return false }
        return Array(found.hex.utf8) == known
    }

    /// Writes the table of this name.
    func write(_ text: String, to name: FeatureFileName) throws {
        let bytes = Array(text.utf8)
        try Folder.make(folder)
        let files = try Folder(path: folder)
        _ = try files.write(name.text, bytes)
        _ = try files.write(name.digestName, Array(SHA256.digest(of: bytes).hex.utf8))
    }

    /// The name of the intact table of this content, as records of runs know it; nil where there is none.
    func name(ofContent content: String) -> FeatureFileName? {
        Files.stems(in: folder, ending: FeatureFileName.ending).lazy.compactMap { FeatureFileName(file: $0 + FeatureFileName.ending) }
            .first { name in
                (try? data.contentDigest(of: .csv(path: path(of: name), format: Self.format))) == content && isIntact(name)
            }
    }
}
