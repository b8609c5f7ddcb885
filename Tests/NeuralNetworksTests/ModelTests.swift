import NeuralNetworks
import TensorEngine
import TestSupport
import Testing

/// What a model refuses, and what it keeps between its programs.
@Suite struct ModelTests {
    private func model(
        layers: [any Layer], inputs: ExampleTables.Inputs, targets: ExampleTables.Targets, width: Int,
        loss: Loss = .sparseCategoricalCrossentropy(fromLogits: false)
    ) throws -> Model {
        try Model(
            network: Network(layers: layers, inputWidth: width), loss: loss, optimizer: .rmsprop(),
            examples: ExampleTables(inputs: inputs, targets: targets), seed: 1)
    }

    @Test(arguments: [-1, 3, Int32.max] as [Int32])
    func labelsNameClasses(label: Int32) throws {
        let error = try #require(throws: ShapeError.self) {
            try model(
                layers: [Dense(name: "output", units: 3, activation: .softmax)], inputs: .dense(.holding([1, 2], columns: 1)),
                targets: .labels(.holding([0, label]), classes: 3), width: 1)
        }
        #expect(error.description == "label \(label) of row 1 of [3]: expected a class from 0 to 2")
    }

    @Test(arguments: [-1, 4] as [Int32])
    func multiHotRowsNameColumns(column: Int32) throws {
        let error = try #require(throws: ShapeError.self) {
            try model(
                layers: [Dense(name: "output", units: 3, activation: .softmax)],
                inputs: .sparse(.holding([[0, 3], [column]], columns: 4)),
                targets: .labels(.holding([0, 1]), classes: 3), width: 4)
        }
        #expect(error.description == "column \(column) of a multi-hot row of [4]: expected a column from 0 to 3")
    }

    @Test func aSoftmaxIsAsWideAsThereAreClasses() throws {
        let model = try model(
            layers: [Dense(name: "output", units: 3, activation: .softmax)], inputs: .dense(.holding([1, 2], columns: 1)),
            targets: .labels(.holding([0, 4]), classes: 5), width: 1)
        let error = try #require(throws: ShapeError.self) { try model.trainingStep(batch: 2) }
        #expect(error.description == "loss of [2, 3] and [2, 5]: expected as many outputs as target values")
    }

    @Test func aNetworkHasALayer() throws {
        let model = try model(layers: [], inputs: .dense(.holding([1], columns: 1)), targets: .labels(.holding([0]), classes: 1), width: 1)
        let error = try #require(throws: ShapeError.self) { try model.evaluation(batch: 1) }
        #expect(error.description == "network of [1]: expected at least one layer")
    }

    static let layersWithoutWeights: [any Layer] = [
        ActivationLayer(name: "a", activation: .relu), BatchNormalization(name: "a"), LayerNormalization(name: "a"),
    ]

    @Test(arguments: layersWithoutWeights.indices)
    func onlyALayerWithWeightsTakesMultiHotRows(index: Int) throws {
        let model = try model(
            layers: [Self.layersWithoutWeights[index], Dense(name: "output", units: 2, activation: .softmax)],
            inputs: .sparse(.holding([[0]], columns: 4)), targets: .labels(.holding([0]), classes: 2), width: 4)
        let error = try #require(throws: ShapeError.self) { try model.trainingStep(batch: 1) }
        #expect(error.shapes == [[4]] && error.expected.contains("dense layer before it"))
    }

    /// With `from_logits` the last layer is linear and the loss applies the softmax or sigmoid: the same weights, losses and steps.
    @Test(arguments: [Loss.sparseCategoricalCrossentropy(fromLogits: false), .binaryCrossentropy(fromLogits: false)])
    func fromLogitsIsTheSameNetwork(loss: Loss) throws {
        let isBinary = loss == .binaryCrossentropy(fromLogits: false)
        let (activation, units): (Activation, Int) = isBinary ? (.sigmoid, 1) : (.softmax, 3)
        let bare: Loss = isBinary ? .binaryCrossentropy(fromLogits: true) : .sparseCategoricalCrossentropy(fromLogits: true)
        let inputs = ExampleTables.Inputs.dense(.holding([0.5, -1, 2, 0.25, 1, 1, -3, 0], columns: 2))
        let targets: ExampleTables.Targets =
            isBinary ? .values(.holding([0, 1, 1, 0], columns: 1)) : .labels(.holding([0, 1, 2, 1]), classes: 3)
        let inside = try model(
            layers: [Dense(name: "output", units: units, activation: activation)], inputs: inputs, targets: targets, width: 2, loss: loss)
        let outside = try model(layers: [Dense(name: "output", units: units)], inputs: inputs, targets: targets, width: 2, loss: bare)
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
            layers: [Dense(name: "output", units: 1, activation: .sigmoid)], inputs: .dense(.holding([1], columns: 1)),
            targets: .values(.holding([0], columns: 1)), width: 1, loss: .binaryCrossentropy(fromLogits: false))
        try model.store.elements("output/kernel", [1, 1])[0] = 60
        let evaluation = try model.evaluation(batch: 1)
        evaluation.run(rows: [0])
        #expect(evaluation.loss == 60 && evaluation.scores[0] == 1)
    }

    @Test func evaluationChangesNothing() throws {
        let model = try model(
            layers: [Dense(name: "output", units: 2, activation: .softmax)], inputs: .dense(.holding([1, 2, 3], columns: 1)),
            targets: .labels(.holding([0, 1, 1]), classes: 2), width: 1)
        let before = Array(try model.store.elements("output/kernel", [1, 2]))
        let evaluation = try model.evaluation(batch: 3)
        evaluation.run(rows: [0, 1, 2])
        #expect(Array(try model.store.elements("output/kernel", [1, 2])) == before && model.store.iteration == 0)
    }
}
