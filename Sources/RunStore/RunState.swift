import FileSystem

/// How a run that an experiment asks for stands in the store.
public enum RunState: Hashable, Sendable {
    /// Nothing is known of it.
    case new
    /// It is done; the run may stand in another experiment's folder.
    case finished(StoredRun)
    /// The same variant, seed and fold of the experiment's file stand in the store under another identity: what changed since.
    case stale([SettingChange])
    /// It ended with an error.
    case failed(message: String, StoredRun)
    /// It was stopped, or its process has gone; the epoch from which it goes on, where it has a checkpoint.
    case interrupted(EpochPlace?)
    /// A live process trains it now, as this claim tells; nil when it has not told yet. Whether the claim of another machine is still alive takes time to see.
    case running(Claim?)
    /// It was finished, and a file of it is no longer what it was; it is trained again.
    case damaged(DamagedFile)
    /// Something stands in its place that cannot be read, or must not be replaced (``DamagedFile/mayBeReplaced``); it is not trained.
    case unusable(DamagedFile)
}

extension RunState {
    /// The state in a word: `new`, `finished`, `stale`, `failed`, `interrupted`, `running`, `damaged` or `unreadable`.
    public var word: String {
        switch self {
        case .new: "new"
        case .finished: "finished"
        case .stale: "stale"
        case .failed: "failed"
        case .interrupted: "interrupted"
        case .running: "running"
        case .damaged: "damaged"
        case .unusable: "unreadable"
        }
    }
}

/// A run on disk: its record and its folder. A class, since thousands of them are handed around and a record has many parts.
public final class StoredRun: Hashable, Sendable {
    /// The facts of the run.
    public let record: Record
    /// Where it lies.
    public let folder: RunFolder
    /// What the file system said of the record's file before it was read.
    let status: FileStatus?

    init(record: Record, folder: RunFolder, status: FileStatus?) {
        self.record = record
        self.folder = folder
        self.status = status
    }

    /// Equal records in one folder.
    public static func == (one: StoredRun, other: StoredRun) -> Bool {
        one === other || (one.folder == other.folder && one.status == other.status && one.record == other.record)
    }

    /// By the folder and the run's identity.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(folder)
        hasher.combine(record.identity)
    }
}

/// A setting, or the data or engine, that differs between a stored run and a planned one.
public struct SettingChange: Hashable, Sendable, CustomStringConvertible {
    /// The dotted path, such as `training.epochs`; or `data content`, `data encoding`, `engine results version`.
    public let path: String
    /// The stored value; nil when the setting is new.
    public let old: String?
    /// The planned value; nil when the setting has gone.
    public let new: String?

    /// For example `training.epochs 10 → 20`.
    public var description: String {
        "\(path) \(old ?? "unset") → \(new ?? "unset")"
    }
}
