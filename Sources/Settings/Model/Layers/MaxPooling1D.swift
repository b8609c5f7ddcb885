import Documents

/// The largest number under a window that moves along sequences, channel by channel.
public struct MaxPooling1DSettings: LayerKind {
    /// The window.
    public var pooling: SequencePoolingSettings

    /// The defaults are those of Keras.
    public init(_ pooling: SequencePoolingSettings = SequencePoolingSettings()) { self.pooling = pooling }
}

extension MaxPooling1DSettings {
    /// It moves over steps.
    public static var takesShapes: Bool { true }

    /// `max_pooling1d`.
    public static var key: String { "max_pooling1d" }

    /// `max_pooling1d`, alone or with settings.
    public static let written = LayerSettings.withoutParameters(
        SequencePoolingSettings.record(key, \.pooling, build: MaxPooling1DSettings.init),
        doc: "The largest number under a window that moves along sequences, channel by channel.")
}
