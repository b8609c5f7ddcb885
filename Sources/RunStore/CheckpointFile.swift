import Documents
import FileSystem

/// The file `checkpoint`: eight letters, the version and the length of the facts (4 bytes each, little-endian), the facts as JSON, the tensors' bytes one
/// after the other, and the SHA-256 of all that. It is not synced: what a loss of power leaves of it is told by the digest, and costs time alone.
enum CheckpointFile {
    private static let mark = Array("ABLATECP".utf8)
    private static let startLength = 16
    /// More facts than any run has.
    private static let mostFacts = 1 << 26

    /// Writes a checkpoint in the place of the one before; `bytes` gives the bytes of the tensor at a place of the list.
    static func write(
        _ checkpoint: Checkpoint, in folder: Folder, bytes: (Int) -> UnsafeRawBufferPointer
    ) throws(StoreError) {
        let facts = facts(of: checkpoint)
        _ = try stored { () throws(FileFault) in
            try folder.write(RunFolder.FileName.checkpoint, isSynced: false) { (file: inout FileSink) throws(FileFault) in
                try file.append(mark)
                try file.append([UInt32(Checkpoint.version).littleEndian, UInt32(facts.count).littleEndian])
                try file.append(facts)
                for place in checkpoint.tensors.indices { try file.append(bytes(place)) }
                try file.append(file.digest.bytes)
            }
        }
    }

    /// The facts of the checkpoint in a run's folder, whose tensors' bytes are what `file` reads next; nil where there is none. The digest is not tested.
    static func facts(in folder: Folder) throws(DamagedFile) -> (checkpoint: Checkpoint, file: OpenFile, dataLength: Int)? {
        let path = folder.path(of: RunFolder.FileName.checkpoint)
        func damaged(_ what: String) -> DamagedFile { DamagedFile(path: path, reason: .form(what)) }
        do {
            guard try folder.status(of: RunFolder.FileName.checkpoint) != nil else { return nil }
            let file = try folder.open(RunFolder.FileName.checkpoint)
            let length = try file.length
            guard let start = try file.bytes(startLength), start.starts(with: mark) else { throw damaged("is no checkpoint, or is cut") }
            let version = number(start[8..<12])
            guard version == Checkpoint.version else {
                throw DamagedFile(path: path, reason: .version(found: version, expected: Checkpoint.version))
            }
            let factsLength = number(start[12..<16])
            guard factsLength <= mostFacts, let text = try file.bytes(factsLength), let json = try? JSONValue(parsing: text),
                let checkpoint = checkpoint(json)
            else { throw damaged("cannot be read, or is cut") }
            var dataLength = 0
            for tensor in checkpoint.tensors {
                guard let count = tensor.byteCount, count <= length else { throw damaged("is cut") }
                dataLength += count
            }
            guard length == startLength + factsLength + dataLength + SHA256.Digest.length else { throw damaged("is cut") }
            return (checkpoint, file, dataLength)
        } catch let error as FileFault {
            throw DamagedFile(error)
        } catch let error as DamagedFile {
            throw error
        } catch {
            throw damaged("cannot be read")
        }
    }

    /// Throws unless the digest at the end is that of all before it.
    static func checkDigest(in folder: Folder) throws(DamagedFile) {
        let path = folder.path(of: RunFolder.FileName.checkpoint)
        let isSame: Bool
        do throws(FileFault) {
            let file = try folder.open(RunFolder.FileName.checkpoint)
            var rest = try file.length - SHA256.Digest.length
            var hash = SHA256()
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            var isWhole = rest >= 0
            while isWhole && rest > 0 {
                let count = min(rest, buffer.count)
                isWhole = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(FileFault) in
                    let piece = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[..<count]))
                    guard try file.fill(piece) else { return false }
                    hash.update(UnsafeRawBufferPointer(piece))
                    return true
                }
                rest -= count
            }
            let digest = try file.bytes(SHA256.Digest.length)
            isSame = isWhole && digest == hash.finalize().bytes
        } catch {
            throw DamagedFile(error)
        }
        guard isSame else { throw DamagedFile(path: path, reason: .checksum) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }

    // MARK: - The facts

    private static func facts(of checkpoint: Checkpoint) -> [UInt8] {
        let tensors = checkpoint.tensors.map { tensor in
            JSONValue.object([
                "name": .string(tensor.name), "shape": .array(tensor.shape.map(JSONValue.integer)),
                "element_bytes": .integer(tensor.elementBytes),
            ])
        }
        return Array(
            JSONValue.object([
                "identity": .string(checkpoint.identity.hex),
                "machine": .object(checkpoint.machine.mapValues(JSONValue.string)),
                "epoch": .integer(checkpoint.place.epoch),
                "epochs": .integer(checkpoint.place.epochs),
                "resumptions": .integer(checkpoint.resumptions),
                "state": checkpoint.state,
                "tensors": .array(tensors),
            ]).compactText.utf8)
    }

    private static func checkpoint(_ json: JSONValue) -> Checkpoint? {
        guard let identity = json["identity"]?.string.flatMap(RunIdentity.init(hex:)), let machine = json["machine"]?.object,
            let epoch = json["epoch"]?.integer, let epochs = json["epochs"]?.integer, epoch >= 0,
            let resumptions = json["resumptions"]?.integer, let state = json["state"], let entries = json["tensors"]?.array
        else { return nil }
        var tensors: [Checkpoint.Tensor] = []
        for entry in entries {
            guard let name = entry["name"]?.string, let shape = entry["shape"]?.array?.compactMap(\.integer),
                let elementBytes = entry["element_bytes"]?.integer, elementBytes == 4 || elementBytes == 8
            else { return nil }
            tensors.append(Checkpoint.Tensor(name: name, shape: shape, elementBytes: elementBytes))
        }
        return Checkpoint(
            identity: identity, machine: machine.compactMapValues(\.string), place: EpochPlace(epoch: epoch, of: epochs),
            resumptions: resumptions, state: state, tensors: tensors)
    }
}

extension OpenFile {
    /// The next `count` bytes; nil when the file ends before.
    func bytes(_ count: Int) throws(FileFault) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        let isWhole = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(FileFault) in
            try fill(UnsafeMutableRawBufferPointer(buffer))
        }
        return isWhole ? bytes : nil
    }
}

extension EpochPlace {
    /// Where the checkpoint in a run's folder stands, by its facts alone; nil where none can be read.
    init?(in folder: Folder) {
        guard let found = try? CheckpointFile.facts(in: folder) else { return nil }
        self = found.checkpoint.place
    }
}
