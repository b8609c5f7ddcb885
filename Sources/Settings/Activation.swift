import Documents

/// What is applied to the sum of a unit.
public enum Activation: Codable, Hashable, Sendable {
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
        Case("softplus", .softplus, doc: "log(1 + exp(x))."))

    private static let leakyRelu = Record<Double>(
        "leaky_relu",
        Field(
            "slope", { $0 }, .number(.from(0, below: 1).inSinglePrecision), default: 0.2, misnomers: ["alpha", "negative_slope"],
            doc: "The slope below 0."),
        build: { $0 })
}
