import Experiments
import RunStore
import Settings
import Statistics

/// The finished runs of an experiment, side by side: all that the report's sections draw from.
struct Comparison {
    let experiment: Experiment
    /// The figure that variants are compared by.
    let figure: FigureName
    let goal: Goal
    let unit: ComparisonUnit
    /// One a variant, in the experiment's order, the baseline first.
    let results: [VariantResult]
    /// The index of the variant with the best mean over ``commonUnits``.
    let best: Int
    /// The seeds (or folds) of which every variant with a figure has one: only over these do means compare. Whole variants come first: one that lacks
    /// a figure in some seed is left out of the choice of the best, unless all do.
    let commonUnits: Set<Int>
    /// Findings of the store.
    let storeWarnings: [StoreWarning]
    /// What is answered for the rows that the experiment asks about.
    let predictions: AskedRowPredictions
    /// How curves are drawn.
    let curveSettings: CurveSettings
    /// What methods without a network reach.
    let plainMethods: [PlainMethodRecord]
    /// All variants but for the baseline, the best first, those without a figure last.
    let ranking: [Int]
    /// What shares of hits need no network; nil where targets are no classes.
    let chance: ChanceShares?
    /// The comparison of the finalists by their fresh seeds; empty where there is none, and never more than one.
    let finalists: [Comparison]
    /// Whether the variants were chosen before these seeds were used.
    let areFinalists: Bool
    /// How comparisons stand to which seeds are added; nil where all have all.
    let review: SeedReview?
    /// How the variants compare with the baseline, by their index: all, or those of the tables where these are shortened.
    let judgements: [Int: Judgement]
    /// The variants that cannot be told from the best, which is one of them; nil where too little is known to tell.
    let bestOnes: Set<Int>?
    /// How the methods without a network compare with the baseline and with the best, in the order of ``plainMethods``.
    private(set) var plainComparisons = PlainComparisons()
    /// What the best of a search is worth without the luck of having been chosen; nil where that cannot be told.
    let corrected: BestOfMany?
    /// A variant's network; of thousands few are told.
    let layers: (_ variant: String) -> [LayerFacts]
    private let known = KnownDigits()

    init(
        experiment: Experiment, survey: Survey, plainMethods: [PlainMethodRecord] = [],
        predictions: AskedRowPredictions = AskedRowPredictions(), layers: @escaping (_ variant: String) -> [LayerFacts] = { _ in [] },
        areFinalists: Bool = false
    ) throws(ReportRefusal) {
        self.layers = layers
        finalists = [Self.finalists(of: experiment, survey)].compactMap(\.self)
        self.areFinalists = areFinalists
        let fresh = Set(experiment.freshSeeds)
        let survey = fresh.isEmpty ? survey : survey.filter { !fresh.contains($0.seed) }
        let unit = ComparisonUnit(experiment)
        var warnings = survey.warnings
        var results = VariantResult.all(of: experiment, survey: survey, unit: unit, &warnings)
        let finished = results.flatMap(\.runs)
        guard !finished.isEmpty else {
            let failed = survey.runs.count { if case .failed = $0.state { true } else { false } }
            throw .nothingFinished(experiment: experiment.name, planned: survey.runs.count, failed: failed)
        }
        guard !finished.allSatisfy(\.isDiverged) else {
            throw .everythingDiverged(
                experiment: experiment.name, runs: finished.count, pretraining: Self.pretrainingFault(of: finished))
        }
        guard let (figure, goal) = Self.comparedFigure(experiment.selection, in: finished) else {
            throw .nothingToCompare(experiment: experiment.name, metric: experiment.selection.metric)
        }
        let review = SeedReview(experiment, results, figure: (figure, goal))
        if let review { for index in results.indices { results[index] = results[index].keeping(seeds: review.counts[index]) } }
        let units = results.map { Set($0.figures(figure.name).keys) }
        let measured = results.indices.filter { !units[$0].isEmpty }
        let whole = measured.filter { units[$0].count == results[$0].plannedUnits }
        let eligible = whole.isEmpty ? measured : whole
        let common = eligible.dropFirst().reduce(eligible.first.map { units[$0] } ?? []) { $0.intersection(units[$1]) }
        let ranked = eligible.compactMap { index -> (index: Int, mean: Double)? in
            let sample = common.isEmpty ? results[index].sample(figure.name) : results[index].sample(figure.name, of: common)
            return sample.map { (index, $0.mean) }
        }
        guard let best = ranked.min(by: { $0.mean == $1.mean ? $0.index < $1.index : goal.prefers($0.mean, to: $1.mean) })?.index else {
            throw .nothingToCompare(experiment: experiment.name, metric: experiment.selection.metric)
        }
        self.experiment = experiment
        self.figure = figure
        self.goal = goal
        self.unit = unit
        self.results = results
        self.review = review
        self.best = best
        self.commonUnits = common
        self.storeWarnings = warnings
        self.predictions = predictions
        self.plainMethods = plainMethods
        curveSettings = Self.curveSettings(experiment, results)
        chance = ChanceShares(results[0])
        let means = results.map { $0.sample(figure.name)?.mean }
        ranking = results.indices.dropFirst().sorted { left, right in
            switch (means[left], means[right]) {
            case (let a?, let b?) where a != b: goal.prefers(a, to: b)
            case (_?, nil): true
            case (nil, _?): false
            default: left < right
            }
        }
        let shown = Self.shown(ranking, areSorted: experiment.isSweep)
        judgements =
            review.map { Self.judgements(of: results, by: $0, figure) }
            ?? Self.judgements(of: shown, in: results, figure, experiment.selection, goal)
        corrected = experiment.isSweep ? Self.corrected(best: best, among: ranking, in: results, figure, goal) : nil
        bestOnes = Self.bestOnes(among: Set(shown).union([best]), best: best, in: results, figure, goal)
        plainComparisons = PlainComparisons(plainMethods, in: self)
    }

    /// The selected figure; without validation rows the same on test; else a loss.
    static func comparedFigure(_ selection: Selection, in runs: [ReportedRun]) -> (FigureName, Goal)? {
        let selected = FigureName(selection.metric)
        let candidates: [(FigureName, Goal)] =
            [(selected, selection.goal), (selected.onTest, selection.goal)]
            + ["val_loss", "test_loss", "loss"].map { (FigureName($0), .minimize) }
        return candidates.first { candidate in runs.contains { $0.figure(candidate.0.name)?.isFinite == true } }
    }

    // MARK: - Reading

    var baseline: VariantResult { results[0] }
    var bestResult: VariantResult { results[best] }
    var hasVariants: Bool { results.count > 1 }

    func changes(of result: VariantResult) -> VariantChanges {
        VariantChanges(result.variant, against: baseline.variant)
    }

    /// The differences to the baseline, seed by seed (or fold by fold); nil for the baseline.
    func differences(of index: Int) -> Sample? {
        index == 0 ? nil : results[index].differences(figure.name, to: baseline)
    }

    /// The best variants but for the baseline, so many at most, in the order of the tables; those without a figure come last.
    func bestVariants(_ count: Int) -> [Int] { experiment.isSweep ? Array(ranking.prefix(count)) : ranking.prefix(count).sorted() }

    /// More variants than this fill no table: then the baseline stands there and the best, ``listedCount`` of them.
    static let largestTable = 120
    static let listedCount = 30

    /// Whether tables leave variants out.
    var isShortened: Bool { results.count > Self.largestTable }

    /// The variants of the tables: all in the experiment's order, or for a sweep, the best first; of very many the baseline and the best of them.
    var shown: [Int] { Self.shown(ranking, areSorted: experiment.isSweep) }

    private static func shown(_ ranking: [Int], areSorted: Bool) -> [Int] {
        [0] + (ranking.count >= largestTable ? Array(ranking.prefix(listedCount)) : areSorted ? ranking : ranking.sorted())
    }

    /// How many seeds or folds the compared figure rests on at most.
    var unitCount: Int {
        results.map { $0.figures(figure.name).count }.max() ?? 0
    }

    /// The digits for differences to the baseline: pairs may spread less than their sides, which shows at most one digit more.
    var differenceDigits: Digits {
        if let found = known.ofDifferences { return found }
        let paired = Digits(results.indices.compactMap(differences))
        let found = Digits(decimals: min(paired.decimals, digits(figure.name).decimals + 1))
        known.ofDifferences = found
        return found
    }

    /// The digits for what stands beside the baseline and the best alone, where these have a smaller spread than most variants.
    func networkDigits(_ name: String) -> Digits {
        let common = digits(name)
        let own =
            [baseline, bestResult].compactMap { $0.sample(name) }.filter { $0.standardDeviation ?? 0 > 0 }.map { Digits([$0]).decimals }
            .max()
            ?? common.decimals
        return Digits(decimals: min(max(common.decimals, own), common.decimals + 2))
    }

    /// The digits that the spread of a figure over all variants justifies.
    func digits(_ name: String) -> Digits {
        if let found = known.byName[name] { return found }
        let found = Digits(results.compactMap { $0.sample(name) })
        known.byName[name] = found
        return found
    }
}

/// The digits that were found for all variants together: each cell of a table asks for them.
private final class KnownDigits {
    var byName: [String: Digits] = [:]
    var ofDifferences: Digits?
}

extension Goal {
    /// Whether `a` is strictly better than `b`.
    func prefers(_ a: Double, to b: Double) -> Bool {
        switch self {
        case .maximize: a > b
        case .minimize: a < b
        }
    }
}
