import NeuralNetworks
import Settings
import TensorEngine

/// What the frozen layers at the front of a network make of each example: it is the same in every epoch, and so computed once.
final class FixedFeatures {
    /// The layers behind them.
    let rest: Network
    /// The examples as these layers see them.
    let examples: ExampleTables
    private let features: LayerFeatures
    private var isComputed = false

    /// Those of a table of so many rows; nil where no frozen layer stands at the front.
    init?(of network: Network, on examples: ExampleTables, rows: Int) throws(LayerProblem) {
        guard let (front, rest) = try network.dividedBehindFrozen() else { return nil }
        self.rest = rest
        features = LayerFeatures(of: front, on: examples.inputs, rows: rows)
        self.examples = ExampleTables(inputs: features.inputs, targets: examples.targets, weights: examples.weights)
    }

    /// Tells that parameters have changed.
    func forget() { isComputed = false }

    /// Computes those of some parts with the parameters in `store`, unless that was done.
    func compute(for parts: [UnsafeBufferPointer<Int32>], from store: ParameterStore, loss: LossSettings) throws(ShapeError) {
        guard !isComputed else { return }
        isComputed = true
        try features.compute(for: parts, from: store, loss: loss)
    }
}
