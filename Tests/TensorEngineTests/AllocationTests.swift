import AllocationCounter
import TensorEngine
import TestSupport
import Testing

/// Running a step allocates nothing and frees nothing.
@Suite struct AllocationTests {
    private func allocations(in body: () -> Void) -> Int {
        let before = allocation_count()
        body()
        return Int(allocation_count() - before)
    }

    #if os(Linux)
    @Test func theCounterCounts() {
        let counted = allocations {
            let block = UnsafeMutableRawPointer.allocate(byteCount: 100, alignment: 64)
            block.deallocate()
        }
        #expect(counted == 2)
    }
    #endif

    private func expectNoAllocations(_ program: Program, rows: [Int32]) {
        rows.withUnsafeBufferPointer { rows in
            guard let first = rows.baseAddress else { return }
            program.run(rows: first)
            #expect(allocations { for _ in 0..<1000 { program.run(rows: first) } } == 0)
        }
    }

    @Test(arguments: [false, true], [1, 7])
    func smallTrainingSteps(fusing: Bool, batch: Int) throws {
        var random = try RandomGraph(seed: 3, batch: batch)
        _ = try random.update(by: rmsprop())
        let store = ParameterStore()
        try load(random.point, into: store, for: random.graph)
        let program = try Program.compile(random.graph, outputs: [random.loss], parameters: store, fusing: fusing)
        expectNoAllocations(program, rows: random.point.rows.map { Int32($0) })
    }

    /// Without products of dense matrices, for which the library takes room of its own as soon as they are large.
    @Test(arguments: [false, true])
    func largeTrainingStepsOfAllOtherKernels(fusing: Bool) throws {
        var numbers = SeededNumbers(seed: 1)
        var graph = Graph()
        let rows = try graph.batchRows(128)
        let table = SparseTable.holding(numbers.sparseRows(20, columns: 50, longest: 10), columns: 50)
        let (weights, bias) = (try graph.parameter("w", [50, 300]), try graph.parameter("b", [300]))
        let gamma = try graph.parameter("gamma", [300])
        let x = try graph.relu(graph.add(graph.sparseProduct(table, rows, weights), bias))
        let mean = try graph.meanOfRows(x)
        let normalized = try graph.batchNormalize(
            x, mean: mean, variance: graph.varianceOfRows(x, mean: mean), gamma: gamma, beta: bias, epsilon: 0.001)
        let mask = try graph.dropoutMask(x.shape, rate: 0.5, seed: 1, path: "mask")
        let labels = try graph.gather(LabelTable.holding((0..<20).map { Int32($0) }), rows)
        let loss = try graph.mean(graph.softmaxCrossEntropy(logits: graph.multiply(normalized, mask), labels: labels))
        let parameters = [weights, bias, gamma]
        for (parameter, gradient) in try paired(parameters, try graph.gradients(of: loss, for: parameters)) {
            try graph.update(parameter, with: gradient, by: rmsprop())
        }
        let program = try Program.compile(graph, outputs: [loss], parameters: .zeros(for: graph), fusing: fusing)
        expectNoAllocations(program, rows: (0..<128).map { $0 % 20 })
    }
}
