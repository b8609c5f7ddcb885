import Documents

/// How the values of a tensor are spread: their counts in thirty intervals of equal width from the least to the greatest, as Keras draws them. Values that
/// are not finite count nowhere.
public struct Histogram: Sendable, Hashable {
    /// Finite values.
    public let count: Int
    /// The least of them.
    public let least: Float
    /// The greatest of them.
    public let greatest: Float
    /// Their sum.
    public let sum: Double
    /// The sum of their squares.
    public let squares: Double
    /// How many lie in each interval; one interval where all values are equal.
    public let counts: [Int]

    private static let intervals = 30

    /// The spread of these values; nil when none is finite.
    public init?(_ values: UnsafeBufferPointer<Float>) {
        var (count, least, greatest, sum, squares) = (0, Float.infinity, -Float.infinity, 0.0, 0.0)
        for value in values where value.isFinite {
            count += 1
            least = value < least ? value : least
            greatest = value > greatest ? value : greatest
            sum += Double(value)
            squares += Double(value) * Double(value)
        }
        guard count > 0 else { return nil }
        var counts = [Int](repeating: 0, count: least < greatest ? Self.intervals : 1)
        let (start, last) = (Double(least), counts.count - 1)
        let scale = least < greatest ? Double(counts.count) / (Double(greatest) - start) : 0
        counts.withUnsafeMutableBufferPointer { counts in
            for value in values where value.isFinite { counts[min(Int((Double(value) - start) * scale), last)] += 1 }
        }
        (self.count, self.least, self.greatest, self.sum, self.squares, self.counts) = (count, least, greatest, sum, squares, counts)
    }

    /// Writes TensorFlow's message `HistogramProto`.
    func write(to message: inout ProtobufWriter) {
        message.double(1, Double(least))
        message.double(2, Double(greatest))
        message.double(3, Double(count))
        message.double(4, sum)
        message.double(5, squares)
        let width = (Double(greatest) - Double(least)) / Double(counts.count)
        message.doubles(6, counts.indices.map { $0 == counts.count - 1 ? Double(greatest) : Double(least) + width * Double($0 + 1) })
        message.doubles(7, counts.map(Double.init))
    }
}
