import Datasets
import Metrics
import Settings

/// The last value of the target's column in a window, in the target's training units: what was is what will be.
struct Persistence: FittedMethod {
    private let feature: Int
    private let unit: TargetUnit
    private let target: TargetUnit

    init(_ data: DatasetSummary) throws(MethodRefusal) {
        var first = 0
        for column in data.fitted.dropLast() {
            if let window = data.window, column.column == data.targetColumn,
                case .numeric(let shift, let divisor, let logarithm) = column.fit,
                case .values(_, let ownShift, let ownDivisor, let ownLogarithm) = data.target
            {
                feature = (window.length - 1) * (data.featureCount / window.length) + first
                unit = TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm)
                target = TargetUnit(shift: ownShift, divisor: ownDivisor, logarithm: ownLogarithm)
                return
            }
            first += column.width
        }
        throw MethodRefusal(reason: "needs windows of a series with the target's own column among the inputs")
    }

    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double] {
        let numbers = table.dense
        return rows.map { row in
            let last = unit.original(numbers[row, feature])
            return ((target.logarithm?(last) ?? last) - target.shift) / target.divisor
        }
    }
}
