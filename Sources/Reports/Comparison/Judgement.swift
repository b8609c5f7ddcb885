import Settings
import Statistics

/// What can be said of a variant beside another one: the paired difference, how sure it is, and a word for it.
struct Judgement {
    /// The mean difference, this variant's figure minus the other's, with its standard error.
    let estimate: DifferenceEstimate
    /// The p of the comparison as one of its family, by Holm; nil where nothing is tested.
    let p: Double?
    /// The interval at the level of the family; nil where nothing is tested.
    let interval: Interval?
    let verdict: Verdict
    /// The two-sided level that p was held to, unadjusted; nil where nothing is tested.
    var level: Double?
}

/// What a comparison comes to.
enum Verdict: Hashable {
    /// The interval lies on the better side of 0.
    case better
    /// The interval lies on the worse side of 0.
    case worse
    /// The interval lies within the margin that the experiment gives.
    case same
    /// None of these.
    case undecided
    /// The same figure in every seed (or fold), to the last bit.
    case identical
    /// Nothing may be said, and why.
    case none(Want)

    /// What a verdict lacks.
    enum Want: String, Hashable {
        /// Fewer than three seeds: the luck of seeds cannot be told.
        case seeds
        /// No stored predictions: the luck of examples cannot be told.
        case examples
        /// Every pair differs by the same, so that there is no spread to judge by.
        case spread
        /// A first look, which waits for runs.
        case look
    }

    var words: String {
        switch self {
        case .better: "better"
        case .worse: "worse"
        case .same: "practically equivalent"
        case .undecided: "undecided"
        case .identical: "identical"
        case .none: "–"
        }
    }
}

extension Judgement {
    /// In fewer seeds (or folds) than this nothing is called better or worse.
    static let fewestUnits = 3
    /// How often a family of comparisons between equals may call one of them better or worse.
    static let level = 0.05

    /// Judges comparisons of one family: p and intervals by Holm's steps, so that a verdict of better or worse and an interval beside 0 are the same.
    ///
    /// Of a family of more comparisons than are given all are counted, by Bonferroni: `unjudged` is how many are not given.
    static func family(_ estimates: [DifferenceEstimate?], unjudged: Int = 0, goal: Goal, margin: Double? = nil) -> [Judgement?] {
        let judged = estimates.map { estimate in estimate.flatMap { want(of: $0) == nil ? $0 : nil } }
        // Levels below 5 % ask for caution.
        let isAlone = judged.count { $0 != nil } + unjudged < 2
        let tested = judged.map { isAlone ? $0?.p : $0?.cautiousP }
        let all = Double(tested.count { $0 != nil } + unjudged)
        let adjusted = unjudged > 0 ? tested.map { $0.map { min($0 * all, 1) } } : Holm.adjusted(tested)
        let levels = unjudged > 0 ? tested.map { $0.map { _ in level / all } } : Holm.levels(tested, level: level)
        return estimates.indices.map { index -> Judgement? in
            guard let estimate = estimates[index] else { return nil }
            if estimate.isConstant, estimate.mean == 0 { return Judgement(estimate: estimate, p: nil, interval: nil, verdict: .identical) }
            guard let p = adjusted[index], let level = levels[index] else {
                let interval = estimate.interval(confidence: 1 - Self.level)
                return Judgement(estimate: estimate, p: nil, interval: interval, verdict: .none(want(of: estimate) ?? .spread))
            }
            let interval = isAlone ? estimate.interval(confidence: 1 - level) : estimate.cautiousInterval(confidence: 1 - level)
            return Judgement(
                estimate: estimate, p: p, interval: interval, verdict: verdict(interval, mean: estimate.mean, goal, margin), level: level)
        }
    }

    /// The same at a look, by Holm's steps with the levels of that look: `level` gives that of one of so many comparisons. `beside` of the family ended undeclared at
    /// earlier looks. The given p is the one that, held to .05, decides as the look does.
    static func family(
        _ estimates: [DifferenceEstimate?], beside: Int, goal: Goal, margin: Double?, level: (_ count: Int) -> Double
    ) -> [Judgement?] {
        var found = family(estimates, goal: goal, margin: margin)
        let tested = estimates.indices.compactMap { index in
            estimates[index].flatMap { estimate in want(of: estimate) == nil ? estimate.cautiousP.map { (index: index, p: $0) } : nil }
        }
        var (largest, failed) = (0.0, Double?.none)
        for (place, (index, p)) in tested.sorted(by: { ($0.p, $0.index) < ($1.p, $1.index) }).enumerated() {
            guard let estimate = estimates[index] else { continue }
            let own = failed ?? level(tested.count - place + beside)
            if p > own { failed = own }
            largest = min(max(largest, own > 0 ? p * Self.level / own : 1), 1)
            let interval = estimate.cautiousInterval(confidence: 1 - own)
            found[index] = Judgement(
                estimate: estimate, p: largest, interval: interval, verdict: verdict(interval, mean: estimate.mean, goal, margin),
                level: own)
        }
        return found
    }

    /// What keeps a difference from being judged.
    static func want(of estimate: DifferenceEstimate) -> Verdict.Want? {
        switch estimate.basis {
        case .seedsAndExamples: estimate.seeds < fewestUnits ? .seeds : estimate.isConstant ? .spread : nil
        case .folds: estimate.seeds < fewestUnits ? .seeds : estimate.isConstant ? .spread : nil
        case .examples: .seeds
        case .seeds: estimate.seeds < fewestUnits ? .seeds : .examples
        }
    }

    private static func verdict(_ interval: Interval?, mean: Double, _ goal: Goal, _ margin: Double?) -> Verdict {
        guard let interval else { return .none(.spread) }
        if let margin, interval.lower >= -margin, interval.upper <= margin { return .same }
        if interval.lower <= 0, interval.upper >= 0 { return .undecided }
        return goal.prefers(mean, to: 0) ? .better : .worse
    }
}
