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

    @Test(arguments: [false, true], [1, 7, 128])
    func trainingSteps(fusing: Bool, batch: Int) throws {
        prepareThreadForPrograms()
        var random = try RandomGraph(seed: 3, batch: batch)
        _ = try random.update(by: RMSprop())
        let store = ParameterStore()
        try load(random.point, into: store, for: random.graph)
        let program = try Program.compile(random.graph, outputs: [random.loss], parameters: store, fusing: fusing)
        let rows = random.point.rows.map { Int32($0) }
        rows.withUnsafeBufferPointer { rows in
            guard let first = rows.baseAddress else { return }
            program.run(rows: first)
            let counted = allocations { for _ in 0..<100 { program.run(rows: first) } }
            #expect(counted == 0)
        }
    }
}
