import Documents

/// activation(each place's numbers times kernels, added up where they overlap + bias): the way back from a convolution's result to images.
public struct Conv2DTransposeSettings: WeightedLayerKind {
    /// How many filters: the channels that come out.
    public var filters: Int
    /// Rows and columns of the window.
    public var kernelSize: Extent
    /// How far the window moves, down and to the right: images grow by so much.
    public var strides: Extent
    /// Whether what lies beyond strides times the image is cut off.
    public var padding: Padding
    /// The distance between neighbouring cells of the window.
    public var dilationRate: Extent
    /// Activation, bias, first weights and penalties.
    public var weights: WeightSettings

    /// A transposed convolution; the defaults are those of Keras.
    public init(
        filters: Int, kernelSize: Extent, strides: Extent = Extent(1, 1), padding: Padding = .valid,
        dilationRate: Extent = Extent(1, 1), weights: WeightSettings = WeightSettings()
    ) {
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.weights = weights
    }
}

// MARK: - What follows

extension Conv2DTransposeSettings {
    /// It moves over rows and columns.
    public static var takesShapes: Bool { true }
    /// Its filters.
    public var width: Int? { filters }
    /// `filters`.
    public static var widthKey: String { "filters" }
    /// Once for each place of the input.
    public func usesOfKernels(input: [Int], output: [Int]) -> Int { input.dropLast().reduce(1, *) }

    /// With so many filters.
    public func with(width: Int) -> Conv2DTransposeSettings {
        var other = self
        other.filters = width
        return other
    }
}

// MARK: - In the file

extension Conv2DTransposeSettings {
    /// `conv2d_transpose`.
    public static var key: String { "conv2d_transpose" }

    private static let usual = Conv2DTransposeSettings(filters: 1, kernelSize: Extent(1, 1))

    /// `conv2d_transpose: {filters: 32, kernel_size: 3, strides: 2}`.
    public static let written = LayerSettings.weighted(
        Record<Conv2DTransposeSettings>(
            key,
            Field("filters", \.filters, .integer(DenseSettings.widths), misnomers: ["units", "channels"], doc: "How many filters."),
            Field(
                "kernel_size", \.kernelSize, Extent.schema, misnomers: ["kernel", "size", "window"],
                doc: "The window: 3, or [rows, columns]."),
            Field(
                "strides", \.strides, Extent.schema, default: usual.strides, misnomers: ["stride"],
                doc: "By how much images grow: 2, or [down, to the right]."),
            Field(
                "padding", \.padding, Padding.schema, default: usual.padding,
                doc: "Whether what lies beyond strides times the image is cut off (same)."),
            Field(
                "dilation_rate", \.dilationRate, Extent.schema, unlessWritten: usual.dilationRate, misnomers: ["dilation"],
                doc: "The distance between neighbouring cells of the window"),
            build: { Conv2DTransposeSettings(filters: $0, kernelSize: $1, strides: $2, padding: $3, dilationRate: $4) }
        ),
        doc: "activation(images spread by kernels, and added up where they overlap + bias).")
}
