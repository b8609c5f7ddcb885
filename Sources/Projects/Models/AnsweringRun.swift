import RunStore
import Settings

/// A trained run as those need it who ask it for answers: one of the store, or one that an exported model holds.
public protocol AnsweringRun: Sendable {
    /// What the run is known by.
    var identity: RunIdentity { get }
    /// The seed of all random streams.
    var seed: Int { get }
    /// The fold that validated, counted from 1, for an experiment with folds.
    var fold: Int? { get }
    /// Final figures by name, such as `val_accuracy`.
    var figures: [String: Double] { get }
    /// Where its files lie.
    var place: String { get }
    /// What brings its files back where they are damaged.
    var remedy: String { get }
    /// Whether its weights were kept.
    var hasWeights: Bool { get }
    /// The trained tensors.
    func weights() throws(DamagedFile) -> [NamedTensor]
}

/// Which rows trained a run, as far as runs of one variant differ in them: each may have an encoder of its own.
public struct RunSplit: Hashable, Sendable {
    /// The fold that validated, counted from 1; nil without folds.
    public let fold: Int?
    /// The seed, where it draws the split; nil where all seeds have the same.
    public let seed: Int?

    /// The split of a run with these settings.
    public init(of run: any AnsweringRun, _ settings: TrialSettings) {
        fold = run.fold
        seed = settings.split.resplit ? run.seed : nil
    }
}

extension StoredRun: AnsweringRun {
    /// What the record says.
    public var identity: RunIdentity { record.identity }
    /// What the record says.
    public var seed: Int { record.seed }
    /// What the record says.
    public var fold: Int? { record.fold }
    /// What the record says.
    public var figures: [String: Double] { record.figures }
    /// The run's folder.
    public var place: String { folder.path }
    /// It is trained again.
    public var remedy: String { Refusal.training(record.experiment, record.variant) }
    /// What the record says.
    public var hasWeights: Bool { !record.removed.contains(.weights) }
}
