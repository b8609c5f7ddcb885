import FileSystem

/// How thoroughly a finished run's files are checked.
public enum Checking: Hashable, Sendable {
    /// That the files are there with the lengths that the record says, and those whose status was changed since they were written with their digests, too,
    /// and so are those of a run that was not yet durable when the machine was started anew. A file that was not touched is not read: a store may hold many gigabytes.
    case changes
    /// That every file has the digest that the record says, and that history and predictions can be read.
    case contents
}

extension StoredRun {
    /// Reads the record of the run in the open folder `files`, which lies at `folder`.
    convenience init(reading files: Folder, at folder: RunFolder) throws(DamagedFile) {
        let status: FileStatus?
        do { status = try files.status(of: RunFolder.FileName.record) } catch { throw DamagedFile(error) }
        let record = try Record(decoding: try files.contents(of: RunFolder.FileName.record), path: folder.recordFile)
        self.init(record: record, folder: folder, status: status)
    }

    /// The figures of every epoch.
    public func history() throws(DamagedFile) -> History {
        let bytes = try contents(of: RunFolder.FileName.history)
        return try History(csv: String(decoding: bytes, as: UTF8.self), path: folder.historyFile)
    }

    /// The histories of many runs, in their order.
    package static func histories(of runs: [StoredRun]) -> [Result<History, DamagedFile>] {
        runs.mappedConcurrently { run in Result { () throws(DamagedFile) in try run.history() } }
    }

    /// The answers for each validation and test example; nil when the run stored none.
    public func predictions() throws(DamagedFile) -> Predictions? {
        guard record.files[RunFolder.FileName.predictions] != nil else { return nil }
        return try Predictions(decoding: try contents(of: RunFolder.FileName.predictions), path: folder.predictionsFile)
    }

    /// The trained tensors, in the file's order; empty when the run stored none.
    public func weights() throws(DamagedFile) -> [NamedTensor] {
        guard record.files[RunFolder.FileName.weights] != nil else { return [] }
        return try NamedTensor.read(try contents(of: RunFolder.FileName.weights), path: folder.weightsFile)
    }

    /// The first file of a finished run that cannot be used.
    public func damage(checking: Checking) -> DamagedFile? {
        do throws(DamagedFile) { return damage(checking: checking, in: try folder.open()) } catch { return error }
    }

    /// The same, of the run's folder that is open.
    func damage(checking: Checking, in files: Folder) -> DamagedFile? {
        do throws(DamagedFile) {
            for (name, expected) in record.files.sorted(by: { $0.key < $1.key }) {
                try check(name, against: expected, in: files, checking: checking)
            }
            guard checking == .contents else { return nil }
            _ = try history()
            _ = try predictions()
            return nil
        } catch {
            return error
        }
    }

    private func check(_ name: String, against expected: RecordedFile, in files: Folder, checking: Checking) throws(DamagedFile) {
        var path: String { folder.path + "/" + name }
        let found: FileStatus?
        do { found = try files.status(of: name) } catch { throw DamagedFile(error) }
        guard let found else { throw DamagedFile(path: path, reason: .missing) }
        guard found.kind == .file else { throw DamagedFile(path: path, reason: .kind(found: found.kind, expected: .file)) }
        guard found.length == expected.length else {
            throw DamagedFile(path: path, reason: .length(found: found.length, expected: expected.length))
        }
        let isVouchedFor = found.changed == expected.changed && (record.start == nil || record.start == folder.disk.start)
        guard let digest = expected.digest, checking == .contents || !isVouchedFor else { return }
        let isSame: Bool
        do { isSame = try files.digest(of: name).hex == digest } catch { throw DamagedFile(error) }
        guard isSame else { throw DamagedFile(path: path, reason: .checksum) }
    }

    /// A file's bytes, when they are those that the record says.
    func contents(of name: String) throws(DamagedFile) -> [UInt8] {
        let bytes = try folder.open().contents(of: name)
        guard let expected = record.files[name] else { return bytes }
        let path = folder.path + "/" + name
        guard bytes.count == expected.length else {
            throw DamagedFile(path: path, reason: .length(found: bytes.count, expected: expected.length))
        }
        guard expected.digest == nil || expected.digest == SHA256.digest(of: bytes).hex else {
            throw DamagedFile(path: path, reason: .checksum)
        }
        return bytes
    }
}

extension StoredRun {
    /// Whether a live process holds the run; false when nobody can tell.
    public var isBeingTrained: Bool {
        guard let files = try? folder.open(), case .held? = try? Holding(of: files) else { return false }
        return true
    }

    /// The claim of the live process that holds the run; nil where nobody does, or has not told yet.
    public var claim: Claim? {
        guard let files = try? folder.open(), case .held(let claim)? = try? Holding(of: files) else { return nil }
        return claim
    }
}
