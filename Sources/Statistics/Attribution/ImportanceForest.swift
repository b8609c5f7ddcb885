import RandomNumbers

/// Which settings of a random search mattered: a functional analysis of variance on a forest of regression trees (Hutter, Hoos and Leyton-Brown 2014).
///
/// Each tree is grown on points drawn with repetition. Its variance over the whole space, not over the points, is divided among single settings
/// and pairs; means and standard deviations are over trees. A luck that the figures share with no setting ends up in all of them, so a small share is no
/// sign of an effect; the deviation says how far trees disagree, not how far luck may have moved them all.
public struct ImportanceForest: Sendable {
    /// What a setting can be.
    public enum Domain: Hashable, Sendable {
        /// A number, every one as likely: for a logarithmic scale the logarithm.
        case range(ClosedRange<Double>)
        /// One of so many, numbered from 0; at most 64.
        case categories(Int)
    }

    /// A mean over trees and their standard deviation.
    public struct Estimate: Hashable, Sendable {
        /// The mean over trees.
        public let mean: Double
        /// The standard deviation over trees.
        public let deviation: Double
    }

    /// What each setting can be.
    public let domains: [Domain]
    /// The share of the variance that each setting has alone.
    public let shares: [Estimate]
    /// How much of the variance of figures the settings foretell: 1 − Σ(y − f)² / Σ(y − mean)², f the mean of the trees that were grown without the point.
    /// Below 0 where the mean of all foretells better.
    public let outOfBagR2: Double

    private let trees: [RegressionTree]
    private let marginals: [TreeMarginals]
    /// The mean of all figures; trees hold what is above or below it.
    private let middle: Double

    /// Nil unless there are ten points or more, each with a value in its domain for every setting, and finite values that differ.
    ///
    /// - Parameters:
    ///   - points: [point][setting]; categories by number.
    ///   - values: the figure of each point.
    ///   - trees: how many trees; the same points give the same forest.
    public init?(domains: [Domain], points: [[Double]], values: [Double], trees: Int = 64) {
        guard points.count >= 10, points.count == values.count, trees > 1, !domains.isEmpty, values.allSatisfy(\.isFinite),
            values.contains(where: { $0 != values[0] }), domains.allSatisfy(\.isPossible),
            points.allSatisfy({ $0.count == domains.count && zip($0, domains).allSatisfy { $1.contains($0) } })
        else { return nil }
        self.domains = domains
        let categories = domains.map { domain -> Int in
            if case .categories(let count) = domain { return count }
            return 0
        }
        let scaled = points.map { zip(domains, $0).map { $0.scaled($1) } }
        // Around their mean, so that sums of squares lose no digits.
        let middle = Sample(values)?.mean ?? 0
        let centred = values.map { $0 - middle }
        var (sums, counts) = ([Double](repeating: 0, count: points.count), [Int](repeating: 0, count: points.count))
        self.trees = (0..<trees).map { number in
            var stream = RandomStream(seed: number, stream: .resample, path: "forest")
            let rows = points.indices.map { _ in stream.integer(below: points.count) }
            let tree = RegressionTree(points: scaled, values: centred, rows: rows, categories: categories, smallest: 3, stream: &stream)
            for point in Set(points.indices).subtracting(rows).sorted() {
                sums[point] += tree.value(at: scaled[point])
                counts[point] += 1
            }
            return tree
        }
        let asked = points.indices.filter { counts[$0] > 0 }
        let missed = asked.reduce(0.0) {
            $0 + (centred[$1] - sums[$1] / Double(counts[$1])) * (centred[$1] - sums[$1] / Double(counts[$1]))
        }
        let varied = asked.reduce(0.0) { $0 + centred[$1] * centred[$1] }
        outOfBagR2 = varied > 0 ? 1 - missed / varied : 0
        self.middle = middle
        marginals = self.trees.map { TreeMarginals($0, categories: categories) }
        let marginals = marginals
        shares = domains.indices.map { setting in Estimate(marginals.map { $0.shares[setting] }) }
    }

    /// The share of the variance that two settings have together, beyond what each has alone.
    public func share(of a: Int, with b: Int) -> Estimate { Estimate(marginals.map { $0.share(a, b) }) }

    /// The figure to expect at a value of a setting, as a mean over all values of the others.
    public func marginal(of setting: Int, at value: Double) -> Estimate {
        let scaled = domains[setting].scaled(value)
        return Estimate(marginals.map { middle + $0.single[setting][$0.parts[setting].part(of: scaled)] })
    }

    /// The figure to expect at a point.
    public func prediction(at point: [Double]) -> Estimate {
        let scaled = zip(domains, point).map { $0.scaled($1) }
        return Estimate(trees.map { middle + $0.value(at: scaled) })
    }

    // MARK: - The best region

    /// Where the best figures are to be expected.
    public struct Region: Hashable, Sendable {
        /// What a setting is there.
        public enum Part: Hashable, Sendable {
            /// Between these numbers.
            case range(ClosedRange<Double>)
            /// One of these.
            case categories([Int])
        }

        /// A part for each setting; the whole domain where it does not matter.
        public let parts: [Part]
        /// The mean of the figures to expect at the points that it was made from.
        public let mean: Double
    }

    /// The region of the best 5 of 100 points that are drawn over all domains and judged by the forest: for numbers from the 5th to the 95th of 100 of them, for
    /// categories the most frequent that make up 90 of 100. Settings are looked at one at a time: the region is a box around the best points.
    public func bestRegion(higherIsBetter: Bool) -> Region {
        var stream = RandomStream(seed: 0, stream: .resample, path: "region")
        let drawn = (0..<2000).map { _ -> (point: [Double], value: Double) in
            let point = domains.map { domain -> Double in
                if case .categories(let count) = domain { return Double(stream.integer(below: count)) }
                return stream.uniform()
            }
            let sum = trees.reduce(0.0) { $0 + $1.value(at: point) }
            return (point: point, value: sum / Double(trees.count))
        }
        let best = drawn.sorted { higherIsBetter ? $0.value > $1.value : $0.value < $1.value }.prefix(drawn.count / 20)
        let parts = domains.indices.map { setting -> Region.Part in
            let values = best.map { $0.point[setting] }
            switch domains[setting] {
            case .range(let range):
                let sorted = values.sorted()
                let width = range.upperBound - range.lowerBound
                let lower = range.lowerBound + width * sorted[sorted.count / 20]
                return Region.Part.range(lower...max(lower, range.lowerBound + width * sorted[sorted.count - 1 - sorted.count / 20]))
            case .categories(let count):
                let frequencies = (0..<count).map { category in (category, values.count { Int($0) == category }) }
                var (chosen, covered) = ([Int](), 0)
                for (category, frequency) in frequencies.sorted(by: { ($1.1, $0.0) < ($0.1, $1.0) }) where covered * 10 < values.count * 9 {
                    chosen.append(category)
                    covered += frequency
                }
                return .categories(chosen.sorted())
            }
        }
        return Region(parts: parts, mean: middle + best.reduce(0) { $0 + $1.value } / Double(best.count))
    }
}

extension ImportanceForest.Estimate {
    fileprivate init(_ values: [Double]) {
        let sample = Sample(values)
        self.init(mean: sample?.mean ?? .nan, deviation: sample?.standardDeviation ?? 0)
    }
}

extension ImportanceForest.Domain {
    fileprivate var isPossible: Bool {
        switch self {
        case .range(let range): range.upperBound > range.lowerBound && (range.upperBound - range.lowerBound).isFinite
        case .categories(let count): (1...64).contains(count)
        }
    }

    fileprivate func contains(_ value: Double) -> Bool {
        switch self {
        case .range(let range): range.contains(value)
        case .categories(let count): value >= 0 && value < Double(count) && value == value.rounded()
        }
    }

    /// A number to 0 up to below 1, a category as it is.
    fileprivate func scaled(_ value: Double) -> Double {
        switch self {
        case .range(let range): min(max((value - range.lowerBound) / (range.upperBound - range.lowerBound), 0), 1.0.nextDown)
        case .categories(let count): min(max(value.rounded(), 0), Double(count - 1))
        }
    }
}
