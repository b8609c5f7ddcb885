import FileSystem

/// A data set's raw bytes, in the form that its digest is made of.
enum RawContent: Sendable {
    /// A plain file.
    case file(FileBytes)
    /// A file that was compressed.
    case bytes([UInt8])
    /// The members of an archive that are used, in name order.
    case members([RawMember])

    /// The digest that a catalogue entry names.
    var digest: String {
        switch self {
        case .file(let file): ContentDigest.of(file)
        case .bytes(let bytes): bytes.withUnsafeBytes { ContentDigest.of($0) }
        case .members(let members): ContentDigest.of(members)
        }
    }
}

extension CatalogueEntry.Format {
    /// Reads what this format uses of the file at `path`, whose proper name is `name`; the error is what was wrong, in words.
    func content(at path: String, named name: String) throws(ContentProblem) -> RawContent {
        let file: FileBytes
        do {
            file = try FileBytes(path: path)
        } catch {
            throw ContentProblem(text: error.words)
        }
        return try content(of: file, named: name)
    }

    /// The same of a file that was read.
    func content(of file: FileBytes, named name: String) throws(ContentProblem) -> RawContent {
        switch self {
        case .csv, .text:
            guard name.hasSuffix(".gz") else { return .file(file) }
            do {
                return .bytes(
                    try withExtendedLifetime(file) { () throws(ArchiveReader.Failure) in
                        try ArchiveReader.decompressed(file.bytes, limits: CSVReader.limits)
                    })
            } catch {
                throw ContentProblem(text: error.reason)
            }
        case .reutersSGML:
            return .members(try members(of: file, limits: ReutersReader.limits, kind: "*.sgm", choose: ReutersReader.memberName))
        case .classFolders:
            return .members(
                try members(
                    of: file, limits: ClassFolderReader.limits, kind: "train/CLASS/FILE.txt", choose: ClassFolderReader.memberName))
        }
    }

    private func members(
        of file: FileBytes, limits: ArchiveReader.Limits, kind: String, choose: (String) -> String?
    ) throws(ContentProblem) -> [RawMember] {
        let members: [RawMember]
        do {
            members = try withExtendedLifetime(file) { () throws(ArchiveReader.Failure) in
                try ArchiveReader.members(of: file.bytes, limits: limits, choose: choose)
            }
        } catch {
            throw ContentProblem(text: error.reason)
        }
        if members.isEmpty { throw ContentProblem(text: "the archive has no member \(kind)") }
        return members
    }
}

/// Why a file does not hold a data set's content, in words.
struct ContentProblem: Error, Hashable {
    let text: String
    /// The user asked to stop.
    var isInterruption = false

    static let interruption = ContentProblem(text: "interrupted", isInterruption: true)
}

extension ArchiveReader.Failure {
    /// The reason in words.
    package var reason: String {
        switch self {
        case .unreadable(let reason): "the archive cannot be read (\(reason)); it is damaged, cut off or of another kind"
        case .tooLarge(let limit):
            "it unfolds to more than \(limit / 1_000_000) MB and was not read on; if that is right, unpack it, and name what was in it"
        case .notOneFile(let names):
            names.isEmpty
                ? "the archive holds no file"
                : "the archive holds \(names.count) files (\(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? ", …" : "")); unpack it, and name the one that is the table"
        }
    }
}
