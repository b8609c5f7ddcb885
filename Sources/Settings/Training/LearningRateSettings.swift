import Documents

/// The learning rate: one number, or a function of the step. The formulas are those of Keras 3.
public enum LearningRateSettings: Hashable, Sendable {
    /// The same at every step.
    case constant(Double)
    /// initial · rate^(step / steps); with `staircase` the exponent is rounded down.
    case exponentialDecay(initial: Double, steps: Int, rate: Double, staircase: Bool)
    /// From `initial` along half a cosine to alpha · initial in so many steps; before that, on a line to `warmupTarget`.
    case cosineDecay(initial: Double, steps: Int, alpha: Double, warmupTarget: Double?, warmupSteps: Int)
    /// `values[i]` up to and including step `boundaries[i]`, then the last value.
    case piecewiseConstant(boundaries: [Int], values: [Double])

    /// Whether the rate is another one at other steps.
    public var isSchedule: Bool { if case .constant = self { false } else { true } }
}

// MARK: - In the file

extension LearningRateSettings: ExpressibleByFloatLiteral {
    /// A constant rate.
    public init(floatLiteral value: Double) { self = .constant(value) }

    package static let schema = Schema<LearningRateSettings>.either(
        Schema<Double>.number(.above(0).inSinglePrecision).mapped(
            to: LearningRateSettings.constant, from: { if case .constant(let rate) = $0 { rate } else { 0 } }),
        schedule, writing: { if case .constant = $0 { 0 } else { 1 } })

    private static let schedule = Schema<LearningRateSettings>.choice(
        "schedule",
        Case(
            "exponential_decay", exponential.schema, doc: "initial · rate^(step / steps).",
            make: { .exponentialDecay(initial: $0.initial, steps: $0.steps, rate: $0.rate, staircase: $0.staircase) },
            get: {
                guard case .exponentialDecay(let initial, let steps, let rate, let staircase) = $0 else { return nil }
                return (initial, steps, rate, staircase)
            }),
        Case(
            "cosine_decay",
            cosine.schema.checked { cosine in
                if (cosine.target == nil) != (cosine.warmup == 0) { return Problem("warmup_target and warmup_steps go together") }
                return cosine.initial == 0 && cosine.target == nil
                    ? Problem("a rate that begins with 0 stays 0 without a warm-up", at: "initial") : nil
            },
            doc: "Along half a cosine, after a warm-up where one is given.",
            make: { .cosineDecay(initial: $0.initial, steps: $0.steps, alpha: $0.alpha, warmupTarget: $0.target, warmupSteps: $0.warmup) },
            get: {
                guard case .cosineDecay(let initial, let steps, let alpha, let target, let warmup) = $0 else { return nil }
                return (initial, steps, alpha, target, warmup)
            }),
        Case(
            "piecewise_constant",
            piecewise.schema.checked { pieces in
                if pieces.values.count != pieces.boundaries.count + 1 {
                    return Problem("there must be one value more than boundaries: \(pieces.boundaries.count + 1)", at: "values")
                }
                return zip(pieces.boundaries, pieces.boundaries.dropFirst()).allSatisfy(<)
                    ? nil : Problem("boundaries must grow", at: "boundaries")
            }, doc: "One rate up to each boundary, and a last one.",
            make: { .piecewiseConstant(boundaries: $0.boundaries, values: $0.values) },
            get: {
                guard case .piecewiseConstant(let boundaries, let values) = $0 else { return nil }
                return (boundaries, values)
            }))

    private static let positiveSteps = Schema<Int>.integer(.atLeast(1, upTo: 1_000_000_000))

    private static let exponential = Record<(initial: Double, steps: Int, rate: Double, staircase: Bool)>(
        "exponential_decay",
        Field("initial", \.initial, .number(.above(0).inSinglePrecision), misnomers: ["initial_learning_rate"], doc: "The first rate."),
        Field("steps", \.steps, positiveSteps, misnomers: ["decay_steps"], doc: "After so many steps the rate is multiplied once."),
        Field("rate", \.rate, .number(.above(0).inSinglePrecision), misnomers: ["decay_rate"], doc: "What it is multiplied by."),
        Field("staircase", \.staircase, .boolean, default: false, doc: "Whether it changes only every so many steps."),
        build: { ($0, $1, $2, $3) })

    private static let cosine = Record<(initial: Double, steps: Int, alpha: Double, target: Double?, warmup: Int)>(
        "cosine_decay",
        Field("initial", \.initial, .number(.atLeast(0).inSinglePrecision), misnomers: ["initial_learning_rate"], doc: "The first rate."),
        Field("steps", \.steps, positiveSteps, misnomers: ["decay_steps"], doc: "Steps of the cosine."),
        Field(
            "alpha", \.alpha, .number(.from(0, below: 1).inSinglePrecision), default: 0,
            doc: "The share of the rate that is left at the end."),
        Field(optional: "warmup_target", \.target, .number(.above(0).inSinglePrecision), doc: "The rate at the end of the warm-up."),
        Field("warmup_steps", \.warmup, .integer(.atLeast(0, upTo: 1_000_000_000)), default: 0, doc: "Steps of the warm-up."),
        build: { ($0, $1, $2, $3, $4) })

    private static let piecewise = Record<(boundaries: [Int], values: [Double])>(
        "piecewise_constant",
        Field(
            "boundaries", \.boundaries, .list(of: .integer(.atLeast(0, upTo: 1_000_000_000)), atLeast: 1),
            doc: "The last step of each rate."),
        Field(
            "values", \.values, .list(of: .number(.above(0).inSinglePrecision), atLeast: 2),
            doc: "The rates, one more than there are boundaries."),
        build: { ($0, $1) })
}
