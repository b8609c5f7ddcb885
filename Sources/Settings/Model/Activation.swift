import Documents

/// What is applied to the sum of a unit.
public enum Activation: Hashable, Sendable {
    /// x.
    case linear
    /// max(0, x).
    case relu
    /// 1 / (1 + exp(−x)).
    case sigmoid
    /// tanh(x).
    case tanh
    /// exp(xᵢ) / Σ exp(xⱼ) over the units.
    case softmax
    /// x for x > 0, else slope · x.
    case leakyRelu(slope: Double = 0.2)
    /// x for x > 0, else exp(x) − 1.
    case elu
    /// 1.0507 x for x > 0, else 1.7581 (exp(x) − 1).
    case selu
    /// x Φ(x), Φ the standard normal distribution.
    case gelu
    /// x / (1 + exp(−x)).
    case silu
    /// log(1 + exp(x)).
    case softplus
    /// 1 for x > 0, else 0: the first neuron's. It has no gradient.
    case step
}

// MARK: - What follows

extension Activation {
    /// The numbers that it can come near to; nil for all numbers, and for softmax, whose numbers depend on each other.
    public var reach: (range: ClosedRange<Double>, words: String)? {
        switch self {
        case .linear, .softmax: nil
        case .leakyRelu(let slope): slope == 0 ? (0...(.infinity), "0 or more") : nil
        case .relu, .softplus: (0...(.infinity), "0 or more")
        case .sigmoid: (0...1, "numbers between 0 and 1")
        case .step: (0...1, "0 or 1")
        case .tanh: (-1...1, "numbers between -1 and 1")
        case .elu: (-1...(.infinity), "numbers above -1")
        case .selu: (-1.758_099_340_847_376_6...(.infinity), "numbers above -1.758")
        case .gelu: (-0.17...(.infinity), "numbers above -0.17")
        case .silu: (-0.278_464_542_761_073_8...(.infinity), "numbers above -0.278")
        }
    }

    /// Whether a gradient flows through it.
    public var hasGradient: Bool { self != .step }

    /// Whether its numbers, one for one class, may be taken for probabilities: of what is never below 0, a softplus too.
    public var mayGiveProbabilities: Bool { self == .softmax || self == .sigmoid || self == .softplus }

    /// Whether some of its numbers lie well below 0 and some above.
    public var hasBothSigns: Bool { self != .softmax && (reach.map { $0.range.lowerBound < 0 } ?? true) }
}

// MARK: - In the file

extension Activation {
    /// What it is called in a file, such as `leaky_relu`.
    public var name: String {
        switch Self.schema.encode(self) {
        case .text(let name): name
        case .map(let members): members.first?.key ?? ""
        default: ""
        }
    }

    package static let schema = Schema<Activation>.choice(
        "activation",
        Case("linear", .linear, doc: "x."),
        Case("relu", .relu, doc: "max(0, x)."),
        Case("sigmoid", .sigmoid, doc: "1 / (1 + exp(−x))."),
        Case("tanh", .tanh, doc: "tanh(x)."),
        Case("softmax", .softmax, doc: "exp(xᵢ) / Σ exp(xⱼ) over the units."),
        Case(
            "leaky_relu", leakyRelu.schema, doc: "x for x > 0, else slope · x.", make: { .leakyRelu(slope: $0) },
            get: { if case .leakyRelu(let slope) = $0 { slope } else { nil } }),
        Case("elu", .elu, doc: "x for x > 0, else exp(x) − 1."),
        Case("selu", .selu, doc: "1.0507 x for x > 0, else 1.7581 (exp(x) − 1)."),
        Case("gelu", .gelu, doc: "x Φ(x), Φ the standard normal distribution."),
        Case("silu", .silu, aliases: ["swish"], doc: "x / (1 + exp(−x))."),
        Case("softplus", .softplus, doc: "log(1 + exp(x))."),
        Case("step", .step, doc: "1 for x > 0, else 0; it has no gradient."))

    private static var usualSlope: Double { if case .leakyRelu(let slope) = Activation.leakyRelu() { slope } else { 0 } }

    private static let leakyRelu = Record<Double>(
        "leaky_relu",
        Field(
            "slope", { $0 }, .number(.from(0, below: 1).inSinglePrecision), default: usualSlope, misnomers: ["alpha", "negative_slope"],
            doc: "The slope below 0."),
        build: { $0 })
}
