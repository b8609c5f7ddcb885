import Documents

/// The distribution of the first weights.
public enum Initializer: Hashable, Sendable {
    /// All 0.
    case zeros
    /// Uniform between `low` and `high`; Keras' random_uniform, −0.05 … 0.05.
    case uniform(low: Double = -0.05, high: Double = 0.05)
    /// Normal; Keras' random_normal, 0 ± 0.05.
    case normal(mean: Double = 0, standardDeviation: Double = 0.05)
    /// Uniform within ±√(6 / (inputs + units)).
    case glorotUniform
    /// Normal, cut at two deviations, of variance 2 / (inputs + units).
    case glorotNormal
    /// Uniform within ±√(6 / inputs).
    case heUniform
    /// Normal, cut at two deviations, of variance 2 / inputs.
    case heNormal
    /// Uniform within ±√(3 / inputs).
    case lecunUniform
    /// Normal, cut at two deviations, of variance 1 / inputs.
    case lecunNormal
    /// Normal, not cut, of variance gain / inputs: √(1/n) for tanh and √(2/n) for relu, as study notes write it.
    case fanInNormal(gain: Double = 1)
    /// Orthogonal rows or columns, whichever are fewer, drawn uniformly; axes before the last count as rows.
    case orthogonal
    /// All the same number.
    case constant(Double)
}

// MARK: - In the file

extension Initializer {
    package static let schema = Schema<Initializer>.choice(
        "initializer",
        Case("zeros", .zeros, doc: "All 0."),
        Case(
            "uniform",
            uniform.schema.checked {
                Float($0) < Float($1) ? nil : Problem("low must be below high" + ($0 < $1 ? " in 32 bits" : ""), at: "low")
            },
            aliases: ["random_uniform"], doc: "Uniform between low and high.", make: { .uniform(low: $0, high: $1) },
            get: { if case .uniform(let low, let high) = $0 { (low, high) } else { nil } }),
        Case(
            "normal", normal.schema, aliases: ["random_normal"], doc: "Normal.", make: { .normal(mean: $0, standardDeviation: $1) },
            get: { if case .normal(let mean, let deviation) = $0 { (mean, deviation) } else { nil } }),
        Case("glorot_uniform", .glorotUniform, aliases: ["xavier_uniform"], doc: "Uniform within ±√(6 / (inputs + units))."),
        Case(
            "glorot_normal", .glorotNormal, aliases: ["xavier_normal"],
            doc: "Normal, cut at two deviations, of variance 2 / (inputs + units)."),
        Case("he_uniform", .heUniform, doc: "Uniform within ±√(6 / inputs)."),
        Case("he_normal", .heNormal, doc: "Normal, cut at two deviations, of variance 2 / inputs."),
        Case("lecun_uniform", .lecunUniform, doc: "Uniform within ±√(3 / inputs)."),
        Case("lecun_normal", .lecunNormal, doc: "Normal, cut at two deviations, of variance 1 / inputs."),
        Case(
            "fan_in_normal", fanInNormal.schema, doc: "Normal, not cut, of variance gain / inputs.", make: { .fanInNormal(gain: $0) },
            get: { if case .fanInNormal(let gain) = $0 { gain } else { nil } }),
        Case("orthogonal", .orthogonal, doc: "Orthogonal rows or columns, whichever are fewer."),
        Case(
            "constant", Schema<Double>.number(.any.inSinglePrecision), doc: "All the same number.", make: { .constant($0) },
            get: { if case .constant(let value) = $0 { value } else { nil } }))

    // The defaults of the cases with settings.
    private static var usualBounds: (low: Double, high: Double) {
        if case .uniform(let low, let high) = Initializer.uniform() { (low, high) } else { (0, 0) }
    }
    private static var usualNormal: (mean: Double, deviation: Double) {
        if case .normal(let mean, let deviation) = Initializer.normal() { (mean, deviation) } else { (0, 0) }
    }
    private static var usualGain: Double { if case .fanInNormal(let gain) = Initializer.fanInNormal() { gain } else { 0 } }

    private static let fanInNormal = Record<Double>(
        "fan_in_normal",
        Field("gain", { $0 }, .number(.above(0).inSinglePrecision), default: usualGain, doc: "The variance times the number of inputs."),
        build: { $0 })

    private static let uniform = Record<(low: Double, high: Double)>(
        "uniform",
        Field("low", \.low, .number(.any.inSinglePrecision), default: usualBounds.low, misnomers: ["minval"], doc: "The lower end."),
        Field("high", \.high, .number(.any.inSinglePrecision), default: usualBounds.high, misnomers: ["maxval"], doc: "The upper end."),
        build: { ($0, $1) })

    private static let normal = Record<(mean: Double, deviation: Double)>(
        "normal",
        Field("mean", \.mean, .number(.any.inSinglePrecision), default: usualNormal.mean, doc: "The mean."),
        Field(
            "standard_deviation", \.deviation, .number(.above(0).inSinglePrecision), default: usualNormal.deviation,
            misnomers: ["stddev", "std"],
            doc: "The standard deviation."),
        build: { ($0, $1) })
}
