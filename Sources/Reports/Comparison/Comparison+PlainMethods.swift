import Experiments
import RunStore
import Settings
import Statistics

/// Methods without a network in the comparisons.
///
/// A method has no seed: its answers are the same beside every seed of a network. So its difference to a network is taken for each seed of the network, example by example, and judged
/// with the luck of the network's seeds and of the examples, as differences between variants are; where a network has fewer than three seeds there is no verdict. Over folds,
/// fold by fold with Nadeau and Bengio's correction. The methods are named beforehand, and their comparisons with the baseline are a family of their own (Holm).
/// The best network is found by looking: where it is not the baseline, each method stands to it as one of all pairs of a method and a network (Bonferroni).
struct PlainComparisons {
    /// Method minus baseline, one a method; nil where there is no pair.
    let withBaseline: [Judgement?]
    /// Method minus the best network, one a method; the same where that is the baseline.
    let withBest: [Judgement?]

    /// None.
    init() { (withBaseline, withBest) = ([], []) }

    init(_ methods: [PlainMethodRecord], in comparison: Comparison) {
        let (figure, goal, margin) = (comparison.figure, comparison.goal, comparison.experiment.selection.margin)
        func family(_ network: VariantResult, unjudged: Int) -> [Judgement?] {
            Judgement.family(
                methods.map { $0.estimate(figure, against: network, seeds: comparison.experiment.seeds) }, unjudged: unjudged, goal: goal,
                margin: margin)
        }
        withBaseline = family(comparison.baseline, unjudged: 0)
        let networks = comparison.results.count { !$0.figures(figure.name).isEmpty }
        withBest =
            comparison.best == 0
            ? withBaseline
            : family(comparison.bestResult, unjudged: methods.count { !$0.figures.isEmpty } * max(networks - 1, 0))
    }
}

extension PlainMethodRecord {
    /// The figure minus a network's; nil where either has none. `seeds` are those of splits that are drawn anew.
    func estimate(_ figure: FigureName, against network: VariantResult, seeds: [Int]) -> DifferenceEstimate? {
        let values = figures.map { $0[figure.name] ?? .nan }
        let split = network.variant.trial.settings.split
        if network.unit.isOfSplits {
            let numbers = split.numbers(seeds: seeds, ofTest: figure.part == .test)
            let own = Dictionary(grouping: zip(numbers, values).filter { $1.isFinite }, by: \.0).compactMapValues {
                Sample($0.map(\.1))?.mean
            }
            return DifferenceEstimate(
                bySplit: own, minus: network.figureBySplit(figure.name), share: split.share(of: figure))
        }
        guard let value = values.first, value.isFinite else { return nil }
        let theirs = network.figures(figure.name)
        let units = theirs.keys.sorted()
        if let own = contributions(figure, settings: network.variant.trial.settings, recorded: value) {
            let same = Dictionary(units.map { ($0, own) }) { first, _ in first }
            if let estimate = DifferenceEstimate(same, minus: network.contributions(figure), units: units) { return estimate }
        }
        return Sample(units.compactMap { theirs[$0].map { value - $0 } })?.seedsEstimate
    }

    /// What each example contributes to the figure, where predictions are kept.
    private func contributions(_ figure: FigureName, settings: TrialSettings, recorded: Double) -> Contributions? {
        guard figure.part != .train, let kept = predictions?.first,
            let part = figure.part == .validation ? kept.validation : kept.test
        else { return nil }
        return Contributions(
            figure, of: part, target: target, settings: settings, recorded: recorded,
            threshold: figures.first.flatMap { settings.training.threshold?.value(in: $0) }, meaning: .plain)
    }
}

extension SplitSettings {
    /// The splits that methods without a network are fitted on, in the order of their figures: folds, and where splits are drawn anew the folds of every seed. Each as
    /// ``ComparisonUnit/splitNumber(of:)`` numbers it.
    fileprivate func numbers(seeds: [Int], ofTest: Bool) -> [[Int]] {
        let numbers = folds.map { (1...max($0, 1)).map { fold in (ofTest ? outerFold(of: fold) : nil) ?? fold } } ?? [0]
        return resplit ? seeds.flatMap { seed in numbers.map { [seed, $0] } } : numbers.map { [$0] }
    }
}
