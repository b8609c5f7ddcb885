import Experiments
import Settings
import Statistics

/// Which differences are more than luck: the comparisons with the baseline, and those with the best.
extension Comparison {
    /// The variants' comparisons with the baseline, one family: Holm's p and intervals count all of them, also where only some are judged.
    static func judgements(
        of indices: [Int], in results: [VariantResult], _ figure: FigureName, _ selection: Selection, _ goal: Goal
    ) -> [Int: Judgement] {
        let variants = indices.filter { $0 != 0 }
        let estimates = variants.map { results[$0].estimate(figure, against: results[0]) }
        let family = Judgement.family(
            estimates, unjudged: results.count - 1 - variants.count, goal: goal, margin: selection.margin)
        return Dictionary(zip(variants, family).compactMap { index, judgement in judgement.map { (index, $0) } }) { first, _ in first }
    }

    /// Where seeds are added, each comparison as the look at which it ended, or the last one before more seeds, found it.
    static func judgements(of results: [VariantResult], by review: SeedReview, _ figure: FigureName) -> [Int: Judgement] {
        var judgements: [Int: Judgement] = [:]
        for index in results.indices.dropFirst() {
            let standing = review.standings[index]
            judgements[index] =
                standing.seeds != nil
                ? standing.judgement
                : results[index].estimate(figure, against: results[0]).map {
                    Judgement(estimate: $0, p: nil, interval: nil, verdict: .none(.look))
                }
        }
        return judgements
    }

    /// The best mean and all that cannot be told from it. A variant is told from it where a one-sided test of their difference falls below .05 / (K − 1) for K variants with a
    /// figure: so the truly best variant is in the set in 95 of 100 cases (Gupta 1965), though the best mean was found by looking.
    static func bestOnes(
        among indices: Set<Int>, best: Int, in results: [VariantResult], _ figure: FigureName, _ goal: Goal
    ) -> Set<Int>? {
        let rivals = results.indices.count { !results[$0].figures(figure.name).isEmpty } - 1
        var found: Set = [best]
        for index in indices where index != best {
            guard let estimate = results[index].estimate(figure, against: results[best]) else { continue }
            if estimate.isConstant, estimate.mean == 0 {
                found.insert(index)
                continue
            }
            guard Judgement.want(of: estimate) == nil else { return nil }
            let lead = goal == .maximize ? estimate.negated : estimate
            if !BestSubset.isToldFromBest(lead, of: rivals + 1) { found.insert(index) }
        }
        return found
    }

    /// How a variant compares with the baseline; nil for the baseline, and where there is no pair.
    func judgement(of index: Int) -> Judgement? { judgements[index] }

    /// How the judged comparisons were made; the first one's, since all are of one kind.
    var basis: DifferenceEstimate.Basis? { shown.lazy.compactMap { judgements[$0]?.estimate.basis }.first }

    /// How many comparisons were tested.
    var testedCount: Int { judgements.values.count { $0.p != nil } }
}
