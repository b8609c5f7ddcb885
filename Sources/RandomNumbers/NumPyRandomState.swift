/// NumPy's legacy generator, `numpy.random.RandomState(seed)`: the Mersenne Twister MT19937 and the ways in which NumPy draws from it.
///
/// Keras, pandas and scikit-learn split data with it; the same seed gives the same rows here.
///
///     var state = NumPyRandomState(seed: 113)
///     let order = state.permutation(11228)
public struct NumPyRandomState: Sendable {
    private var state: [UInt32]
    private var next: Int

    private static let size = 624
    private static let offset = 397

    /// The state that `RandomState(seed)` starts from. NumPy takes seeds from 0 to 2^32 - 1.
    public init(seed: UInt32) {
        state = [UInt32](repeating: seed, count: Self.size)
        for place in 1..<Self.size {
            let previous = state[place - 1]
            state[place] = 1_812_433_253 &* (previous ^ (previous >> 30)) &+ UInt32(place)
        }
        next = Self.size
    }

    // MARK: - Words

    /// The next 32 random bits.
    public mutating func nextUInt32() -> UInt32 {
        if next == Self.size { twist() }
        var word = state[next]
        next += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9d2c_5680
        word ^= (word << 15) & 0xefc6_0000
        word ^= word >> 18
        return word
    }

    private mutating func twist() {
        for place in 0..<Self.size {
            let joined = (state[place] & 0x8000_0000) | (state[(place + 1) % Self.size] & 0x7fff_ffff)
            state[place] = state[(place + Self.offset) % Self.size] ^ (joined >> 1) ^ (joined & 1 == 0 ? 0 : 0x9908_b0df)
        }
        next = 0
    }

    // MARK: - NumPy's draws

    /// NumPy's `random_interval`: a whole number from 0 to `highest`, drawn with as many bits as `highest` has and again while it is above.
    mutating func interval(through highest: UInt64) -> UInt64 {
        guard highest > 0 else { return 0 }
        let mask = UInt64.max >> UInt64(highest.leadingZeroBitCount)
        while true {
            let bits: UInt64
            if highest <= UInt64(UInt32.max) {
                bits = UInt64(nextUInt32())
            } else {
                let high = UInt64(nextUInt32())
                bits = high << 32 | UInt64(nextUInt32())
            }
            if bits & mask <= highest { return bits & mask }
        }
    }

    /// `shuffle(array)`, in place.
    public mutating func shuffle<Element>(_ array: inout [Element]) {
        guard array.count > 1 else { return }
        for last in stride(from: array.count - 1, through: 1, by: -1) {
            array.swapAt(last, Int(interval(through: UInt64(last))))
        }
    }

    /// `permutation(count)`: the numbers `0..<count`, shuffled.
    public mutating func permutation(_ count: Int) -> [Int32] {
        var order = (0..<max(count, 0)).map { Int32(truncatingIfNeeded: $0) }
        shuffle(&order)
        return order
    }

    /// `choice(count, size, replace=False)`: the first `size` numbers of a permutation.
    public mutating func choice(_ count: Int, size: Int) -> [Int32] {
        Array(permutation(count).prefix(max(size, 0)))
    }
}
