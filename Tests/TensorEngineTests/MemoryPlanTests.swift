import TensorEngine
import TestSupport
import Testing

/// Values share bytes only when they do not live at the same time.
@Suite struct MemoryPlanTests {
    @Test(arguments: 1...50)
    func liveValuesDoNotOverlap(seed: Int) {
        var numbers = SeededNumbers(seed: seed)
        let claims = (0..<60).map { value in
            let first = Int.random(in: 0..<40, using: &numbers)
            let bytes = Int.random(in: 0...5, using: &numbers) == 0 ? 0 : 4 * Int.random(in: 1...1000, using: &numbers)
            return MemoryPlan.Claim(value: value, bytes: bytes, first: first, last: first + Int.random(in: 0...12, using: &numbers))
        }
        let plan = MemoryPlan(claims)
        let places = claims.map { claim in
            let start = plan.offsets[claim.value] ?? -1
            return (claim: claim, start: start, end: start + max((claim.bytes + 63) / 64 * 64, 64))
        }
        for a in places {
            #expect(a.start >= 0 && a.start % 64 == 0 && a.end <= plan.byteCount)
            for b in places where a.claim.value < b.claim.value {
                let bothLive = a.claim.first <= b.claim.last && b.claim.first <= a.claim.last
                if bothLive { #expect(a.end <= b.start || b.end <= a.start, "\(a.claim) and \(b.claim)") }
            }
        }
        let sum = places.reduce(0) { $0 + $1.end - $1.start }
        #expect(plan.byteCount < sum, "nothing is shared")
    }

    /// Rows of 64 numbers, gathered and then worked on element by element.
    private func memory(_ build: (inout Graph, Value) throws -> [Value]) throws -> (bytes: Int, offsets: [Int?]) {
        var graph = Graph()
        let x = try graph.gather(.holding([Float](repeating: 1, count: 64), columns: 64), graph.batchRows(4))
        let values = try build(&graph, x)
        let groups = Fusion(graph, kept: [values[values.count - 1].index]).groups(fusing: false)
        let plan = MemoryPlan(groups, of: graph, outputs: [values[values.count - 1]])
        return (plan.byteCount, ([x] + values).map { plan.offsets[$0.index] })
    }

    @Test func theLastReaderOfAValueWritesWhereItStands() throws {
        let chain = try memory { graph, x in
            let y = try graph.tanh(x)
            let z = try graph.reshape(y, to: [64, 4])
            return [y, z, try graph.square(z)]
        }
        #expect(chain.bytes == 1024 && chain.offsets == [0, 0, 0, 0])
    }

    @Test func whatIsReadLaterStays() throws {
        let read = try memory { graph, x in
            let y = try graph.tanh(x)
            return [y, try graph.add(graph.square(y), x)]
        }
        #expect(read.bytes == 2048)
        // A row under the result is read again for the next row.
        let row = try memory { graph, x in
            let sums = try graph.add(SumRows(), [x])
            return [sums, try graph.broadcast(sums, to: [1000, 64])]
        }
        #expect(row.bytes == 1000 * 256 + 256)
    }

    @Test func noClaimsNeedNoMemory() { #expect(MemoryPlan([]).byteCount == 0) }
}
