#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The mean of -ln p of the right class, p held within 1.2e-7 of 0 and 1.
package struct LogLoss: MetricAccumulator {
    /// How near to 0 and 1 a probability may come: what a Float resolves beside 1.
    private static let margin = Double(Float.ulpOfOne)

    private var sum = 0.0
    private var count = 0

    /// Nothing yet.
    package init() {}

    package var value: Double { count == 0 ? .nan : sum / Double(count) }

    package mutating func add(_ batch: MetricBatch) {
        for place in batch.rows.indices {
            guard let label = batch.label(place) else { continue }
            let p = batch.meaning.probability(of: label, batch.scores(place))
            sum -= p.isNaN ? .nan : log(min(max(p, Self.margin), 1 - Self.margin))
            count += 1
        }
    }
}
