import Documents

/// The mean of each channel of an image.
public struct GlobalAveragePooling2DSettings: LayerKind {
    /// A layer without settings.
    public init() {}
}

extension GlobalAveragePooling2DSettings {
    /// It sees rows and columns.
    public static var takesShapes: Bool { true }
    /// A mean is.
    public var isLinear: Bool { true }

    /// `global_average_pooling2d`.
    public static var key: String { "global_average_pooling2d" }

    /// `global_average_pooling2d`.
    public static let written = LayerSettings.withoutParameters(
        Record<GlobalAveragePooling2DSettings>(key, build: GlobalAveragePooling2DSettings.init), doc: "The mean of each channel.")
}
