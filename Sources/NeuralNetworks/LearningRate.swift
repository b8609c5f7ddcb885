import Settings

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension LearningRateSettings {
    /// The learning rate of `step`, the first being 0; the formulas are Keras's.
    public func rate(at step: Int) -> Double {
        switch self {
        case .constant(let rate): return rate
        case .exponentialDecay(let initial, let steps, let rate, let staircase):
            let exponent = Double(step) / Double(max(steps, 1))
            return initial * pow(rate, staircase ? exponent.rounded(.down) : exponent)
        case .cosineDecay(let initial, let steps, let alpha, let target, let warmupSteps):
            guard let target else { return Self.cosine(from: initial, alpha: alpha, step: step, of: steps) }
            if step < warmupSteps { return initial + (target - initial) * Double(step) / Double(max(warmupSteps, 1)) }
            return Self.cosine(from: target, alpha: alpha, step: step - warmupSteps, of: steps)
        case .piecewiseConstant(let boundaries, let values):
            let piece = boundaries.firstIndex { step <= $0 } ?? boundaries.count
            return piece < values.count ? values[piece] : values.last ?? 0
        }
    }

    private static func cosine(from initial: Double, alpha: Double, step: Int, of steps: Int) -> Double {
        let share = Double(min(step, steps)) / Double(max(steps, 1))
        return initial * ((1 - alpha) * 0.5 * (1 + cos(.pi * share)) + alpha)
    }
}
