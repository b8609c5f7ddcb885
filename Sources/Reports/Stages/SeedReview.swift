import Experiments
import Settings
import Statistics

/// Where seeds are added: how each comparison with the baseline stands after the looks that its finished runs allow. A look judges the seeds up to its own number
/// alone, whatever else is finished, so the same runs give the same decisions whenever they are asked for.
public struct SeedReview: Sendable {
    /// How a comparison ended.
    public enum Ending: Hashable, Sendable {
        /// With a verdict.
        case better, worse, same, identical
        /// The luck of the examples outweighs that of the seeds, and any number of seeds would leave it open.
        case examples
        /// There is nothing to judge it by.
        case unjudged
        /// At the last look without a verdict.
        case undecided
    }

    /// How one comparison stands.
    public struct Standing: Sendable {
        /// With how many seeds it was looked at last; nil before the first look.
        public fileprivate(set) var seeds: Int?
        /// How it ended; nil while it is open.
        public fileprivate(set) var ending: Ending?
        /// What the look came to.
        var judgement: Judgement?
    }

    /// By variant; that of the baseline stays empty.
    public let standings: [Standing]
    /// How many seeds each variant is to have now.
    public let counts: [Int]
    /// With how many seeds each look is.
    public let looks: [Int]
    /// The look whose runs are trained now; nil when all comparisons ended.
    public let next: Int?

    /// The variants whose comparisons go on.
    public var open: [Int] { standings.indices.dropFirst().filter { standings[$0].ending == nil } }

    /// - Parameters:
    ///   - isWhole: whether a variant's runs of so many seeds are all finished.
    ///   - estimate: a variant's difference to the baseline over so many seeds; nil without a pair.
    package init(
        _ growth: SeedGrowth, levels: LookLevels, variants: Int, goal: Goal, margin: Double?,
        isWhole: (_ variant: Int, _ seeds: Int) -> Bool,
        estimate: (_ variant: Int, _ seeds: Int) -> DifferenceEstimate?
    ) {
        var standings = [Standing](repeating: Standing(), count: variants)
        var counts = [Int](repeating: growth.from, count: variants)
        var open = Array(standings.indices.dropFirst())
        var next: Int?
        // Those that ended undeclared stay in the family.
        var undeclared = 0
        for (look, seeds) in levels.seeds.enumerated() where !open.isEmpty {
            for variant in [0] + open { counts[variant] = seeds }
            guard ([0] + open).allSatisfy({ isWhole($0, seeds) }) else {
                next = seeds
                break
            }
            let judgements = Judgement.family(open.map { estimate($0, seeds) }, beside: undeclared, goal: goal, margin: margin) {
                levels.level(at: look, oneOf: $0)
            }
            for (variant, judgement) in zip(open, judgements) {
                standings[variant].seeds = seeds
                standings[variant].judgement = judgement
                standings[variant].ending = Self.ending(judgement, isLast: seeds == growth.to, margin: margin)
            }
            let ended = open.compactMap { standings[$0].ending }
            undeclared += ended.count { $0 == .same || $0 == .examples || $0 == .undecided }
            open.removeAll { standings[$0].ending != nil }
        }
        if variants == 1, !isWhole(0, growth.from) { next = growth.from }
        (self.standings, self.counts, self.looks, self.next) = (standings, counts, levels.seeds, next)
    }

    private static func ending(_ judgement: Judgement?, isLast: Bool, margin: Double?) -> Ending? {
        guard let judgement else { return isLast ? .unjudged : nil }
        switch judgement.verdict {
        case .better: return .better
        case .worse: return .worse
        case .same: return .same
        case .identical: return .identical
        case .none(.seeds), .none(.look): return isLast ? .unjudged : nil
        case .none: return .unjudged
        case .undecided:
            if judgement.estimate.staysOpen(margin: margin) { return .examples }
            return isLast ? .undecided : nil
        }
    }
}

extension DifferenceEstimate {
    /// Whether the luck of the examples outweighs that of the seeds, and alone would keep the comparison open, also from being called the same within a margin.
    fileprivate func staysOpen(margin: Double?) -> Bool {
        guard needsExamplesRatherThanSeeds, seedsToSettle() == .examples else { return false }
        guard let margin, let examplesPart else { return true }
        return abs(mean) + 2 * examplesPart.squareRoot() >= margin
    }
}

extension SeedReview.Ending {
    /// For example `better`.
    public var words: String {
        switch self {
        case .better: Verdict.better.words
        case .worse: Verdict.worse.words
        case .same: Verdict.same.words
        case .identical: Verdict.identical.words
        case .examples: "more examples are needed, not more seeds"
        case .unjudged: "cannot be judged"
        case .undecided: "undecided at the last look"
        }
    }
}
