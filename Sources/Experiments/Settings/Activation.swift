import Documents

/// What is applied to the sum of a unit.
public enum Activation: String, Codable, Hashable, Sendable, CaseIterable {
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
}

// MARK: - In the file

extension Activation {
    static let schema = Schema<Activation>.enumeration(
        "activation",
        Choosable("linear", .linear, doc: "x."),
        Choosable("relu", .relu, doc: "max(0, x)."),
        Choosable("sigmoid", .sigmoid, doc: "1 / (1 + exp(−x))."),
        Choosable("tanh", .tanh, doc: "tanh(x)."),
        Choosable("softmax", .softmax, doc: "exp(xᵢ) / Σ exp(xⱼ) over the units."))
}
