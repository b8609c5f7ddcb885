import CVector
import RandomNumbers

/// Goes through the first `count` words of the stream of `key` at an epoch and a step, eight at a time, with the place of the first of them; the last eight may go
/// on beyond the end.
@inline(__always)
func forEachDrawn(count: Int, key: SIMD2<UInt32>, epoch: Int = 0, step: Int, _ body: (SIMD8<UInt32>, Int) -> Void) {
    var block: UInt64 = 0
    for place in stride(from: 0, to: count, by: 32) {
        let words = Philox.eightBlocks(
            start: block, third: UInt32(truncatingIfNeeded: epoch), fourth: UInt32(truncatingIfNeeded: step), key: key)
        body(words.0, place)
        if place + 8 < count { body(words.1, place + 8) }
        if place + 16 < count { body(words.2, place + 16) }
        if place + 24 < count { body(words.3, place + 24) }
        block &+= 8
    }
}

/// Writes `count` numbers: number i is what `body` makes of the i-th word of the stream of `key` at a step.
@inline(__always)
func writeDrawn(
    _ result: UnsafeMutablePointer<Float>, count: Int, key: SIMD2<UInt32>, step: Int, _ body: (SIMD8<UInt32>) -> SIMD8<Float>
) {
    forEachDrawn(count: count, key: key, step: step) { words, place in
        if place + 8 <= count {
            UnsafeMutableRawPointer(result + place).storeBytes(of: body(words), as: SIMD8<Float>.self)
        } else {
            let values = body(words)
            for lane in 0..<count - place { result[place + lane] = values[lane] }
        }
    }
}

/// The upper 24 bits of sixteen words as numbers in [0, 1).
@inline(__always)
private func unit(_ low: SIMD8<UInt32>, _ high: SIMD8<UInt32>) -> Vector {
    let bits = SIMD16<UInt32>(lowHalf: low, highHalf: high) &>> SIMD16(repeating: 8)
    return Vector(SIMD16<Int32>(truncatingIfNeeded: bits)) * Vector(repeating: 0x1p-24)
}

/// Goes through `count` numbers of the standard normal distribution, sixteen at a time, with the place of the first of them; the last sixteen may go on beyond the end.
///
/// They come from thirty-two words at a time of the stream of `key` at an epoch and a step: the upper 24 bits of the first sixteen give u, those of the others v, both
/// in [0, 1), and the numbers are √(-2 ln(1 - u)) cos 2πv, sixteen of them, then as many with the sine.
/// Source: Box and Muller, *A note on the generation of random normal deviates* (1958).
@inline(__always)
func forEachNormal(count: Int, key: SIMD2<UInt32>, epoch: Int = 0, step: Int, _ body: (Vector, Int) -> Void) {
    var block: UInt64 = 0
    for place in stride(from: 0, to: count, by: 2 * lanes) {
        let words = Philox.eightBlocks(
            start: block, third: UInt32(truncatingIfNeeded: epoch), fourth: UInt32(truncatingIfNeeded: step), key: key)
        let radius = cvector_sqrt(Vector(repeating: -2) * logarithm(Vector(repeating: 1) - unit(words.0, words.1)))
        let (cosine, sine) = turned(unit(words.2, words.3))
        body(radius * cosine, place)
        if place + lanes < count { body(radius * sine, place + lanes) }
        block &+= 8
    }
}

/// Writes `count` numbers of the standard normal distribution, as ``forEachNormal(count:key:epoch:step:_:)`` draws them.
func writeNormal(_ result: UnsafeMutablePointer<Float>, count: Int, key: SIMD2<UInt32>, epoch: Int = 0, step: Int) {
    forEachNormal(count: count, key: key, epoch: epoch, step: step) { values, place in
        if place + lanes <= count {
            store(values, to: result + place)
        } else {
            for lane in 0..<count - place { result[place + lane] = values[lane] }
        }
    }
}
