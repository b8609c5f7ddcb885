import TensorEngine
import TestSupport
import Testing

/// A parameter is one value by its path; a name that nobody has declared is an error.
@Suite struct ParameterTests {
    /// mean of (x W Wᵀ W)², where each use of W asks for it anew.
    private func sharing() throws -> (graph: Graph, weights: Value, loss: Value, point: Interpreter) {
        var graph = Graph()
        let x = try graph.parameter("x", [5, 3])
        let first = try graph.product(x, graph.parameter("w", [3, 4]))
        let second = try graph.tanh(graph.product(first, graph.parameter("w", [3, 4]), transposeB: true))
        let third = try graph.product(second, graph.parameter("w", [3, 4]))
        let loss = try graph.mean(graph.square(third))
        var numbers = SeededNumbers(seed: 4)
        let point = Interpreter(parameters: ["x": numbers.numbers(15, in: -1...1), "w": numbers.numbers(12, in: -1...1)])
        return (graph, try graph.parameter("w", [3, 4]), loss, point)
    }

    @Test func askingTwiceGivesOneValue() throws {
        var graph = Graph()
        let first = try graph.parameter("w", [3, 4])
        #expect(try graph.parameter("w", [3, 4]) == first)
        #expect(try graph.parameter("v", [3, 4]) != first)
        #expect(try graph.batchRows(4) == graph.batchRows(4))
        #expect(graph.nodes.count == 3)
    }

    @Test func theGradientOfASharedParameterIsTheSumOverItsUses() throws {
        let (graph, weights, loss, point) = try sharing()
        let check = try GradientCheck(of: loss, for: [weights], in: graph, at: point)
        #expect(check.errors.count == 1 && check.worst < 1e-7)
    }

    @Test(arguments: [false, true])
    func aStepMovesASharedParameterByTheWholeGradient(fusing: Bool) throws {
        var (graph, weights, loss, point) = try sharing()
        let gradient = try graph.gradients(of: loss, for: [weights])[0]
        try graph.update(weights, with: gradient, by: gradientDescent())
        let expected = try paired(point.parameters["w"] ?? [], point.values(of: graph)[gradient.index].elements).map { $0 - 0.5 * $1 }
        let store = ParameterStore()
        let optimizer = OptimizerState(learningRate: 0.5)
        _ = try compiledOutputs(of: graph, [loss], at: point, fusing: fusing, store: store, optimizer: optimizer)
        #expect(relativeError(try store.elements("w", [3, 4]).map(Double.init), expected) < 1e-6)
    }

    @Test func anotherShapeIsAnError() throws {
        var graph = Graph()
        _ = try graph.parameter("w", [3, 4])
        _ = try graph.batchRows(4)
        #expect(throws: ShapeError(operation: "parameter w", shapes: [[4, 3]], expected: "[3, 4], as where it was used before")) {
            try graph.parameter("w", [4, 3])
        }
        #expect(throws: ShapeError(operation: "batch rows", shapes: [[5]], expected: "[4], as where they were used before")) {
            try graph.batchRows(5)
        }
        let store = ParameterStore()
        try store.declare("w", [4, 3])
        #expect(throws: ShapeError(operation: "parameter w", shapes: [[3, 4]], expected: "[4, 3], as it was declared")) {
            try Program.compile(graph, outputs: [], parameters: store)
        }
    }

    @Test func aNameThatNobodyHasDeclaredIsAnError() throws {
        var graph = Graph()
        let output = try graph.square(graph.parameter("w", [3]))
        let store = ParameterStore()
        try store.declare("v", [3])
        let unknown = ShapeError(operation: "parameter w", shapes: [[3]], expected: "a name that was declared in the store")
        #expect(throws: unknown) { try Program.compile(graph, outputs: [output], parameters: store) }
        #expect(throws: unknown) { try store.elements("w", [3]) }
        #expect(throws: ShapeError.self) { try store.elements("w/mean_square", [3]) }
    }

    @Test func declaringAgainKeepsWhatIsThere() throws {
        let store = ParameterStore()
        #expect(try Array(store.declare("w", [3], initial: 2)) == [2, 2, 2])
        #expect(try Array(store.declare("w", [3], initial: 7)) == [2, 2, 2])
        #expect(throws: ShapeError.self) { try store.declare("w", [4]) }
    }

    @Test func whatIsForgottenLivesAsLongAsItsPrograms() throws {
        var (graph, weights, loss, point) = try sharing()
        try graph.update(weights, with: graph.gradients(of: loss, for: [weights])[0], by: rmsprop())
        let store = ParameterStore()
        let optimizer = OptimizerState(learningRate: 0.1)
        try load(point, into: store, for: graph)
        let program = try Program.compile(graph, outputs: [loss], parameters: store, optimizer: optimizer)
        program.run()
        #expect(try store.elements("w/mean_square", [3, 4]).contains { $0 > 0 })
        store.keep(only: ["w"])
        #expect(throws: ShapeError.self) { try store.elements("w/mean_square", [3, 4]) }
        #expect(throws: ShapeError.self) { try store.elements("x", [5, 3]) }
        let before = Array(try store.elements("w", [3, 4]))
        program.run()
        #expect(try Array(store.elements("w", [3, 4])) != before)
    }

    /// What is read from a file may be cut short, or name what is not there: nothing is written beside its place.
    @Test func tensorsFillTheirPlaces() throws {
        let store = ParameterStore()
        try store.declare("w", [2, 3], initial: 1)
        let words = [UInt32](repeating: 7, count: 6)
        try store.restore([StoredTensor(path: "w", shape: [2, 3], words: words)])
        #expect(try store.tensors() == [StoredTensor(path: "w", shape: [2, 3], words: words)])
        for (path, shape, count) in [("w", [2, 3] as Shape, 5), ("w", [2, 3], 600), ("w", [3, 2], 6), ("v", [2, 3], 6)] {
            let tensor = StoredTensor(path: path, shape: shape, words: [UInt32](repeating: 0, count: count))
            #expect(throws: ShapeError.self) { try store.restore([tensor]) }
        }
        #expect(throws: ShapeError.self) { try store.tensors(at: ["w", "v"]) }
        #expect(try store.tensors().map(\.words) == [words])
    }

    @Test func onlyParametersChange() throws {
        var graph = Graph()
        let w = try graph.parameter("w", [3])
        let y = try graph.square(w)
        #expect(throws: ShapeError(operation: "update", shapes: [[3]], expected: "a parameter, not the result of an operation")) {
            try graph.update(y, with: w, by: gradientDescent())
        }
    }
}
