/// The counter-based generator Philox4x32 with ten rounds: a block of four words is a pure function of a counter and a key.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011); tested on the vectors published with it.
public enum Philox {
    /// Eight 32-bit words, each in a 64-bit lane, so that a product keeps its upper half.
    private typealias Lanes = SIMD8<UInt64>

    /// Four words from a counter of four words and a key of two.
    public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var counter = counter
        var key = key
        for _ in 0..<rounds {
            let first = UInt64(counter[0]) * firstMultiplier
            let second = UInt64(counter[2]) * secondMultiplier
            counter = SIMD4(
                UInt32(truncatingIfNeeded: second >> 32) ^ counter[1] ^ key[0], UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ counter[3] ^ key[1], UInt32(truncatingIfNeeded: first))
            key &+= SIMD2(firstKeyStep, secondKeyStep)
        }
        return counter
    }

    /// Eight blocks beside each other, of counters whose first two words hold `start`, `start + 1`, …, `start + 7`: `words[w][b]` is word `w` of block `b`.
    @inline(__always)
    package static func eightBlocks(
        start: UInt64, third: UInt32, fourth: UInt32, key: SIMD2<UInt32>
    ) -> (SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>, SIMD8<UInt32>) {
        let places = Lanes(repeating: start) &+ Lanes(0, 1, 2, 3, 4, 5, 6, 7)
        var words = (places & low, places &>> 32, Lanes(repeating: UInt64(third)), Lanes(repeating: UInt64(fourth)))
        var key = (key[0], key[1])
        // Ten rounds, written out: in a loop the compiler no longer sees that the upper halves are zero, and multiplies the long way.
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        turn(&words, &key)
        return (
            SIMD8(truncatingIfNeeded: words.0), SIMD8(truncatingIfNeeded: words.1),
            SIMD8(truncatingIfNeeded: words.2), SIMD8(truncatingIfNeeded: words.3)
        )
    }

    @inline(__always)
    private static func turn(_ words: inout (Lanes, Lanes, Lanes, Lanes), _ key: inout (UInt32, UInt32)) {
        let first = (words.0 & low) &* Lanes(repeating: firstMultiplier)
        let second = (words.2 & low) &* Lanes(repeating: secondMultiplier)
        words = (
            (second &>> 32) ^ words.1 ^ Lanes(repeating: UInt64(key.0)), second & low,
            (first &>> 32) ^ words.3 ^ Lanes(repeating: UInt64(key.1)), first & low
        )
        key = (key.0 &+ firstKeyStep, key.1 &+ secondKeyStep)
    }

    @inline(__always)
    private static var low: Lanes { Lanes(repeating: 0xffff_ffff) }

    private static let rounds = 10
    private static let firstMultiplier: UInt64 = 0xd251_1f53
    private static let secondMultiplier: UInt64 = 0xcd9e_8d57
    private static let firstKeyStep: UInt32 = 0x9e37_79b9
    private static let secondKeyStep: UInt32 = 0xbb67_ae85
}
