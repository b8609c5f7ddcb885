import Documents

/// What recurrent layers have in common.
public struct RecurrentSettings: Hashable, Sendable {
    /// How many units.
    public var units: Int
    /// What is applied to what a step adds.
    public var activation: Activation = .tanh
    /// Whether trained numbers are added to the sums.
    public var useBias = true
    /// The first weights of the inputs.
    public var kernelInitializer: Initializer = .glorotUniform
    /// The first weights of the step before.
    public var recurrentInitializer: Initializer = .orthogonal
    /// The first biases.
    public var biasInitializer: Initializer = .zeros
    /// What the size of the inputs' weights adds to the loss; `nil`: nothing.
    public var kernelRegularizer: PenaltySettings?
    /// What the size of the weights of the step before adds to the loss; `nil`: nothing.
    public var recurrentRegularizer: PenaltySettings?
    /// What the size of the biases adds to the loss; `nil`: nothing.
    public var biasRegularizer: PenaltySettings?
    /// The probability with which an input is 0 in training, the same at all steps of a sequence, and for all gates unless something is dropped between steps.
    public var dropout = 0.0
    /// The probability with which a number of the step before is 0 in training, the same at all steps of a sequence, and drawn for each gate by itself.
    public var recurrentDropout = 0.0
    /// Whether the output of each step is given, or the last alone.
    public var returnSequences = false
    /// Whether sequences are read from their end.
    public var goBackwards = false

    /// So many units; the rest as Keras has it.
    public init(units: Int) { self.units = units }

    init(
        units: Int, activation: Activation, useBias: Bool, kernelInitializer: Initializer, recurrentInitializer: Initializer,
        biasInitializer: Initializer, kernelRegularizer: PenaltySettings?, recurrentRegularizer: PenaltySettings?,
        biasRegularizer: PenaltySettings?, dropout: Double, recurrentDropout: Double, returnSequences: Bool, goBackwards: Bool
    ) {
        (self.units, self.activation, self.useBias) = (units, activation, useBias)
        (self.kernelInitializer, self.recurrentInitializer, self.biasInitializer) = (
            kernelInitializer, recurrentInitializer, biasInitializer
        )
        (self.kernelRegularizer, self.recurrentRegularizer, self.biasRegularizer) = (
            kernelRegularizer, recurrentRegularizer, biasRegularizer
        )
        (self.dropout, self.recurrentDropout) = (dropout, recurrentDropout)
        (self.returnSequences, self.goBackwards) = (returnSequences, goBackwards)
    }
}

/// A recurrent layer: sequences `[steps, numbers]` → `[units]`, or `[steps, units]`.
public protocol RecurrentKind: LayerKind {
    /// What recurrent layers have in common.
    var recurrent: RecurrentSettings { get set }
}

extension RecurrentKind {
    /// Its kernels and biases.
    public static var hasParameters: Bool { true }
    /// It goes from step to step.
    public static var takesShapes: Bool { true }
    /// It goes from step to step.
    public static var takesSequences: Bool { true }
    /// Once a step.
    public func usesOfKernels(input: [Int], output: [Int]) -> Int { input.dropLast().reduce(1, *) }
    /// Where something is dropped.
    public var isRandom: Bool { recurrent.dropout > 0 || recurrent.recurrentDropout > 0 }
    /// Its units.
    public var width: Int? { recurrent.units }

    /// With so many units.
    public func with(width: Int) -> Self {
        var other = self
        other.recurrent.units = width
        return other
    }
}

// MARK: - In the file

extension RecurrentSettings {
    private static let usual = RecurrentSettings(units: 1)

    /// What a cell may apply: functions whose slope follows from their value.
    static let activations = Schema<Activation>.enumeration(
        "activation of a recurrent layer", Choosable("tanh", .tanh, doc: "tanh(x)."),
        Choosable("sigmoid", .sigmoid, doc: "1 / (1 + exp(−x))."), Choosable("relu", .relu, doc: "max(0, x)."),
        Choosable("linear", .linear, doc: "x."))

    /// What the gates apply unless it is written.
    public static let usualGates = Activation.sigmoid
    /// `recurrent_activation`.
    static let gates = Field<Activation, Activation>(
        "recurrent_activation", { $0 }, activations, default: usualGates, doc: "What the gates apply.")

    /// The keys.
    static let record = Record<RecurrentSettings>(
        "recurrent layer",
        Field("units", \.units, .integer(DenseSettings.widths), misnomers: ["width", "size"], doc: "How many units."),
        Field("activation", \.activation, activations, default: usual.activation, doc: "What is applied to what a step adds."),
        Field(
            "use_bias", \.useBias, .boolean, default: usual.useBias, misnomers: ["bias"],
            doc: "Whether trained numbers are added to the sums."),
        Field(
            "kernel_initializer", \.kernelInitializer, Initializer.schema, default: usual.kernelInitializer, misnomers: ["initializer"],
            doc: "The first weights of the inputs."),
        Field(
            "recurrent_initializer", \.recurrentInitializer, Initializer.schema, default: usual.recurrentInitializer,
            doc: "The first weights of the step before."),
        Field("bias_initializer", \.biasInitializer, Initializer.schema, default: usual.biasInitializer, doc: "The first biases."),
        Field(
            optional: "kernel_regularizer", \.kernelRegularizer, PenaltySettings.schema, misnomers: ["regularizer", "weight_decay"],
            doc: "What the size of the inputs' weights adds to the loss."),
        Field(
            optional: "recurrent_regularizer", \.recurrentRegularizer, PenaltySettings.schema,
            doc: "What the size of the weights of the step before adds to the loss."),
        Field(
            optional: "bias_regularizer", \.biasRegularizer, PenaltySettings.schema, doc: "What the size of the biases adds to the loss."),
        Field(
            "dropout", \.dropout, DropoutSettings.probability, default: usual.dropout,
            doc: "The probability with which an input is 0 in training, the same at all steps of a sequence."),
        Field(
            "recurrent_dropout", \.recurrentDropout, DropoutSettings.probability, default: usual.recurrentDropout,
            doc: "The same for the numbers of the step before."),
        Field(
            "return_sequences", \.returnSequences, .boolean, default: usual.returnSequences,
            doc: "Whether the output of each step is given, or the last alone."),
        Field("go_backwards", \.goBackwards, .boolean, default: usual.goBackwards, doc: "Whether sequences are read from their end."),
        build: RecurrentSettings.init)
}
