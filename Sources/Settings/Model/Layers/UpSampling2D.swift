import Documents

/// Each cell of an image, repeated down and to the right.
public struct UpSampling2DSettings: LayerKind {
    /// How often, down and to the right.
    public var size: Extent

    /// The default is that of Keras.
    public init(size: Extent = Extent(2, 2)) { self.size = size }
}

extension UpSampling2DSettings {
    /// It sees rows and columns.
    public static var takesShapes: Bool { true }
    /// A copy is.
    public var isLinear: Bool { true }

    /// `up_sampling2d`.
    public static var key: String { "up_sampling2d" }

    /// `up_sampling2d`, alone or with settings.
    public static let written = LayerSettings.withoutParameters(
        Record<UpSampling2DSettings>(
            key,
            Field(
                "size", \.size, Extent.schema, default: UpSampling2DSettings().size, misnomers: ["factor", "scale"],
                doc: "How often each cell stands: 2, or [down, to the right]."),
            build: UpSampling2DSettings.init),
        doc: "Each cell of an image, repeated down and to the right.")
}
