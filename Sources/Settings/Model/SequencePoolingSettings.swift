import Documents

/// A window that moves along sequences and leaves one number a channel.
public struct SequencePoolingSettings: Hashable, Sendable {
    /// Steps of the window.
    public var poolSize: Int
    /// How far the window moves; `nil`: by its own size.
    public var strides: Int?
    /// Whether sequences are padded.
    public var padding: Padding

    /// The defaults are those of Keras.
    public init(poolSize: Int = 2, strides: Int? = nil, padding: Padding = .valid) {
        self.poolSize = poolSize
        self.strides = strides
        self.padding = padding
    }

    private static let usual = SequencePoolingSettings()

    /// `{pool_size: 2}`, of a layer that holds these settings.
    static func record<Kind>(
        _ key: String, _ get: @escaping @Sendable (Kind) -> SequencePoolingSettings,
        build: @escaping @Sendable (SequencePoolingSettings) -> Kind
    ) -> Record<Kind> {
        Record<Kind>(
            key,
            Field(
                "pool_size", { get($0).poolSize }, .integer(Extent.size), default: usual.poolSize,
                misnomers: ["size", "window", "kernel_size"], doc: "Steps of the window."),
            Field(
                optional: "strides", { get($0).strides }, .integer(Extent.size), misnomers: ["stride"],
                doc: "How far the window moves; as far as it is large unless written."),
            Field("padding", { get($0).padding }, Padding.schema, default: usual.padding, doc: "Whether sequences are padded."),
            build: { build(SequencePoolingSettings(poolSize: $0, strides: $1, padding: $2)) })
    }
}
