import Foundation
import TensorEngine
import TestSupport
import Testing

/// The examples that the notes work by hand.
@Suite struct WorkedExampleTests {
    /// p = x + y, g = p z at x = 1, y = 3, z = -3.
    @Test func aSmallGraphWithItsGradients() throws {
        var graph = Graph()
        let (x, y, z) = (try graph.parameter("x", []), try graph.parameter("y", []), try graph.parameter("z", []))
        let p = try graph.add(x, y)
        let g = try graph.multiply(p, z)
        let gradients = try graph.gradients(of: g, for: [p, z, x, y])
        let point = Interpreter(parameters: ["x": [1], "y": [3], "z": [-3]])
        let expected: [[Double]] = [[4], [-12], [-3], [4], [-3], [-3]]
        #expect(try compiledOutputs(of: graph, [p, g] + gradients, at: point, fusing: true) == expected)
        let values = try point.values(of: graph)
        #expect(([p, g] + gradients).map { values[$0.index].elements } == expected)
    }

    /// What is handed down is 2: addition hands it on to both, the maximum to the larger, the product swaps.
    @Test(arguments: [("add", [2.0, 2]), ("maximum", [0, 2]), ("product", [2 * 5, 2 * 4])] as [(String, [Double])])
    func gates(gate: String, expected: [Double]) throws {
        var graph = Graph()
        let (a, b) = (try graph.parameter("a", []), try graph.parameter("b", []))
        let out =
            switch gate {
            case "add": try graph.add(a, b)
            case "maximum": try graph.maximum(a, b)
            default: try graph.multiply(a, b)
            }
        let gradients = try graph.gradients(of: graph.scale(out, by: 2), for: [a, b])
        let found = try compiledOutputs(
            of: graph, gradients, at: Interpreter(parameters: ["a": [4], "b": [5]]), fusing: true)
        #expect(found.map { $0[0] } == expected)
    }

    /// Accounts and children in, transactions out.
    private func transactions(_ inputs: [Float], _ activation: (inout Graph, Value) throws -> Value) throws -> [Double] {
        var graph = Graph()
        let rows = inputs.count / 2
        let x = try graph.gather(.holding(inputs, columns: 2), graph.batchRows(rows))
        let hidden = try activation(&graph, graph.product(x, graph.parameter("hidden", [2, 2])))
        let output = try graph.product(hidden, graph.parameter("output", [2, 1]))
        let point = Interpreter(parameters: ["hidden": [3, 1, 3, 5], "output": [2, -1]], rows: Array(0..<rows))
        return try compiledOutputs(of: graph, [output], at: point, fusing: true)[0]
    }

    @Test func theForwardPassWithRelu() throws {
        #expect(try transactions([-1, 2]) { graph, x in try graph.relu(x) } == [-3])
    }

    /// 2 tanh 3 - tanh 9 = .9901; the notes print tanh 3, because they drop a bracket.
    @Test func theForwardPassWithTanh() throws {
        let output = try transactions([-1, 2]) { graph, x in try graph.tanh(x) }[0]
        #expect(abs(output - (2 * tanh(3) - tanh(9))) < 1e-6)
        #expect((output * 10_000).rounded() == 9901)
        let misprint = 0.9950547536867305
        #expect(abs(misprint - tanh(3)) < 1e-15)
        #expect(abs(output - misprint) > 0.004)
    }

    @Test func theForwardPassOnManyRows() throws {
        #expect(try transactions([-1, 2, 3, 5, 0, 0, 4, -8]) { graph, x in try graph.relu(x) } == [-3, 20, 0, 0])
    }

    @Test func reluOfFourAndOfMinusTwo() throws {
        var graph = Graph()
        let y = try graph.relu(graph.parameter("x", [2]))
        #expect(try compiledOutputs(of: graph, [y], at: Interpreter(parameters: ["x": [4, -2]]), fusing: true) == [[4, 0]])
    }

    @Test(arguments: 1...5)
    func nodesStandInTopologicalOrder(seed: Int) throws {
        var random = try RandomGraph(seed: seed, batch: 2)
        _ = try random.differentiate()
        for (place, node) in random.graph.nodes.enumerated() {
            #expect(node.output.index == place)
            #expect(node.inputs.allSatisfy { $0.index < place })
        }
    }

    @Test func theRelativeErrorOfTwoGradients() {
        #expect(relativeError([3, 4], [3, 4]) == 0)
        #expect(relativeError([0, 0], [0, 0]) == 0)
        #expect(relativeError([3, 4], [0, 0]) == 1)
        #expect(abs(relativeError([3, 0], [0, 4]) - 5.0 / 7) < 1e-15)
    }

    /// The check must be able to fail: on the kink of a relu its rule gives 0, the central difference 1/2.
    @Test func aGradientThatIsNotThereIsFound() throws {
        var graph = Graph()
        let x = try graph.parameter("x", [3])
        let loss = try graph.sum(graph.relu(x))
        func worst(_ values: [Double]) throws -> Double {
            try GradientCheck(of: loss, for: [x], in: graph, at: Interpreter(parameters: ["x": values])).worst
        }
        #expect(try worst([1, -2, 3]) < 1e-9)
        #expect(try worst([1, 0, 3]) > 0.1)
    }

    /// N scores from a 32 × 32 × 3 image: W is N × 3072; softmax by exponentials, loss -log p.
    @Test func linearScoresOfAnImage() throws {
        var numbers = SeededNumbers(seed: 8)
        var graph = Graph()
        let image = FloatTable.holding(numbers.numbers(3072, in: 0...1).map(Float.init), columns: 3072)
        let rows = try graph.batchRows(1)
        let weights = try graph.parameter("W", [10, 3072])
        let scores = try graph.product(graph.gather(image, rows), weights, transposeB: true)
        let loss = try graph.softmaxCrossEntropy(logits: scores, labels: graph.gather(.holding([3]), rows))
        let probabilities = try graph.softmax(scores)
        let point = Interpreter(parameters: ["W": numbers.numbers(30_720, in: -0.05...0.05)], rows: [0])
        let found = try compiledOutputs(of: graph, [scores, probabilities, loss], at: point, fusing: true)
        #expect(weights.shape == [10, 3072] && scores.shape == [1, 10])
        let powers = found[0].map { exp($0) }
        let p = powers[3] / powers.reduce(0, +)
        #expect(abs(found[1][3] - p) < 1e-6)
        #expect(abs(found[2][0] + log(p)) < 1e-5)
    }
}
