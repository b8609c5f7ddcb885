import TensorEngine
import TestSupport
import Testing

/// Products that are computed and finished block by block, and updates from gradients that never lie in memory as a whole.
@Suite struct LargeProductTests {
    struct Sizes: Sendable, CustomTestStringConvertible {
        let batch: Int
        let inputs: Int
        let units: Int

        var testDescription: String { "\(batch) x \(inputs) x \(units)" }
    }

    static let sizes = [
        Sizes(batch: 128, inputs: 64, units: 1100), Sizes(batch: 128, inputs: 1100, units: 64), Sizes(batch: 7, inputs: 300, units: 700),
        Sizes(batch: 128, inputs: 512, units: 512), Sizes(batch: 33, inputs: 257, units: 1025), Sizes(batch: 256, inputs: 46, units: 2048),
        Sizes(batch: 128, inputs: 2048, units: 46), Sizes(batch: 128, inputs: 64, units: 4096), Sizes(batch: 1, inputs: 1000, units: 1000),
        Sizes(batch: 40, inputs: 37, units: 2048),
    ]

    /// Two layers, so that gradients go through the second product's transpose to the first.
    @Test(arguments: sizes, [false, true])
    func aStepOfTwoLayers(sizes: Sizes, fusing: Bool) throws {
        var numbers = SeededNumbers(seed: sizes.units)
        var graph = Graph()
        let shapes: [(String, Shape)] = [
            ("w", [sizes.inputs, sizes.units]), ("b", [sizes.units]), ("v", [sizes.units, 3]), ("x", [sizes.batch, sizes.inputs]),
        ]
        var point = Interpreter()
        for (path, shape) in shapes {
            let size = path == "x" ? 1 : 1 / Double(shape.rows).squareRoot()
            point.parameters[path] = numbers.numbers(shape.count, in: -size...size)
        }
        let parameters = try shapes.map { try graph.parameter($0.0, $0.1) }
        // Nothing is learned of x; the product gives it a gradient all the same.
        let x = try graph.tanh(parameters[3])
        let hidden = try graph.tanh(graph.add(graph.product(x, parameters[0]), parameters[1]))
        let loss = try graph.mean(graph.square(graph.product(hidden, parameters[2])))
        let gradients = try graph.gradients(of: loss, for: parameters)
        for (parameter, gradient) in try paired(parameters, gradients) {
            try graph.update(parameter, with: gradient, by: gradientDescent())
        }

        let values = try point.values(of: graph)
        let store = ParameterStore()
        let optimizer = OptimizerState(learningRate: 100)
        let found = try compiledOutputs(of: graph, [hidden, loss], at: point, fusing: fusing, store: store, optimizer: optimizer)
        #expect(relativeError(found[0], values[hidden.index].elements) < 1e-6)
        #expect(relativeError(found[1], values[loss.index].elements) < 1e-5)
        for (place, (path, shape)) in shapes.enumerated() {
            let start = try #require(point.parameters[path])
            let expected = try paired(start, values[gradients[place].index].elements).map { $0 - 100 * $1 }
            #expect(relativeError(try store.elements(path, shape).map(Double.init), expected) < 1e-6, "\(path)")
        }
    }
}
