import Documents
import Settings

/// All runs of an experiment, in a stable order: by variant, then seed, then fold, and last the one on all rows (`split.refit`).
public struct Plan: Sendable {
    /// The experiment.
    public let experiment: Experiment
    /// Its runs.
    public let runs: [PlannedRun]

    /// Expands an experiment into its runs: where seeds are added, into all that may come to be wanted. Finalists are not among them.
    public init(_ experiment: Experiment) {
        self.init(experiment, variants: Array(experiment.variants.indices), seeds: experiment.seeds)
    }

    /// The runs of the baseline and of some variants with the finalists' seeds.
    public init(_ experiment: Experiment, finalists: [Int]) {
        self.init(experiment, variants: [0] + finalists.filter { $0 != 0 }, seeds: experiment.freshSeeds)
    }

    private init(_ experiment: Experiment, variants: [Int], seeds: [Int]) {
        self.experiment = experiment
        self.runs = variants.flatMap { variant in
            let split = experiment.variants[variant].trial.settings.split
            return seeds.flatMap { seed in
                let folds: [Int?] = split.folds.map { Array(1...max(1, $0)) } ?? [nil]
                return (folds + (split.refit ? [nil] : [])).map { PlannedRun(variant: variant, seed: seed, fold: $0) }
            }
        }
    }

    /// The variant of a run.
    public func variant(of run: PlannedRun) -> Variant {
        experiment.variants[run.variant]
    }
}

/// One training of a trial.
public struct PlannedRun: Hashable, Sendable {
    /// The variant's index in the experiment.
    public let variant: Int
    /// The seed.
    public let seed: Int
    /// The fold that validates, counted from 1; `nil`: there are no folds, or all rows train (`split.refit`).
    public let fold: Int?

    /// One training of a trial.
    public init(variant: Int, seed: Int, fold: Int? = nil) {
        self.variant = variant
        self.seed = seed
        self.fold = fold
    }
}
