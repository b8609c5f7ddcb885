import Documents
import FileSystem
import FoundationEssentials

/// The facts of one run, as `record.json` keeps them.
public struct Record: Hashable, Sendable {
    /// The version of the file's form. Records of version 1, which lack digests, are read and count as they stand: damage that leaves their files' lengths
    /// alone goes unnoticed. A record of a later version is left as it is.
    public static let version = 2

    /// How far the run came.
    public enum Status: Hashable, Sendable {
        /// Being trained, or its process has gone: the lock tells which.
        case running
        /// Trained to its end; figures and files are complete.
        case finished
        /// Ended by an error, whose words these are.
        case failed(String)
        /// Ended early on request.
        case interrupted
    }

    /// How far the run came.
    public var status: Status
    /// What the run is known by.
    public var identity: RunIdentity
    /// The experiment that asked for the run first.
    public var experiment: String
    /// The variant's name in that experiment.
    public var variant: String
    /// The seed of all random streams.
    public var seed: Int
    /// The fold that validates, counted from 1, for an experiment with folds.
    public var fold: Int?
    /// The canonical trial.
    public var settings: JSONValue {
        get { recordedSettings.value }
        set { recordedSettings = RecordedSettings(newValue) }
    }
    var recordedSettings: RecordedSettings
    /// The digests of the data.
    public var digests: DataDigests
    /// The engine's results version.
    public var resultsVersion: Int
    /// The run whose weights it began with; nil for one that drew them.
    public var startingRun: RunIdentity?
    /// Where and by what the run was made.
    public var provenance: Provenance
    /// Trained numbers in all; nil until the run has finished.
    public var parameters: Int?
    /// What the outputs stand for; nil until the run has finished, and in records of earlier versions of the program.
    public var target: RecordedTarget?
    /// The columns of the settings' inputs in the order of their features, which settings with sorted keys do not tell; nil until the run has
    /// finished, and in records of earlier versions of the program.
    public var inputs: [String]?
    /// What a network of running text wrote at its end; nil for others.
    public var texts: [WrittenText]?
    /// The layers that were trained by themselves before the first epoch, from input to output.
    public var pretraining: [PretrainedLayer]?
    /// The epoch, counted from 1, whose weights are kept; nil until the run has finished.
    public var keptEpoch: Int?
    /// Why training ended before its last epoch, where it did, such as `early stopping` or `diverged`.
    public var stopped: String?
    /// How often the run went on from a checkpoint; nil for one that was made in one go, or from its beginning.
    public var resumptions: Int?
    /// Why the run began anew though an earlier attempt had left a checkpoint, where it did.
    public var startedOver: String?
    /// Final figures by name, such as `val_accuracy`; empty until the run has finished.
    public var figures: [String: Double]
    /// Where the time went; nil until the run has finished.
    public var timings: Timings?
    /// The files beside the record, by name.
    public var files: [String: RecordedFile]
    /// The files that the run left and that were not kept.
    public var removed: Set<RemovableFile> = []
    /// Whether the run was trained again for the files that it had lost: nothing removes them then.
    public var isKeptOnRequest = false
    /// The start of the machine (``Disk/start``) in which the files were written, for a run that was left to be made durable later; nil for others. Under
    /// another start a loss of power may lie between, and the files' times vouch for nothing.
    public var start: String?
    /// When the run began.
    public var created: Date
    /// When it ended, in whatever way.
    public var ended: Date?

    /// A record of a run that begins.
    public init(_ specification: RunSpecification, settings: JSONValue, provenance: Provenance, created: Date) {
        status = .running
        identity = specification.identity
        experiment = specification.experiment
        variant = specification.variant
        seed = specification.seed
        fold = specification.fold
        recordedSettings = RecordedSettings(settings)
        digests = specification.digests
        startingRun = specification.start
        resultsVersion = specification.resultsVersion
        self.provenance = provenance
        figures = [:]
        files = [:]
        self.created = created
    }
}

/// What a record says of a file beside it, so that a cut file is seen without reading it, and a changed one without reading those that are as they were.
public struct RecordedFile: Hashable, Sendable {
    /// Its length in bytes.
    public var length: Int
    /// The SHA-256 of its content in hexadecimal digits; nil in records of version 1.
    public var digest: String?
    /// When its status was last changed as it was written, in nanoseconds since 1970. A file of another time may have been changed since, or copied.
    public var changed: Int?

    /// All of it, as given.
    public init(length: Int, digest: String? = nil, changed: Int? = nil) {
        self.length = length
        self.digest = digest
        self.changed = changed
    }

    init(_ file: WrittenFile) {
        self.init(length: file.length, digest: file.digest.hex, changed: file.changed)
    }
}

/// Where a run's time went, in seconds, and how much memory it took.
public struct Timings: Hashable, Sendable {
    /// Training and validation: all epochs of the history, those of earlier attempts included. Epochs that an attempt lost do not count.
    public var train: Double
    /// Opening or building the encoded data, in the attempt that ended the run.
    public var encode: Double
    /// The whole run: the attempt that ended it, and the epochs of those before.
    public var total: Double
    /// The worker's largest resident memory in bytes.
    public var peakMemory: Int

    /// Seconds and bytes, as measured.
    public init(train: Double, encode: Double, total: Double, peakMemory: Int) {
        self.train = train
        self.encode = encode
        self.total = total
        self.peakMemory = peakMemory
    }
}
