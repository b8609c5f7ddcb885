import Documents
import FoundationEssentials

/// The data sets that are known by name: a YAML file each, in `data/catalogue/`.
///
///     let entry = try Catalogue(folder: "data/catalogue").entry(named: "reuters")
public struct Catalogue: Sendable {
    /// The folder of the entries.
    public let folder: String

    /// The catalogue in this folder.
    public init(folder: String) {
        self.folder = folder
    }

    /// The entries' names, sorted; none when there is no such folder.
    public var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(Self.suffix) && !$0.hasPrefix(".") }.map { String($0.dropLast(Self.suffix.count)) }.sorted()
    }

    /// The entry of that name. Throws `DatasetError.unknownDataset`, or `Diagnostics` with everything that is wrong in its file.
    public func entry(named name: String) throws -> CatalogueEntry {
        let names = names
        guard names.contains(name) else { throw DatasetError.unknownDataset(name: name, known: names) }
        let source = try Source.load("\(folder)/\(name)\(Self.suffix)")
        var findings = Diagnostics()
        let node = Node.parse(source, into: &findings)
        guard let node, findings.errorCount == 0 else { throw findings }
        var decoding = Decoding("the catalogue entry", findings: findings)
        let entry = CatalogueEntry.schema.decode(node, &decoding)
        guard var entry, decoding.findings.errorCount == 0 else { throw decoding.findings }
        entry.name = name
        return entry
    }

    private static let suffix = ".yaml"
}
