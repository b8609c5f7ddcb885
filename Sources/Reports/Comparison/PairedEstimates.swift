import Experiments
import RunStore
import Settings
import Statistics

/// Differences between two variants, from the pairs that both have.
extension VariantResult {
    /// This variant's figure minus another's, with what luck can do to it: over seeds and examples where the predictions are stored, else over seeds alone; over folds with
    /// the correction for the rows that folds share. Nil without a common seed (or fold).
    ///
    /// - Parameter chosen: the seeds that count; nil for all. Where there are folds, all do.
    func estimate(_ figure: FigureName, against other: VariantResult, of chosen: Set<Int>? = nil) -> DifferenceEstimate? {
        if unit.isOfSplits {
            return DifferenceEstimate(
                bySplit: figureBySplit(figure.name), minus: other.figureBySplit(figure.name),
                share: variant.trial.settings.split.share(of: figure))
        }
        let (own, theirs) = (contributions(figure), other.contributions(figure))
        let (mine, others) = (figures(figure.name), other.figures(figure.name))
        let units = mine.keys.filter { others[$0] != nil && chosen?.contains($0) ?? true }.sorted()
        if let estimate = DifferenceEstimate(own, minus: theirs, units: units) { return estimate }
        return Sample(units.compactMap { unit in mine[unit].flatMap { mine in others[unit].map { mine - $0 } } })?.seedsEstimate
    }

    /// The figure itself, with what luck can do to its mean, in the same way.
    func meanEstimate(_ figure: FigureName) -> DifferenceEstimate? {
        if unit.isOfSplits { return nil }
        let units = figures(figure.name).keys.sorted()
        let own = contributions(figure)
        let values = units.compactMap { own[$0]?.values }
        if values.count == units.count, let estimate = PairedDifferences(values)?.estimate { return estimate }
        return sample(figure.name)?.seedsEstimate
    }

    /// A figure of every fold, its mean over the seeds that have all folds; where splits are drawn anew, of every fold of every seed. Where folds test by turns, those are meant for
    /// figures of the test part.
    func figureBySplit(_ name: String) -> [[Int]: Double] {
        let units = Set(figures(name).keys)
        return figureBySplit(ofTest: FigureName(name).part == .test) { run in
            units.contains(unit.number(of: run.specification)) ? run.figure(name) : .nan
        }
    }

    /// Whatever `figure` takes from a run, for every fold (or split) the mean over its seeds; runs for which it is no number are passed over.
    func figureBySplit(ofTest: Bool = false, _ figure: (ReportedRun) -> Double?) -> [[Int]: Double] {
        let split = variant.trial.settings.split
        return Dictionary(grouping: runs) { run in
            let number = unit.splitNumber(of: run.specification)
            guard ofTest, let outer = run.specification.fold.flatMap(split.outerFold) else { return number }
            return number.dropLast() + [outer]
        }.compactMapValues { runs in
            Sample(runs.compactMap(figure).filter(\.isFinite))?.mean
        }
    }
}

extension DifferenceEstimate {
    /// From the examples of these seeds (units); nil unless all of them have contributions of the same rows.
    init?(_ own: [Int: Contributions], minus theirs: [Int: Contributions], units: [Int]) {
        let pairs = units.compactMap { unit -> [Double]? in
            guard let mine = own[unit], let others = theirs[unit], mine.rows == others.rows, mine.rows == own[units[0]]?.rows else {
                return nil
            }
            return zip(mine.values, others.values).map { $0 - $1 }
        }
        guard pairs.count == units.count, let differences = PairedDifferences(pairs) else { return nil }
        self = differences.estimate
    }

    /// From the folds or splits that both have. The share is of the rows that are asked over those that train; without it, one fold of those that there are is asked.
    init?(bySplit own: [[Int]: Double], minus theirs: [[Int]: Double], share: Double?) {
        let differences = own.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { fold, value in
            theirs[fold].map { value - $0 }
        }
        let share = share ?? 1 / Double(max(differences.count - 1, 1))
        guard let estimate = FoldDifferences(differences, testShare: share)?.estimate else { return nil }
        self = estimate
    }

    /// A final figure of finished runs of one variant, with what luck can do to its mean: of seeds and examples where the predictions of the same examples are stored, else of
    /// seeds alone. Nil where there are folds, or neither is known.
    public init?(of figure: String, in runs: [StoredRun]) {
        guard let settings = runs.first.flatMap({ Trial(canonical: $0.record.settings.compactText) })?.settings,
            !settings.split.resplit || runs.allSatisfy(\.record.isRefit), runs.allSatisfy({ $0.record.fold == nil })
        else { return nil }
        let values = runs.compactMap { $0.record.figures[figure] }.filter(\.isFinite)
        guard values.count == runs.count else { return nil }
        let examples = zip(runs, values).compactMap { Contributions(FigureName(figure), of: $0, settings: settings, recorded: $1) }
        if examples.count == runs.count, examples.allSatisfy({ $0.rows == examples[0].rows }),
            let estimate = PairedDifferences(examples.map(\.values))?.estimate
        {
            self = estimate
        } else if let estimate = Sample(values)?.seedsEstimate {
            self = estimate
        } else {
            return nil
        }
    }

    /// A final figure of finished runs minus that of others, which need not be of one experiment, as reports judge it: from the seeds that both have, with the luck of seeds and examples
    /// where the predictions of the same examples are stored, else of seeds alone; over folds where there are folds. Nil without a pair.
    public init?(in figure: String, of runs: [StoredRun], minus others: [StoredRun]) {
        func values<Unit: Hashable>(_ runs: [StoredRun], by unit: (Record) -> Unit) -> [Unit: Double] {
            let grouped = Dictionary(grouping: runs) { unit($0.record) }
            return grouped.compactMapValues { runs in Sample(runs.compactMap { $0.record.figures[figure] }.filter(\.isFinite))?.mean }
        }
        let split = runs.first.flatMap { Trial(canonical: $0.record.settings.compactText) }?.settings.split
        let isResplit = split?.resplit == true
        if isResplit || runs.contains(where: { $0.record.fold != nil }) || others.contains(where: { $0.record.fold != nil }) {
            let shared = Set(runs.map(\.record.seed)).intersection(others.map(\.record.seed))
            func bySplit(_ runs: [StoredRun]) -> [[Int]: Double] {
                values(runs.filter { shared.contains($0.record.seed) && !$0.record.isRefit }) {
                    (isResplit ? [$0.seed] : []) + [(FigureName(figure).part == .test ? $0.outerFold : nil) ?? $0.fold ?? 0]
                }
            }
            self.init(bySplit: bySplit(runs), minus: bySplit(others), share: split?.share(of: FigureName(figure)))
            return
        }
        let (mine, theirs) = (values(runs, by: \.seed), values(others, by: \.seed))
        let units = mine.keys.filter { theirs[$0] != nil }.sorted()
        func contributions(_ runs: [StoredRun]) -> [Int: Contributions] {
            var found: [Int: Contributions] = [:]
            guard let settings = runs.first.flatMap({ Trial(canonical: $0.record.settings.compactText) })?.settings else { return [:] }
            for run in runs where units.contains(run.record.seed) {
                found[run.record.seed] = run.record.figures[figure].flatMap { recorded in
                    Contributions(FigureName(figure), of: run, settings: settings, recorded: recorded)
                }
            }
            return found
        }
        if let estimate = DifferenceEstimate(contributions(runs), minus: contributions(others), units: units) {
            self = estimate
        } else if let estimate = Sample(units.compactMap { unit in mine[unit].flatMap { mine in theirs[unit].map { mine - $0 } } })?
            .seedsEstimate
        {
            self = estimate
        } else {
            return nil
        }
    }
}

extension SplitSettings {
    /// How many rows give a figure over those that train; nil where that is not known.
    func share(of figure: FigureName) -> Double? {
        figure.part == .test && outerFolds != nil ? testShare : validationShare
    }
}
