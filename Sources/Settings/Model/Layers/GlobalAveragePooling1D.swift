import Documents

/// The mean of each channel of a sequence.
public struct GlobalAveragePooling1DSettings: LayerKind {
    /// A layer without settings.
    public init() {}
}

extension GlobalAveragePooling1DSettings {
    /// It sees steps.
    public static var takesShapes: Bool { true }
    /// A mean is.
    public var isLinear: Bool { true }

    /// `global_average_pooling1d`.
    public static var key: String { "global_average_pooling1d" }

    /// `global_average_pooling1d`.
    public static let written = LayerSettings.withoutParameters(
        Record<GlobalAveragePooling1DSettings>(key, build: GlobalAveragePooling1DSettings.init),
        doc: "The mean of each channel of a sequence.")
}
