import Datasets
import Metrics
import Settings

/// What a network that is asked for its own inputs gives for rows of a table, column by column.
public struct Reconstructions {
    /// The columns of the inputs, as the network sees them.
    public let columns: [String]
    /// By run, then by row: a number for each column, in the unit of the table where numbers were scaled.
    public let byRun: [[[Double]]]
}

extension TrainedModel {
    /// What its runs gave, in the units of the table; nil where they are asked for something else, or the inputs are no named numbers.
    public func reconstructions(_ predictions: VariantPredictions) -> Reconstructions? {
        guard settings.target.encoding == .inputs, let columns = encoders.first?.namedFeatures?.map(\.name) else { return nil }
        // Runs of folds may have scaled their columns each in its own way.
        let features = predictions.runs.compactMap { run in (run as? Run).flatMap { encoders[$0.encoder].namedFeatures } }
        guard features.count == predictions.runs.count, features.allSatisfy({ $0.map(\.name) == columns }) else { return nil }
        let byRun = zip(predictions.byRun, features).map { rows, features in
            rows.map { zip(features, $0).map { $0.unit.original($1) } }
        }
        return Reconstructions(columns: columns, byRun: byRun)
    }
}
