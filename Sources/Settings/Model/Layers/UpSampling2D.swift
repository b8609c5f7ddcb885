import Documents

/// Images enlarged by whole factors, down and to the right.
public struct UpSampling2DSettings: LayerKind {
    /// How often, down and to the right.
    public var size: Extent
    /// What stands at the new places.
    public var interpolation: Interpolation

    /// What stands at the new places of an enlarged image.
    public enum Interpolation: Hashable, Sendable {
        /// The cell that each was a part of.
        case nearest
        /// What lies between the four cells around, by their nearness.
        case bilinear
    }

    /// The defaults are those of Keras.
    public init(size: Extent = Extent(2, 2), interpolation: Interpolation = .nearest) {
        (self.size, self.interpolation) = (size, interpolation)
    }
}

extension UpSampling2DSettings {
    /// It sees rows and columns.
    public static var takesShapes: Bool { true }
    /// Each new number is a sum of old ones.
    public var isLinear: Bool { true }

    /// `up_sampling2d`.
    public static var key: String { "up_sampling2d" }

    private static let usual = UpSampling2DSettings()

    /// `up_sampling2d`, alone or with settings.
    public static let written = LayerSettings.withoutParameters(
        Record<UpSampling2DSettings>(
            key,
            Field(
                "size", \.size, Extent.schema, default: usual.size, misnomers: ["factor", "scale"],
                doc: "How many times as large: 2, or [down, to the right]."),
            Field(
                "interpolation", \.interpolation, Interpolation.schema, unlessWritten: usual.interpolation,
                doc: "What stands at the new places"),
            build: { UpSampling2DSettings(size: $0, interpolation: $1) }),
        doc: "Images enlarged by whole factors, down and to the right.")
}

extension UpSampling2DSettings.Interpolation {
    static let schema = Schema<UpSampling2DSettings.Interpolation>.enumeration(
        "interpolation", Choosable("nearest", .nearest, doc: "The cell that each was a part of."),
        Choosable("bilinear", .bilinear, doc: "What lies between the four cells around, by their nearness."))
}
