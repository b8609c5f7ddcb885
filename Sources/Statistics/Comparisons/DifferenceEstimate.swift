/// What paired differences say of the true one: its estimate, how far luck may have moved it, and with how many degrees of freedom that is known.
///
/// Student's t with ``degreesOfFreedom`` is held to (``mean`` − true difference) / ``standardError``.
public struct DifferenceEstimate: Hashable, Sendable {
    /// Which luck the standard error counts.
    public enum Basis: Hashable, Sendable, CaseIterable {
        /// That of seeds and that of examples.
        case seedsAndExamples
        /// That of examples alone: with one or two seeds the luck of seeds cannot be told.
        case examples
        /// That of seeds alone: the same examples would be asked again.
        case seeds
        /// That of folds, whose train rows overlap (Nadeau and Bengio's correction, a heuristic).
        case folds
    }

    /// The mean difference.
    public let mean: Double
    /// Its standard error; 0 where all differences are equal.
    public let standardError: Double
    /// How well the standard error is known; no whole number in general.
    public let degreesOfFreedom: Double
    /// Which luck the standard error counts.
    public let basis: Basis
    /// How many seeds the differences are of; for folds how many folds.
    public let seeds: Int
    /// How many examples the differences are of, where they are of examples.
    public let examples: Int?
    /// The part of the squared standard error that more seeds make smaller, where it is known: the variance over seeds of the mean difference, over their number.
    public let seedsPart: Double?
    /// The part that only more examples make smaller, where it is known.
    public let examplesPart: Double?
    /// The standard deviation over seeds (folds) of the mean difference of each, where there are several.
    public let deviation: Double?

    /// Whether all differences are equal, as in a tie: they have no spread, so nothing is divided by it.
    public var isConstant: Bool { standardError == 0 }

    /// The estimate of the same differences, each larger by `constant`.
    public func moved(by constant: Double) -> DifferenceEstimate {
        DifferenceEstimate(
            mean: mean + constant, standardError: standardError, degreesOfFreedom: degreesOfFreedom, basis: basis, seeds: seeds,
            examples: examples, seedsPart: seedsPart, examplesPart: examplesPart, deviation: deviation)
    }

    /// The same for the difference the other way round.
    public var negated: DifferenceEstimate {
        DifferenceEstimate(
            mean: -mean, standardError: standardError, degreesOfFreedom: degreesOfFreedom, basis: basis, seeds: seeds, examples: examples,
            seedsPart: seedsPart, examplesPart: examplesPart, deviation: deviation)
    }

    /// mean ± t · standard error; nil where all differences are equal.
    ///
    /// - Parameter confidence: between 0 and 1, exclusively.
    public func interval(confidence: Double = 0.95) -> Interval? {
        guard let t = quantile(0.5 + confidence / 2) else { return nil }
        return Interval(lower: mean - t * standardError, upper: mean + t * standardError)
    }

    /// The two-sided p value of no difference; nil where all differences are equal.
    public var p: Double? {
        guard let student else { return nil }
        return min(2 * student.upperTail(abs(mean) / standardError), 1)
    }

    /// The smallest true difference that would have shown at `level` (two-sided) with the probability `power`: (t(1 − level/2) + t(power)) · standard error.
    /// Nil where all differences are equal.
    public func smallestDetectable(level: Double = 0.05, power: Double = 0.8) -> Double? {
        guard let t = quantile(1 - level / 2), let more = quantile(power) else { return nil }
        return (t + more) * standardError
    }

    /// Cohen's d_z: the mean difference in standard deviations of the differences of seeds (folds). Nil without such a spread.
    public var effectSize: Double? {
        guard let deviation, deviation > 0 else { return nil }
        return mean / deviation
    }

    /// Whether the luck of examples weighs more than that of seeds, so that more seeds would help less than more examples.
    public var needsExamplesRatherThanSeeds: Bool {
        guard let seedsPart, let examplesPart else { return false }
        return examplesPart > seedsPart
    }

    // MARK: - More seeds

    /// What it takes to settle a comparison.
    public enum SeedsNeeded: Hashable, Sendable {
        /// Nothing: the interval excludes 0 already.
        case none
        /// So many seeds in all.
        case seeds(Int)
        /// More seeds than were allowed for.
        case moreThan(Int)
        /// More examples: with any number of seeds the luck of these examples alone would keep it open.
        case examples
        /// It cannot be told: no spread over seeds is known, or there is no difference to look for.
        case unknown
    }

    /// How many seeds in all would let a true difference as large as the observed one show at `level` (two-sided) with the probability `power`. The seeds'
    /// part of the squared error falls with their number, the examples' part stays.
    public func seedsToSettle(level: Double = 0.05, power: Double = 0.8, most: Int = 1000) -> SeedsNeeded {
        guard let p, let seedsPart, mean != 0 else { return .unknown }
        if p <= level { return .none }
        let variance = seedsPart * Double(seeds)
        func shows(_ variance: Double, _ count: Double) -> Bool {
            let part = variance / count
            let stays = examplesPart ?? 0
            let all = part + stays
            let doubt = part * part / (count - 1) + (examples.map { stays * stays / Double(max($0 - 1, 1)) } ?? 0)
            guard all > 0, let student = StudentT(degreesOfFreedom: all * all / doubt), let t = student.quantile(1 - level / 2),
                let more = student.quantile(power)
            else { return all == 0 }
            return (t + more) * all.squareRoot() <= abs(mean)
        }
        if !shows(0, 2) { return .examples }
        guard most > seeds, shows(variance, Double(most)) else { return .moreThan(max(most, seeds)) }
        // More seeds always help: the smallest number between one that does not do and one that does.
        var (low, high) = (seeds, most)
        while high - low > 1 {
            let middle = (low + high) / 2
            if shows(variance, Double(middle)) { high = middle } else { low = middle }
        }
        return .seeds(high)
    }

    // MARK: - Student's t

    /// Nil where all differences are equal.
    private var student: StudentT? { isConstant ? nil : StudentT(degreesOfFreedom: degreesOfFreedom) }

    private func quantile(_ p: Double) -> Double? { student?.quantile(p) }
}

extension Sample {
    /// The figures as paired differences of seeds, by Student's paired t test: the luck of seeds alone. Nil for fewer than two, or one that is not finite.
    public var seedsEstimate: DifferenceEstimate? {
        guard let deviation = spread, values.allSatisfy(\.isFinite) else { return nil }
        let variance = deviation * deviation / Double(count)
        return DifferenceEstimate(
            mean: mean, standardError: variance.squareRoot(), degreesOfFreedom: Double(count - 1), basis: .seeds, seeds: count,
            examples: nil,
            seedsPart: variance, examplesPart: nil, deviation: deviation)
    }

    /// The standard deviation, exactly 0 where all figures are equal.
    var spread: Double? { minimum == maximum && count > 1 ? 0 : standardDeviation }
}
