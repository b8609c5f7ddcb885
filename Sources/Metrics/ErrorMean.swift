import CVector
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
            case .values(let targets, let width, let unit) = batch.targets, width == batch.width, unit.logarithm == nil,
            let scores = batch.scores.baseAddress
        else { return false }
        for (place, row) in batch.rows.enumerated() {
            let (outputs, wanted) = (scores + place * width, targets + Int(row) * width)
            sum +=
                size == .absolute
                ? Self.sum(of: outputs, wanted, width, unit.divisor) { $0.replacing(with: -$0, where: $0 .< SIMD8<Double>.zero) }
                : Self.sum(of: outputs, wanted, width, unit.divisor) { $0 * $0 }
        }
        count += batch.rows.count * width
        return true
    }

    /// Σ size((y - t) divisor) over one example's numbers: of each eight beside each other, then of the rest.
    @inline(__always)
    private static func sum(
        of y: UnsafePointer<Float>, _ t: UnsafePointer<Float>, _ count: Int, _ divisor: Double, size: (SIMD8<Double>) -> SIMD8<Double>
    ) -> Double {
        func numbers(_ start: UnsafePointer<Float>) -> SIMD8<Double> {
            cvector_widened(UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Float>.self))
        }
        var sums = SIMD8<Double>.zero
        let whole = count & ~7
        for place in stride(from: 0, to: whole, by: 8) { sums += size((numbers(y + place) - numbers(t + place)) * divisor) }
        var total = whole > 0 ? sums.sum() : 0
        for place in whole..<count { total += size(SIMD8(repeating: (Double(y[place]) - Double(t[place])) * divisor))[0] }
        return total
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
