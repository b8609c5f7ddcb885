import Statistics

/// The mean of an error's size over all outputs, in the target's own unit.
package struct ErrorMean: MetricAccumulator {
    /// What is averaged.
    package enum Size: Sendable {
        case absolute, squared, rootOfSquared
        /// |y - t| / max(|t|, 2⁻⁵²), as scikit-learn's `mean_absolute_percentage_error`: a share, not percent. A single target of 0 makes it huge.
        case absoluteShare
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
        if addPlain(batch) { return }
        let unit = batch.unit
        for place in batch.rows.indices {
            for column in 0..<batch.width {
                let error = unit.error(batch.value(place, column), batch.target(place, column))
                switch size {
                case .absolute: sum += abs(error)
                case .absoluteShare: sum += abs(error) / max(abs(batch.ownTarget(place, column)), .ulpOfOne)
                case .squared, .rootOfSquared: sum += error * error
                }
            }
        }
        count += batch.rows.count * batch.width
    }

    /// The same for numbers as they are, as many as there are targets, of which an example may have hundreds: nothing is asked of each of them.
    private mutating func addPlain(_ batch: MetricBatch) -> Bool {
        guard batch.exact == nil, size != .absoluteShare, batch.meaning != .sigmoidLogits,
            case .values(let targets, let width, let unit) = batch.targets, width == batch.width, unit.logarithm == nil
        else { return false }
        let (isSquared, divisor, scores) = (size != .absolute, unit.divisor, batch.scores)
        var sum = sum
        for (place, row) in batch.rows.enumerated() {
            let (first, target) = (place * width, Int(row) * width)
            for column in 0..<width {
                let error = (Double(scores[first + column]) - Double(targets[target + column])) * divisor
                sum += isSquared ? error * error : abs(error)
            }
        }
        self.sum = sum
        count += batch.rows.count * width
        return true
    }

    package func contributions(_ batch: MetricBatch) -> [Double] {
        guard size == .rootOfSquared else { return figuresAlone(batch) }
        let squares = ErrorMean(.squared).figuresAlone(batch)
        let (sum, count) = (squares.reduce(0, +), Double(squares.count))
        // A single example has no figure without it.
        return Jackknife.pseudoValues(
            figure: (sum / count).squareRoot(), leavingOut: squares.map { (max(sum - $0, 0) / (count - 1)).squareRoot() })
    }
}
