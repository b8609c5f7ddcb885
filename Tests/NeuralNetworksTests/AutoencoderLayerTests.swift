import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// What the layers of autoencoders do in training and in use, and what they declare.
@Suite struct AutoencoderLayerTests {
    private static func examples(_ rows: Int, _ columns: Int, _ number: Float = 0.5) -> ExampleTables {
        let numbers = [Float](repeating: number, count: rows * columns)
        return ExampleTables(inputs: .dense(.holding(numbers, columns: columns)), targets: .values(.holding(numbers, columns: columns)))
    }

    /// What a layer gives for numbers that are all 0.5, at two steps of training and in use.
    private static func outputs(_ layer: any Layer, seed: Int = 1) throws -> (steps: [[Float]], use: [Float]) {
        let half = DenseSettings(units: .count(400), kernelInitializer: .zeros, biasInitializer: .constant(0.5))
        let programs = try makePrograms(
            [.init("half", half), .init("a", layer)], .dense([1]), loss: LossSettings(kind: .meanSquaredError),
            optimizer: .sgd(SGDSettings(learningRate: .constant(0))),
            examples: ExampleTables(
                inputs: .dense(.holding([Float](repeating: 1, count: 50), columns: 1)), targets: examples(50, 400).targets), seed: seed)
        let rows = (0..<Int32(50)).map(\.self)
        let step = try programs.trainingStep(batch: 50)
        let steps = (0..<2).map { _ in
            step.run(rows: rows)
            return Array(step.scores)
        }
        let use = try programs.evaluation(batch: 50)
        use.run(rows: rows)
        return (steps, Array(use.scores))
    }

    @Test func noiseIsNormalAndOfTrainingAlone() throws {
        let (steps, use) = try Self.outputs(GaussianNoiseSettings(deviation: 0.3))
        #expect(use.allSatisfy { $0 == 0.5 })
        #expect(steps[0] != steps[1])
        let drawn: [Double] = steps.flatMap { $0.map { (Double($0) - 0.5) / 0.3 } }
        let count = Double(drawn.count)
        func moment(_ power: Int) -> Double {
            var sum = 0.0
            for x in drawn { sum += (0..<power).reduce(1.0) { product, _ in product * x } }
            return sum / count
        }
        for (power, expected, tolerance) in [(1, 0.0, 0.02), (2, 1, 0.03), (3, 0, 0.06), (4, 3, 0.2)] {
            #expect(abs(moment(power) - expected) < tolerance, "moment \(power)")
        }
        let above = Double(drawn.count { $0 > 1.959964 })
        #expect(abs(above / count - 0.025) < 0.004)
        // Neighbours, and what lies sixteen places apart, have nothing to do with each other.
        for distance in [1, 16, 400] {
            let products: [Double] = zip(drawn, drawn.dropFirst(distance)).map { $0 * $1 }
            #expect(abs(products.reduce(0, +) / count) < 0.02)
        }
        #expect(try Self.outputs(GaussianNoiseSettings(deviation: 0.3)).steps == steps)
        #expect(try Self.outputs(GaussianNoiseSettings(deviation: 0.3), seed: 2).steps != steps)
    }

    @Test func noiseMayBeHeldBetweenBounds() throws {
        let (steps, use) = try Self.outputs(GaussianNoiseSettings(deviation: 0.5, clip: 0...1))
        let free = try Self.outputs(GaussianNoiseSettings(deviation: 0.5)).steps
        #expect(steps.flatMap(\.self) == free.flatMap { $0.map { min(max($0, 0), 1) } })
        #expect(use.allSatisfy { $0 == 0.5 })
    }

    @Test func masksLeaveTheOtherNumbersAsTheyAre() throws {
        let (steps, use) = try Self.outputs(MaskingNoiseSettings(rate: 0.3))
        #expect(use.allSatisfy { $0 == 0.5 } && steps[0] != steps[1])
        #expect(Set(steps[0]) == [0, 0.5])
        #expect(abs(Double(steps[0].count { $0 == 0 }) / 20_000 - 0.3) < 0.02)
        #expect(try Self.outputs(MaskingNoiseSettings(rate: 0)).steps.joined().allSatisfy { $0 == 0.5 })
    }

    /// Two heads whose kernels are 0: the bias of the mean and that of the log variance say what is drawn.
    @Test func aCodeIsDrawnInTrainingAndItsMeanInUse() throws {
        let layer = VariationalSettings(units: 400, kernelInitializer: .zeros)
        let programs = try makePrograms(
            [.init("a", layer)], .dense([400]), loss: LossSettings(kind: .meanSquaredError),
            optimizer: .sgd(SGDSettings(learningRate: .constant(0))),
            examples: Self.examples(50, 400))
        #expect(
            programs.network.parameters.map(\.path) == ["a/mean_kernel", "a/mean_bias", "a/log_variance_kernel", "a/log_variance_bias"])
        try programs.store.elements("a/mean_bias", [400]).update(repeating: 0.25)
        try programs.store.elements("a/log_variance_bias", [400]).update(repeating: -1)
        let rows = (0..<Int32(50)).map(\.self)
        let step = try programs.trainingStep(batch: 50)
        step.run(rows: rows)
        let drawn = step.scores.map { Double($0) }
        let mean: Double = drawn.reduce(0, +) / 20_000
        let squares: [Double] = drawn.map { ($0 - mean) * ($0 - mean) }
        let variance: Double = squares.reduce(0, +) / 20_000
        #expect(abs(mean - 0.25) < 0.02)
        #expect(abs(variance - 0.36788) < 0.02)
        let use = try programs.evaluation(batch: 50)
        use.run(rows: rows)
        #expect(use.scores.allSatisfy { $0 == 0.25 })
        // (0.25 - 0.5)², and for each of 400 numbers (m² + e^l - l - 1) / 2.
        let expected: Double = 0.0625 + 200 * (0.0625 + 0.36788)
        #expect(abs(Double(use.loss) - expected) < 1e-3)
    }

    @Test func aKernelThatIsUsedTwiceIsOneTensor() throws {
        let network = try Network(
            [
                dense("a", 5, .tanh), dense("b", 3), .init("c", DenseTransposedSettings(of: "b")),
                .init("d", DenseTransposedSettings(of: "a")),
            ],
            input: .dense([7]))
        #expect(network.parameters.map(\.path) == ["a/kernel", "a/bias", "b/kernel", "b/bias", "c/bias", "d/bias"])
        #expect(network.parameterCount == 7 * 5 + 5 + 5 * 3 + 3 + 5 + 7)
        #expect(network.shapes.map(\.dimensions) == [[5], [3], [5], [7]])
    }

    @Test(arguments: [
        (DenseTransposedSettings(of: "x"), "dense_transposed of [5]: expected an earlier dense layer \"x\""),
        (DenseTransposedSettings(of: "b"), "dense_transposed of [5]: expected 3 numbers, what \"b\" gives"),
    ])
    func kernelsThatDoNotFitAreTold(layer: DenseTransposedSettings, message: String) {
        let problem = #expect(throws: LayerProblem.self) {
            try Network([dense("a", 7), dense("b", 3), dense("c", 5), .init("d", layer)], input: .dense([4]))
        }
        #expect(problem?.error.description == message)
    }

    /// What a frozen layer at the front adds to the loss, or lends to a layer behind it, keeps it there.
    @Test func frozenLayersStayWhereTheyAreNeeded() throws {
        func end(_ first: any Layer, _ last: any Layer) throws -> Int? {
            try Network([.init("a", first, isFrozen: true), .init("b", last)], input: .dense([4])).dividedBehindFrozen()?.front.layers.count
        }
        let plain = DenseSettings(units: .count(4), activation: .tanh)
        #expect(try end(plain, DenseSettings(units: .count(4))) == 1)
        #expect(try end(plain, DenseTransposedSettings(of: "a")) == nil)
        #expect(
            try end(
                DenseSettings(units: .count(4), activation: .tanh, activityRegularizer: .init(l1: 1)), DenseSettings(units: .count(4)))
                == nil)
        #expect(try end(DenseSettings(units: .count(4), contractiveRegularizer: 1), DenseSettings(units: .count(4))) == nil)
        #expect(try end(VariationalSettings(units: 4), DenseSettings(units: .count(4))) == nil)
    }

    /// ‖∂y/∂x‖² by hand: for y = tanh(w x) of one number, (1 - y²)² w².
    @Test func aContractivePenaltyIsTheSquaredSlope() throws {
        let layer = DenseSettings(
            units: .count(1), activation: .tanh, useBias: false, kernelInitializer: .constant(2), contractiveRegularizer: 3)
        let programs = try makePrograms(
            [.init("a", layer)], .dense([1]), loss: LossSettings(kind: .meanSquaredError),
            examples: ExampleTables(
                inputs: .dense(.holding([0, 0.5], columns: 1)), targets: .values(.holding([0, 0.761_594_2], columns: 1))))
        let use = try programs.evaluation(batch: 2)
        use.run(rows: [0, 1])
        let slope: Double = (1 - 0.761_594_2 * 0.761_594_2) * 2
        let expected: Double = 3 * (4 + slope * slope) / 2
        #expect(abs(Double(use.loss) - expected) < 1e-5)
    }

    /// A loss that sums over outputs is as many times their mean, for all and for each example.
    @Test(arguments: [LossKind.meanSquaredError, .meanAbsoluteError, .huber, .binaryCrossentropy])
    func aSumOverOutputsIsTheirMeanTimesTheirCount(kind: LossKind) throws {
        var numbers = SeededNumbers(seed: 3)
        let examples = ExampleTables(
            inputs: .dense(.holding(numbers.numbers(12, in: -1...1).map(Float.init), columns: 3)),
            targets: .values(.holding(numbers.numbers(20, in: 0...1).map(Float.init), columns: 5)),
            weights: .holding([1, 2, 0.5, 1], columns: 1))
        let losses = try [false, true].map { sums in
            let programs = try makePrograms(
                [dense("a", 5, .sigmoid)], .dense([3]), loss: LossSettings(kind: kind, sumsOutputs: sums), examples: examples)
            return [try programs.evaluation(batch: 4), try programs.trainingStep(batch: 4)].map { program in
                program.run(rows: [0, 1, 2, 3])
                return Double(program.loss)
            }
        }
        for (mean, sum) in zip(losses[0], losses[1]) { #expect(abs(sum - 5 * mean) < 1e-5 * sum) }
    }
}
