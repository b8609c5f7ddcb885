import FileSystem
import FoundationEssentials

/// Reads a folder, or an archive of one, with texts in folders of their classes: `CLASS/FILE.txt`, or below `train/` and `test/`.
///
/// Hidden files do not count. Every other file that is no text of a class is counted, and told. Links inside of the folder are followed as long as they
/// stay in it, or in the project.
enum FolderReader {
    /// What a folder or an archive holds.
    struct Found {
        /// The digest of the content: of an archive that of its bytes.
        var content: String
        /// The texts in name order.
        var members: [RawMember]
        /// What was left out.
        var notices: [DatasetNotice] = []
    }

    /// Reads the folder or archive at `path`. `root` is the project's folder. Nothing is unpacked where the digest is not the one that is wanted.
    static func read(path: String, root: String?, wanted: String? = nil) throws -> Found {
        guard isArchive(path) else { return try unpacked(path, root: root) }
        do {
            let file = try FileBytes(path: path)
            let content = ContentDigest.of(file)
            if let wanted, wanted != content { return Found(content: content, members: []) }
            return try withExtendedLifetime(file) { try packed(file.bytes, content: content, path: path) }
        } catch let fault as FileFault {
            throw DatasetError.file(path: path, reason: fault.words)
        }
    }

    /// The digest of the content alone.
    static func digest(path: String, root: String?) throws -> String {
        guard isArchive(path) else { return try unpacked(path, root: root).content }
        do {
            return try ContentDigest.ofFile(at: path)
        } catch {
            throw DatasetError.file(path: path, reason: error.words)
        }
    }

    private static func isArchive(_ path: String) -> Bool {
        var folder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && !folder
    }

    // MARK: - Folders and archives

    private static func unpacked(_ path: String, root: String?) throws -> Found {
        let files = try FolderFiles(path: path, root: root)
        var sorted = SortedFiles(files.regular)
        for name in files.links { sorted.leaveOut(name, .link) }
        for name in files.special { sorted.leaveOut(name, .special) }
        var members: [RawMember] = []
        var total = 0
        for name in sorted.texts {
            do {
                let file = try FileBytes(path: "\(path)/\(name)")
                total += file.bytes.count
                guard total <= ClassFolderReader.limits.chosen else {
                    throw DatasetError.file(
                        path: path, reason: "its texts have more than \(ClassFolderReader.limits.chosen / 1_000_000) MB")
                }
                members.append(RawMember(name: name, bytes: withExtendedLifetime(file) { [UInt8](file.bytes) }))
            } catch let fault as FileFault {
                throw DatasetError.file(path: "\(path)/\(name)", reason: fault.words)
            }
        }
        return Found(content: ContentDigest.of(members), members: members, notices: sorted.notices(path))
    }

    /// Whatever folders there are above `train/` or the classes do not count.
    private static func packed(_ bytes: UnsafeRawBufferPointer, content: String, path: String) throws -> Found {
        var names: [String] = []
        let all: [RawMember]
        do {
            all = try ArchiveReader.members(of: bytes, limits: ClassFolderReader.limits) { name in
                if ArchiveReader.isHidden(name) { return nil }
                names.append(name)
                return SortedFiles.isText(name) ? name : nil
            }
        } catch {
            throw DatasetError.file(path: path, reason: error.reason)
        }
        let sorted = SortedFiles(names, depth: nil)
        let parts = sorted.hasParts ? 3 : 2
        let texts = Set(sorted.texts)
        let members = all.filter { texts.contains($0.name) }.map { member in
            RawMember(name: member.name.split(separator: "/").suffix(parts).joined(separator: "/"), bytes: member.bytes)
        }
        return Found(
            content: content, members: members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) },
            notices: sorted.notices(path))
    }
}

/// Names of files below a folder: those that are texts of a class, and those that are left out.
private struct SortedFiles {
    /// The texts of classes, in name order.
    private(set) var texts: [String] = []
    /// Whether they lie below `train/` and `test/`.
    let hasParts: Bool
    private var total: Int
    private var leftOut: [DatasetNotice.LeftOutFiles.Reason: [String]] = [:]

    /// Files end in `.txt`, in capitals or not.
    static func isText(_ name: String) -> Bool { name.lowercased().hasSuffix(".txt") }

    /// Sorts files. Without a `depth` whatever folders stand above those of the classes do not count.
    init(_ names: [String], depth: Int? = 0) {
        total = names.count
        func isLabelled(_ name: String) -> Bool {
            ClassFolderReader.memberName(name) != nil && (depth == nil || name.split(separator: "/").count == 3)
        }
        let hasParts = names.contains { isLabelled($0) && ClassFolderReader.memberName($0)?.hasPrefix("train/") == true }
        self.hasParts = hasParts
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let folders = name.split(separator: "/").count
            if !Self.isText(name) {
                leaveOut(name, .ending, isCounted: true)
            } else if hasParts ? isLabelled(name) : depth == nil ? folders >= 2 : folders == 2 {
                texts.append(name)
            } else {
                leaveOut(name, ClassFolderReader.isUnlabelled(name) ? .unlabelled : .place, isCounted: true)
            }
        }
    }

    mutating func leaveOut(_ name: String, _ reason: DatasetNotice.LeftOutFiles.Reason, isCounted: Bool = false) {
        if !isCounted { total += 1 }
        leftOut[reason, default: []].append(name)
    }

    /// What is to be told.
    func notices(_ path: String) -> [DatasetNotice] {
        guard !leftOut.isEmpty else { return [] }
        func folder(_ name: String) -> String? { name.split(separator: "/").dropLast().last.map(String.init) }
        let classes = Set(texts.compactMap(folder))
        let gone = Set(
            (leftOut[.ending] ?? []).compactMap { name in
                name.split(separator: "/").count == (hasParts ? 3 : 2) ? folder(name) : nil
            }
        ).subtracting(classes)
        let files = DatasetNotice.LeftOutFiles.Reason.allCases.compactMap { reason in
            leftOut[reason].map { DatasetNotice.LeftOutFiles(reason: reason, count: $0.count, examples: Array($0.prefix(3))) }
        }
        return [.filesLeftOut(path: path, total: total, files: files, classes: gone.sorted())]
    }
}
