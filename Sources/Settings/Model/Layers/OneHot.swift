import Documents

/// Each word as a row that is 1 at its own place and 0 elsewhere: whole numbers `[length]` → `[length, vocabulary]`. Nothing is trained.
public struct OneHotSettings: LayerKind {
    /// A layer without settings; how many words there are, the data say.
    public init() {}
}

extension OneHotSettings {
    /// It sees one word after another.
    public static var takesShapes: Bool { true }

    /// `one_hot`.
    public static var key: String { "one_hot" }

    /// `one_hot`.
    public static let written = LayerSettings.withoutParameters(
        Record<OneHotSettings>(key, build: OneHotSettings.init), aliases: ["category_encoding"],
        doc: "Each word of a sequence as a row that is 1 at its own place and 0 elsewhere.")
}
