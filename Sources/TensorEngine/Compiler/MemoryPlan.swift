/// Places values in one arena by lifetime: two values may share bytes when the last reader of one runs before the writer of the other.
package struct MemoryPlan {
    /// A value's claim: from the place of the group that writes it to the place of the last that reads it.
    package struct Claim: Sendable {
        package let value: Int
        package let bytes: Int
        package let first: Int
        package var last: Int

        package init(value: Int, bytes: Int, first: Int, last: Int) {
            self.value = value
            self.bytes = bytes
            self.first = first
            self.last = last
        }
    }

    /// Where each value begins.
    package private(set) var offsets: [Int: Int] = [:]
    /// The values of which an image at a time has room: nobody reads them but those that take turns with their writer.
    package private(set) var oneImage: Set<Int> = []
    /// The size of the arena.
    package private(set) var byteCount = 0

    /// Places the largest claims first, each at the lowest place that is free throughout its life.
    package init(_ claims: [Claim]) {
        var placed: [(claim: Claim, offset: Int, size: Int)] = []
        for claim in claims.sorted(by: { ($1.bytes, $0.value) < ($0.bytes, $1.value) }) {
            // The arena's alignment and padding, a cache line, holds for each value.
            let size = max((claim.bytes + 63) & ~63, 64)
            var offset = 0
            for other in placed.filter({ $0.claim.first <= claim.last && claim.first <= $0.claim.last }).sorted(by: {
                $0.offset < $1.offset
            }) {
                if offset + size <= other.offset { break }
                offset = max(offset, other.offset + other.size)
            }
            placed.append((claim, offset, size))
            offsets[claim.value] = offset
            byteCount = max(byteCount, offset + size)
        }
    }
}

extension MemoryPlan {
    /// Places what the groups leave. A group that is the last to read a value that it may overwrite, of as many bytes, writes where it stands.
    package init(_ groups: [FusedGroup], of graph: Graph, outputs: [Value]) {
        var lastReaders: [Int: Int] = [:]
        for (place, group) in groups.enumerated() { for value in group.reads { lastReaders[value] = place } }
        for output in outputs { lastReaders[output.index] = groups.count }

        let oneImage = Self.readInTurns(groups, outputs: outputs)
        func bytes(_ value: Int) -> Int {
            let shape = graph.nodes[value].output.shape
            return (oneImage.contains(value) ? shape.count / shape.dimensions[0] : shape.count) * 4
        }
        var claims: [Int: Claim] = [:]
        // By value, the first that stood at its place.
        var holders: [Int: Int] = [:]
        for (place, group) in groups.enumerated() {
            for value in group.results {
                let last = lastReaders[value] ?? place
                let left = group.overwritable.first { holders[$0] != nil && lastReaders[$0] == place && bytes($0) == bytes(value) }
                if let left, let holder = holders[left] {
                    claims[holder]?.last = last
                    holders[value] = holder
                } else {
                    claims[value] = Claim(value: value, bytes: bytes(value), first: place, last: last)
                    holders[value] = value
                }
            }
        }
        self.init(Array(claims.values))
        offsets = holders.compactMapValues { offsets[$0] }
        self.oneImage = oneImage
    }

    /// The values that one group of turns leaves and reads image by image, and that no other group, and nobody afterwards, reads.
    private static func readInTurns(_ groups: [FusedGroup], outputs: [Value]) -> Set<Int> {
        var found: Set<Int> = []
        for (place, group) in groups.enumerated() {
            guard case .turns(let turns, _, let byImage) = group.body else { continue }
            let read = Set(turns.flatMap(\.reads))
            found.formUnion(
                byImage.filter { value in
                    read.contains(value) && !outputs.contains { $0.index == value }
                        && !groups.indices.contains { $0 != place && groups[$0].reads.contains(value) }
                })
        }
        return found
    }
}
