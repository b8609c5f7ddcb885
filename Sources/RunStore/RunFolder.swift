import FileSystem

/// The folder of one run, `results/NAME/runs/ID`, and the places of the files in it.
public struct RunFolder: Hashable, Sendable {
    /// The folder's path.
    public let path: String
    let disk: Disk

    /// The folder at `path` of a disk.
    public init(path: String, on disk: Disk = .system) {
        self.path = path
        self.disk = disk
    }

    /// The facts of the run.
    public var recordFile: String { path + "/" + FileName.record }
    /// The figures of every epoch.
    public var historyFile: String { path + "/" + FileName.history }
    /// The answers for each validation and test example.
    public var predictionsFile: String { path + "/" + FileName.predictions }
    /// The trained tensors.
    public var weightsFile: String { path + "/" + FileName.weights }
    /// How far the run has come, while it is under way.
    public var checkpointFile: String { path + "/" + FileName.checkpoint }
    /// What the worker said.
    public var logFile: String { path + "/" + FileName.log }

    /// Every name that the store writes into a run's folder; no other file is ever removed from one.
    enum FileName {
        static let record = "record.json"
        static let history = "history.csv"
        static let predictions = "predictions"
        static let weights = "weights.safetensors"
        static let exhibits = "exhibits.json"
        static let checkpoint = "checkpoint"
        static let log = "log.txt"
        static let lock = "lock"
        static let claim = "claim"

        static let all: Set = [record, history, predictions, weights, exhibits, checkpoint, log, lock, claim]
    }

    /// The folder itself, never one that a link leads to.
    func open() throws(DamagedFile) -> Folder {
        do { return try Folder(path: path, on: disk, followsLink: false) } catch { throw DamagedFile(error) }
    }
}

extension Folder {
    /// Reads a file of the store.
    func contents(of name: String) throws(DamagedFile) -> [UInt8] {
        do { return try read(name) } catch { throw DamagedFile(error) }
    }
}
