import TensorEngine
import TestSupport
import Testing

/// Which nodes run as one kernel, and that what cannot be fused takes the plain path to the same numbers.
@Suite struct FusionTests {
    /// x W, squared and summed, where W follows its gradient; `table` gives the rows of x, sparse or dense.
    private struct Network {
        var graph = Graph()
        let weights: Value
        let loss: Value
        let gradient: Value

        init(sparse: Bool, rule: any UpdateRule, readGradient: Bool = false) throws {
            let rows = try graph.batchRows(3)
            weights = try graph.parameter("w", [4, 5])
            let product: Value
            if sparse {
                product = try graph.sparseProduct(.holding([[0, 1], [], [1, 3]], columns: 4), rows, weights)
            } else {
                product = try graph.product(graph.gather(.holding((0..<12).map { Float($0) / 7 - 1 }, columns: 4), rows), weights)
            }
            let error = try graph.sum(graph.square(product))
            gradient = try graph.gradients(of: error, for: [weights])[0]
            loss = readGradient ? try graph.add(error, graph.sum(graph.square(gradient))) : error
            try graph.update(weights, with: gradient, by: rule)
        }

        /// Whether the update takes its gradient in, as it is computed.
        func isFused(keepingGradient: Bool = false, fusing: Bool = true) -> Bool {
            let kept = Set([loss.index] + (keepingGradient ? [gradient.index] : []))
            return Fusion(graph, kept: kept).groups(fusing: fusing).contains {
                if case .fusedUpdate = $0.body { true } else { false }
            }
        }
    }

    @Test(arguments: [false, true])
    func anUpdateTakesInAGradientThatNobodyElseReads(sparse: Bool) throws {
        #expect(try Network(sparse: sparse, rule: gradientDescent()).isFused())
        #expect(try Network(sparse: sparse, rule: rmsprop()).isFused())
        #expect(try !Network(sparse: sparse, rule: rmsprop()).isFused(keepingGradient: true))
        #expect(try !Network(sparse: sparse, rule: rmsprop(), readGradient: true).isFused())
        #expect(try !Network(sparse: sparse, rule: rmsprop()).isFused(fusing: false))
    }

    @Test(arguments: [adam(), gradientDescent(momentum: 0.9), rmsprop(momentum: 0.9), rmsprop(centered: true)] as [any UpdateRule])
    func aSparseUpdateIsFusedOnlyWhereIdleRowsStay(rule: any UpdateRule) throws {
        #expect(rule.idle == .moves)
        #expect(try !Network(sparse: true, rule: rule).isFused())
        #expect(try Network(sparse: false, rule: rule).isFused())
    }

    @Test(arguments: [false, true])
    func aGradientThatIsKeptIsTheSame(sparse: Bool) throws {
        var seen: [[Double]] = []
        for keeping in [false, true] {
            let network = try Network(sparse: sparse, rule: rmsprop())
            let store = ParameterStore()
            let optimizer = OptimizerState(learningRate: 0.1)
            let point = Interpreter(parameters: ["w": (0..<20).map { Double(Float($0) / 11 - 1) }], rows: [0, 2, 2])
            let outputs = [network.loss] + (keeping ? [network.gradient] : [])
            _ = try compiledOutputs(of: network.graph, outputs, at: point, fusing: true, store: store, optimizer: optimizer)
            seen.append(try store.elements("w", [4, 5]).map(Double.init))
        }
        #expect(relativeError(seen[0], seen[1]) < 1e-6)
    }

    /// The gradient of each factor reads the other: neither may be changed before both are known.
    @Test(arguments: [false, true])
    func parametersWhoseGradientsReadEachOtherChangeTogether(fusing: Bool) throws {
        var graph = Graph()
        let (a, b) = (try graph.parameter("a", [3, 4]), try graph.parameter("b", [4, 2]))
        let loss = try graph.sum(graph.square(graph.product(a, b)))
        let gradients = try graph.gradients(of: loss, for: [a, b])
        for (parameter, gradient) in try paired([a, b], gradients) { try graph.update(parameter, with: gradient, by: gradientDescent()) }
        var numbers = SeededNumbers(seed: 1)
        let point = Interpreter(parameters: ["a": numbers.numbers(12, in: -1...1), "b": numbers.numbers(8, in: -1...1)])
        let values = try point.values(of: graph)
        let store = ParameterStore()
        let optimizer = OptimizerState(learningRate: 0.1)
        _ = try compiledOutputs(of: graph, [loss], at: point, fusing: fusing, store: store, optimizer: optimizer)
        for (place, (path, shape)) in [("a", [3, 4] as Shape), ("b", [4, 2])].enumerated() {
            let start = try #require(point.parameters[path])
            let expected = try paired(start, values[gradients[place].index].elements).map { $0 - 0.1 * $1 }
            #expect(relativeError(try store.elements(path, shape).map(Double.init), expected) < 1e-6, "\(path)")
        }
    }

    @Test func elementwiseNodesAndTheProductBeforeThemAreOneKernel() throws {
        var graph = Graph()
        let x = try graph.gather(.holding([1, 2, 3, 4], columns: 2), graph.batchRows(2))
        let y = try graph.relu(graph.add(graph.product(x, graph.parameter("w", [2, 3])), graph.parameter("b", [3])))
        let store = try ParameterStore.zeros(for: graph)
        #expect(try Program.compile(graph, outputs: [y], parameters: store).kernelCount == 2)
        #expect(try Program.compile(graph, outputs: [y], parameters: store, fusing: false).kernelCount == 4)
    }

    /// The gradient of a bias behind a relu: the columns of a product that was finished.
    @Test(arguments: [1, 40, 600])
    func sumsOfColumnsFollowTheProductThatIsFinished(units: Int) throws {
        var graph = Graph()
        let (x, w) = (try graph.parameter("x", [130, 20]), try graph.parameter("w", [20, units]))
        let y = try graph.relu(graph.product(x, w))
        let sums = try graph.add(SumRows(), [y])
        var numbers = SeededNumbers(seed: units)
        let point = Interpreter(parameters: ["x": numbers.numbers(2600, in: -1...1), "w": numbers.numbers(20 * units, in: -1...1)])
        let values = try point.values(of: graph)
        for (fusing, kernels) in [(true, 1), (false, 3)] {
            let program = try Program.compile(graph, outputs: [y, sums], parameters: .zeros(for: graph), fusing: fusing)
            #expect(program.kernelCount == kernels)
            let found = try compiledOutputs(of: graph, [y, sums], at: point, fusing: fusing)
            #expect(relativeError(found[1], values[sums.index].elements) < 1e-6)
        }
    }

    @Test func whatNobodyNeedsIsNotComputed() throws {
        var graph = Graph()
        let x = try graph.parameter("x", [4])
        let y = try graph.square(x)
        _ = try graph.sum(graph.softmax(x))
        #expect(try Program.compile(graph, outputs: [y], parameters: .zeros(for: graph)).kernelCount == 1)
    }
}
