import Documents

/// The largest number of each channel of a sequence.
public struct GlobalMaxPooling1DSettings: LayerKind {
    /// A layer without settings.
    public init() {}
}

extension GlobalMaxPooling1DSettings {
    /// It sees steps.
    public static var takesShapes: Bool { true }

    /// `global_max_pooling1d`.
    public static var key: String { "global_max_pooling1d" }

    /// `global_max_pooling1d`.
    public static let written = LayerSettings.withoutParameters(
        Record<GlobalMaxPooling1DSettings>(key, build: GlobalMaxPooling1DSettings.init),
        doc: "The largest number of each channel of a sequence.")
}
