/// Whether probabilities are met: examples by what probability they were given, in bins of equal width, (0, 0.1], (0.1, 0.2], … with 0 in the first, and how many of each bin
/// came true.
public struct CalibrationBins: Hashable, Sendable {
    /// One bin.
    public struct Bin: Hashable, Sendable {
        /// Examples whose probability lies in it.
        public fileprivate(set) var examples = 0
        /// Those of them for which it came true.
        public fileprivate(set) var hits = 0
        fileprivate var sum = 0.0

        /// The mean probability; not a number where there is no example.
        public var mean: Double { sum / Double(examples) }
        /// The share that came true.
        public var share: Double { Double(hits) / Double(examples) }
    }

    /// From low to high probabilities.
    public private(set) var bins: [Bin]
    /// All examples.
    public private(set) var examples = 0

    /// No example yet.
    public init(count: Int = 10) { bins = [Bin](repeating: Bin(), count: max(count, 1)) }

    /// Counts an example; one whose probability is none is left out.
    public mutating func add(probability: Double, isTrue: Bool) {
        guard (0...1).contains(probability) else { return }
        let place = (1..<bins.count).first { probability <= Double($0) / Double(bins.count) } ?? bins.count
        bins[place - 1].examples += 1
        bins[place - 1].sum += probability
        if isTrue { bins[place - 1].hits += 1 }
        examples += 1
    }

    /// Counts all examples of another.
    public mutating func add(_ other: CalibrationBins) {
        for (place, bin) in other.bins.enumerated() where bins.indices.contains(place) {
            bins[place].examples += bin.examples
            bins[place].hits += bin.hits
            bins[place].sum += bin.sum
        }
        examples += other.examples
    }

    /// Expected calibration error: the distance of each bin's share from its mean probability, the mean over the examples.
    public var expectedError: Double {
        bins.reduce(0) { $0 + ($1.examples > 0 ? Double($1.examples) * abs($1.share - $1.mean) : 0) } / Double(examples)
    }

    /// About what ``expectedError`` comes to by luck alone where every probability is right: Σ √(2 n p (1 - p) / π) over the bins, by the number of examples.
    public var errorByLuck: Double {
        bins.reduce(0) { sum, bin in
            guard bin.examples > 0 else { return sum }
            return sum + (2 * Double(bin.examples) * bin.mean * (1 - bin.mean) / .pi).squareRoot()
        } / Double(examples)
    }
}
