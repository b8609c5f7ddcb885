import Documents

/// A trained row of numbers for each word: whole numbers `[length]` → `[length, output_dim]`. How many words there are, the data say.
public struct EmbeddingSettings: LayerKind {
    /// Numbers a word.
    public var outputDim: Int
    /// Whether 0 stands for no word: steps that hold it are left out by the layers behind that know of steps.
    public var maskZero: Bool
    /// The first numbers.
    public var initializer: Initializer
    /// What the size of the numbers adds to the loss; `nil`: nothing.
    public var regularizer: PenaltySettings?

    /// An embedding; the defaults are those of Keras.
    public init(
        outputDim: Int, maskZero: Bool = false, initializer: Initializer = .uniform(), regularizer: PenaltySettings? = nil
    ) {
        self.outputDim = outputDim
        self.maskZero = maskZero
        self.initializer = initializer
        self.regularizer = regularizer
    }
}

// MARK: - What follows

extension EmbeddingSettings {
    /// A row for each word.
    public static var hasParameters: Bool { true }
    /// It sees one word after another.
    public static var takesShapes: Bool { true }
    /// Rows are looked up, not multiplied.
    public func usesOfKernels(input: [Int], output: [Int]) -> Int { 0 }
    /// Numbers a word.
    public var width: Int? { outputDim }
    /// `output_dim`.
    public static var widthKey: String { "output_dim" }

    /// With so many numbers a word.
    public func with(width: Int) -> EmbeddingSettings {
        var other = self
        other.outputDim = width
        return other
    }
}

// MARK: - In the file

extension EmbeddingSettings {
    /// `embedding`.
    public static var key: String { "embedding" }

    private static let usual = EmbeddingSettings(outputDim: 1)

    /// `embedding: {output_dim: 32}`.
    public static let written = LayerSettings.written(
        Record<EmbeddingSettings>(
            key,
            Field(
                "output_dim", \.outputDim, .integer(DenseSettings.widths), misnomers: ["dimension", "units", "embedding_dim"],
                doc: "Numbers a word."),
            Field(
                "mask_zero", \.maskZero, .boolean, default: usual.maskZero,
                doc: "Whether 0 stands for no word, and is left out by the layers behind that know of steps."),
            Field(
                "embeddings_initializer", \.initializer, Initializer.schema, default: usual.initializer, misnomers: ["initializer"],
                doc: "The first numbers."),
            Field(
                optional: "embeddings_regularizer", \.regularizer, PenaltySettings.schema, misnomers: ["regularizer"],
                doc: "What the size of the numbers adds to the loss."),
            build: EmbeddingSettings.init),
        doc: "A trained row of numbers for each word of a sequence.")
}
