import FoundationEssentials

/// Reads a folder with texts in folders of their classes: `CLASS/FILE.txt`, or below `train/` and `test/`.
enum FolderReader {
    /// The texts in name order.
    static func members(path: String) throws -> [RawMember] {
        let names: [String]
        do {
            names = try FileManager.default.subpathsOfDirectory(atPath: path)
        } catch {
            throw DatasetError.file(path: path, reason: "the folder cannot be read")
        }
        let texts = names.filter { $0.hasSuffix(".txt") && (2...3).contains($0.split(separator: "/").count) }
        let hasParts = texts.contains { $0.hasPrefix("train/") }
        var members: [RawMember] = []
        var total = 0
        for name in texts.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            if hasParts ? ClassFolderReader.memberName(name) == nil : name.split(separator: "/").count != 2 { continue }
            do {
                let file = try MappedFile(path: "\(path)/\(name)")
                total += file.bytes.count
                guard total <= ClassFolderReader.limits.chosen else {
                    throw DatasetError.file(
                        path: path, reason: "its texts have more than \(ClassFolderReader.limits.chosen / 1_000_000) MB")
                }
                members.append(RawMember(name: name, bytes: withExtendedLifetime(file) { [UInt8](file.bytes) }))
            } catch let failure as FileFailure {
                throw DatasetError.file(path: "\(path)/\(name)", reason: failure.reason)
            }
        }
        return members
    }
}
