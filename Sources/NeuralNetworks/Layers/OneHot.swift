import Settings
import TensorEngine

/// Whole numbers `[length]` → `[length, vocabulary]`: to each a row that is 1 at its place and else 0, as Keras's `CategoryEncoding` has it. No step is left
/// out by the layers behind, padding has a place like others.
extension OneHotSettings: Layer {
    /// Each word by itself.
    public var seesLaterSteps: Bool { false }

    /// Adds the rows.
    ///
    /// - Throws: `ShapeError` when numbers come in that stand for no words.
    public func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        let (tokens, vocabulary) = try signal.words(for: key)
        return LayerOutput(output: try builder.graph.oneHot(tokens, classes: vocabulary), logits: nil)
    }
}
