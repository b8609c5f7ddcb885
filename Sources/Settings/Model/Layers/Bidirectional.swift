import Documents

/// Two recurrent layers of the same settings over a sequence, one from its beginning and one from its end, and their outputs put together.
public struct BidirectionalSettings: LayerKind {
    /// The layer of each direction.
    public var layer: any RecurrentKind
    /// How the outputs are put together.
    public var mergeMode: MergeMode

    /// How two outputs are put together.
    public enum MergeMode: Hashable, Sendable {
        /// Side by side.
        case concat
        /// Added.
        case sum
        /// Multiplied, element by element.
        case mul
        /// Their mean.
        case ave
    }

    /// Both directions of a layer; the default is that of Keras.
    public init(_ layer: any RecurrentKind, mergeMode: MergeMode = .concat) {
        self.layer = layer
        self.mergeMode = mergeMode
    }

    /// Whether layer and way are the same.
    public static func == (one: BidirectionalSettings, other: BidirectionalSettings) -> Bool {
        one.mergeMode == other.mergeMode && one.layer.erased == other.layer.erased
    }

    /// Layer and way.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(mergeMode)
        hasher.combine(layer.erased)
    }
}

// MARK: - What follows

extension BidirectionalSettings {
    /// Those of both directions.
    public static var hasParameters: Bool { true }
    /// It goes from step to step.
    public static var takesShapes: Bool { true }
    /// It goes from step to step.
    public static var takesSequences: Bool { true }
    /// Once a step.
    public func usesOfKernels(input: [Int], output: [Int]) -> Int { input.dropLast().reduce(1, *) }
    /// The layer's.
    public var isRandom: Bool { layer.isRandom }
    /// The units of each direction.
    public var width: Int? { layer.width }

    /// With so many units in each direction.
    public func with(width: Int) -> BidirectionalSettings { BidirectionalSettings(layer.with(width: width), mergeMode: mergeMode) }
}

// MARK: - In the file

extension BidirectionalSettings {
    /// `bidirectional`.
    public static var key: String { "bidirectional" }

    /// `bidirectional: {lstm: {units: 32}}`.
    public static let written = LayerSettings.written(
        Record<BidirectionalSettings>(
            key, exclusive: [LSTMSettings.key, GRUSettings.key, SimpleRNNSettings.key],
            Field(optional: LSTMSettings.key, { $0.layer as? LSTMSettings }, LSTMSettings.record.schema, doc: "An lstm in each direction."),
            Field(optional: GRUSettings.key, { $0.layer as? GRUSettings }, GRUSettings.record.schema, doc: "A gru in each direction."),
            Field(
                optional: SimpleRNNSettings.key, { $0.layer as? SimpleRNNSettings }, SimpleRNNSettings.record.schema,
                doc: "A simple_rnn in each direction."),
            Field("merge_mode", \.mergeMode, MergeMode.schema, default: .concat, doc: "How the outputs of both are put together."),
            build: { lstm, gru, simple, mode in
                let layers: [(any RecurrentKind)?] = [lstm, gru, simple]
                return layers.compactMap(\.self).first.map { BidirectionalSettings($0, mergeMode: mode) }
            }),
        doc: "A recurrent layer over sequences from their beginning, and one of the same settings from their end.")
}

extension BidirectionalSettings.MergeMode {
    static let schema = Schema<Self>.enumeration(
        "way", Choosable("concat", .concat, doc: "Side by side."), Choosable("sum", .sum, doc: "Added."),
        Choosable("mul", .mul, doc: "Multiplied, element by element."), Choosable("ave", .ave, doc: "Their mean."))
}
