import Documents
import Experiments
import Reports
import RunStore
import Statistics

/// What is compared with another: one run, the finished runs of a variant, or those of an experiment's baseline.
public struct RunGroup: Sendable {
    /// How people call it: the beginning of a run's identity, or `experiment:variant`.
    public let title: String
    /// The finished runs; at least one.
    public let runs: [StoredRun]
    /// The experiment, when the whole of it was named.
    public let experiment: Experiment?

    /// A run, with the settings in its record.
    init(_ run: StoredRun) throws(Refusal) {
        guard run.record.status == .finished else {
            throw Refusal("the run \(run.record.identity.hex.prefix(8)) is \(run.state), so it has no figures")
        }
        title = String(run.record.identity.hex.prefix(8))
        runs = [run]
        experiment = nil
    }

    init(title: String, runs: [StoredRun], experiment: Experiment?) {
        self.title = title
        // Runs on all rows stand beside those of the folds.
        let folds = runs.filter { !$0.record.isRefit }
        self.runs = folds.isEmpty ? runs : folds
        self.experiment = experiment
    }

    /// The settings that its runs share, as canonical text.
    public var canonical: String { runs[0].record.settings.compactText }

    /// A final figure by seed and fold, where it is a finite number.
    public func figures(_ name: String) -> [Unit: Double] {
        var figures: [Unit: Double] = [:]
        for run in runs {
            guard let value = run.record.figures[name], value.isFinite else { continue }
            figures[Unit(seed: run.record.seed, fold: run.record.fold)] = value
        }
        return figures
    }

    /// What two runs must share to be a pair.
    public struct Unit: Hashable, Sendable, Comparable {
        /// The seed of the random streams.
        public let seed: Int
        /// The fold that validates.
        public let fold: Int?

        /// By seed, then by fold.
        public static func < (one: Unit, other: Unit) -> Bool { (one.seed, one.fold ?? 0) < (other.seed, other.fold ?? 0) }
    }

    /// The figures of all runs.
    public func sample(_ name: String) -> Sample? {
        Sample(figures(name).sorted { $0.key < $1.key }.map(\.value))
    }

    /// Its figures minus another's, seed by seed, where both have one. A seed counts once, with the mean of the folds that both have, unless there is one seed
    /// alone: then every fold counts.
    public func differences(_ name: String, to other: RunGroup) -> Sample? {
        let theirs = other.figures(name)
        let pairs = figures(name).sorted { $0.key < $1.key }.compactMap { unit, value in theirs[unit].map { (unit, value - $0) } }
        let bySeed = Dictionary(grouping: pairs, by: \.0.seed)
        guard bySeed.count > 1 else { return Sample(pairs.map(\.1)) }
        return Sample(bySeed.sorted { $0.key < $1.key }.compactMap { Sample($0.value.map(\.1))?.mean })
    }
}

extension RunGroup {
    /// The difference to another group in a figure, with what luck can do to it, as reports judge it.
    public func estimate(_ name: String, minus other: RunGroup) -> DifferenceEstimate? {
        DifferenceEstimate(in: name, of: runs, minus: other.runs)
    }
}

extension Workspace {
    /// What a name stands for: a run by the first digits (4 or more) of its identity, a variant as `experiment:variant`, or an experiment.
    public func group(named name: String) throws -> RunGroup {
        if let run = try storedRun(beginning: name) { return try RunGroup(run) }
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        let stem = parts.first ?? name
        guard let file = project.files.first(where: { $0.name == stem })?.path ?? (Project.isPath(stem) ? stem : nil) else {
            throw Refusal(
                "no experiment is called \"\(stem)\", and no run begins so",
                help: Suggestion.help(for: stem, among: project.files.map(\.name), called: "experiments"))
        }
        let experiment = try experiment(file)
        return try group(of: parts.count > 1 ? parts[1] : experiment.baseline.name, in: experiment, isWhole: parts.count == 1)
    }

    /// The finished runs of a variant.
    public func group(of wanted: String, in experiment: Experiment, isWhole: Bool = false) throws -> RunGroup {
        let variant = try experiment.variant(named: wanted)
        let asked = try specifications(of: experiment).filter { $0.variant == variant.name }
        let runs = store.survey(asked).runs.compactMap { run -> StoredRun? in
            if case .finished(let stored) = run.state { stored } else { nil }
        }
        guard !runs.isEmpty else {
            throw Refusal("\(experiment.name), \(variant.name): no run is finished", help: "ablate run \(experiment.name.shellWord)")
        }
        return RunGroup(title: "\(experiment.name):\(variant.name)", runs: runs, experiment: isWhole ? experiment : nil)
    }
}
