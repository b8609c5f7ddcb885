import TensorEngine

/// A small generator for tests (SplitMix64): the same seed gives the same numbers.
public struct SeededNumbers: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that starts at `seed`.
    public init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// A number between the bounds that 32 bits hold exactly.
    public mutating func number(in range: ClosedRange<Double>) -> Double { Double(Float(Double.random(in: range, using: &self))) }

    /// Numbers between the bounds.
    public mutating func numbers(_ count: Int, in range: ClosedRange<Double>) -> [Double] { (0..<count).map { _ in number(in: range) } }

    /// Numbers of both signs whose magnitude lies between the bounds.
    public mutating func signedNumbers(_ count: Int, magnitude: ClosedRange<Double>) -> [Double] {
        (0..<count).map { _ in number(in: magnitude) * (Bool.random(using: &self) ? 1 : -1) }
    }

    /// A number of either sign for each column that the rows name.
    public mutating func values(for rows: [[Int32]]) -> [Float] {
        signedNumbers(rows.reduce(0) { $0 + $1.count }, magnitude: 0.1...2).map(Float.init)
    }

    /// Multi-hot rows of up to `longest` columns, ascending and without repeats.
    public mutating func sparseRows(_ count: Int, columns: Int, longest: Int) -> [[Int32]] {
        (0..<count).map { _ in
            let length = Int.random(in: 0...min(longest, columns), using: &self)
            return Array((0..<Int32(columns)).shuffled(using: &self).prefix(length)).sorted()
        }
    }
}
