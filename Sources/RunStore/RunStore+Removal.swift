import FileSystem

/// What a finished run is to lose.
public struct Removal: Sendable {
    let identity: RunIdentity
    let folder: RunFolder
    let files: Set<RemovableFile>

    /// The run in a folder, and the files that it is to lose.
    public init(_ identity: RunIdentity, in folder: RunFolder, _ files: Set<RemovableFile>) {
        self.identity = identity
        self.folder = folder
        self.files = files
    }
}

/// How many files went, and their bytes.
public struct Removed: Hashable, Sendable {
    /// Files.
    public var files = 0
    /// Their lengths together.
    public var bytes = 0

    /// Nothing yet.
    public init() {}

    /// Both together.
    public static func + (one: Removed, other: Removed) -> Removed {
        var sum = one
        sum.files += other.files
        sum.bytes += other.bytes
        return sum
    }
}

extension RunStore {
    /// Removes files of finished runs, each under its claim: a run that somebody holds, that is finished no longer or that was asked for
    /// (``Record/isKeptOnRequest``) stays as it is.
    ///
    /// First the records say that the files are gone, then all of that is made durable at once, and only then do the files go. Whoever is killed between leaves files
    /// that no record speaks of, which the next removal from the run takes along, and `clean` finds.
    public func remove(_ removals: [Removal]) throws(StoreError) -> Removed {
        var going: [(claim: HeldClaim, names: [String])] = []
        defer { for item in going { item.claim.end() } }
        var isRecordChanged = false
        for removal in removals {
            guard let files = try? removal.folder.open(),
                case .taken(let claim)? = try? HeldClaim.take(files, now: clock(), watch: watch)
            else { continue }
            guard var record = try? StoredRun(reading: files, at: removal.folder).record, record.status == .finished,
                record.identity == removal.identity, !record.isKeptOnRequest
            else {
                claim.end()
                continue
            }
            let lost = removal.files.filter { record.files[$0.name] != nil }
            let gone = lost.union(record.removed)
            going.append((claim, gone.map(\.name)))
            guard !lost.isEmpty else { continue }
            for file in lost { record.files[file.name] = nil }
            record.removed = gone
            isRecordChanged = true
            _ = try stored { () throws(FileFault) in try files.write(RunFolder.FileName.record, record.bytes, isSynced: disk.start == nil) }
        }
        if isRecordChanged { try settle(going.map(\.claim.files)) }
        var removed = Removed()
        for (claim, names) in going {
            try stored { () throws(FileFault) in
                for name in names {
                    guard let status = try claim.files.status(of: name), status.kind == .file else { continue }
                    try claim.files.remove(name)
                    removed = removed + Removed(files: 1, bytes: status.length)
                }
            }
        }
        return removed
    }

    /// Makes durable what was written into these folders.
    private func settle(_ folders: [Folder]) throws(StoreError) {
        try stored { () throws(FileFault) in
            if disk.start != nil { return try folders[0].syncAll() }
            for folder in folders { try folder.sync() }
        }
    }
}

extension Removed {
    fileprivate init(files: Int, bytes: Int) {
        self.files = files
        self.bytes = bytes
    }
}

extension StoredRun {
    /// Whether files still lie there that its record calls removed: a process was killed before it could do so.
    public var hasLeftOvers: Bool {
        guard !record.removed.isEmpty, let files = try? folder.open() else { return false }
        return record.removed.contains { ((try? files.status(of: $0.name)) ?? nil) != nil }
    }
}
