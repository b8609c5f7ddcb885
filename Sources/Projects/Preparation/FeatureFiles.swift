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

    /// The folder of the tables. The user named the folder of the data, be it a link; below it no link is followed, for reading, writing or removal, as below
    /// that of the results: nothing but what this program wrote may be taken for a table, replaced or removed.
    func opened() throws(FileFault) -> Folder {
        var files = try Folder(path: data.folder)
        for name in FeatureFileName.folders { files = try files.folder(name) }
        return files
    }

    private func made() throws(FileFault) -> Folder {
        try Folder.make(data.folder)
        var files = try Folder(path: data.folder)
        for name in FeatureFileName.folders { files = try files.makeFolder(name) }
        return files
    }

    /// Whether the table of this name is as it was written: what was cut or changed since is made anew.
    func isIntact(_ name: FeatureFileName) -> Bool {
        guard let files = try? opened(), let known = try? files.read(name.digestName), let found = try? files.digest(of: name.text) else {
            return false
        }
        return Array(found.hex.utf8) == known
    }

    /// Writes the table of this name.
    func write(_ text: String, to name: FeatureFileName) throws(Refusal) {
        let bytes = Array(text.utf8)
        do throws(FileFault) {
            let files = try made()
            _ = try files.write(name.text, bytes)
            _ = try files.write(name.digestName, Array(SHA256.digest(of: bytes).hex.utf8))
        } catch {
            let remedy = if case .kind = error.reason { "move it away" } else { "make it writable" }
            throw Refusal(
                Files.spoken(error.description),
                help: "tables of features are kept there: \(remedy), or name another data folder with --data")
        }
    }

    /// The name of the intact table of this content, as records of runs know it; nil where there is none.
    func name(ofContent content: String) -> FeatureFileName? {
        guard let names = try? opened().names() else { return nil }
        return names.lazy.filter { $0.hasSuffix(FeatureFileName.ending) }.compactMap(FeatureFileName.init(file:)).first { name in
            (try? data.contentDigest(of: .csv(path: path(of: name), format: Self.format))) == content && isIntact(name)
        }
    }
}
