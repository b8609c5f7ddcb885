import Documents

/// activation(kernels moved over images + bias): every filter sees a window of all channels of its group.
public struct Conv2DSettings: WeightedLayerKind {
    /// How many filters: the channels that come out.
    public var filters: Int
    /// Rows and columns of the window.
    public var kernelSize: Extent
    /// How far the window moves, down and to the right.
    public var strides: Extent
    /// Whether images are padded.
    public var padding: Padding
    /// The distance between neighbouring cells of the window.
    public var dilationRate: Extent
    /// How many groups channels and filters fall into.
    public var groups: Int
    /// Activation, bias, first weights and penalties.
    public var weights: WeightSettings

    /// A convolution; the defaults are those of Keras.
    public init(
        filters: Int, kernelSize: Extent, strides: Extent = Extent(1, 1), padding: Padding = .valid, dilationRate: Extent = Extent(1, 1),
        groups: Int = 1, activation: Activation = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        biasInitializer: Initializer = .zeros, kernelRegularizer: PenaltySettings? = nil, biasRegularizer: PenaltySettings? = nil,
        activityRegularizer: ActivityPenaltySettings? = nil
    ) {
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.groups = groups
        weights = WeightSettings(
            activation: activation, useBias: useBias, kernelInitializer: kernelInitializer, biasInitializer: biasInitializer,
            kernelRegularizer: kernelRegularizer, biasRegularizer: biasRegularizer, activityRegularizer: activityRegularizer)
    }
}

// MARK: - What follows

extension Conv2DSettings {
    /// It moves over rows and columns.
    public static var takesShapes: Bool { true }
    /// Its filters.
    public var width: Int? { filters }
    /// `filters`.
    public static var widthKey: String { "filters" }

    /// With so many filters.
    public func with(width: Int) -> Conv2DSettings {
        var other = self
        other.filters = width
        return other
    }
}

// MARK: - In the file

extension Conv2DSettings {
    /// `conv2d`.
    public static var key: String { "conv2d" }

    private static let usual = Conv2DSettings(filters: 1, kernelSize: Extent(1, 1))

    /// `conv2d: {filters: 32, kernel_size: 3}`.
    public static let written = LayerSettings.weighted(
        Record<Conv2DSettings>(
            key,
            Field("filters", \.filters, .integer(DenseSettings.widths), misnomers: ["units", "channels"], doc: "How many filters."),
            Field(
                "kernel_size", \.kernelSize, Extent.schema, misnomers: ["kernel", "size", "window"],
                doc: "The window: 3, or [rows, columns]."),
            Field(
                "strides", \.strides, Extent.schema, default: usual.strides, misnomers: ["stride"],
                doc: "How far the window moves: 2, or [down, to the right]."),
            Field("padding", \.padding, Padding.schema, default: usual.padding, doc: "Whether images are padded."),
            Field(
                "dilation_rate", \.dilationRate, Extent.schema, default: usual.dilationRate, misnomers: ["dilation"],
                doc: "The distance between neighbouring cells of the window."),
            Field(
                "groups", \.groups, .integer(DenseSettings.widths), unlessWritten: usual.groups,
                doc: "How many groups channels and filters fall into; a filter sees its own group"),
            build: {
                Conv2DSettings(filters: $0, kernelSize: $1, strides: $2, padding: $3, dilationRate: $4, groups: $5)
            }
        ),
        doc: "activation(kernels moved over images [rows, columns, channels] + bias).")
}
