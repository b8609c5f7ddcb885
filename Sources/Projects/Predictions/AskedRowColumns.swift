import Datasets
import Experiments
import Settings

/// What the rows that an experiment asks about may have for one of its variants: where its data are features, the columns of what these are made of.
struct AskedRowColumns {
    /// What encodes the rows.
    let encoder: RowEncoder
    /// The columns that a row may have, those that are no inputs among them.
    let known: [String]
    /// Columns that are made of the row, and not given; none where the data are no features.
    let made: [String]
    /// The experiment whose rows are asked.
    let source: String?

    /// Nil where what makes the features cannot be asked: then there are no answers, and the report says why.
    init?(of settings: TrialSettings, data: DatasetSummary, for experiment: String, in workspace: Workspace) throws {
        guard case .features = settings.dataset else {
            encoder = RowEncoder(data, format: try workspace.request(for: settings).source.tableFormat)
            known = data.fitted.map(\.column) + settings.inputs.drop
            (made, source) = ([], nil)
            return
        }
        guard let step = try? workspace.featureSteps(of: settings, content: data.contentDigest, for: experiment).first else { return nil }
        encoder = RowEncoder(step.encoder, format: step.format)
        known = encoder.columns + step.settings.inputs.drop + [step.encoder.targetColumn, data.targetColumn].compactMap(\.self)
        made = data.fitted.dropLast().map(\.column).filter { [known] in !known.contains($0) }
        source = step.experiment
    }
}
