import Documents

/// The largest number of each channel of an image.
public struct GlobalMaxPooling2DSettings: LayerKind {
    /// A layer without settings.
    public init() {}
}

extension GlobalMaxPooling2DSettings {
    /// It sees rows and columns.
    public static var takesShapes: Bool { true }

    /// `global_max_pooling2d`.
    public static var key: String { "global_max_pooling2d" }

    /// `global_max_pooling2d`.
    public static let written = LayerSettings.withoutParameters(
        Record<GlobalMaxPooling2DSettings>(key, build: GlobalMaxPooling2DSettings.init), doc: "The largest number of each channel.")
}
