/// Places values in one arena by lifetime: two values may share bytes when the last reader of one runs before the writer of the other.
struct MemoryPlan {
    /// A value's claim: from the place of the group that writes it to the place of the last that reads it.
    struct Claim {
        let value: Int
        let bytes: Int
        let first: Int
        var last: Int
    }

    /// Where each value begins.
    private(set) var offsets: [Int: Int] = [:]
    /// The size of the arena.
    private(set) var byteCount = 0

    /// Places the largest claims first, each at the lowest place that is free throughout its life.
    init(_ claims: [Claim]) {
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
