import Documents

/// A kind of layer: what may be written of it, and what follows from that alone. What the layer does, `NeuralNetworks` adds to the same type.
///
/// A new kind is a type of its own, with its case in the file, and a line in ``LayerSettings/kinds``.
public protocol LayerKind: Hashable, Sendable {
    /// What the layer is called in a file, such as `dense`.
    static var key: String { get }
    /// What reports call it, such as `batch norm`; its key unless it says otherwise.
    static var spokenKey: String { get }
    /// How it stands in a file.
    static var written: Case<LayerSettings> { get }
    /// What it applies last; nil for layers that have no activation.
    var lastActivation: Activation? { get }
    /// The key of the activation within the layer's own settings; nil where the layer is nothing else, or has none.
    static var activationKey: String? { get }
    /// Whether it hands on what it gets, in use.
    var isTransparent: Bool { get }
    /// Whether its outputs are a linear function of its inputs, in use.
    var isLinear: Bool { get }
    /// Whether a gradient flows through it.
    var hasGradient: Bool { get }
    /// Whether chance has a part in what it gives while it trains.
    var isRandom: Bool { get }
    /// Whether what it gives is held near numbers of the standard normal distribution: the layers behind it make examples of such.
    static var isNearlyNormal: Bool { get }
    /// Whether it has something to train.
    static var hasParameters: Bool { get }
    /// Whether all that it might train is frozen within it.
    var isFrozenWithin: Bool { get }
    /// What weights call the layer whose kernel it uses; nil where it uses none but its own.
    var kernelSource: String? { get }
    /// Whether it sees the rows, columns and channels of images; a network that begins with another layer is given their numbers in a row.
    static var takesShapes: Bool { get }
    /// Whether it does the same to numbers of any shape, so that the layer behind it says what a network that begins with it is given.
    static var takesAnyShape: Bool { get }
    /// How often each weight of a kernel is multiplied for one example, of these shapes before and behind the layer.
    func usesOfKernels(input: [Int], output: [Int]) -> Int
    /// Whether it sees steps of numbers, `[steps, numbers]`; images without channels stay so before it.
    static var takesSequences: Bool { get }
    /// Whether it says how many numbers come out: the last such layer of a network is its output.
    static var setsWidth: Bool { get }
    /// Whether its units are hidden ones also where no layer follows, since what it is asked for is its inputs.
    static var keepsUnitsHidden: Bool { get }
    /// The same with `classes` replaced by the number that the target needs.
    func resolved(targetWidth: Int) -> Self
    /// How many numbers come out, where the settings say a count.
    var width: Int? { get }
    /// The key of ``width`` within the layer's own settings.
    static var widthKey: String { get }
    /// The same with another ``width``; itself where it has none.
    func with(width: Int) -> Self
}

extension LayerKind {
    /// ``key``.
    public static var spokenKey: String { key }
    /// None.
    public var lastActivation: Activation? { nil }
    /// None.
    public static var activationKey: String? { nil }
    /// No.
    public var isTransparent: Bool { false }
    /// Only where nothing is done.
    public var isLinear: Bool { isTransparent }
    /// Unless its activation has none.
    public var hasGradient: Bool { lastActivation?.hasGradient ?? true }
    /// No.
    public var isRandom: Bool { false }
    /// No.
    public static var isNearlyNormal: Bool { false }
    /// Nothing to train.
    public static var hasParameters: Bool { false }
    /// No.
    public var isFrozenWithin: Bool { false }
    /// None.
    public var kernelSource: String? { nil }
    /// No.
    public static var takesShapes: Bool { false }
    /// No.
    public static var takesAnyShape: Bool { false }
    /// No.
    public static var takesSequences: Bool { false }
    /// No.
    public static var setsWidth: Bool { false }
    /// No.
    public static var keepsUnitsHidden: Bool { false }
    /// Once for each place of the output: the rows of a sequence, the rows and columns of an image.
    public func usesOfKernels(input: [Int], output: [Int]) -> Int { output.dropLast().reduce(1, *) }
    /// The same.
    public func resolved(targetWidth: Int) -> Self { self }
    /// None.
    public var width: Int? { nil }
    /// `units`.
    public static var widthKey: String { "units" }
    /// The same.
    public func with(width: Int) -> Self { self }

    /// What the layer is called in a file.
    public var key: String { Self.key }

    /// The layer, comparable with those of other kinds.
    public var erased: AnyHashable { AnyHashable(self) }
}
