import Documents

extension Distribution {
    /// A list of values, or a distribution: `[32, 64]`, `{log_uniform: [1e-4, 0.1]}`, `{normal: {mean: 0, standard_deviation: 1}}`.
    static let schema = Schema<Distribution>.either(
        valuesSchema.mapped(to: Distribution.choice, from: \.values), distributionSchema,
        writing: { if case .choice = $0 { 0 } else { 1 } })

    private static let valuesSchema = Schema<[Node]>.list(of: .raw, atLeast: 1)

    private static let distributionSchema = Schema<Distribution>.choice(
        "distribution",
        Case(
            "choice", valuesSchema, aliases: ["categorical", "values"], doc: "One of some values, which may be whole fragments.",
            make: Distribution.choice, get: { if case .choice(let values) = $0 { values } else { nil } }),
        Case(
            "uniform", Span.schema(.number()), doc: "Between two numbers: [low, high].", make: { .uniform($0.low...$0.high) },
            get: { if case .uniform(let range) = $0 { Span(range) } else { nil } }),
        Case(
            "log_uniform", Span.schema(.number(.above(0))), aliases: ["loguniform"],
            doc: "Between two positive numbers, every order of magnitude alike: [low, high].", make: { .logUniform($0.low...$0.high) },
            get: { if case .logUniform(let range) = $0 { Span(range) } else { nil } }),
        Case(
            "int_uniform", Span.schema(.integer(.atLeast(-widest, upTo: widest))), aliases: ["randint", "int"],
            doc: "A whole number, both ends included: [low, high].", make: { .intUniform($0.low...$0.high) },
            get: { if case .intUniform(let range) = $0 { Span(range) } else { nil } }),
        Case(
            "int_log_uniform", Span.schema(.integer(.atLeast(1, upTo: widest))), aliases: ["log_int_uniform", "int_loguniform"],
            doc: "A whole number, both ends included, every order of magnitude alike: [low, high].",
            make: { .intLogUniform($0.low...$0.high) }, get: { if case .intLogUniform(let range) = $0 { Span(range) } else { nil } }),
        Case(
            "normal", Normal.schema(.number()), aliases: ["gaussian"],
            doc: "The normal distribution, within its bounds when it has any: [mean, standard_deviation].",
            make: Distribution.normal, get: { if case .normal(let normal) = $0 { normal } else { nil } }),
        Case(
            "log_normal", Normal.schema(.number(.above(0))), aliases: ["lognormal"],
            doc: "A number whose natural logarithm has this mean and standard deviation; bounds are those of the number.",
            make: Distribution.logNormal, get: { if case .logNormal(let normal) = $0 { normal } else { nil } }))

    private static let widest = 1e15

    private var values: [Node] { if case .choice(let values) = self { values } else { [] } }
}

/// The two ends of a range, as written: `[low, high]` or `{low: …, high: …}`.
private struct Span<Number: Comparable & Sendable>: Sendable {
    var low: Number
    var high: Number

    init(low: Number, high: Number) {
        self.low = low
        self.high = high
    }

    init(_ range: ClosedRange<Number>) {
        self.init(low: range.lowerBound, high: range.upperBound)
    }

    static func schema(_ number: Schema<Number>) -> Schema<Span> {
        Schema<Span>.either(
            Schema<[Number]>.list(of: number, atLeast: 2, upTo: 2).mapped(
                to: { Span(low: $0[0], high: $0[1]) }, from: { [$0.low, $0.high] }),
            Record<Span>(
                "the range",
                Field("low", \.low, number, misnomers: ["min", "from", "a"], doc: "The lowest value."),
                Field("high", \.high, number, misnomers: ["max", "to", "b"], doc: "The highest value."),
                build: Span.init(low:high:)
            ).schema,
            writing: { _ in 0 }
        ).checked { $0.low < $0.high ? nil : Problem("% must be a range from a lower to a higher number", help: "write [low, high]") }
    }
}

extension Distribution.Normal {
    /// `bound` tells what bounds may be.
    fileprivate static func schema(_ bound: Schema<Double>) -> Schema<Self> {
        Schema<Self>.either(
            Schema<[Double]>.list(of: .number(), atLeast: 2, upTo: 2).mapped(
                to: { Self(mean: $0[0], standardDeviation: $0[1]) }, from: { [$0.mean, $0.standardDeviation] }
            ).checked {
                $0.standardDeviation > 0
                    ? nil : Problem("the standard deviation of % must be above 0", help: "write [mean, standard_deviation]")
            },
            Record<Self>(
                "the distribution",
                Field("mean", \.mean, .number(), misnomers: ["mu", "loc"], doc: "The mean."),
                Field(
                    "standard_deviation", \.standardDeviation, .number(.above(0)), misnomers: ["sigma", "std", "stddev", "scale"],
                    doc: "The standard deviation."),
                Field(optional: "low", \.low, bound, misnomers: ["min"], doc: "Nothing is drawn below it."),
                Field(optional: "high", \.high, bound, misnomers: ["max"], doc: "Nothing is drawn above it."),
                build: Self.init
            ).schema, writing: { $0.low == nil && $0.high == nil ? 0 : 1 }
        ).checked { normal in
            guard let low = normal.low, let high = normal.high, low >= high else { return nil }
            return Problem("low must lie below high", at: "low")
        }
    }
}
