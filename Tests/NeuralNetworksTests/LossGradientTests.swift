import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// The whole loss of small networks, with what layers add to it, is differentiated as central differences have it, and compiled programs give it, too.
@Suite struct LossGradientTests {
    /// The threshold of the notes.
    static let threshold = 1e-7

    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let layers: [Network.NamedLayer]
        var loss = LossSettings(kind: .meanSquaredError)
        var shape: Shape = [6]
    }

    private static func code(
        _ activation: Activation, _ units: Int = 4, activity: ActivityPenaltySettings? = nil, contractive: Double? = nil
    ) -> Network.NamedLayer {
        .init(
            "code",
            DenseSettings(
                units: .count(units), activation: activation, activityRegularizer: activity, contractiveRegularizer: contractive))
    }

    static let cases: [Case] =
        [Activation.linear, .sigmoid, .tanh, .leakyRelu(), .elu, .selu, .gelu, .silu, .softplus].map { activation in
            Case(
                testDescription: "contractive, \(activation.name)",
                layers: [dense("first", 5, .tanh), code(activation, contractive: 0.3), dense("output", 6)])
        } + [
            Case(testDescription: "contractive, relu", layers: [code(.relu, contractive: 0.3), dense("output", 6)]),
            Case(
                testDescription: "contractive, of a sequence",
                layers: [code(.sigmoid, 3, contractive: 0.3), .init("flatten", FlattenSettings()), dense("output", 6)], shape: [2, 3]),
            Case(testDescription: "activity, l1", layers: [code(.tanh, activity: .init(l1: 0.2)), dense("output", 6)]),
            Case(testDescription: "activity, l2", layers: [code(.gelu, activity: .init(l2: 0.2)), dense("output", 6)]),
            Case(
                testDescription: "activity, kl",
                layers: [code(.sigmoid, activity: .init(sparsity: .init(target: 0.1, weight: 0.7))), dense("output", 6)]),
            Case(
                testDescription: "activity, kl of a softmax",
                layers: [code(.softmax, activity: .init(l1: 0.1, l2: 0.3, sparsity: .init())), dense("output", 6)]),
            Case(
                testDescription: "activity of a convolution",
                layers: [
                    .init("image", ReshapeSettings([2, 3, 1])),
                    .init(
                        "conv",
                        Conv2DSettings(
                            filters: 2, kernelSize: Extent(2, 2), activation: .sigmoid,
                            activityRegularizer: .init(l2: 0.2, sparsity: .init(target: 0.2)))), .init("flatten", FlattenSettings()),
                    dense("output", 6),
                ]),
            Case(
                testDescription: "variational",
                layers: [dense("first", 5, .tanh), .init("code", VariationalSettings(units: 2)), dense("output", 6, .sigmoid)],
                loss: LossSettings(kind: .binaryCrossentropy, sumsOutputs: true)),
            Case(
                testDescription: "variational, of a sequence",
                layers: [
                    .init("code", VariationalSettings(units: 2, divergenceWeight: 0.3)), .init("flatten", FlattenSettings()),
                    dense("output", 6),
                ], loss: LossSettings(kind: .huber, sumsOutputs: true), shape: [2, 3]),
            Case(
                testDescription: "tied",
                layers: [
                    dense("first", 5, .tanh), dense("code", 3, .tanh),
                    .init("back", DenseTransposedSettings(of: "code", activation: .tanh)),
                    .init("output", DenseTransposedSettings(of: "first", activation: .sigmoid)),
                ]),
            Case(
                testDescription: "noise",
                layers: [
                    .init("noise", GaussianNoiseSettings(deviation: 0.5, clip: -0.5...0.75)),
                    .init("mask", MaskingNoiseSettings(rate: 0.3)),
                    dense("first", 5, .tanh), .init("inner", GaussianNoiseSettings(deviation: 0.3, clip: -0.5...0.5)), dense("output", 6),
                ]),
        ]

    @Test(arguments: cases, [true, false])
    func gradientsAgreeWithCentralDifferences(_ network: Case, isTraining: Bool) throws {
        var numbers = SeededNumbers(seed: 5)
        let rows = 3
        let examples = ExampleTables(
            inputs: .dense(.holding(numbers.numbers(rows * 6, in: -1...1).map(Float.init), columns: 6)),
            targets: .values(.holding(numbers.numbers(rows * 6, in: 0...1).map(Float.init), columns: 6)))
        let programs = try makePrograms(network.layers, .dense(network.shape), loss: network.loss, examples: examples)
        let built = try programs.built(batch: rows, isTraining: isTraining)
        var point = Interpreter(rows: Array(0..<rows))
        point.step = 1
        for parameter in built.trained {
            let drawn = numbers.numbers(parameter.shape.count, in: -0.7...0.7).map(Float.init)
            _ = try programs.store.elements(parameter.path, parameter.shape).update(fromContentsOf: drawn)
            point.parameters[parameter.path] = drawn.map(Double.init)
        }
        let check = try GradientCheck(of: built.loss, for: built.trained.map(\.value), in: built.graph, at: point)
        #expect(check.errors.count == built.trained.count)
        for (path, error) in check.errors { #expect(error < Self.threshold, "\(path): \(error)") }
        let expected = try point.values(of: built.graph)[built.loss.index].elements[0]
        let program = try isTraining ? programs.trainingStep(batch: rows) : programs.evaluation(batch: rows)
        program.run(rows: (0..<Int32(rows)).map(\.self))
        #expect(abs(Double(program.loss) - expected) < 2e-6 * max(1, abs(expected)))
    }
}
