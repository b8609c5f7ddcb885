import Documents
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine
import TestSupport
import Testing

/// Layers on examples of more than one axis work on the innermost one, with the same weights at every place of the others.
@Suite struct ShapeTests {
    static let layers: [(kind: any Layer, name: String)] = [
        (DenseSettings(units: .count(3), activation: .tanh), "dense"), (DenseSettings(units: .count(3), activation: .softmax), "softmax"),
        (ActivationSettings(.elu), "activation"), (LayerNormalizationSettings(), "layer normalization"),
        (BatchNormalizationSettings(), "batch normalization"),
    ]

    /// Two examples of `[3, 2, 4]` are twelve rows of `[4]`: the same outputs, losses and weights after five steps.
    @Test(arguments: layers.indices)
    func axesBeforeTheInnermostAreRows(index: Int) throws {
        let (kind, name) = Self.layers[index]
        var numbers = SeededNumbers(seed: 3)
        let values = numbers.numbers(48, in: -2...2).map(Float.init)
        let width = try Network([.init("a", kind)], input: .dense([4])).outputShape.count
        let targets = numbers.numbers(12 * width, in: 0...1).map(Float.init)
        func trained(_ input: ExampleInput, rows: Int) throws -> (scores: [Float], loss: Float, weights: [StoredTensor]) {
            let examples = ExampleTables(
                inputs: .dense(.holding(values, columns: 48 / rows)), targets: .values(.holding(targets, columns: targets.count / rows)))
            // The loss compares rows of numbers: a last layer flattens.
            let programs = try makePrograms(
                [.init("a", kind), .init("flat", Flat())], input, loss: LossSettings(kind: .meanSquaredError),
                optimizer: .sgd(SGDSettings(learningRate: 0.1)), examples: examples)
            let step = try programs.trainingStep(batch: rows)
            let batch = (0..<Int32(rows)).map { $0 }
            for _ in 0..<5 { step.run(rows: batch) }
            let use = try programs.evaluation(batch: rows)
            use.run(rows: batch)
            return (Array(use.scores), use.loss, try programs.store.tensors())
        }
        let deep = try trained(.dense([3, 2, 4]), rows: 2)
        let flat = try trained(.dense([4]), rows: 12)
        #expect(deep.scores == flat.scores && deep.loss == flat.loss, "\(name)")
        #expect(deep.weights == flat.weights, "\(name)")
    }

    @Test func shapesOfANetwork() throws {
        let network = try Network(
            [dense("a", 8, .relu), .init("d", DropoutSettings(rate: 0.5)), .init("n", LayerNormalizationSettings()), dense("b", 5)],
            input: .dense([28, 28, 3]))
        #expect(network.shapes == [[28, 28, 8], [28, 28, 8], [28, 28, 8], [28, 28, 5]])
        #expect(network.parameters.map(\.path) == ["a/kernel", "a/bias", "n/gamma", "n/beta", "b/kernel", "b/bias"])
        #expect(network.parameterCount == 3 * 8 + 8 + 8 + 8 + 8 * 5 + 5)
    }

    @Test func frozenParametersAreNotCounted() throws {
        let network = try Network(
            [.init("a", DenseSettings(units: .count(4)), isFrozen: true), dense("b", 2)], input: .sparse(columns: 10))
        #expect(network.parameterCount == 4 * 2 + 2 && network.parameters.filter(\.isTrained).map(\.layer) == ["b", "b"])
    }

    /// Keras's compute_fans: a window's sizes count for both.
    @Test(
        arguments: [
            ([], 1, 1), ([7], 7, 7), ([30, 20], 30, 20), ([5, 30, 20], 150, 100), ([3, 3, 16, 32], 144, 288),
        ] as [(TensorEngine.Shape, Double, Double)])
    func fansOfKernels(shape: TensorEngine.Shape, inputs: Double, units: Double) {
        let fans = Initializer.fans(of: shape)
        #expect(fans.inputs == inputs && fans.units == units)
    }

    /// Every kind of layer that may be written does something.
    @Test func everyKindOfLayerIsOne() {
        #expect(LayerSettings.kinds.filter { !($0 is any Layer.Type) }.map { $0.key } == [])
        #expect(Set(LayerSettings.kinds.map { $0.key }).count == LayerSettings.kinds.count)
    }
}

/// All numbers of an example in a row.
private struct Flat: Layer {
    static let key = "flat"
    static var written: Case<LayerSettings> { DropoutSettings.written }

    func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        guard case .dense(let x) = signal else { throw ShapeError(operation: "flat", shapes: [signal.shape], expected: "numbers") }
        let batch = x.shape.dimensions[0]
        return LayerOutput(output: try builder.graph.reshape(x, to: [batch, x.shape.count / batch]), logits: nil)
    }
}
