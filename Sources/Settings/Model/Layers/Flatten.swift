import Documents

/// All numbers of an example in a row, the last axis fastest.
public struct FlattenSettings: LayerKind {
    /// A layer without settings.
    public init() {}
}

extension FlattenSettings {
    /// It sees rows and columns.
    public static var takesShapes: Bool { true }
    /// Nothing is computed.
    public var isTransparent: Bool { true }

    /// `flatten`.
    public static var key: String { "flatten" }

    /// `flatten`.
    public static let written = LayerSettings.withoutParameters(
        Record<FlattenSettings>(key, build: FlattenSettings.init), doc: "All numbers of an example in a row.")
}
