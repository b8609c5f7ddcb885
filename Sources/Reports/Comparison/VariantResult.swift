import Experiments
import RunStore
import Settings
import Statistics

/// What the store holds of one variant. A class, since a search has thousands, and each section goes through all of them; it keeps the figures that it was asked
/// for.
final class VariantResult {
    let variant: Variant
    /// Finished runs in the order of the plan.
    let runs: [ReportedRun]
    /// Runs that are not finished, with their state.
    let absent: [(specification: RunSpecification, state: RunState)]
    let unit: ComparisonUnit
    /// Finished runs on all rows, beside those of the folds; no figure above is of them.
    let refits: [ReportedRun]
    private var knownFigures: [String: [Int: Double]] = [:]
    private var knownSamples: [String: Sample?] = [:]
    private var knownContributions: [String: [Int: Contributions]] = [:]

    init(
        variant: Variant, runs: [ReportedRun], absent: [(specification: RunSpecification, state: RunState)], unit: ComparisonUnit,
        refits: [ReportedRun] = []
    ) {
        self.variant = variant
        self.runs = runs
        self.absent = absent
        self.unit = unit
        self.refits = refits
    }

    var name: String { variant.name }
    /// The name as it stands in sentences.
    var code: String { "`\(name)`" }

    /// One a variant, in the experiment's order, from what a survey found; runs that cannot be read are absent, with a warning.
    static func all(
        of experiment: Experiment, survey: Survey, unit: ComparisonUnit, _ warnings: inout [StoreWarning]
    ) -> [VariantResult] {
        let byVariant = Dictionary(grouping: survey.runs) { $0.specification.variant }
        let surveyed = experiment.variants.map { byVariant[$0.name] ?? [] }
        let finished = surveyed.joined().compactMap { run in if case .finished(let stored) = run.state { stored } else { nil } }
        var histories = StoredRun.histories(of: finished).makeIterator()
        return zip(experiment.variants, surveyed).map { variant, surveyed in
            let split = variant.trial.settings.split
            var (runs, refits): ([ReportedRun], [ReportedRun]) = ([], [])
            var absent: [(specification: RunSpecification, state: RunState)] = []
            for (specification, state) in surveyed {
                let isRefit = split.isRefit(fold: specification.fold)
                guard case .finished(let stored) = state, let history = histories.next() else {
                    if isRefit { continue }
                    absent.append((specification, state))
                    continue
                }
                do throws(DamagedFile) {
                    let run = ReportedRun(specification: specification, history: try history.get(), stored: stored)
                    if isRefit { refits.append(run) } else { runs.append(run) }
                } catch {
                    warnings.append(.damaged(error))
                    if isRefit { continue }
                    absent.append((specification, .damaged(error)))
                }
            }
            return VariantResult(variant: variant, runs: runs, absent: absent, unit: unit, refits: refits)
        }
    }

    /// The same with the seeds 1 … `seeds` alone.
    func keeping(seeds: Int) -> VariantResult {
        VariantResult(
            variant: variant, runs: runs.filter { $0.specification.seed <= seeds },
            absent: absent.filter { $0.specification.seed <= seeds }, unit: unit, refits: refits)
    }

    /// The seeds (or folds) with a finished run.
    var units: Set<Int> { Set(runs.map { unit.number(of: $0.specification) }) }

    /// A figure of every unit (seed or fold) that has it, by the unit's number. Figures that are no numbers are left out.
    ///
    /// A fold whose rows cannot have the figure is left out of a seed's mean: it is one of the data, and the same for every variant.
    func figures(_ name: String) -> [Int: Double] {
        if let figures = knownFigures[name] { return figures }
        let figures = Dictionary(grouping: runs) { unit.number(of: $0.specification) }.compactMapValues { runs in
            let defined = runs.filter { !$0.isUndefined(name) }
            return mean(
                of: defined.map { $0.figure(name) }, spoilt: runs.contains(where: \.isSpoilt), isWhole: runs.count == unit.runsPerUnit)
        }
        knownFigures[name] = figures
        return figures
    }

    /// The same for whatever `figure` takes from a run.
    func figures(_ figure: (ReportedRun) -> Double?) -> [Int: Double] {
        Dictionary(grouping: runs) { unit.number(of: $0.specification) }.compactMapValues { runs in
            mean(of: runs.map(figure), spoilt: runs.contains(where: \.isSpoilt), isWhole: runs.count == unit.runsPerUnit)
        }
    }

    /// What each example of each seed contributes to a figure, by the seed's number, as far as the predictions are stored; nothing where there are folds, or splits
    /// that are drawn anew: their examples are others each time.
    func contributions(_ figure: FigureName) -> [Int: Contributions] {
        if let found = knownContributions[figure.name] { return found }
        var found: [Int: Contributions] = [:]
        for run in runs where unit == .fold || !unit.isOfSplits {
            guard let recorded = run.figure(figure.name) else { continue }
            found[unit.number(of: run.specification)] = Contributions(
                figure, of: run.stored, settings: variant.trial.settings, recorded: recorded)
        }
        knownContributions[figure.name] = found
        return found
    }

    /// A mean over some of the folds would not be comparable with a mean over all.
    private func mean(of figures: [Double?], spoilt: Bool, isWhole: Bool) -> Double? {
        let values = figures.compactMap { $0.flatMap { $0.isFinite ? $0 : nil } }
        return isWhole && !spoilt && values.count == figures.count ? Sample(values)?.mean : nil
    }

    /// How many units (seeds or folds) were planned.
    var plannedUnits: Int {
        Set(runs.map(\.specification).map(unit.number) + absent.map(\.specification).map(unit.number)).count
    }

    /// A figure over all units that have it.
    func sample(_ name: String) -> Sample? {
        if let sample = knownSamples[name] { return sample }
        let sample = Sample(figures(name).sorted { $0.key < $1.key }.map(\.value))
        knownSamples[name] = .some(sample)
        return sample
    }

    /// A figure over some units, as far as these have it.
    func sample(_ name: String, of units: Set<Int>) -> Sample? {
        Sample(figures(name).filter { units.contains($0.key) }.sorted { $0.key < $1.key }.map(\.value))
    }

    /// This variant's figures minus another's, unit by unit, where both have one.
    func differences(_ name: String, to other: VariantResult) -> Sample? {
        let theirs = other.figures(name)
        return Sample(figures(name).sorted { $0.key < $1.key }.compactMap { unit, value in theirs[unit].map { value - $0 } })
    }
}

/// Over what a mean and its spread are taken.
enum ComparisonUnit: Hashable {
    /// Over seeds; a seed's figure is the mean over its folds, when there are any.
    case seed(folds: Int?)
    /// Over the folds of a single seed.
    case fold
    /// Over seeds, each of which drew its split anew; a seed's figure is the mean over its folds, when there are any.
    case split(folds: Int?)

    /// One seed has no spread over seeds; its folds, if any, have.
    init(_ experiment: Experiment) {
        if experiment.baseline.trial.settings.split.resplit, experiment.seeds.count > 1 {
            self = .split(folds: experiment.folds)
        } else if experiment.folds != nil, experiment.seeds.count == 1 {
            self = .fold
        } else {
            self = .seed(folds: experiment.folds)
        }
    }

    func number(of specification: RunSpecification) -> Int {
        switch self {
        case .seed, .split: specification.seed
        case .fold: specification.fold ?? 0
        }
    }

    var runsPerUnit: Int {
        switch self {
        case .seed(let folds), .split(let folds): max(1, folds ?? 1)
        case .fold: 1
        }
    }

    /// Whether runs of one variant validate on other rows each and share rows that they train on, so that differences are judged by folds or splits.
    var isOfSplits: Bool {
        switch self {
        case .seed(let folds): folds ?? 1 > 1
        case .fold, .split: true
        }
    }

    /// Whether every seed drew its split anew.
    var isOfNewSplits: Bool { if case .split = self { true } else { false } }

    /// The same for all runs that train and validate on the same rows.
    func splitNumber(of specification: RunSpecification) -> [Int] {
        if case .split = self { [specification.seed, specification.fold ?? 0] } else { [specification.fold ?? 0] }
    }

    /// For example `5 seeds`, `1 fold`.
    func count(_ number: Int) -> String {
        switch self {
        case .seed, .split: counted(number, "seed")
        case .fold: counted(number, "fold")
        }
    }

    var word: String {
        switch self {
        case .seed, .split: "seed"
        case .fold: "fold"
        }
    }
}
