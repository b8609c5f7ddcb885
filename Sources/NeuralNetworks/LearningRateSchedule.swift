#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The learning rate as a function of the step, the first being 0. The formulas are Keras's.
public enum LearningRateSchedule: Sendable, Hashable {
    /// η₀ r^(step / n); with `staircase` the exponent is rounded down.
    case exponentialDecay(initial: Double, steps: Int, rate: Double, staircase: Bool)
    /// From η₀ along half a cosine to α η₀ in n steps; before that, with a warm-up, on a line to `target` in `warmupSteps`.
    case cosineDecay(initial: Double, steps: Int, alpha: Double, warmupTarget: Double?, warmupSteps: Int)
    /// `values[i]` up to and including step `boundaries[i]`, then the last value.
    case piecewiseConstant(boundaries: [Int], values: [Double])

    /// The learning rate of `step`.
    public func rate(at step: Int) -> Double {
        switch self {
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
