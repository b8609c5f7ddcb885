/// An exponentially weighted average along a curve: V_t = β V_{t−1} + (1 − β) x_t, about 1 / (1 − β) points long.
public struct ExponentialSmoothing: Hashable, Sendable {
    /// How much of the average a point keeps, from 0 (the curve itself) to below 1.
    public let factor: Double
    /// With correction V_0 = 0 and the average is V_t / (1 − β^t), a weighted mean of the points so far, and at t = 1 the first point itself.
    /// Without it V_1 = x_1, so that the first point keeps the weight β^(t−1).
    public let correctsBias: Bool

    /// Nil unless 0 ≤ `factor` < 1.
    public init?(factor: Double, correctsBias: Bool = true) {
        guard (0..<1).contains(factor) else { return nil }
        self.factor = factor
        self.correctsBias = correctsBias
    }

    /// The averages, one a point. A value that is no finite number stays as it is, and the average goes on behind it as if it had not been there.
    public func smoothed(_ values: [Double]) -> [Double] {
        var average: Double?
        // β^t, 1 before the first point.
        var weightOfStart = 1.0
        return values.map { value in
            guard value.isFinite else { return value }
            let before = average ?? (correctsBias ? 0 : value)
            let next = factor * before + (1 - factor) * value
            average = next
            weightOfStart *= factor
            return correctsBias ? next / (1 - weightOfStart) : next
        }
    }
}
