import Settings
import TensorEngine

/// Whole numbers `[length]` → `[length, output_dim]`: to each its row of the matrix `[vocabulary, output_dim]`.
extension EmbeddingSettings: Layer {
    /// Each word by itself.
    public var seesLaterSteps: Bool { false }

    /// Adds the look-up.
    ///
    /// - Throws: `ShapeError` when numbers come in that stand for no words.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let (tokens, vocabulary) = try signal.words(for: key)
        let matrix = try builder.parameter("embeddings", [vocabulary, outputDim], initializer, penalty: regularizer)
        let mask = maskZero ? try builder.graph.maskOfWords(tokens) : nil
        return LayerOutput(output: try builder.graph.embed(tokens, matrix), logits: nil, mask: mask)
    }
}
