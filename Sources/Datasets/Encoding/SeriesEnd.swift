import Metrics
import Settings

/// The last window of a time series, to which what is foretold is added: so a forecast goes on for any number of steps.
public struct SeriesEnd: Sendable {
    private var window: [Float]
    private let unit: TargetUnit

    /// The end of a data set's series, with the value that its last window predicts.
    public init(_ dataset: EncodedDataset) throws(DatasetError) {
        let encoder = FittedEncoder(dataset)
        let unit = try Self.unit(of: encoder)
        guard case .dense(let numbers) = dataset.inputs, case .values(let values, _, let target) = dataset.target,
            let last = values.last, encoder.window?.step == 1
        else {
            throw .seriesCannotGoOn(reason: "its windows have a step above 1, so the last rows may be in none; give the rows with --csv")
        }
        window = Array(numbers.suffix(dataset.featureCount))
        self.unit = unit
        append(target.original(Double(last)))
    }

    /// The end of rows that were encoded as a data set's own.
    public init(_ rows: EncodedRows, _ encoder: FittedEncoder) throws(DatasetError) {
        unit = try Self.unit(of: encoder)
        guard case .dense(let numbers) = rows.inputs, rows.rowCount > 0 else { throw .seriesCannotGoOn(reason: "there are no rows") }
        window = Array(numbers.suffix(rows.featureCount))
    }

    /// The window, as one row.
    public var rows: EncodedRows { EncodedRows(rowCount: 1, featureCount: window.count, inputs: .dense(window)) }

    /// Adds a value in the column's own unit at the end.
    public mutating func append(_ value: Double) {
        let number = ((unit.logarithm?(value) ?? value) - unit.shift) / unit.divisor
        window = window.dropFirst() + [Float(number)]
    }

    /// How the numbers of the windows' only column are scaled.
    private static func unit(of encoder: FittedEncoder) throws(DatasetError) -> TargetUnit {
        guard let window = encoder.window else { throw .seriesCannotGoOn(reason: "its inputs are no windows of a series") }
        guard window.horizon == 1 else {
            throw .seriesCannotGoOn(reason: "it foretells the value \(window.horizon) rows later, not the next")
        }
        guard encoder.inputs.count == 1, let column = encoder.inputs.first, column.column == encoder.targetColumn, column.width == 1,
            case .numeric(let shift, let divisor, let logarithm) = column.fit
        else { throw .seriesCannotGoOn(reason: "its inputs have other columns than the target, of which nothing is foretold") }
        return TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm)
    }
}
