import Datasets
import Documents
import Experiments
import FoundationEssentials
import Reports
import RunStore
import Scheduling
import Settings
import Training

/// An experiment with all that must be known before a run starts: its variants fitted to their data, its runs and how they stand in the store.
public struct PreparedExperiment: Sendable {
    /// The project's folders.
    public let workspace: Workspace
    /// The experiment, or the part of it that was asked for with its baseline.
    public let experiment: Experiment
    /// Where its runs lie.
    public let store: RunStore
    /// As many as the experiment has, in its order.
    public let variants: [PreparedVariant]
    /// The runs that were asked for, in the plan's order.
    public let runs: [SurveyedRun]
    /// Those to train, each identity once.
    public let missing: [SurveyedRun]
    /// The runs that others train now, each identity once.
    public let running: [SurveyedRun]
    private let pace: Double
    private let secondsByShape: [RunShape: Double]
    /// Damaged files in the store.
    public let warnings: [StoreWarning]
    /// How thoroughly the store was looked at.
    public let checking: Checking
    /// What the wanted runs follow from, where more may follow.
    public let stages: Stages
    /// Runs of other experiments that are to be trained before.
    public let prerequisites: [Prerequisite]
    /// The changes to the experiment's file with which it was asked for, as they were written.
    public internal(set) var changes: [String] = []
    private let chosen: Set<String>?

    /// Everything about `experiment`. `chosen` are the names of the variants whose runs are asked for; nil stands for all. Finished runs are looked at as
    /// `checking` says.
    ///
    /// - Throws: `Diagnostics` with every finding about the file, or what the data sets throw.
    public init(_ experiment: Experiment, chosen: Set<String>? = nil, workspace: Workspace, store: RunStore, checking: Checking) throws {
        try self.init(
            experiment, chosen: chosen, variants: PreparedVariant.all(of: experiment, workspace: workspace), workspace: workspace,
            store: store, checking: checking)
    }

    /// The same as it stands in the store by now: with the runs that the finished ones have led to.
    public func lookedAtAgain() throws -> PreparedExperiment {
        let finished = runs.compactMap { if case .finished(let stored) = $0.state { stored } else { nil } }
        var again = try PreparedExperiment(
            experiment, chosen: chosen, variants: variants, workspace: workspace, store: store, checking: checking, known: finished)
        again.changes = changes
        return again
    }

    private init(
        _ experiment: Experiment, chosen: Set<String>?, variants: [PreparedVariant], workspace: Workspace, store: RunStore,
        checking: Checking, known: [StoredRun] = []
    ) throws {
        let bases = variants.map(\.basis)
        let asked = Plan(experiment).runs.filter { chosen?.contains(experiment.variants[$0.variant].name) ?? true }
        var prerequisites = try workspace.checkStarts(of: asked, in: experiment, fitted: variants, store: store)
        let staged = try workspace.stagedSurvey(of: experiment, bases: bases, store: store, checking: checking, known: known)
        let runs = zip(staged.planned, staged.survey.runs).compactMap { planned, surveyed -> SurveyedRun? in
            guard chosen?.contains(experiment.variants[planned.variant].name) ?? true else { return nil }
            return SurveyedRun(
                planned: planned, specification: surveyed.specification, state: surveyed.state,
                title: Self.title(of: planned, in: experiment))
        }
        if experiment.isInStages {
            prerequisites = try workspace.checkStarts(of: runs.map(\.planned), in: experiment, fitted: variants, store: store)
        }
        var survey = staged.survey
        if chosen != nil {
            let identities = Set(runs.map(\.specification.identity))
            survey = survey.filter { identities.contains($0.identity) }
        }
        func distinct(_ specifications: [RunSpecification]) -> [SurveyedRun] {
            guard !specifications.isEmpty else { return [] }
            var left = Set(specifications.map(\.identity))
            return runs.filter { left.remove($0.specification.identity) != nil }
        }
        self.workspace = workspace
        self.experiment = experiment
        self.store = store
        self.variants = variants
        self.runs = runs
        self.pace = Self.pace(of: runs, variants: variants)
        self.secondsByShape = Self.secondsByShape(of: runs, variants: variants)
        self.missing = distinct(survey.missing)
        self.running = distinct(survey.running)
        self.warnings = survey.warnings
        self.checking = checking
        self.stages = staged.stages
        self.chosen = chosen
        self.prerequisites = prerequisites
    }

    private static func title(of run: PlannedRun, in experiment: Experiment) -> String {
        let variant = experiment.variants[run.variant]
        let fold = variant.trial.settings.split.runName(fold: run.fold).map { ", " + $0 } ?? ""
        return "\(variant.name), seed \(run.seed)\(fold)"
    }
}

/// A planned run and how it stands in the store.
public struct SurveyedRun: Sendable {
    /// Its variant, seed and fold.
    public let planned: PlannedRun
    /// The run as the store knows it.
    public let specification: RunSpecification
    /// How it stands in the store.
    public let state: RunState
    /// How people know it: `wide, seed 3`.
    public let title: String

    var isFinished: Bool { if case .finished = state { true } else { false } }
}

// MARK: - Time

/// What two runs share that take about the same time.
private struct RunShape: Hashable {
    let architecture: String
    let epochs: Int
    let rows: Int

    init(_ variant: PreparedVariant) {
        architecture = variant.architecture
        epochs = variant.variant.trial.settings.training.epochs
        rows = variant.data.trainCount
    }
}

extension PreparedExperiment {
    /// About how many seconds a run of the variant takes: as long as finished runs of the same shape took on this machine; where there are none, the
    /// engine's estimate, corrected by what the machine needed for others.
    public func seconds(of variant: PreparedVariant) -> Double {
        secondsByShape[RunShape(variant)] ?? variant.work / pace
    }

    /// The mean time of finished runs of each shape on this machine.
    private static func secondsByShape(of runs: [SurveyedRun], variants: [PreparedVariant]) -> [RunShape: Double] {
        let host = Provenance.hostName
        var sums: [RunShape: (seconds: Double, count: Double)] = [:]
        for run in runs {
            guard case .finished(let stored) = run.state, stored.record.provenance.host == host, let timings = stored.record.timings else {
                continue
            }
            let shape = RunShape(variants[run.planned.variant])
            let sum = sums[shape] ?? (0, 0)
            sums[shape] = (sum.seconds + timings.total, sum.count + 1)
        }
        return sums.mapValues { $0.seconds / $0.count }
    }

    /// How much estimated work this machine did in a second of finished runs; 1 where there are none.
    private static func pace(of runs: [SurveyedRun], variants: [PreparedVariant]) -> Double {
        let host = Provenance.hostName
        let earlier = runs.compactMap { run -> (work: Double, seconds: Double)? in
            guard case .finished(let stored) = run.state, stored.record.provenance.host == host, let timings = stored.record.timings else {
                return nil
            }
            // A run that stopped early did less than was estimated.
            let epochs = Double(variants[run.planned.variant].variant.trial.settings.training.epochs)
            let share = stored.record.stopped == nil ? 1 : Double(stored.record.keptEpoch ?? 0) / max(1, epochs)
            return (variants[run.planned.variant].work * share, timings.total)
        }
        return Scheduling.pace(of: earlier) ?? 1
    }
}
