import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// What a model refuses, and what it keeps between its programs.
@Suite struct ModelTests {
    private func model(
        layers: [Network.NamedLayer], inputs: ExampleTables.Inputs, targets: ExampleTables.Targets, width: Int,
        loss: LossSettings = LossSettings(kind: .sparseCategoricalCrossentropy)
    ) throws -> SupervisedPrograms {
        let input: ExampleInput = if case .sparse = inputs { .sparse(columns: width) } else { .dense([width]) }
        return try makePrograms(layers, input, loss: loss, examples: ExampleTables(inputs: inputs, targets: targets))
    }

    @Test(arguments: [-1, 3, Int32.max] as [Int32])
    func labelsNameClasses(label: Int32) throws {
        let error = try #require(throws: ShapeError.self) {
            try model(
                layers: [dense("output", 3, .softmax)], inputs: .dense(.holding([1, 2], columns: 1)),
                targets: .labels(.holding([0, label]), classes: 3), width: 1)
        }
        #expect(error.description == "label \(label) of row 1 of [3]: expected a class from 0 to 2")
    }

    @Test(arguments: [-1, 4] as [Int32])
    func multiHotRowsNameColumns(column: Int32) throws {
        let error = try #require(throws: ShapeError.self) {
            try model(
                layers: [dense("output", 3, .softmax)],
                inputs: .sparse(.holding([[0, 3], [column]], columns: 4)),
                targets: .labels(.holding([0, 1]), classes: 3), width: 4)
        }
        #expect(error.description == "column \(column) of a sparse row of [4]: expected a column from 0 to 3")
    }

    @Test func aSoftmaxIsAsWideAsThereAreClasses() throws {
        let model = try model(
            layers: [dense("output", 3, .softmax)], inputs: .dense(.holding([1, 2], columns: 1)),
            targets: .labels(.holding([0, 4]), classes: 5), width: 1)
        let error = try #require(throws: ShapeError.self) { try model.trainingStep(batch: 2) }
        #expect(error.description == "loss of [2, 3] and [2, 5]: expected as many outputs as target values")
    }

    @Test func aNetworkHasALayer() throws {
        let problem = try #require(throws: LayerProblem.self) { try Network([], input: .dense([1])) }
        #expect(problem.description == "layer 1: network of [1]: expected at least one layer")
    }

    static let layersWithoutWeights: [any Layer] = [
        ActivationSettings(.relu), BatchNormalizationSettings(), LayerNormalizationSettings(), DropoutSettings(rate: 0.5),
    ]

    /// A layer that needs all numbers of its input sees the zeros of sparse rows, too.
    @Test(arguments: layersWithoutWeights.indices)
    func everyLayerTakesSparseRows(index: Int) throws {
        let rows: [[Int32]] = [[0, 3], [1], [], [2, 3]]
        let numbers: [Float] = [0.5, -2, 3, 1, 0.25]
        let full: [Float] = [0.5, 0, 0, -2, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0.25]
        func outputs(_ inputs: ExampleTables.Inputs, _ input: ExampleInput) throws -> [Float] {
            let network = try Network([.init("a", Self.layersWithoutWeights[index]), dense("output", 2, .softmax)], input: input)
            let store = ParameterStore()
            try network.initialize(store, seed: 1)
            let program = try InferencePrograms(network, store: store, inputs: inputs, loss: LossSettings(kind: .meanSquaredError)).program(
                batch: 4)
            [0, 1, 2, 3].withUnsafeBufferPointer { program.run(rows: $0.baseAddress!) }
            return Array(program.scores)
        }
        let sparse = try outputs(.sparse(.holding(rows, values: numbers, columns: 4)), .sparse(columns: 4))
        #expect(try outputs(.dense(.holding(full, columns: 4)), .dense([4])) == sparse)
    }

    /// With `from_logits` the last layer is linear and the loss applies the softmax or sigmoid: the same weights, losses and steps.
    @Test(arguments: [LossKind.sparseCategoricalCrossentropy, .binaryCrossentropy])
    func fromLogitsIsTheSameNetwork(kind: LossKind) throws {
        let (loss, isBinary) = (LossSettings(kind: kind), kind == .binaryCrossentropy)
        let (activation, units): (Activation, Int) = isBinary ? (.sigmoid, 1) : (.softmax, 3)
        let bare = LossSettings(kind: kind, fromLogits: true)
        let inputs = ExampleTables.Inputs.dense(.holding([0.5, -1, 2, 0.25, 1, 1, -3, 0], columns: 2))
        let targets: ExampleTables.Targets =
            isBinary ? .values(.holding([0, 1, 1, 0], columns: 1)) : .labels(.holding([0, 1, 2, 1]), classes: 3)
        let inside = try model(
            layers: [dense("output", units, activation)], inputs: inputs, targets: targets, width: 2, loss: loss)
        let outside = try model(layers: [dense("output", units)], inputs: inputs, targets: targets, width: 2, loss: bare)
        let (first, second) = (try inside.trainingStep(batch: 4), try outside.trainingStep(batch: 4))
        for _ in 0..<10 {
            first.run(rows: [0, 1, 2, 3])
            second.run(rows: [0, 1, 2, 3])
            #expect(first.loss == second.loss)
        }
        let kernels = try [inside, outside].map { Array(try $0.store.elements("output/kernel", [2, units])) }
        #expect(kernels[0] == kernels[1])
    }

    /// A probability that ends in the wrong place costs what its logit says, not what is left after rounding to 0 or 1.
    @Test func aConfidentMistakeCostsItsLogit() throws {
        let model = try model(
            layers: [dense("output", 1, .sigmoid)], inputs: .dense(.holding([1], columns: 1)),
            targets: .values(.holding([0], columns: 1)), width: 1, loss: LossSettings(kind: .binaryCrossentropy))
        try model.store.elements("output/kernel", [1, 1])[0] = 60
        let evaluation = try model.evaluation(batch: 1)
        evaluation.run(rows: [0])
        #expect(evaluation.loss == 60 && evaluation.scores[0] == 1)
    }

    @Test func evaluationChangesNothing() throws {
        let model = try model(
            layers: [dense("output", 2, .softmax)], inputs: .dense(.holding([1, 2, 3], columns: 1)),
            targets: .labels(.holding([0, 1, 1]), classes: 2), width: 1)
        let before = Array(try model.store.elements("output/kernel", [1, 2]))
        let evaluation = try model.evaluation(batch: 3)
        evaluation.run(rows: [0, 1, 2])
        #expect(Array(try model.store.elements("output/kernel", [1, 2])) == before && model.optimizer.iteration == 0)
    }
}
