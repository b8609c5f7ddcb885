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

    @Test func noClaimsNeedNoMemory() { #expect(MemoryPlan([]).byteCount == 0) }
}
