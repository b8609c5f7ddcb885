import Documents

/// A dense layer at each step of a sequence: what a dense layer does by itself, written as in Keras.
public struct TimeDistributedSettings: LayerKind {
    /// The layer.
    public var layer: DenseSettings

    /// The layer at each step.
    public init(_ layer: DenseSettings) { self.layer = layer }
}

// MARK: - What follows

extension TimeDistributedSettings {
    /// The layer's.
    public var lastActivation: Activation? { layer.lastActivation }
    /// The layer's.
    public static var activationKey: String? { "\(DenseSettings.key).activation" }
    /// The layer's.
    public var isLinear: Bool { layer.isLinear }
    /// The layer's.
    public static var hasParameters: Bool { DenseSettings.hasParameters }
    /// It goes from step to step.
    public static var takesShapes: Bool { true }
    /// It goes from step to step.
    public static var takesSequences: Bool { true }
    /// The layer's.
    public static var setsWidth: Bool { DenseSettings.setsWidth }
    /// The layer's.
    public var width: Int? { layer.width }
    /// With so many units.
    public func with(width: Int) -> TimeDistributedSettings { TimeDistributedSettings(layer.with(width: width)) }
    /// With a count of units.
    public func resolved(targetWidth: Int) -> TimeDistributedSettings { TimeDistributedSettings(layer.resolved(targetWidth: targetWidth)) }
}

// MARK: - In the file

extension TimeDistributedSettings {
    /// `time_distributed`.
    public static var key: String { "time_distributed" }

    /// `time_distributed: {dense: {units: 64}}`.
    public static let written = LayerSettings.written(
        Record<TimeDistributedSettings>(
            key, Field(DenseSettings.key, \.layer, DenseSettings.schema, doc: "The layer."), build: TimeDistributedSettings.init),
        doc: "A dense layer at each step of a sequence.")
}
