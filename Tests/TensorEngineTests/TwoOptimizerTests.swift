import TensorEngine
import TestSupport
import Testing

/// Programs that make steps of several optimizers, and that go on with what they have changed.
@Suite struct TwoOptimizerTests {
    /// mean (x w)² of a matrix, and then, by the w that a step of this loss has left, mean (x w + v)², on which v follows: as one program and as two.
    private func graph(then isOne: Bool, in graph: inout Graph) throws -> [Value] {
        let x = try graph.parameter("x", [4, 3])
        let w = try graph.parameter("w", [3, 5])
        let first = try graph.mean(graph.square(graph.product(x, w)))
        try graph.update(w, with: graph.gradients(of: first, for: [w])[0], by: gradientDescent())
        guard isOne else { return [first] }
        graph.afterUpdates()
        graph.optimizer = 1
        return [first] + (try second(in: &graph))
    }

    private func second(in graph: inout Graph) throws -> [Value] {
        let (x, w, v) = (try graph.parameter("x", [4, 3]), try graph.parameter("w", [3, 5]), try graph.parameter("v", [5]))
        let loss = try graph.mean(graph.square(graph.add(graph.product(x, w), v)))
        try graph.update(v, with: graph.gradients(of: loss, for: [v])[0], by: gradientDescent())
        return [loss]
    }

    private func store() throws -> ParameterStore {
        var numbers = SeededNumbers(seed: 8)
        let store = ParameterStore()
        for (path, shape) in [("x", [4, 3]), ("w", [3, 5]), ("v", [5])] as [(String, Shape)] {
            _ = try store.declare(path, shape).update(fromContentsOf: numbers.numbers(shape.count, in: -1...1).map(Float.init))
        }
        return store
    }

    @Test(arguments: [true, false])
    func whatFollowsUpdatesReadsTheChangedParameters(fusing: Bool) throws {
        let (one, two) = (try store(), try store())
        let optimizers = (OptimizerState(learningRate: 0.5), OptimizerState(learningRate: 0.25))
        var whole = Graph()
        let outputs = try graph(then: true, in: &whole)
        let program = try Program.compile(
            whole, outputs: outputs, parameters: one, optimizer: optimizers.0, others: [optimizers.1], fusing: fusing)
        let apart = (OptimizerState(learningRate: 0.5), OptimizerState(learningRate: 0.25))
        var (first, last) = (Graph(), Graph())
        let ofFirst = try graph(then: false, in: &first)
        let ofLast = try second(in: &last)
        let stepped = try Program.compile(first, outputs: ofFirst, parameters: two, optimizer: apart.0, fusing: fusing)
        let followed = try Program.compile(last, outputs: ofLast, parameters: two, optimizer: apart.1, fusing: fusing)
        for _ in 0..<3 {
            program.run()
            stepped.run()
            #expect(program.output(0)[0] == stepped.output(0)[0])
            followed.run()
            #expect(program.output(1)[0] == followed.output(0)[0])
        }
        for (path, shape) in [("w", [3, 5]), ("v", [5])] as [(String, Shape)] {
            #expect(Array(try one.elements(path, shape)) == Array(try two.elements(path, shape)))
        }
        #expect(optimizers.0.iteration == 3 && optimizers.1.iteration == 3)
    }

    @Test func aProgramWithoutTheOptimizerIsAnError() throws {
        var whole = Graph()
        let outputs = try graph(then: true, in: &whole)
        #expect(throws: ShapeError(operation: "optimizer 2", shapes: [], expected: "a program that is compiled for as many")) {
            try Program.compile(whole, outputs: outputs, parameters: store())
        }
    }

    @Test func suppliedNumbersAreReadWhenTheProgramRuns() throws {
        let room = NumberRoom([2, 3])
        var graph = Graph()
        let sum = try graph.sum(graph.numbers(in: room))
        let program = try Program.compile(graph, outputs: [sum], parameters: ParameterStore())
        for numbers in [[1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0.5]] as [[Float]] {
            _ = room.elements.update(fromContentsOf: numbers)
            program.run()
            #expect(program.output(0)[0] == numbers.reduce(0, +))
        }
    }
}
