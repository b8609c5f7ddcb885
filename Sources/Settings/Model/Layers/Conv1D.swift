import Documents

/// activation(kernels moved along a sequence + bias): every filter sees a window of steps with all channels of its group.
public struct Conv1DSettings: WeightedLayerKind {
    /// How many filters: the channels that come out.
    public var filters: Int
    /// Steps of the window.
    public var kernelSize: Int
    /// How far the window moves.
    public var strides: Int
    /// What lies beyond the ends.
    public var padding: SequencePadding
    /// The distance between neighbouring steps of the window.
    public var dilationRate: Int
    /// How many groups channels and filters fall into.
    public var groups: Int
    /// Activation, bias, first weights and penalties.
    public var weights: WeightSettings

    /// A convolution; the defaults are those of Keras.
    public init(
        filters: Int, kernelSize: Int, strides: Int = 1, padding: SequencePadding = .valid, dilationRate: Int = 1, groups: Int = 1,
        weights: WeightSettings = WeightSettings()
    ) {
        self.filters = filters
        self.kernelSize = kernelSize
        self.strides = strides
        self.padding = padding
        self.dilationRate = dilationRate
        self.groups = groups
        self.weights = weights
    }
}

/// What lies beyond the ends of a sequence that a window moves along.
public enum SequencePadding: Hashable, Sendable {
    /// Nothing: the window stays inside.
    case valid
    /// Zeros at both ends; with steps of 1 as many places come out as go in.
    case same
    /// Zeros before the first step alone: no place sees a later step.
    case causal
}

// MARK: - What follows

extension Conv1DSettings {
    /// It moves over steps.
    public static var takesShapes: Bool { true }
    /// Its filters.
    public var width: Int? { filters }
    /// `filters`.
    public static var widthKey: String { "filters" }

    /// With so many filters.
    public func with(width: Int) -> Conv1DSettings {
        var other = self
        other.filters = width
        return other
    }
}

// MARK: - In the file

extension Conv1DSettings {
    /// `conv1d`.
    public static var key: String { "conv1d" }

    private static let usual = Conv1DSettings(filters: 1, kernelSize: 1)

    /// `conv1d: {filters: 32, kernel_size: 5}`.
    public static let written = LayerSettings.weighted(
        Record<Conv1DSettings>(
            key,
            Field("filters", \.filters, .integer(DenseSettings.widths), misnomers: ["units", "channels"], doc: "How many filters."),
            Field(
                "kernel_size", \.kernelSize, .integer(Extent.size), misnomers: ["kernel", "size", "window"], doc: "Steps of the window."),
            Field(
                "strides", \.strides, .integer(Extent.size), default: usual.strides, misnomers: ["stride"], doc: "How far the window moves."
            ),
            Field("padding", \.padding, SequencePadding.schema, default: usual.padding, doc: "What lies beyond the ends."),
            Field(
                "dilation_rate", \.dilationRate, .integer(Extent.size), default: usual.dilationRate, misnomers: ["dilation"],
                doc: "The distance between neighbouring steps of the window."),
            Field(
                "groups", \.groups, .integer(DenseSettings.widths), default: usual.groups,
                doc: "How many groups channels and filters fall into; a filter sees its own group."),
            build: {
                Conv1DSettings(filters: $0, kernelSize: $1, strides: $2, padding: $3, dilationRate: $4, groups: $5)
            }
        ),
        doc: "activation(kernels moved along sequences [steps, channels] + bias).")
}

extension SequencePadding {
    static let schema = Schema<SequencePadding>.enumeration(
        "padding", Choosable("valid", .valid, doc: "The window stays inside."),
        Choosable("same", .same, doc: "With steps of 1 as many places come out as go in."),
        Choosable("causal", .causal, doc: "Zeros before the first step alone: no place sees a later step."))
}
