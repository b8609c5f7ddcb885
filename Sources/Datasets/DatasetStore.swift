/// Finds raw data, encodes it once, and opens the encoding from then on.
///
///     let store = DatasetStore(folder: "data", mirrors: ["/mnt/data"])
///     let dataset = try store.open(request) { print($0) }
///
/// `folder` is the project's `data/`: the sets that ship with the project, `catalogue/`, and `cache/` with `downloads/` and `encoded/`.
///
/// Everything throws `DatasetError`, or `Diagnostics` for what is wrong in a place of a table.
public struct DatasetStore: Sendable {
    /// The project's `data/`.
    public let folder: String
    /// Folders with copies of public data sets, looked at before the network.
    public let mirrors: [String]
    /// The project's folder, which links in folders of texts may not leave; nil: such links stay in their own folder.
    public let root: String?
    private let downloader: Downloader
    private let isOffline: Bool

    /// A store in this folder. Offline it takes only what is at hand.
    public init(folder: String, root: String? = nil, mirrors: [String] = [], isOffline: Bool = false) {
        self.init(folder: folder, root: root, mirrors: mirrors, isOffline: isOffline, downloadProtocols: "=https")
    }

    /// A store that may download with other protocols, in curl's notation.
    package init(folder: String, root: String? = nil, mirrors: [String], isOffline: Bool = false, downloadProtocols: String) {
        self.folder = folder
        self.root = root
        self.mirrors = mirrors
        self.isOffline = isOffline
        downloader = Downloader(protocols: downloadProtocols)
    }

    // MARK: - Encoded data

    /// The encoded data set, from the cache or made now. With `verify` the whole file's checksum is tested. A damaged file is made anew.
    public func open(
        _ request: EncodingRequest, verify: Bool = false, progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }
    ) throws -> EncodedDataset {
        let content = try contentDigest(of: request)
        do {
            return try cached(request, content: content, verify: verify)
        } catch let damage as EncodedFileDamage {
            if damage != .missing { progress(.rebuilding(name: request.source.name, reason: damage.reason)) }
        }
        let built = try build(request, progress: progress)
        do {
            return try cached(request, content: built, verify: false)
        } catch let damage as EncodedFileDamage {
            throw DatasetError.file(path: path(of: request, content: built), reason: damage.reason)
        }
    }

    /// The summary of the encoded data set, from the cache's header; nil when it has not been made yet, or must be made anew.
    public func summary(of request: EncodingRequest) throws -> DatasetSummary? {
        let content = try contentDigest(of: request)
        let key = EncodingKey.key(content: content, encoding: encodingDigest(of: request))
        return try? EncodedFileReader(path: path(of: request, content: content), key: key).summary
    }

    /// The digest of the raw content: for a catalogue entry the one that it names, for a user's table that of its bytes.
    public func contentDigest(of request: EncodingRequest) throws -> String {
        switch request.source {
        case .catalogue(let entry): entry.digest
        case .csv(let path, _, let others):
            ContentDigest.of(
                try table(at: path), and: try [others.validation, others.test].compactMap(\.self).map { try table(at: $0) })
        case .numpy(let path), .lines(let path, _): ContentDigest.of(try table(at: path))
        case .folder(let path): try FolderReader.digest(path: path, root: root)
        }
    }

    /// The digest of how the content is encoded and split; folds, and label and one-hot targets, share it.
    public func encodingDigest(of request: EncodingRequest) -> String {
        EncodingKey.encodingDigest(of: request)
    }

    // MARK: - Raw data

    /// Fetches an entry's content, or finds it where it is, and checks its digest.
    public func fetch(_ entry: CatalogueEntry, progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }) throws {
        _ = try content(of: entry, progress: progress)
    }

    /// Checks the digest of an entry's content where it lies, without the network; false when no file of it is there.
    public func verify(_ entry: CatalogueEntry) throws(DatasetError) -> Bool {
        let finder = SourceFinder(folder: folder, mirrors: mirrors, downloader: nil, progress: { _ in })
        guard finder.hasFile(of: entry) else { return false }
        _ = try finder.content(of: entry)
        return true
    }

    /// What the raw columns hold.
    public func profile(
        of source: RawSource, progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }
    ) throws -> DatasetProfile {
        DatasetProfile(try raw(source, tokens: nil, progress: progress).raw)
    }

    /// Keeps a copy of a file that the user has by hand among the downloads, when it is the entry's content.
    public func fetch(_ entry: CatalogueEntry, from path: String) throws(DatasetError) {
        try SourceFinder(folder: folder, mirrors: mirrors, downloader: nil, progress: { _ in }).take(entry, from: path)
    }

    // MARK: - Details

    private func cached(_ request: EncodingRequest, content: String, verify: Bool) throws -> EncodedDataset {
        let key = EncodingKey.key(content: content, encoding: encodingDigest(of: request))
        let reader = try EncodedFileReader(path: path(of: request, content: content), key: key)
        if verify { try reader.verify() }
        return try reader.dataset(fold: request.fold)
    }

    /// The raw data, and the digest of the content that was read.
    private func raw(
        _ source: RawSource, tokens: Tokens?, progress: @escaping @Sendable (DatasetProgress) -> Void
    ) throws -> (raw: RawTable, content: String) {
        switch source {
        case .catalogue(let entry):
            return (try RawTable(entry, content: self.content(of: entry, progress: progress), tokens: tokens), entry.digest)
        case .csv(let path, let format, let others):
            return try csv(path, format, others, progress: progress)
        case .lines(let path, let format):
            progress(.reading(path: path))
            let file = try table(at: path)
            return (RawTable(try LineReader.read(file, path: path, format: format)), ContentDigest.of(file))
        case .numpy(let path):
            progress(.reading(path: path))
            let content = ContentDigest.of(try table(at: path))
            let (table, parts) = try NumPyReader.read(path: path)
            return (RawTable(table, ownParts: parts), content)
        case .folder(let path):
            progress(.reading(path: path))
            let found = try FolderReader.texts(path: path, root: root)
            let texts = try ClassFolderReader.read(
                found.members, of: path, shuffleSeed: nil, tokens: tokens ?? .words, notices: found.notices)
            let contents = RawTable.Contents.texts(texts.text, labels: texts.labels, classes: texts.classes)
            let raw = RawTable(
                name: path, rowCount: texts.labels.count, columns: ["text", "class"], contents: contents, ownParts: texts.parts,
                notices: found.notices)
            return (raw, try FolderReader.digest(path: path, root: root))
        }
    }

    /// A table, those of other parts behind it.
    private func csv(
        _ path: String, _ format: CSVFormat, _ others: OtherTables, progress: @escaping @Sendable (DatasetProgress) -> Void
    ) throws -> (raw: RawTable, content: String) {
        progress(.reading(path: path))
        let file = try table(at: path)
        let first = try CSVReader.read(file, path: path, format: format)
        var alike = format
        alike.header = first.hasHeader
        let roles: [(path: String?, role: JoinedTables.Role)] = [(others.validation, .validation), (others.test, .test)]
        var parts: [JoinedTables.Part] = []
        var files: [MappedFile] = []
        for case (let path?, let role) in roles {
            progress(.reading(path: path))
            let file = try table(at: path)
            parts.append(.init(table: try CSVReader.read(file, path: path, format: alike), role: role))
            files.append(file)
        }
        let content = ContentDigest.of(file, and: files)
        if parts.isEmpty { return (RawTable(first), content) }
        let (joined, own) = try JoinedTables.join(first, parts)
        return (RawTable(joined, ownParts: own), content)
    }

    /// Encodes the raw data into the cache and gives the digest of the content that was encoded.
    private func build(_ request: EncodingRequest, progress: @escaping @Sendable (DatasetProgress) -> Void) throws -> String {
        let (raw, content) = try raw(request.source, tokens: request.inputs.tokens, progress: progress)
        progress(.encoding(name: request.source.name))
        var arrays = try DatasetEncoder.encode(raw, request)
        arrays.notices = raw.notices + arrays.notices
        let encoding = encodingDigest(of: request)
        let summary = DatasetSummary(arrays, target: request.target.column, content: content, encoding: encoding)
        try WholeFile.makeFolder("\(folder)/cache/encoded")
        try EncodedFileWriter.write(
            arrays, key: EncodingKey.key(content: content, encoding: encoding), summary: summary, to: path(of: request, content: content))
        return content
    }

    private func content(of entry: CatalogueEntry, progress: @escaping @Sendable (DatasetProgress) -> Void) throws(DatasetError)
        -> RawContent
    {
        try SourceFinder(folder: folder, mirrors: mirrors, downloader: isOffline ? nil : downloader, progress: progress)
            .content(of: entry)
    }

    private func table(at path: String) throws(DatasetError) -> MappedFile {
        do {
            return try MappedFile(path: path)
        } catch {
            throw .file(path: path, reason: error.reason)
        }
    }

    private func path(of request: EncodingRequest, content: String) -> String {
        let key = EncodingKey.key(content: content, encoding: encodingDigest(of: request))
        return "\(folder)/cache/encoded/\(request.source.fileStem)-\(key.prefix(32))"
    }
}

extension RawSource {
    /// The name for messages.
    var name: String {
        switch self {
        case .catalogue(let entry): entry.name
        case .csv(let path, _, _), .lines(let path, _), .numpy(let path), .folder(let path): path
        }
    }

    /// The beginning of the names of its files in the cache.
    fileprivate var fileStem: String {
        let name =
            switch self {
            case .catalogue(let entry): entry.name
            case .csv(let path, _, _), .lines(let path, _), .numpy(let path), .folder(let path):
                String((path.split(separator: "/").last ?? "table").prefix { $0 != "." })
            }
        return String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(40))
    }
}
