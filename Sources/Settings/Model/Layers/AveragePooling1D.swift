import Documents

/// The mean under a window that moves along sequences, channel by channel.
public struct AveragePooling1DSettings: LayerKind {
    /// The window.
    public var pooling: SequencePoolingSettings

    /// The defaults are those of Keras.
    public init(_ pooling: SequencePoolingSettings = SequencePoolingSettings()) { self.pooling = pooling }
}

extension AveragePooling1DSettings {
    /// It moves over steps.
    public static var takesShapes: Bool { true }
    /// A mean is.
    public var isLinear: Bool { true }

    /// `average_pooling1d`.
    public static var key: String { "average_pooling1d" }

    /// `average_pooling1d`, alone or with settings.
    public static let written = LayerSettings.withoutParameters(
        SequencePoolingSettings.record(key, \.pooling, build: AveragePooling1DSettings.init),
        doc: "The mean under a window that moves along sequences, channel by channel.")
}
