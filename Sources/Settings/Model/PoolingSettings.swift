import Documents

/// A window that moves over images and leaves one number a channel.
public struct PoolingSettings: Hashable, Sendable {
    /// Rows and columns of the window.
    public var poolSize: Extent
    /// How far the window moves; `nil`: by its own size.
    public var strides: Extent?
    /// Whether images are padded.
    public var padding: Padding

    /// The defaults are those of Keras.
    public init(poolSize: Extent = Extent(2, 2), strides: Extent? = nil, padding: Padding = .valid) {
        self.poolSize = poolSize
        self.strides = strides
        self.padding = padding
    }

    private static let usual = PoolingSettings()

    /// `{pool_size: 2}`, of a layer that holds these settings.
    static func record<Kind>(
        _ key: String, _ get: @escaping @Sendable (Kind) -> PoolingSettings, build: @escaping @Sendable (PoolingSettings) -> Kind
    ) -> Record<Kind> {
        Record<Kind>(
            key,
            Field(
                "pool_size", { get($0).poolSize }, Extent.schema, default: usual.poolSize, misnomers: ["size", "window", "kernel_size"],
                doc: "The window: 2, or [rows, columns]."),
            Field(
                optional: "strides", { get($0).strides }, Extent.schema, misnomers: ["stride"],
                doc: "How far the window moves; as far as it is large unless written."),
            Field("padding", { get($0).padding }, Padding.schema, default: usual.padding, doc: "Whether images are padded."),
            build: { build(PoolingSettings(poolSize: $0, strides: $1, padding: $2)) })
    }
}
