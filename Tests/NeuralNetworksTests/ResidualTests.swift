import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// Blocks around which what comes in is led past.
@Suite struct ResidualTests {
    private static func block(_ kinds: any LayerKind..., projection: ResidualSettings.Projection = .auto) -> ResidualSettings {
        ResidualSettings(kinds.map { LayerSettings(kind: $0) }, projection: projection)
    }

    private static func conv(_ filters: Int, strides: Int = 1) -> Conv2DSettings {
        Conv2DSettings(filters: filters, kernelSize: Extent(3, 3), strides: Extent(strides, strides), padding: .same)
    }

    /// The names of a block's parameters, and what comes out, by its layers.
    static let blocks: [(block: ResidualSettings, input: Shape, output: Shape, paths: [String])] = [
        (
            block(DenseSettings(units: .count(4), activation: .relu), DenseSettings(units: .count(3))), [3], [3],
            ["a/layer_1/kernel", "a/layer_1/bias", "a/layer_2/kernel", "a/layer_2/bias"]
        ),
        (
            block(DenseSettings(units: .count(5))), [3], [5],
            ["a/layer_1/kernel", "a/layer_1/bias", "a/projection/kernel", "a/projection/bias"]
        ),
        (block(conv(2)), [5, 5, 2], [5, 5, 2], ["a/layer_1/kernel", "a/layer_1/bias"]),
        (
            block(conv(4, strides: 2)), [5, 6, 2], [3, 3, 4],
            ["a/layer_1/kernel", "a/layer_1/bias", "a/projection/kernel", "a/projection/bias"]
        ),
        (
            block(conv(2), projection: .always), [5, 5, 2], [5, 5, 2],
            ["a/layer_1/kernel", "a/layer_1/bias", "a/projection/kernel", "a/projection/bias"]
        ),
        (
            block(Conv1DSettings(filters: 3, kernelSize: 2, strides: 3, padding: .same)), [7, 2], [3, 3],
            ["a/layer_1/kernel", "a/layer_1/bias", "a/projection/kernel", "a/projection/bias"]
        ),
    ]

    @Test(arguments: blocks.indices)
    func aProjectionStandsWhereShapesDiffer(index: Int) throws {
        let (block, input, output, paths) = Self.blocks[index]
        let network = try Network([.init("a", block)], input: .dense(input))
        #expect(network.outputShape == output && network.parameters.map(\.path) == paths)
        #expect(network.parameters(of: network.layers[0]).count == paths.count)
    }

    @Test func shapesThatCannotBeAddedAreTold() {
        let problem = #expect(throws: LayerProblem.self) {
            try Network([.init("a", Self.block(DenseSettings(units: .count(5)), projection: .never))], input: .dense([3]))
        }
        #expect(problem?.description.contains("layers that keep the shape; projection: true adds a product that changes it") == true)
    }

    /// With a kernel of zeros a block gives what comes in.
    @Test func whatComesInIsLedPast() throws {
        let zeros = DenseSettings(units: .count(2), kernelInitializer: .zeros)
        let examples = ExampleTables(
            inputs: .dense(.holding([1, -2, 0.5, 3], columns: 2)), targets: .values(.holding([0, 0, 0, 0], columns: 2)))
        let programs = try makePrograms(
            [.init("a", Self.block(zeros))], .dense([2]), loss: LossSettings(kind: .meanSquaredError), examples: examples)
        let use = try programs.evaluation(batch: 2)
        use.run(rows: [0, 1])
        #expect(Array(use.scores) == [1, -2, 0.5, 3])
    }

    /// The first artificial neuron: 1 above the threshold.
    @Test func aStepIsOneAboveZero() throws {
        let layer = DenseSettings(units: .count(1), activation: .step, kernelInitializer: .constant(1), biasInitializer: .constant(-1.5))
        let examples = ExampleTables(
            inputs: .dense(.holding([0, 0, 0, 1, 1, 0.5, 1, 1], columns: 2)), targets: .values(.holding([0, 0, 0, 0], columns: 1)))
        let programs = try makePrograms([.init("a", layer)], .dense([2]), loss: LossSettings(kind: .meanSquaredError), examples: examples)
        let use = try programs.evaluation(batch: 4)
        use.run(rows: [0, 1, 2, 3])
        #expect(Array(use.scores) == [0, 0, 0, 1])
    }
}
