import RandomNumbers

/// Writes `count` numbers: number i is what `body` makes of the i-th word of the stream of `key` at an epoch and a step.
@inline(__always)
func writeDrawn(
    _ result: UnsafeMutablePointer<Float>, count: Int, key: SIMD2<UInt32>, epoch: UInt32 = 0, step: Int,
    _ body: (SIMD8<UInt32>) -> SIMD8<Float>
) {
    func write(_ words: SIMD8<UInt32>, at place: Int) {
        if place + 8 <= count {
            UnsafeMutableRawPointer(result + place).storeBytes(of: body(words), as: SIMD8<Float>.self)
        } else if place < count {
            let values = body(words)
            for lane in 0..<count - place { result[place + lane] = values[lane] }
        }
    }
    let step = UInt32(truncatingIfNeeded: step)
    var block: UInt64 = 0
    for place in stride(from: 0, to: count, by: 32) {
        let words = Philox.eightBlocks(start: block, third: epoch, fourth: step, key: key)
        write(words.0, at: place)
        write(words.1, at: place + 8)
        write(words.2, at: place + 16)
        write(words.3, at: place + 24)
        block &+= 8
    }
}
