import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine
import TestSupport
import Testing

/// The distributions of first values, and which streams they come from.
@Suite struct InitializerTests {
    static let shape: Shape = [300, 200]

    private func values(_ initializer: Initializer, seed: Int = 1, path: String = "a/kernel") -> [Double] {
        var elements = [Float](repeating: .nan, count: Self.shape.count)
        elements.withUnsafeMutableBufferPointer {
            initializer.fill($0, shape: Self.shape, from: RandomStream(seed: seed, stream: .`init`, path: path))
        }
        return elements.map(Double.init)
    }

    static let distributions: [(initializer: Initializer, mean: Double, variance: Double, bound: Double)] = [
        (.uniform(low: -0.05, high: 0.05), 0, 0.01 / 12, 0.05),
        (.uniform(low: 1, high: 3), 2, 4.0 / 12, 3),
        (.normal(mean: 0.5, standardDeviation: 0.01), 0.5, 0.0001, 0.56),
        (.glorotUniform, 0, 2.0 / 500, (6.0 / 500).squareRoot()),
        (.glorotNormal, 0, 2.0 / 500, 2 * (2.0 / 500).squareRoot() / 0.8796),
        (.heUniform, 0, 2.0 / 300, (6.0 / 300).squareRoot()),
        (.heNormal, 0, 2.0 / 300, 2 * (2.0 / 300).squareRoot() / 0.8796),
        (.lecunUniform, 0, 1.0 / 300, (3.0 / 300).squareRoot()),
        (.lecunNormal, 0, 1.0 / 300, 2 * (1.0 / 300).squareRoot() / 0.8796),
        (.fanInNormal(gain: 1), 0, 1.0 / 300, 6 * (1.0 / 300).squareRoot()),
        (.fanInNormal(gain: 2), 0, 2.0 / 300, 6 * (2.0 / 300).squareRoot()),
    ]

    @Test(arguments: distributions.indices, 1...3)
    func meanVarianceAndBounds(index: Int, seed: Int) {
        let (initializer, mean, variance, bound) = Self.distributions[index]
        let values = values(initializer, seed: seed)
        let count = Double(values.count)
        let found = values.reduce(0, +) / count
        let spread = values.reduce(0) { $0 + ($1 - found) * ($1 - found) } / count
        // Five standard errors; the variance of a sample variance is at most that of a normal distribution, 2 σ⁴ / n.
        #expect(abs(found - mean) < 5 * (variance / count).squareRoot(), "mean \(found)")
        #expect(abs(spread - variance) < 5 * variance * (2 / count).squareRoot(), "variance \(spread)")
        #expect(values.allSatisfy { abs($0) <= bound * 1.0001 })
        #expect((values.max() ?? 0) > mean + 0.9 * (bound - mean) || bound == 0.56 || bound > 5 * variance.squareRoot())
    }

    @Test func zerosAndConstants() {
        #expect(values(.zeros).allSatisfy { $0 == 0 })
        #expect(values(.constant(1)).allSatisfy { $0 == 1 })
    }

    @Test func aSeedAndAPathGiveTheSameValuesAndOthersOthers() {
        #expect(values(.glorotUniform) == values(.glorotUniform))
        #expect(values(.glorotUniform) != values(.glorotUniform, seed: 2))
        #expect(values(.glorotUniform) != values(.glorotUniform, path: "b/kernel"))
    }

    /// The kernels of a network by path.
    private func weights(_ layers: [Network.NamedLayer]) throws -> [String: [Float]] {
        let network = try Network(layers, input: .dense([7]))
        let store = ParameterStore()
        try network.initialize(store, seed: 3)
        var weights: [String: [Float]] = [:]
        for parameter in network.parameters { weights[parameter.path] = Array(try store.elements(parameter.path, parameter.shape)) }
        return weights
    }

    @Test func anotherWidthLeavesTheOtherLayersAsTheyWere() throws {
        func network(middle: Int) throws -> [String: [Float]] {
            try weights([
                dense("first", 5), dense("middle", middle, .linear, .normal(mean: 0, standardDeviation: 1)),
                dense("last", 3, .linear, .normal(mean: 0, standardDeviation: 1)),
            ])
        }
        let (narrow, wide) = (try network(middle: 4), try network(middle: 9))
        #expect(narrow["first/kernel"] == wide["first/kernel"])
        let (small, large) = (try #require(narrow["last/kernel"]), try #require(wide["last/kernel"]))
        #expect(small.count == 12 && large.count == 27)
        #expect(Array(large.prefix(12)) == small, "a stream begins alike whatever it fills")
    }

    @Test func layersBeforeItDoNotChangeTheOutput() throws {
        let shallow = try weights([dense("layer_1", 6), dense("output", 2)])
        let deep = try weights([dense("layer_1", 4), dense("layer_2", 6), dense("output", 2)])
        #expect(shallow["output/kernel"] == deep["output/kernel"])
    }

    /// Zeros everywhere: symmetry is never broken, all units of a layer stay equal.
    @Test func unitsThatBeginAtZeroStayEqual() throws {
        for initializer in [Initializer.zeros, .constant(0.25)] {
            let model = try makeModel(hidden: initializer)
            let step = try model.trainingStep(batch: 4)
            for _ in 0..<20 { step.run(rows: [0, 1, 2, 3]) }
            let kernel = try model.store.elements("hidden/kernel", [2, 5])
            for input in 0..<2 {
                for unit in 1..<5 { #expect(kernel[input * 5 + unit] == kernel[input * 5]) }
            }
        }
        let model = try makeModel(hidden: .glorotUniform)
        let kernel = try model.store.elements("hidden/kernel", [2, 5])
        #expect(kernel[0] != kernel[1])
    }

    private func makeModel(hidden: Initializer) throws -> SupervisedPrograms {
        let tables = ExampleTables(
            inputs: .dense(.holding([0, 0, 0, 1, 1, 0, 1, 1], columns: 2)), targets: .values(.holding([0, 1, 1, 0], columns: 1)))
        return try makePrograms(
            [dense("hidden", 5, .tanh, hidden), dense("output", 1, .sigmoid, hidden)], .dense([2]),
            loss: LossSettings(kind: .binaryCrossentropy), optimizer: .sgd(SGDSettings(learningRate: 0.5)), examples: tables)
    }
}
