import AllocationCounter
import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// A step of a convolutional or recurrent network allocates nothing and frees nothing, in training and in evaluation. Builds without optimization allocate for
/// closures of kernels.
@Suite(.enabled(if: isOptimized)) struct AllocationTests {
    private static let files = ["convolutions.json", "convolution_kinds.json", "sequences.json", "normalization.json"]

    @Test(arguments: try files.flatMap { try Fixture.cases($0) })
    func smallSteps(_ fixture: Fixture) throws {
        for fusing in [false, true] {
            let programs = try makePrograms(
                fixture.makeLayers(), fixture.exampleInput(isMultiHot: false), loss: fixture.loss.make(),
                optimizer: fixture.makeOptimizer(),
                clipping: fixture.clipping, examples: fixture.makeTables(), fusing: fusing)
            try expectNoAllocations(programs, rows: fixture.rows(ofStep: 0))
        }
    }

    private static let classes = DenseSettings(units: .count(3), activation: .softmax)

    /// Networks of usual sizes, by what an example is.
    private static let large: [(name: String, input: ExampleInput, layers: [any Layer])] = [
        (
            "convolutions", .dense([20, 20, 1]),
            [
                Conv2DSettings(filters: 32, kernelSize: Extent(3, 3), activation: .relu), MaxPooling2DSettings(),
                Conv2DSettings(filters: 64, kernelSize: Extent(3, 3), activation: .relu), MaxPooling2DSettings(), FlattenSettings(),
                DropoutSettings(rate: 0.5), classes,
            ]
        ),
        (
            "convolution along steps", .tokens(length: 40, vocabulary: 500),
            [
                EmbeddingSettings(outputDim: 32), Conv1DSettings(filters: 32, kernelSize: 5), SpatialDropout1DSettings(rate: 0.1),
                GlobalMaxPooling1DSettings(), classes,
            ]
        ),
        (
            "long short-term memory", .tokens(length: 40, vocabulary: 500),
            [EmbeddingSettings(outputDim: 32, maskZero: true), LSTMSettings(recurrent(dropout: 0.2)), classes]
        ),
        (
            "gated units", .tokens(length: 40, vocabulary: 500),
            [EmbeddingSettings(outputDim: 32), GRUSettings(recurrent(dropout: 0.2)), classes]
        ),
        (
            "both ways", .tokens(length: 40, vocabulary: 60),
            [OneHotSettings(), BidirectionalSettings(SimpleRNNSettings(recurrent(dropout: 0))), classes]
        ),
    ]

    private static func recurrent(dropout: Double) -> RecurrentSettings {
        var settings = RecurrentSettings(units: 48)
        (settings.dropout, settings.recurrentDropout) = (dropout, dropout)
        return settings
    }

    @Test(arguments: large.indices)
    func largeSteps(index: Int) throws {
        let (_, input, layers) = Self.large[index]
        let (count, width) = (64, input.shape.count)
        let inputs: ExampleTables.Inputs =
            if case .tokens(_, let vocabulary) = input {
                .tokens(.holding((0..<count * width).map { Int32($0 * 37 % vocabulary) }, length: width), vocabulary: vocabulary)
            } else {
                .dense(.holding((0..<count * width).map { Float($0 * 37 % 101) / 101 }, columns: width))
            }
        let examples = ExampleTables(inputs: inputs, targets: .labels(.holding((0..<count).map { Int32($0 % 3) }), classes: 3))
        let named = layers.enumerated().map { Network.NamedLayer("layer_\($0.offset + 1)", $0.element) }
        let programs = try makePrograms(
            named, input, loss: LossSettings(kind: .sparseCategoricalCrossentropy), optimizer: .adam(AdamSettings()), examples: examples)
        try expectNoAllocations(programs, rows: (0..<Int32(count)).map { $0 })
    }

    private func expectNoAllocations(_ programs: SupervisedPrograms, rows: [Int32]) throws {
        for program in try [programs.trainingStep(batch: rows.count), programs.evaluation(batch: rows.count)] {
            rows.withUnsafeBufferPointer { rows in
                guard let first = rows.baseAddress else { return }
                program.run(rows: first)
                let before = allocation_count()
                for _ in 0..<3 { program.run(rows: first) }
                #expect(allocation_count() == before)
            }
        }
    }
}

#if DEBUG
private let isOptimized = false
#else
private let isOptimized = true
#endif
