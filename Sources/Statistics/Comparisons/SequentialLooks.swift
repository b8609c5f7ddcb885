#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// When a comparison to which seeds are added is looked at, and at which level, so that all looks together declare a difference between equals with a
/// chance of `level`.
///
/// The looks are fixed by the first and the last number of seeds: about 1.5 times as many from one to the next. What may have been spent by a look with
/// n seeds is level · ln(1 + (e − 1) · n / last) (Lan and DeMets 1983, like Pocock's bounds); from it each look's own two-sided level follows by
/// integrating over the paths that no earlier look ended (Armitage, McPherson and Rowe 1969). From 4 to 20 seeds:
///
///     seeds   4       6       9       13      20
///     level   .01477  .01065  .01308  .01569  .02090
///
/// The bounds are those of normal figures with known variance; p values of Student's t are held to the same levels.
public struct SequentialLooks: Hashable, Sendable {
    /// One look.
    public struct Look: Hashable, Sendable {
        /// How many seeds there are.
        public let seeds: Int
        /// The two-sided level at which a difference is declared.
        public let level: Double
    }

    /// All looks, fewest seeds first.
    public let looks: [Look]

    /// Nil unless 3 ≤ `first` ≤ `last` (fewer seeds give no verdict) and 0 < `level` < 1.
    public init?(from first: Int, to last: Int, level: Double = 0.05) {
        guard first >= 3, first <= last, level > 0, level < 1 else { return nil }
        let seeds = Self.seeds(from: first, to: last)
        looks = zip(seeds, Self.levels(seeds.map { Double($0) / Double(last) }, level: level)).map { Look(seeds: $0, level: $1) }
    }

    /// The first look with more than `seeds` seeds; nil behind the last.
    public func next(after seeds: Int) -> Look? { looks.first { $0.seeds > seeds } }

    /// The last look with at most `seeds` seeds; nil before the first.
    public func latest(with seeds: Int) -> Look? { looks.last { $0.seeds <= seeds } }

    // MARK: - Where

    /// A geometric row, rounded.
    private static func seeds(from first: Int, to last: Int) -> [Int] {
        guard first < last else { return [first] }
        let ratio = Double(last) / Double(first)
        let steps = max(1, Int((log(ratio) / log(1.5)).rounded()))
        var seeds = [first]
        for step in 1..<max(steps, 1) {
            let next = Int((Double(first) * pow(ratio, Double(step) / Double(steps))).rounded())
            if let previous = seeds.last, next > previous, next < last { seeds.append(next) }
        }
        return seeds + [last]
    }

    // MARK: - At which level

    /// - Parameter times: the share of all seeds at each look, rising to 1.
    private static func levels(_ times: [Double], level: Double) -> [Double] {
        // A path is Brownian: at time t normal with variance t, stopped where |path| exceeds the bound. `paths` holds the density of those that go on.
        var paths = Density.start
        var spent = 0.0
        return times.map { time in
            let spending = level * log(1 + (exp(1) - 1) * time) - spent
            spent += spending
            let bound = paths.bound(leaving: spending, at: time)
            paths = paths.step(to: time, within: bound)
            return 2 * StandardNormal.upperTail(bound / time.squareRoot())
        }
    }

    /// The density of the paths that go on, on points from −bound to bound, times the weights of Simpson's rule.
    private struct Density {
        let time: Double
        let points: [Double]
        let masses: [Double]

        static let start = Density(time: 0, points: [0], masses: [1])

        /// How probable it is to be beyond ±`bound` at `time`.
        func leaving(_ bound: Double, at time: Double) -> Double {
            let deviation = (time - self.time).squareRoot()
            return zip(points, masses).reduce(0) { sum, place in
                sum + place.1
                    * (StandardNormal.upperTail((bound - place.0) / deviation) + StandardNormal.upperTail((bound + place.0) / deviation))
            }
        }

        /// The bound that `probability` goes beyond, by bisection.
        func bound(leaving probability: Double, at time: Double) -> Double {
            var (low, high) = (0.0, 40.0)
            for _ in 0..<100 where high - low > 1e-15 {
                let middle = (low + high) / 2
                if leaving(middle, at: time) > probability { low = middle } else { high = middle }
            }
            return (low + high) / 2
        }

        func step(to time: Double, within bound: Double) -> Density {
            let deviation = (time - self.time).squareRoot()
            // Twenty points and more a standard deviation of the step.
            let pieces = 2 * min(max(200, Int((20 * bound / deviation).rounded(.up))), 4000)
            let width = 2 * bound / Double(pieces)
            let points = (0...pieces).map { Double($0) * width - bound }
            let masses = points.enumerated().map { index, point in
                let weight = index == 0 || index == pieces ? 1.0 : index % 2 == 1 ? 4 : 2
                let density = zip(self.points, self.masses).reduce(0) { $0 + $1.1 * StandardNormal.density((point - $1.0) / deviation) }
                return weight * width / 3 * density / deviation
            }
            return Density(time: time, points: points, masses: masses)
        }
    }
}
