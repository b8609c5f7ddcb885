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
            block(block(DenseSettings(units: .count(5))), DenseSettings(units: .count(3))), [3], [3],
            [
                "a/layer_1/layer_1/kernel", "a/layer_1/layer_1/bias", "a/layer_1/projection/kernel", "a/layer_1/projection/bias",
                "a/layer_2/kernel", "a/layer_2/bias",
            ]
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

    /// A block stays as it is only when all its layers with something to train do, and no product is trained beside them.
    @Test(
        arguments: [
            ([true, true], 3, false, 1), ([true, false], 3, false, nil), ([false, false], 3, true, 1), ([true, true], 5, false, nil),
            ([false, false], 3, false, nil),
        ] as [([Bool], Int, Bool, Int?)])
    func aBlockIsFrozenWithAllItsLayers(isFrozen: [Bool], units: Int, isWhole: Bool, end: Int?) throws {
        let layers = isFrozen.map { LayerSettings(kind: DenseSettings(units: .count(units), activation: .relu), isFrozen: $0) }
        let block = ResidualSettings([layers[0], LayerSettings(kind: ActivationSettings(.tanh)), layers[1]])
        let network = try Network(
            [.init("a", block, isFrozen: isWhole), .init("b", DenseSettings(units: .count(2)))], input: .dense([3]))
        #expect(try network.dividedBehindFrozen()?.front.layers.count == end)
        let trained = network.parameters.filter { $0.layer == "a" && $0.isTrained }.count
        #expect(trained == (isWhole ? 0 : isFrozen.count { !$0 } * 2 + (units == 3 ? 0 : 2)))
    }

    @Test func aLayerOfABlockThatDoesNotFitIsNamed() {
        let problem = #expect(throws: LayerProblem.self) {
            try Network(
                [.init("a", DenseSettings(units: .count(3))), .init("b", Self.block(DenseSettings(units: .count(3)), Self.conv(2)))],
                input: .dense([3]))
        }
        #expect(problem?.place == 1 && problem?.inner == "layer_2")
        #expect(problem?.description.hasPrefix("layer 2, layer_2 of the block: conv2d") == true, "\(problem?.description ?? "")")
    }

    @Test func theLayersOfABlockAreTold() throws {
        let network = try Network(
            [.init("a", Self.block(Self.conv(4, strides: 2), ActivationSettings(.relu))), .init("b", FlattenSettings())],
            input: .dense([5, 6, 2]))
        #expect(network.builtLayers.map(\.path) == ["a/layer_1", "a/layer_2", "a/projection", "b"])
        #expect(network.builtLayers.map(\.output) == [[3, 3, 4], [3, 3, 4], [3, 3, 4], [36]])
        #expect(network.builtLayers.map { network.parameters(of: $0).count } == [2, 0, 2, 0])
    }

    /// With a kernel of zeros a block gives what comes in, and a block of such a block twice that.
    @Test(arguments: [false, true]) func whatComesInIsLedPast(isNested: Bool) throws {
        let zeros = DenseSettings(units: .count(2), kernelInitializer: .zeros)
        let examples = ExampleTables(
            inputs: .dense(.holding([1, -2, 0.5, 3], columns: 2)), targets: .values(.holding([0, 0, 0, 0], columns: 2)))
        let programs = try makePrograms(
            [.init("a", isNested ? Self.block(Self.block(zeros)) : Self.block(zeros))], .dense([2]),
            loss: LossSettings(kind: .meanSquaredError), examples: examples)
        let use = try programs.evaluation(batch: 2)
        use.run(rows: [0, 1])
        #expect(Array(use.scores) == [1, -2, 0.5, 3].map { isNested ? 2 * $0 : $0 })
    }

    /// A channel of an image is 0 as a whole, or divided by the share that is kept; over many images the mean stays.
    @Test func spatialDropoutDropsWholeChannels() throws {
        let (images, cells, channels) = (200, 6, 8)
        let width = cells * channels
        let examples = ExampleTables(
            inputs: .dense(.holding([Float](repeating: 0, count: images), columns: 1)),
            targets: .values(.holding([Float](repeating: 0, count: images * width), columns: width)))
        let ones = DenseSettings(units: .count(width), kernelInitializer: .zeros, biasInitializer: .constant(1))
        let programs = try makePrograms(
            [
                .init("a", ones), .init("b", ReshapeSettings([2, 3, channels])), .init("c", SpatialDropout2DSettings(rate: 0.25)),
                .init("d", FlattenSettings()),
            ], .dense([1]), loss: LossSettings(kind: .meanSquaredError), examples: examples)
        let step = try programs.trainingStep(batch: images)
        step.run(rows: (0..<Int32(images)).map { $0 })
        let numbers = Array(step.scores)
        for image in 0..<images {
            for channel in 0..<channels {
                let found = Set((0..<cells).map { numbers[(image * cells + $0) * channels + channel] })
                #expect(found == [0] || found == [1 / 0.75])
            }
        }
        #expect(abs(numbers.reduce(0, +) / Float(numbers.count) - 1) < 0.05)
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
