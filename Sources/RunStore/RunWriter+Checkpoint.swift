import FileSystem

/// A checkpoint that its run can go on from.
public final class UsableCheckpoint {
    /// Its facts.
    public let checkpoint: Checkpoint
    private let file: OpenFile
    private var read = 0

    fileprivate init(_ checkpoint: Checkpoint, _ file: OpenFile) {
        self.checkpoint = checkpoint
        self.file = file
    }

    /// Reads the bytes of the next tensor of the list into a buffer of their length.
    public func readNext(into buffer: UnsafeMutableRawBufferPointer) throws(DamagedFile) {
        guard read < checkpoint.tensors.count, checkpoint.tensors[read].byteCount == buffer.count else {
            throw DamagedFile(path: file.path, reason: .form("has no tensor of \(buffer.count) bytes in this place"))
        }
        read += 1
        let isWhole: Bool
        do { isWhole = try file.fill(buffer) } catch { throw DamagedFile(error) }
        guard isWhole else { throw DamagedFile(path: file.path, reason: .form("is cut")) }
    }
}

extension RunWriter {
    /// The checkpoint that an earlier attempt at the run left, when it is whole and was made with the same `machine` (``Checkpoint/machine``). One that cannot
    /// be gone on from is removed; the log and the record say why.
    public func usableCheckpoint(machine: [String: String]) -> UsableCheckpoint? {
        do {
            guard let (checkpoint, file, _) = try CheckpointFile.facts(in: files) else { return nil }
            if let reason = foreignness(of: checkpoint, machine: machine) {
                startOver(because: reason)
                return nil
            }
            try CheckpointFile.checkDigest(in: files)
            record.resumptions = checkpoint.resumptions + 1
            return UsableCheckpoint(checkpoint, file)
        } catch {
            startOver(because: error.words)
            return nil
        }
    }

    /// Removes a checkpoint that cannot be gone on from; the log and the record say why.
    public func startOver(because reason: String) {
        record.resumptions = nil
        record.startedOver = "its checkpoint \(reason)"
        try? log("the run starts from the beginning: its checkpoint \(reason)")
        removeCheckpoint()
    }

    /// Writes a checkpoint in the place of the one before; `bytes` gives the bytes of the tensor at a place of its list.
    public func write(_ checkpoint: Checkpoint, bytes: (Int) -> UnsafeRawBufferPointer) throws(StoreError) {
        try CheckpointFile.write(checkpoint, in: files, bytes: bytes)
    }

    func removeCheckpoint() { try? files.remove(RunFolder.FileName.checkpoint) }

    private func foreignness(of checkpoint: Checkpoint, machine: [String: String]) -> String? {
        guard checkpoint.identity == record.identity else { return "belongs to run \(checkpoint.identity)" }
        for key in Set(machine.keys).union(checkpoint.machine.keys).sorted() where checkpoint.machine[key] != machine[key] {
            func words(_ value: String?) -> String { value ?? "nothing" }
            return "was made with another \(key) (\(words(checkpoint.machine[key])), now \(words(machine[key]))), which may give other bits"
        }
        return nil
    }
}

extension DamagedFile {
    /// What is wrong, without the file's path.
    fileprivate var words: String {
        if reason == .checksum { return "is damaged: its checksum does not match" }
        let whole = description
        return whole.hasPrefix(path + ": ") ? String(whole.dropFirst(path.count + 2)) : whole
    }
}
