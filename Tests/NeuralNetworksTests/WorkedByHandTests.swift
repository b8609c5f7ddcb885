import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// What study notes work out by hand about networks: counts of parameters, penalties, dropout, deep products.
@Suite struct WorkedByHandTests {
    /// Dense(4 relu) on 2 inputs, Dense(3 relu), Dense(1): 12 + 15 + 4 numbers, with activations inside or as layers of their own.
    @Test func countsOfParameters() throws {
        let inside = try Network([dense("a", 4, .relu), dense("b", 3, .relu), dense("c", 1)], input: .dense([2]))
        let relu = ActivationSettings(.relu)
        let apart = try Network(
            [dense("a", 4), .init("a2", relu), dense("b", 3), .init("b2", relu), dense("c", 1)], input: .dense([2]))
        #expect(inside.parameterCount == 31 && apart.parameterCount == 31)
        #expect(apart.shapes == [[4], [4], [3], [3], [1]])
        let wide = try Network([dense("a", 153, .sigmoid), dense("b", 21, .sigmoid)], input: .dense([10]))
        #expect(wide.parameterCount == 10 * 153 + 153 + 153 * 21 + 21)
    }

    /// λ / (2 m) Σ w² adds λ / m · w to the gradient: one step of plain descent from a loss that is 0 takes η λ / m of each weight.
    @Test func aPenaltyShrinksTheWeights() throws {
        let (lambda, examples, rate) = (0.7, 4, 0.1)
        let layer = DenseSettings(
            units: .count(2), useBias: false, kernelRegularizer: PenaltySettings(l2: lambda / Double(2 * examples)))
        let rows = ExampleTables(
            inputs: .dense(.holding([Float](repeating: 0, count: 3 * examples), columns: 3)),
            targets: .values(.holding([Float](repeating: 0, count: 2 * examples), columns: 2)))
        let model = try makePrograms(
            [.init("w", layer)], .dense([3]), loss: LossSettings(kind: .meanSquaredError),
            optimizer: .sgd(SGDSettings(learningRate: .constant(rate))), examples: rows)
        let weights: [Float] = [1, -2, 3, 0.5, 0, 4]
        _ = try model.store.elements("w/kernel", [3, 2]).update(fromContentsOf: weights)
        let step = try model.trainingStep(batch: examples)
        step.run(rows: [0, 1, 2, 3])
        let squares = weights.reduce(0) { $0 + Double($1 * $1) }
        #expect(abs(Double(step.loss) - lambda / Double(2 * examples) * squares) < 1e-5)
        for (before, after) in try paired(weights, try model.store.elements("w/kernel", [3, 2])) {
            #expect(abs(Double(after) - Double(before) * (1 - rate * lambda / Double(examples))) < 1e-6)
        }
    }

    /// Kept with probability 0.8, what is kept is divided by 0.8: the mean stays, and use needs no factor.
    @Test func invertedDropout() throws {
        let count = 20_000
        let ones = [Float](repeating: 1, count: count)
        let rows = ExampleTables(inputs: .dense(.holding(ones, columns: 1)), targets: .values(.holding(ones, columns: 1)))
        let model = try makePrograms(
            [.init("d", DropoutSettings(rate: 0.2))], .dense([1]), loss: LossSettings(kind: .meanSquaredError), examples: rows, seed: 3)
        let numbers = (0..<Int32(count)).map { $0 }
        let step = try model.trainingStep(batch: count)
        step.run(rows: numbers)
        let kept = step.scores.count { $0 != 0 }
        #expect(step.scores.allSatisfy { $0 == 0 || $0 == 1.25 })
        #expect(abs(Double(kept) / Double(count) - 0.8) < 5 * (0.16 / Double(count)).squareRoot())
        let use = try model.evaluation(batch: count)
        use.run(rows: numbers)
        #expect(use.scores.allSatisfy { $0 == 1 })
    }

    /// Fifty layers with weights a little above or below 1 make a 1 explode or vanish.
    @Test(arguments: [(1.5, 6.376215e8), (0.5, 8.881784e-16), (1, 1)])
    func deepProducts(weight: Double, expected: Double) throws {
        let layer = DenseSettings(units: .count(1), useBias: false, kernelInitializer: .constant(weight))
        let layers = (0..<50).map { Network.NamedLayer("l\($0)", layer) }
        let rows = ExampleTables(inputs: .dense(.holding([1], columns: 1)), targets: .values(.holding([0], columns: 1)))
        let model = try makePrograms(layers, .dense([1]), loss: LossSettings(kind: .meanAbsoluteError), examples: rows)
        let use = try model.evaluation(batch: 1)
        use.run(rows: [0])
        #expect(abs(Double(use.scores[0]) - expected) < 1e-5 * expected)
    }
}
