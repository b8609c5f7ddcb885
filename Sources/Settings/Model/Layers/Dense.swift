import Documents

/// activation(input · kernel + bias): every unit sees every input.
public struct DenseSettings: WeightedLayerKind {
    /// How many units.
    public var units: Units
    /// Activation, bias, first weights and penalties.
    public var weights: WeightSettings

    /// A dense layer; the defaults are those of Keras.
    public init(
        units: Units, activation: Activation = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        biasInitializer: Initializer = .zeros, kernelRegularizer: PenaltySettings? = nil, biasRegularizer: PenaltySettings? = nil
    ) {
        self.units = units
        weights = WeightSettings(
            activation: activation, useBias: useBias, kernelInitializer: kernelInitializer, biasInitializer: biasInitializer,
            kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer)
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

// MARK: - In the file

extension DenseSettings {
    /// `dense`.
    public static var key: String { "dense" }

    /// What is written of it, but for its weights.
    private static let record = Record<DenseSettings>(
        key,
        Field("units", \.units, Units.schema, misnomers: ["width", "size"], doc: "How many units; classes: as many as the target needs."),
        build: { DenseSettings(units: $0) })

    /// A dense layer without a name, inside another.
    static let schema = record.joined(with: WeightSettings.record()).schema.mapped(
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
        .enumeration("width", Choosable("classes", .target, aliases: ["target"], doc: "As many as the target needs.")),
        writing: { if case .count = $0 { 0 } else { 1 } })
}
