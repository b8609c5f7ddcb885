/// The mean of an error's size over all outputs, in the target's own unit.
package struct ErrorMean: MetricAccumulator {
    /// What is averaged.
    package enum Size: Sendable {
        case absolute, squared, rootOfSquared
    }

    private let size: Size
    private var sum = 0.0
    private var count = 0

    /// Nothing yet.
    package init(_ size: Size) { self.size = size }

    package var value: Double {
        guard count > 0 else { return .nan }
        let mean = sum / Double(count)
        return size == .rootOfSquared ? mean.squareRoot() : mean
    }

    package mutating func add(_ batch: MetricBatch) {
        let unit = batch.unit
        for place in batch.rows.indices {
            for column in 0..<batch.width {
                let error = (batch.value(place, column) - batch.target(place, column)) * unit
                sum += size == .absolute ? abs(error) : error * error
            }
        }
        count += batch.rows.count * batch.width
    }

    package func contributions(_ batch: MetricBatch) -> [Double] {
        let squares = ErrorMean(size == .absolute ? .absolute : .squared)
        let own = batch.rows.indices.map { place in
            var alone = squares
            alone.add(batch.example(place))
            return alone.value
        }
        guard size == .rootOfSquared else { return own }
        let (sum, count) = (own.reduce(0, +), Double(own.count))
        return pseudoValues((sum / count).squareRoot(), without: own.map { (max(sum - $0, 0) / (count - 1)).squareRoot() })
    }
}
