import Documents

/// activation(kernels moved over images + bias): every filter sees a window of all channels.
public struct Conv2DSettings: LayerKind {
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
    /// What is applied to each sum.
    public var activation: Activation
    /// Whether a trained number is added to each filter's sums.
    public var useBias: Bool
    /// The first weights.
    public var kernelInitializer: Initializer
    /// The first biases.
    public var biasInitializer: Initializer
    /// What the size of the weights adds to the loss; `nil`: nothing.
    public var kernelRegularizer: PenaltySettings?
    /// What the size of the biases adds to the loss; `nil`: nothing.
    public var biasRegularizer: PenaltySettings?

    /// A convolution; the defaults are those of Keras.
    public init(
        filters: Int, kernelSize: Extent, strides: Extent = Extent(1, 1), padding: Padding = .valid, dilationRate: Extent = Extent(1, 1),
        activation: Activation = .linear, useBias: Bool = true, kernelInitializer: Initializer = .glorotUniform,
        biasInitializer: Initializer = .zeros, kernelRegularizer: PenaltySettings? = nil, biasRegularizer: PenaltySettings? = nil
    ) {
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.activation = activation
        self.useBias = useBias
        self.kernelInitializer = kernelInitializer
        self.biasInitializer = biasInitializer
        self.kernelRegularizer = kernelRegularizer
        self.biasRegularizer = biasRegularizer
    }
}

// MARK: - What follows

extension Conv2DSettings {
    /// What is applied to each sum.
    public var lastActivation: Activation? { activation }
    /// `activation`.
    public static var activationKey: String? { "activation" }
    /// Without an activation.
    public var isLinear: Bool { activation == .linear }
    /// Its kernel and bias.
    public static var hasParameters: Bool { true }
    /// It moves over rows and columns.
    public static var takesShapes: Bool { true }
    /// Its filters.
    public var width: Int? { filters }

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
    public static let written = LayerSettings.written(
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
            Field("activation", \.activation, Activation.schema, default: usual.activation, doc: "What is applied to each sum."),
            Field(
                "use_bias", \.useBias, .boolean, default: usual.useBias, misnomers: ["bias"],
                doc: "Whether a trained number is added to each filter's sums."),
            Field(
                "kernel_initializer", \.kernelInitializer, Initializer.schema, default: usual.kernelInitializer, misnomers: ["initializer"],
                doc: "The first weights."),
            Field("bias_initializer", \.biasInitializer, Initializer.schema, default: usual.biasInitializer, doc: "The first biases."),
            Field(
                optional: "kernel_regularizer", \.kernelRegularizer, PenaltySettings.schema, misnomers: ["regularizer", "weight_decay"],
                doc: "What the size of the weights adds to the loss."),
            Field(
                optional: "bias_regularizer", \.biasRegularizer, PenaltySettings.schema,
                doc: "What the size of the biases adds to the loss."),
            build: Conv2DSettings.init),
        doc: "activation(kernels moved over images [rows, columns, channels] + bias).")
}
