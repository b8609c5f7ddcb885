#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RandomStream {
    // MARK: - One at a time

    /// A number in [0, 1), a multiple of 2^-53.
    public mutating func uniform() -> Double {
        Double(nextUInt64() >> 11) * 0x1p-53
    }

    /// A number in [0, 1), a multiple of 2^-24. Takes one word.
    public mutating func uniformFloat() -> Float {
        Float(nextUInt32() >> 8) * 0x1p-24
    }

    /// A number from the standard normal distribution (Box and Muller's transformation, whose second number is kept for the next call).
    public mutating func normal() -> Double {
        if let stored = storedNormal {
            storedNormal = nil
            return stored
        }
        let radius = (-2 * log(1 - uniform())).squareRoot()
        let angle = 2 * Double.pi * uniform()
        storedNormal = radius * sin(angle)
        return radius * cos(angle)
    }

    /// A number from the standard normal distribution, drawn again while it is more than two standard deviations from 0, as Keras does.
    public mutating func truncatedNormal() -> Double {
        while true {
            let number = normal()
            if abs(number) <= 2 { return number }
        }
    }

    /// A whole number in `0..<bound`, each as likely as any other; 0 when `bound` is below 2.
    ///
    /// Source: Lemire, "Fast random integer generation in an interval" (2019).
    public mutating func integer(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        if bound <= Int(UInt32.max) {
            let bound = UInt32(bound)
            var product = UInt64(nextUInt32()) * UInt64(bound)
            if UInt32(truncatingIfNeeded: product) < bound {
                let threshold = (0 &- bound) % bound
                while UInt32(truncatingIfNeeded: product) < threshold {
                    product = UInt64(nextUInt32()) * UInt64(bound)
                }
            }
            return Int(product >> 32)
        }
        let wide = UInt64(bound)
        var product = nextUInt64().multipliedFullWidth(by: wide)
        let threshold = (0 &- wide) % wide
        while product.low < threshold {
            product = nextUInt64().multipliedFullWidth(by: wide)
        }
        return Int(product.high)
    }

    // MARK: - Orders

    /// Puts `array` into a random order, each as likely as any other (Fisher and Yates, from the end).
    public mutating func shuffle<Element>(_ array: inout [Element]) {
        guard array.count > 1 else { return }
        for last in stride(from: array.count - 1, through: 1, by: -1) {
            let other = integer(below: last + 1)
            if other != last { array.swapAt(last, other) }
        }
    }

    /// The numbers `0..<count` in a random order.
    public mutating func permutation(of count: Int) -> [Int32] {
        var order = [Int32](unsafeUninitializedCapacity: max(count, 0)) { buffer, initialized in
            for place in 0..<max(count, 0) { buffer.initializeElement(at: place, to: Int32(truncatingIfNeeded: place)) }
            initialized = max(count, 0)
        }
        shuffle(&order)
        return order
    }
}
