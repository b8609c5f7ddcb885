/// The mean of an error's size over all outputs, in the target's own unit.
struct ErrorMean: MetricAccumulator {
    enum Size {
        case absolute, squared, rootOfSquared
    }

    private let size: Size
    private var sum = 0.0
    private var count = 0

    init(_ size: Size) { self.size = size }

    var value: Double {
        guard count > 0 else { return .nan }
        let mean = sum / Double(count)
        return size == .rootOfSquared ? mean.squareRoot() : mean
    }

    mutating func add(_ batch: MetricBatch) {
        let unit = batch.unit
        for place in batch.rows.indices {
            for column in 0..<batch.width {
                let error = (batch.value(place, column) - batch.target(place, column)) * unit
                sum += size == .absolute ? abs(error) : error * error
            }
        }
        count += batch.rows.count * batch.width
    }
}
