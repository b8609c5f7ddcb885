/// Figures that were measured several times, such as a metric over seeds.
public struct Sample: Hashable, Sendable {
    /// The figures in the order in which they were given.
    public let values: [Double]

    /// Returns nil for an empty list: it has no mean.
    public init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        self.values = values
    }

    /// How many figures there are; at least 1.
    public var count: Int { values.count }

    /// The smallest figure; NaN when any figure is.
    public var minimum: Double { values.reduce(.infinity) { $1.isNaN ? .nan : $0.isNaN ? $0 : Swift.min($0, $1) } }

    /// The largest figure; NaN when any figure is.
    public var maximum: Double { values.reduce(-.infinity) { $1.isNaN ? .nan : $0.isNaN ? $0 : Swift.max($0, $1) } }

    /// The arithmetic mean.
    public var mean: Double {
        let rough = values.reduce(0, +) / Double(count)
        guard rough.isFinite else { return rough }
        // The mean of what is left over takes back the rounding of the first sum.
        return rough + values.reduce(0) { $0 + ($1 - rough) } / Double(count)
    }

    /// √(Σ(x − mean)² / (n − 1)); nil for a single figure, which has no spread.
    public var standardDeviation: Double? {
        guard count > 1 else { return nil }
        let mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(count - 1)).squareRoot()
    }

    /// The interval that holds the mean of all figures of the kind with the given confidence, when they are normally distributed: mean ± t · s / √n, where t is the
    /// quantile of Student's distribution with n − 1 degrees of freedom. Nil for a single figure.
    ///
    /// - Parameter confidence: between 0 and 1, exclusively.
    public func meanInterval(confidence: Double = 0.95) -> Interval? {
        guard let deviation = standardDeviation, let student = StudentT(degreesOfFreedom: Double(count - 1)),
            let t = student.quantile(0.5 + confidence / 2)
        else { return nil }
        let half = t * deviation / Double(count).squareRoot()
        return Interval(lower: mean - half, upper: mean + half)
    }

    /// The interval in which one more figure of the same kind lies with the given probability, when figures are normally distributed:
    /// mean ± t · s · √(1 + 1/n), where t is the quantile of Student's distribution with n − 1 degrees of freedom. Nil for a single figure.
    ///
    /// - Parameter confidence: between 0 and 1, exclusively.
    public func predictionInterval(confidence: Double = 0.95) -> Interval? {
        guard let deviation = standardDeviation, let student = StudentT(degreesOfFreedom: Double(count - 1)),
            let t = student.quantile(0.5 + confidence / 2)
        else { return nil }
        let half = t * deviation * (1 + 1 / Double(count)).squareRoot()
        return Interval(lower: mean - half, upper: mean + half)
    }

    /// How probable it is that one more figure of the same kind lies as far from the mean as `value`, or further, to either side: twice the upper
    /// tail of Student's t with n − 1 degrees of freedom at |value − mean| / (s · √(1 + 1/n)). So ``predictionInterval(confidence:)`` holds the
    /// values for which it is 1 − confidence or more. Nil for a single figure.
    public func probabilityOfDistance(_ value: Double) -> Double? {
        guard let deviation = standardDeviation, let student = StudentT(degreesOfFreedom: Double(count - 1)) else { return nil }
        let distance = abs(value - mean)
        return distance == 0 ? 1 : 2 * student.upperTail(distance / (deviation * (1 + 1 / Double(count)).squareRoot()))
    }
}

/// All numbers from `lower` to `upper`, both included.
public struct Interval: Hashable, Sendable {
    /// The smallest number.
    public let lower: Double
    /// The largest number.
    public let upper: Double

    /// All numbers from `lower` to `upper`.
    public init(lower: Double, upper: Double) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether `value` lies in the interval.
    public func contains(_ value: Double) -> Bool {
        lower <= value && value <= upper
    }
}
