import Documents
import Experiments
import RunStore

/// A data set that a run of another experiment is to make, which is not finished yet.
public struct FeaturesWanted: Error {
    /// The other experiment.
    public let experiment: String
    /// Its variant.
    public let variant: String
    /// The run.
    public let run: RunIdentity
    /// How people know the run: `mnist-autoencoder, code-32, seed 1`.
    public let title: String
    /// What of it cannot be used, though it was finished.
    let damage: DamagedFile?

    /// What is said of the run behind its name.
    public var state: String { damage.map { "which is damaged (\(Files.spoken($0.description)))" } ?? "which is not finished" }
}

extension Refusal {
    /// What is said where nothing is trained.
    public init(_ wanted: FeaturesWanted) {
        self.init(
            "the features are what \(wanted.title) makes, \(wanted.state)",
            help: "run first: ablate run \(wanted.experiment.shellWord) --only \(wanted.variant.shellWord)", cause: .failure)
    }
}
