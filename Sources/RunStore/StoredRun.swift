/// How thoroughly a finished run's files are checked.
public enum Checking: Hashable, Sendable {
    /// That the files are there with the lengths that the record says.
    case lengths
    /// That history and predictions can be read, too.
    case contents
}

extension StoredRun {
    /// Reads the record of the run in `folder`.
    package init(reading folder: RunFolder) throws(DamagedFile) {
        record = try Record(decoding: try Files.read(folder.recordFile), path: folder.recordFile)
        self.folder = folder
    }

    /// The figures of every epoch.
    public func history() throws(DamagedFile) -> History {
        let bytes = try Files.read(folder.historyFile)
        return try History(csv: String(decoding: bytes, as: UTF8.self), path: folder.historyFile)
    }

    /// The answers for each validation and test example; nil when the run stored none.
    public func predictions() throws(DamagedFile) -> Predictions? {
        guard record.files[RunFolder.FileName.predictions] != nil else { return nil }
        return try Predictions(decoding: try Files.read(folder.predictionsFile), path: folder.predictionsFile)
    }

    /// The trained tensors, in the file's order; empty when the run stored none.
    public func weights() throws(DamagedFile) -> [NamedTensor] {
        guard record.files[RunFolder.FileName.weights] != nil else { return [] }
        return try NamedTensor.read(folder.weightsFile)
    }

    /// The first file of a finished run that cannot be used.
    func damage(checking: Checking) -> DamagedFile? {
        for (name, expected) in record.files.sorted(by: { $0.key < $1.key }) {
            let path = folder.path + "/" + name
            guard let found = Files.length(of: path) else { return DamagedFile(path: path, reason: .missing) }
            guard found == expected else { return DamagedFile(path: path, reason: .length(found: found, expected: expected)) }
        }
        guard checking == .contents else { return nil }
        do {
            _ = try history()
            _ = try predictions()
            return nil
        } catch {
            return error
        }
    }
}

extension StoredRun {
    /// Whether a live process holds the run.
    public var isBeingTrained: Bool { RunLock.isHeld(folder) }
}
