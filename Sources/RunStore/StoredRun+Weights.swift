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

extension RunStore {
    /// A finished run, in the folder of whatever experiment; nil where there is none.
    public func finishedRun(_ identity: RunIdentity) -> StoredRun? {
        for experiment in experiments {
            let folder = folder(of: identity, in: experiment)
            guard let files = try? folder.open(), let run = try? StoredRun(reading: files, at: folder), run.record.status == .finished,
                run.record.identity == identity, run.damage(checking: .changes) == nil
            else { continue }
            return run
        }
        return nil
    }
}
