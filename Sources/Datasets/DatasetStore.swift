import FileSystem
import Settings

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
    private let verified = VerifiedFiles()
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

    /// The encoded data set, from the cache or made now. Its checksum is tested once in the store's life; a damaged file is made anew.
    ///
    /// - Parameter content: the digest of the content that is wanted, wherever it lies: the raw data are read only where the cache does not have it,
    ///   and other content there is an error (`DatasetError.contentChanged`). Nil takes what lies there now.
    public func open(
        _ request: EncodingRequest, content: String? = nil, progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }
    ) throws -> EncodedDataset {
        if let fold = request.fold, !(0..<(request.split.folds ?? 0)).contains(fold) {
            throw DatasetError.noSuchFold(fold: fold, count: request.split.folds)
        }
        do {
            return try cached(request, content: content ?? contentDigest(of: request))
        } catch let damage as EncodedFileDamage {
            if damage != .missing { progress(.rebuilding(name: request.source.name, reason: damage.reason)) }
        }
        let built = try build(request, wanted: content, progress: progress)
        do {
            return try cached(request, content: built)
        } catch let damage as EncodedFileDamage {
            throw DatasetError.file(path: path(of: request, content: built), reason: damage.reason)
        }
    }

    /// The summary of the encoded data set, from the cache's header; nil when it has not been made yet, or must be made anew. `content` is the digest of
    /// what is wanted; nil takes what lies there now.
    public func summary(of request: EncodingRequest, content: String? = nil) throws -> DatasetSummary? {
        let content = try content ?? contentDigest(of: request)
        return try? EncodedFileReader(path: path(of: request, content: content), key: EncodingKey.key(of: request, content: content))
            .summary
    }

    /// The digest of the raw content: for a catalogue entry the one that it names, for a user's own data that of its bytes.
    public func contentDigest(of request: EncodingRequest) throws -> String { try contentDigest(of: request.source) }

    /// The same, of what lies at a source.
    public func contentDigest(of source: RawSource) throws -> String {
        switch source {
        case .catalogue(let entry): entry.digest
        case .csv(let path, _, let others): ContentDigest.of(files: try ([path] + others.paths).map(digest(ofFileAt:)))
        case .numpy(let path), .lines(let path, _), .text(let path): try digest(ofFileAt: path)
        case .folder(let path): try FolderReader.digest(path: path, root: root)
        case .images(let path): try ImageFolderReader(path: path, root: root).digest()
        case .idx(let files): ContentDigest.of(files: try files.paths.map(digest(ofFileAt:)))
        }
    }

    /// The digest of how the content is encoded and split; folds, and label and one-hot targets, share it.
    public func encodingDigest(of request: EncodingRequest) -> String {
        EncodingKey.encodingDigest(of: request)
    }

    /// The numbers of the encoded data set as they are before they are rounded to 32 bits. They are not cached: the raw data are read.
    ///
    /// - Parameter content: the digest of the content that is wanted; other content is an error (`DatasetError.contentChanged`).
    public func exactNumbers(
        of request: EncodingRequest, content: String, progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }
    ) throws -> ExactNumbers {
        try DatasetEncoder.exactNumbers(
            raw(request.source, request.inputs, names: request.columnNames, wanted: content, progress: progress).raw, request
        )
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

    /// What the raw columns hold; pictures of a folder as the shape has them that suits them all. `names` are columns that are known to be used: they tell a header from a row.
    public func profile(
        of source: RawSource, names: [String] = [], progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }
    ) throws -> DatasetProfile {
        var shape: ImageShape?
        if case .images(let path) = source { shape = try ImageFolderReader(path: path, root: root).suitableShape() }
        let inputs = shape.map { InputSettings(columns: [ColumnSettings(column: "*", encoding: .numeric(scale: .none), image: $0)]) }
        var profile = DatasetProfile(try raw(source, inputs, names: names, wanted: nil, progress: progress).raw)
        if let shape { profile.imageShape = shape }
        return profile
    }

    /// Keeps a copy of a file that the user has by hand among the downloads, when it is the entry's content.
    public func fetch(_ entry: CatalogueEntry, from path: String) throws(DatasetError) {
        try SourceFinder(folder: folder, mirrors: mirrors, downloader: nil, progress: { _ in }).take(entry, from: path)
    }

    // MARK: - Details

    private func cached(_ request: EncodingRequest, content: String) throws -> EncodedDataset {
        let reader = try EncodedFileReader(path: path(of: request, content: content), key: EncodingKey.key(of: request, content: content))
        try verified.check(reader)
        return try reader.dataset(fold: request.fold)
    }

    /// The raw data, and the digest of the content that was read. Other content than is wanted is refused before it is looked at. `inputs` say how texts
    /// are split and pictures are read; `names` are columns that are known to be used.
    func raw(
        _ source: RawSource, _ inputs: InputSettings?, names: [String], wanted: String?,
        progress: @escaping @Sendable (DatasetProgress) -> Void
    ) throws -> (raw: RawTable, content: String) {
        let tokens = inputs?.tokens
        func check(_ content: String) throws {
            if let wanted, wanted != content { throw DatasetError.contentChanged(name: source.name) }
        }
        switch source {
        case .catalogue(let entry):
            try check(entry.digest)
            return (try RawTable(entry, content: self.content(of: entry, progress: progress), tokens: tokens), entry.digest)
        case .csv(let path, let format, let others):
            let files = try ([path] + others.paths).map { path in
                progress(.reading(path: path))
                return try file(at: path)
            }
            let content = ContentDigest.of(files: files.map { ContentDigest.of($0) })
            try check(content)
            return (try csv(files, path, format, others, names: names), content)
        case .lines(let path, let format):
            progress(.reading(path: path))
            let file = try file(at: path)
            let content = ContentDigest.of(file)
            try check(content)
            return (RawTable(try LineReader.read(file, path: path, format: format)), content)
        case .numpy(let path):
            progress(.reading(path: path))
            let file = try file(at: path)
            let content = ContentDigest.of(file)
            try check(content)
            let (table, parts) = try NumPyReader.read(file, path: path)
            return (RawTable(table, ownParts: parts), content)
        case .text(let path):
            progress(.reading(path: path))
            let file = try file(at: path)
            let content = ContentDigest.of(file)
            try check(content)
            return (RawTable(name: path, running: RawBytes(file)), content)
        case .folder(let path):
            progress(.reading(path: path))
            let found = try FolderReader.read(path: path, root: root, wanted: wanted)
            try check(found.content)
            let texts = try ClassFolderReader.read(
                found.members, of: path, shuffleSeed: nil, tokens: tokens ?? .words, notices: found.notices)
            let contents = RawTable.Contents.texts(texts.text, labels: texts.labels, classes: texts.classes)
            let raw = RawTable(
                name: path, rowCount: texts.labels.count, columns: ["text", "class"], contents: contents, ownParts: texts.parts,
                rowNames: texts.names, notices: found.notices)
            return (raw, found.content)
        case .images(let path):
            progress(.reading(path: path))
            let found = try ImageFolderReader(path: path, root: root).read(as: inputs?.image, wanted: wanted)
            try check(found.content)
            return (found.raw, found.content)
        case .idx(let files):
            progress(.reading(path: files.images))
            let (table, parts, content) = try IDXReader.read(files) { try file(at: $0) }
            try check(content)
            return (RawTable(table, ownParts: parts), content)
        }
    }

    /// A table, those of other parts behind it.
    private func csv(_ files: [FileBytes], _ path: String, _ format: CSVFormat, _ others: OtherTables, names: [String]) throws -> RawTable {
        let first = try CSVReader.read(files[0], path: path, format: format, names: names)
        let roles: [(path: String?, role: JoinedTables.Role)] = [(others.validation, .validation), (others.test, .test)]
        var parts: [JoinedTables.Part] = []
        for case (let path?, let role) in roles {
            parts.append(.init(table: try JoinedTables.read(files[parts.count + 1], path: path, format: format, like: first), role: role))
        }
        if parts.isEmpty { return RawTable(first) }
        let (joined, own) = try JoinedTables.join(first, parts)
        return RawTable(joined, ownParts: own)
    }

    /// Encodes the raw data into the cache, each fold that has an encoding of its own before the whole, and gives the digest of the content that was
    /// encoded.
    private func build(
        _ request: EncodingRequest, wanted: String?, progress: @escaping @Sendable (DatasetProgress) -> Void
    ) throws -> String {
        let (raw, content) = try raw(
            request.source, request.inputs, names: request.columnNames, wanted: wanted, progress: progress)
        progress(.encoding(name: request.source.name))
        let encoding = encodingDigest(of: request)
        try DataFiles.makeFolder("\(folder)/cache/encoded")
        try DatasetEncoder.encode(raw, request) { fold, arrays in
            var one = request
            one.fold = fold
            let summary = DatasetSummary(
                arrays, target: request.target.encoding == .inputs ? request.target.encoding.name : request.target.column, content: content,
                encoding: encoding)
            try EncodedFileWriter.write(
                arrays, key: EncodingKey.key(of: one, content: content), summary: summary, to: path(of: one, content: content))
        }
        return content
    }

    private func content(of entry: CatalogueEntry, progress: @escaping @Sendable (DatasetProgress) -> Void) throws(DatasetError)
        -> RawContent
    {
        try SourceFinder(folder: folder, mirrors: mirrors, downloader: isOffline ? nil : downloader, progress: progress)
            .content(of: entry)
    }

    private func file(at path: String) throws(DatasetError) -> FileBytes {
        do {
            return try FileBytes(path: path)
        } catch {
            throw .file(path: path, reason: error.words)
        }
    }

    private func digest(ofFileAt path: String) throws(DatasetError) -> String {
        do {
            return try ContentDigest.ofFile(at: path)
        } catch {
            throw .file(path: path, reason: error.words)
        }
    }

    /// The name tells nothing of where the data lie, since the content may lie elsewhere tomorrow.
    private func path(of request: EncodingRequest, content: String) -> String {
        "\(folder)/cache/encoded/\(EncodingKey.key(of: request, content: content).prefix(32))"
    }
}

extension RawSource {
    /// The name for messages.
    public var name: String {
        switch self {
        case .catalogue(let entry): entry.name
        case .csv(let path, _, _), .lines(let path, _), .numpy(let path), .folder(let path), .images(let path), .text(let path): path
        case .idx(let files): files.images
        }
    }
}

extension OtherTables {
    /// The paths that there are, in the order of their rows.
    fileprivate var paths: [String] { [validation, test].compactMap(\.self) }
}
