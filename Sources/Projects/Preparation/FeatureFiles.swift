import Datasets
import FileSystem
import RunStore
import Settings

/// The tables of features in the cache: each is named after what made it, and lies beside its digest.
struct FeatureFiles {
    /// What made a table.
    enum Maker: Hashable {
        /// A layer, as weights carry it, of a run.
        case layer(String, of: RunIdentity)
        /// So many principal components of the rows that a data set with these digests trains on.
        case components(Int, of: DataDigests)
    }

    private let folder: String
    private let data: DatasetStore
    private static let ending = ".csv"

    init(of workspace: Workspace) {
        data = workspace.data
        folder = "\(data.folder)/cache/features"
    }

    /// How these tables are written.
    static let format = CSVFormat(delimiter: UInt8(ascii: ","), header: true)

    // MARK: - Names

    /// Where the table of a maker lies, once it is there.
    func path(of maker: Maker) -> String { "\(folder)/\(Self.name(of: maker))" }

    /// Where a table would lie of which nothing but its content is known.
    func path(ofAbsent content: String) -> String { "\(folder)/\(content)\(Self.ending)" }

    private static func name(of maker: Maker) -> String {
        switch maker {
        case .layer(let layer, let run): "\(run.hex)-\(layer)\(ending)"
        case .components(let count, let digests): "\(digests.content.prefix(12))\(digests.encoding.prefix(12))-pca\(count)\(ending)"
        }
    }

    /// The layer and the run that the name of a table tells; nil for one of principal components.
    static func layer(in path: String) -> (layer: String, run: RunIdentity)? {
        let parts = Files.stem(of: path).split(separator: "-", maxSplits: 1)
        guard parts.count == 2, let run = RunIdentity(hex: String(parts[0])), !parts[1].hasPrefix("pca") else { return nil }
        return (String(parts[1]), run)
    }

    // MARK: - Tables

    /// Whether the table at a path is as it was written: what was cut or changed since is made anew.
    func isIntact(_ path: String) -> Bool {
        let name = Files.name(of: path)
        guard Files.isFile(path), let files = try? Folder(path: folder), let known = try? files.read(Self.digestName(of: name)),
            let found = try? files.digest(of: name)
        else { return false }
        return Array(found.hex.utf8) == known
    }

    /// Writes the table of a maker.
    func write(_ text: String, of maker: Maker) throws {
        let name = Self.name(of: maker)
        let bytes = Array(text.utf8)
        try Folder.make(folder)
        let files = try Folder(path: folder)
        _ = try files.write(name, bytes)
        _ = try files.write(Self.digestName(of: name), Array(SHA256.digest(of: bytes).hex.utf8))
    }

    /// The intact table of this content, as records of runs know it; nil where there is none.
    func path(ofContent content: String) -> String? {
        Files.stems(in: folder, ending: Self.ending).lazy.map { "\(folder)/\($0)\(Self.ending)" }.first { path in
            (try? data.contentDigest(of: .csv(path: path, format: Self.format))) == content && isIntact(path)
        }
    }

    private static func digestName(of name: String) -> String { name + ".sha256" }
}
