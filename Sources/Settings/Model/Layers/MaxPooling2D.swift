import Documents

/// The largest number under a window that moves over images, channel by channel.
public struct MaxPooling2DSettings: LayerKind {
    /// The window.
    public var pooling: PoolingSettings

    /// The defaults are those of Keras.
    public init(_ pooling: PoolingSettings = PoolingSettings()) { self.pooling = pooling }
}

extension MaxPooling2DSettings {
    /// It moves over rows and columns.
    public static var takesShapes: Bool { true }

    /// `max_pooling2d`.
    public static var key: String { "max_pooling2d" }

    /// `max_pooling2d`, alone or with settings.
    public static let written = LayerSettings.withoutParameters(
        PoolingSettings.record(key, \.pooling, build: MaxPooling2DSettings.init),
        doc: "The largest number under a moving window, channel by channel.")
}
