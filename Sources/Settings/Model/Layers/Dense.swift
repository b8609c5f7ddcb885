import Documents

/// activation(input · kernel + bias): every unit sees every input.
public struct DenseSettings: WeightedLayerKind {
    /// How many units.
    public var units: Units
    /// The factor of the mean, over examples, of the squared Frobenius norm of the outputs' derivatives by the layer's own inputs, which is added to the
    /// loss; nil: nothing is.
    public var contractiveRegularizer: Double?
    /// Activation, bias, first weights and penalties.
    public var weights: WeightSettings

    /// A dense layer; the defaults are those of Keras.
    public init(
        units: Units, activation: Activation = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        biasInitializer: Initializer = .zeros, kernelRegularizer: PenaltySettings? = nil, biasRegularizer: PenaltySettings? = nil,
        activityRegularizer: ActivityPenaltySettings? = nil, contractiveRegularizer: Double? = nil
    ) {
        self.units = units
        self.contractiveRegularizer = contractiveRegularizer
        weights = WeightSettings(
            activation: activation, useBias: useBias, kernelInitializer: kernelInitializer, biasInitializer: biasInitializer,
            kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer, activityRegularizer: activityRegularizer)
    }

    /// How many units are possible.
    static let widths = Bounds.atLeast(1, upTo: Double(LayerSettings.widest))
}

/// The width of a layer.
public enum Units: Hashable, Sendable {
    /// So many.
    case count(Int)
    /// As many as the target needs: its classes or labels, 1 for labels of two classes under a loss of one number, its width when it is numeric.
    case target
}

// MARK: - What follows

extension DenseSettings {
    /// Its units.
    public static var setsWidth: Bool { true }

    /// Its units, where they are a count.
    public var width: Int? { if case .count(let count) = units { count } else { nil } }

    /// With so many units.
    public func with(width: Int) -> DenseSettings {
        var other = self
        other.units = .count(width)
        return other
    }

    /// With a count of units.
    public func resolved(targetWidth: Int) -> DenseSettings {
        guard units == .target else { return self }
        var counted = self
        counted.units = .count(targetWidth)
        return counted
    }
}

extension DenseSettings {
    /// A penalty of slopes that are none of single numbers.
    public func problem(with weights: WeightSettings) -> Problem? {
        guard contractiveRegularizer != nil, weights.activation == .softmax || !weights.activation.hasGradient else { return nil }
        return Problem(
            "contractive_regularizer needs an activation of each number by itself that has a gradient, \(weights.activation.name) is none",
            help: "write activation: sigmoid", at: "contractive_regularizer")
    }
}

// MARK: - In the file

extension DenseSettings {
    /// `dense`.
    public static var key: String { "dense" }

    /// What is written of it, but for its weights.
    private static let record = Record<DenseSettings>(
        key,
        Field(
            "units", \.units, Units.schema, misnomers: ["width", "size"],
            doc: "How many units; classes: as many as the target needs, inputs: as there are inputs, which it is to give."),
        Field(
            optional: "contractive_regularizer", \.contractiveRegularizer, .number(.above(0).inSinglePrecision),
            misnomers: ["contractive", "contractive_penalty"],
            doc: """
                The factor of ‖∂ outputs / ∂ inputs‖² (Frobenius), an example's mean, added to the loss: by the layer's own inputs, which for a first layer \
                are the data.
                """),
        build: { DenseSettings(units: $0, contractiveRegularizer: $1) })

    /// A dense layer without a name, inside another.
    static let schema = record.joined(with: WeightSettings.record()).schema.checked { $1.problem ?? $0.problem(with: $1) }.mapped(
        to: { dense, weights in
            var dense = dense
            dense.weights = weights
            return dense
        },
        from: { ($0, $0.weights) })

    /// `dense: {units: 64}`.
    public static let written = LayerSettings.weighted(record, doc: "activation(input · kernel + bias).")
}

extension Units {
    static let schema = Schema<Units>.either(
        Schema<Int>.integer(DenseSettings.widths).mapped(to: Units.count, from: { if case .count(let count) = $0 { count } else { 0 } }),
        .enumeration(
            "width",
            Choosable(
                "classes", .target, aliases: ["target", "inputs"], doc: "As many as the target needs, which may be the inputs.")),
        writing: { if case .count = $0 { 0 } else { 1 } })
}
