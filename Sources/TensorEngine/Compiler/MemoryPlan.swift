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
