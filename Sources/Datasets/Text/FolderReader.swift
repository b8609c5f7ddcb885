import FoundationEssentials

/// Reads a folder, or an archive of one, with texts in folders of their classes: `CLASS/FILE.txt`, or below `train/` and `test/`. Hidden files do not count.
enum FolderReader {
    /// The texts in name order.
    static func members(path: String) throws -> [RawMember] {
        var folder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && !folder ? try packed(path) : try unpacked(path)
    }

    /// The digest of the content: of an archive that of its bytes, without unpacking it.
    static func digest(path: String) throws -> String {
        var folder = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &folder), !folder else {
            return ContentDigest.of(try unpacked(path))
        }
        do {
            return ContentDigest.of(try MappedFile(path: path))
        } catch {
            throw DatasetError.file(path: path, reason: error.reason)
        }
    }

    // MARK: - Folders and archives

    private static func unpacked(_ path: String) throws -> [RawMember] {
        let names: [String]
        do {
            names = try FileManager.default.subpathsOfDirectory(atPath: path)
        } catch {
            throw DatasetError.file(path: path, reason: "the folder cannot be read")
        }
        let texts = names.filter { $0.hasSuffix(".txt") && !ArchiveReader.isHidden($0) && (2...3).contains($0.split(separator: "/").count) }
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

    /// Whatever folders there are above `train/` or the classes do not count.
    private static func packed(_ path: String) throws -> [RawMember] {
        let all: [RawMember]
        do {
            all = try ArchiveReader.members(path: path, limits: ClassFolderReader.limits) { name in
                name.hasSuffix(".txt") && !ArchiveReader.isHidden(name) ? name : nil
            }
        } catch {
            throw DatasetError.file(path: path, reason: error.reason)
        }
        let named = all.compactMap { member in ClassFolderReader.memberName(member.name).map { RawMember(name: $0, bytes: member.bytes) } }
        let members =
            named.contains { $0.name.hasPrefix("train/") }
            ? named
            : all.compactMap { member in
                let parts = member.name.split(separator: "/").suffix(2)
                return parts.count == 2 ? RawMember(name: parts.joined(separator: "/"), bytes: member.bytes) : nil
            }
        return members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }
}
