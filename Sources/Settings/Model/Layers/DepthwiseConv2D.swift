import Documents

/// activation(kernels moved over images, each over one channel + bias).
public struct DepthwiseConv2DSettings: WeightedLayerKind {
    /// Rows and columns of the window.
    public var kernelSize: Extent
    /// How far the window moves, down and to the right.
    public var strides: Extent
    /// Whether images are padded.
    public var padding: Padding
    /// How many channels come out for each.
    public var depthMultiplier: Int
    /// The distance between neighbouring cells of the window.
    public var dilationRate: Extent
    /// Activation, bias, first weights and penalties.
    public var weights: WeightSettings

    /// A convolution; the defaults are those of Keras.
    public init(
        kernelSize: Extent, strides: Extent = Extent(1, 1), padding: Padding = .valid, depthMultiplier: Int = 1,
        dilationRate: Extent = Extent(1, 1), weights: WeightSettings = WeightSettings()
    ) {
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.depthMultiplier = depthMultiplier
        self.dilationRate = dilationRate
        self.weights = weights
    }
}

extension DepthwiseConv2DSettings {
    /// It moves over rows and columns.
    public static var takesShapes: Bool { true }

    /// `depthwise_conv2d`.
    public static var key: String { "depthwise_conv2d" }

    private static let usual = DepthwiseConv2DSettings(kernelSize: Extent(1, 1))

    /// `depthwise_conv2d: {kernel_size: 3}`.
    public static let written = LayerSettings.weighted(
        Record<DepthwiseConv2DSettings>(
            key,
            Field(
                "kernel_size", \.kernelSize, Extent.schema, misnomers: ["kernel", "size", "window"],
                doc: "The window: 3, or [rows, columns]."),
            Field(
                "strides", \.strides, Extent.schema, default: usual.strides, misnomers: ["stride"],
                doc: "How far the window moves: 2, or [down, to the right]."),
            Field("padding", \.padding, Padding.schema, default: usual.padding, doc: "Whether images are padded."),
            Field(
                "depth_multiplier", \.depthMultiplier, .integer(DenseSettings.widths), default: usual.depthMultiplier,
                doc: "How many channels come out for each."),
            Field(
                "dilation_rate", \.dilationRate, Extent.schema, default: usual.dilationRate, misnomers: ["dilation"],
                doc: "The distance between neighbouring cells of the window."),
            build: {
                DepthwiseConv2DSettings(kernelSize: $0, strides: $1, padding: $2, depthMultiplier: $3, dilationRate: $4)
            }
        ), kernel: "depthwise",
        doc: "activation(kernels moved over images [rows, columns, channels], each over one channel + bias).")
}
