import Documents

/// The mean under a window that moves over images, channel by channel; cells beyond the edges do not count.
public struct AveragePooling2DSettings: LayerKind {
    /// The window.
    public var pooling: PoolingSettings

    /// The defaults are those of Keras.
    public init(_ pooling: PoolingSettings = PoolingSettings()) { self.pooling = pooling }
}

extension AveragePooling2DSettings {
    /// It moves over rows and columns.
    public static var takesShapes: Bool { true }
    /// A mean is.
    public var isLinear: Bool { true }

    /// `average_pooling2d`.
    public static var key: String { "average_pooling2d" }

    /// `average_pooling2d`, alone or with settings.
    public static let written = LayerSettings.withoutParameters(
        PoolingSettings.record(key, \.pooling, build: AveragePooling2DSettings.init),
        doc: "The mean under a moving window, channel by channel.")
}
