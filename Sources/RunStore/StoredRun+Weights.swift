import Documents
import FileSystem

extension StoredRun {
    /// The names and shapes of the trained tensors, by the header of their file alone; nil when the run stored none.
    public func weightShapes() throws(DamagedFile) -> [String: [Int]]? {
        guard record.files[RunFolder.FileName.weights] != nil else { return nil }
        let path = folder.weightsFile
        do {
            let file = try folder.open().open(RunFolder.FileName.weights)
            let length = try file.length
            guard let start = try file.bytes(8) else {
                throw DamagedFile(path: path, reason: .form("is shorter than a safetensors header"))
            }
            let headerLength = start.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard headerLength <= UInt64(length), let text = try file.bytes(Int(headerLength)), let header = try? JSONValue(parsing: text)
            else { throw DamagedFile(path: path, reason: .form("is shorter than its header says")) }
            return (header.object ?? [:]).filter { $0.key != "__metadata__" }.mapValues { $0["shape"]?.array?.compactMap(\.integer) ?? [] }
        } catch let error as FileFault {
            throw DamagedFile(error)
        } catch let error as DamagedFile {
            throw error
        } catch {
            throw DamagedFile(path: path, reason: .form("cannot be read"))
        }
    }
}

/// What is there of a run whose weights others ask for.
public enum StoredWeights {
    /// The finished run.
    case finished(StoredRun)
    /// The run was finished, and this file of it, or its record, cannot be used; nil where the record cannot be read.
    case damaged(DamagedFile, StoredRun?)
    /// There is no finished run.
    case none
}

extension RunStore {
    /// A finished run, in the folder of whatever experiment, or what is wrong with it.
    public func weights(of identity: RunIdentity) -> StoredWeights {
        var damaged: (file: DamagedFile, run: StoredRun?)?
        for experiment in experiments {
            let folder = folder(of: identity, in: experiment)
            let run: StoredRun
            do { run = try StoredRun(reading: folder.open(), at: folder) } catch {
                if error.reason != .missing, damaged == nil { damaged = (error, nil) }
                continue
            }
            guard run.record.status == .finished, run.record.identity == identity else { continue }
            guard let file = run.damage(checking: .changes) else { return .finished(run) }
            if damaged?.run == nil { damaged = (file, run) }
        }
        return damaged.map { .damaged($0.file, $0.run) } ?? .none
    }

    /// A finished run, in the folder of whatever experiment; nil where there is none that can be used.
    public func finishedRun(_ identity: RunIdentity) -> StoredRun? {
        if case .finished(let run) = weights(of: identity) { run } else { nil }
    }
}
