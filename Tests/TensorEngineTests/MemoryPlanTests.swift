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

    /// What a convolution leaves and pooling alone reads has room for one image; what somebody else reads, too, has room for all.
    @Test(arguments: [true, false])
    func whatIsReadInTurnsHasRoomForOneImage(isReadLater: Bool) throws {
        var graph = Graph()
        let images = try graph.reshape(
            graph.gather(.holding([Float](repeating: 1, count: 100), columns: 100), graph.batchRows(8)), to: [8, 10, 10, 1])
        let filtered = try graph.tanh(graph.convolution2D(images, graph.parameter("k", [3, 3, 1, 4]), window: Window(size: [3, 3])))
        let pooled = try graph.maxPooling2D(filtered, window: Window(size: [2, 2], strides: [2, 2]))
        let outputs = [pooled] + (isReadLater ? [try graph.mean(graph.square(filtered))] : [])
        let groups = Fusion(graph, kept: Set(outputs.map(\.index))).groups(fusing: true)
        let plan = MemoryPlan(groups, of: graph, outputs: outputs)
        #expect(plan.oneImage == (isReadLater ? [] : [filtered.index]))
    }

    /// The values of a program lie in the room of a larger one on its store; a tail beyond its end counts.
    @Test func programsOfOneStoreShareTheirRoom() throws {
        let store = ParameterStore()
        let programs = try [1000, 1008, 1016, 8].map { count in
            var graph = Graph()
            let ones = try graph.broadcast(graph.constant(1), to: [count])
            return try Program.compile(graph, outputs: [ones], parameters: store)
        }
        // All of them live, so that no room stands where another one was.
        let places = programs.map { $0.output(0).baseAddress }
        #expect(places[0] == places[1] && places[1] != places[2] && places[2] == places[3])
        withExtendedLifetime(programs) {}
    }

    @Test func noClaimsNeedNoMemory() { #expect(MemoryPlan([]).byteCount == 0) }
}
