import Experiments
import Statistics

/// The main effects of a full grid and what two settings do beyond theirs, all judged as one family.
struct FactorialEffects {
    /// A step of a factor from one level to another, and what it does as a mean over all levels of the others.
    let mains: [(step: Factorial.Step, judgement: Judgement)]
    /// Two steps, and how far both together are from the sum of what each does alone.
    let interactions: [(first: Factorial.Step, second: Factorial.Step, judgement: Judgement)]
    /// How many were judged as one family.
    let family: Int

    /// More effects than this are not judged: then interactions are left out.
    private static let mostEffects = 200

    /// - `levels`: how many each factor has.
    /// - `bases`: for each factor the level that others are compared with.
    /// - `estimate`: what is known of a weighted sum of cells.
    /// Nil where an effect cannot be estimated.
    init?(_ factorial: Factorial, bases: [Int], _ comparison: Comparison, estimate: ([Double]) -> DifferenceEstimate?) {
        let steps = factorial.levels.indices.map { setting in
            (0..<factorial.levels[setting]).filter { $0 != bases[setting] }.map {
                Factorial.Step(of: setting, from: bases[setting], to: $0)
            }
        }
        let singles = steps.flatMap(\.self)
        var pairs: [(Factorial.Step, Factorial.Step)] = []
        for (place, own) in steps.enumerated() {
            for others in steps.dropFirst(place + 1) { for first in own { pairs += others.map { (first, $0) } } }
        }
        if singles.count + pairs.count > Self.mostEffects { pairs = [] }
        // With two factors of two levels the weights of the pair are those of all four cells.
        let weights = singles.map(factorial.effect) + pairs.map { factorial.interaction(of: $0.0, with: $0.1) }
        let estimates = weights.compactMap(estimate)
        guard !singles.isEmpty, estimates.count == weights.count else { return nil }
        let judged = Judgement.family(estimates, goal: comparison.goal, margin: comparison.experiment.selection.margin)
        let judgements = judged.compactMap(\.self)
        guard judgements.count == estimates.count else { return nil }
        mains = zip(singles, judgements).sorted { abs($0.1.estimate.mean) > abs($1.1.estimate.mean) }.map { ($0.0, $0.1) }
        interactions = zip(pairs, judgements.dropFirst(singles.count)).sorted { abs($0.1.estimate.mean) > abs($1.1.estimate.mean) }.map {
            ($0.0.0, $0.0.1, $0.1)
        }
        family = judgements.count { $0.p != nil }
    }
}

/// The figures of the cells of a grid, so that any weighted sum of them can be judged as a difference of two is.
struct GridCells {
    private enum Values {
        /// By cell, seed and example.
        case examples([[[Double]]])
        /// By cell and seed.
        case seeds([[Double]])
        /// By cell and fold, and what of the rows that train each fold is tested on.
        case folds([[Double]], testShare: Double)
    }

    private let values: Values

    /// The predictions of more runs than this are not read.
    private static let mostRuns = 2000

    /// Nil where a cell has no figure that all others have, too.
    init?(_ results: [VariantResult], _ figure: FigureName) {
        guard let first = results.first else { return nil }
        if first.unit.isOfSplits { self.init(folds: results, figure) } else { self.init(seeds: results, figure) }
    }

    private init?(folds results: [VariantResult], _ figure: FigureName) {
        let byCell = results.map { $0.figureBySplit(figure.name) }
        let common = Self.common(byCell) { $0.lexicographicallyPrecedes($1) }
        guard common.count > 1 else { return nil }
        let share = results[0].variant.trial.settings.split.validationShare ?? 1 / Double(max(common.count - 1, 1))
        values = .folds(byCell.map { figures in common.compactMap { figures[$0] } }, testShare: share)
    }

    private init?(seeds results: [VariantResult], _ figure: FigureName) {
        let byCell = results.map { $0.figures(figure.name) }
        let common = Self.common(byCell, by: <)
        guard !common.isEmpty else { return nil }
        if common.count * results.count <= Self.mostRuns, let examples = Self.examples(results, figure, seeds: common) {
            values = .examples(examples)
        } else {
            values = .seeds(byCell.map { figures in common.compactMap { figures[$0] } })
        }
    }

    private static func common<Unit: Hashable>(_ byCell: [[Unit: Double]], by order: (Unit, Unit) -> Bool) -> [Unit] {
        byCell.dropFirst().reduce(Set(byCell.first?.keys.map(\.self) ?? [])) { $0.intersection($1.keys) }.sorted(by: order)
    }

    /// By cell, seed and example; nil where predictions are missing, or are of other rows than those of the first cell.
    private static func examples(_ results: [VariantResult], _ figure: FigureName, seeds: [Int]) -> [[[Double]]]? {
        guard let first = results.first?.contributions(figure) else { return nil }
        var cells: [[[Double]]] = []
        for result in results {
            let own = result.contributions(figure)
            let rows = seeds.compactMap { seed -> [Double]? in
                guard let mine = own[seed], mine.rows == first[seed]?.rows else { return nil }
                return mine.values
            }
            guard rows.count == seeds.count, Set(rows.map(\.count)).count == 1 else { return nil }
            cells.append(rows)
        }
        return cells
    }

    /// What is known of a weighted sum of the cells.
    func estimate(_ weights: [Double]) -> DifferenceEstimate? {
        switch values {
        case .examples(let cells): return PairedDifferences(contrast: weights, of: cells)?.estimate
        case .seeds(let cells): return Sample(contrast: weights, of: cells)?.seedsEstimate
        case .folds(let cells, let testShare):
            guard let sums = Sample(contrast: weights, of: cells) else { return nil }
            return FoldDifferences(sums.values, testShare: testShare)?.estimate
        }
    }
}
