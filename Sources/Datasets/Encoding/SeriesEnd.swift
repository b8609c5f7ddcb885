import Metrics
import Settings

/// The end of a time series, to which what is foretold is added: so a forecast goes on for any number of steps. It holds as many values as the windows of
/// the next `horizon` steps see: the network foretells from the first of these windows, and adding its answer moves all of them on by one. With a horizon of
/// h the first h steps see nothing but the series' own values.
public struct SeriesEnd: Sendable {
    private var values: [Float]
    private let settings: WindowSettings
    private let unit: TargetUnit

    /// The end of a data set's series, with the values that its last windows predict.
    public init(_ dataset: EncodedDataset) throws(DatasetError) {
        let encoder = FittedEncoder(dataset)
        (settings, unit) = try Self.settings(of: encoder)
        guard case .dense(let numbers) = dataset.inputs, case .values(let targets, _, let target) = dataset.target, settings.step == 1
        else {
            throw .seriesCannotGoOn(reason: "its windows have a step above 1, so the last rows may be in none; give the rows with --csv")
        }
        guard targets.count >= settings.horizon else {
            throw .seriesCannotGoOn(
                reason: "it has \(targets.count) windows, and \(settings.horizon) are needed to foretell \(settings.horizon) rows ahead")
        }
        values = Array(numbers.suffix(settings.length).dropFirst())
        for value in targets.suffix(settings.horizon) { values.append(Self.scaled(target.original(Double(value)), by: unit)) }
    }

    /// The end of rows that were encoded as a data set's own.
    public init(_ rows: EncodedRows, _ encoder: FittedEncoder) throws(DatasetError) {
        (settings, unit) = try Self.settings(of: encoder)
        guard case .dense(let numbers) = rows.inputs, rows.rowCount >= settings.horizon else {
            let given = rows.rowCount == 0 ? 0 : rows.rowCount + settings.length - 1
            throw .seriesCannotGoOn(
                reason:
                    "\(given) rows are given, and \(settings.length + settings.horizon - 1) are needed to foretell \(settings.horizon) rows ahead"
            )
        }
        // A window begins at every row: the first number of each but the last, and all of the last.
        let length = settings.length
        let before = (rows.rowCount - settings.horizon..<rows.rowCount - 1).map { numbers[$0 * length] }
        values = before + numbers.suffix(settings.length)
    }

    /// The window from which the next step is foretold, as one row.
    public var rows: EncodedRows {
        EncodedRows(rowCount: 1, featureCount: settings.length, inputs: .dense(Array(values.prefix(settings.length))))
    }

    /// Adds a value in the column's own unit at the end.
    public mutating func append(_ value: Double) { values = values.dropFirst() + [Self.scaled(value, by: unit)] }

    private static func scaled(_ value: Double, by unit: TargetUnit) -> Float {
        Float(((unit.logarithm?(value) ?? value) - unit.shift) / unit.divisor)
    }

    /// The windows, and how the numbers of their only column are scaled.
    private static func settings(of encoder: FittedEncoder) throws(DatasetError) -> (WindowSettings, TargetUnit) {
        guard let window = encoder.window else { throw .seriesCannotGoOn(reason: "its inputs are no windows of a series") }
        guard encoder.inputs.count == 1, let column = encoder.inputs.first, column.column == encoder.targetColumn, column.width == 1,
            case .numeric(let shift, let divisor, let logarithm) = column.fit
        else { throw .seriesCannotGoOn(reason: "its inputs have other columns than the target, of which nothing is foretold") }
        return (window, TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm))
    }
}
