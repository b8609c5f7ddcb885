import Datasets
import Experiments
import RunStore
import Settings
import Training

/// What makes features of new rows, as it made those that runs were trained on: the rows go through a layer of another experiment's run, or are written by
/// principal components.
public struct FeatureStep: Sendable {
    /// The experiment whose work it is.
    public let experiment: String
    /// Its variant.
    public let variant: String
    /// The seed of the run that the rows go through; nil for principal components.
    public let seed: Int?
    /// The run that the rows go through; nil for principal components.
    public let run: RunIdentity?
    /// The layer, or how many principal components.
    public let making: FeatureSettings.Making
    /// The machine that trained the run.
    let machine: TrainedModel.Machine?
    /// What the run, or the components, were fitted with.
    let settings: TrialSettings
    /// The digest of the content that they were fitted on.
    let content: String
    /// What was learned to encode rows.
    let encoder: FittedEncoder
    /// How tables of rows are written.
    let format: CSVFormat
    /// The columns of the features.
    private let columns: [String]
    private let numbers: @Sendable (EncodedRows) throws -> [Float]

    /// What the rows go through, for people.
    fileprivate var phrase: String {
        guard let seed, let run else { return "the \(making.spoken) of \(experiment), \(variant)" }
        return "the layer \(making.spoken) of \(experiment), \(variant), seed \(seed) (run \(run.hex.prefix(8)))"
    }

    /// Features of encoded rows, row by row.
    fileprivate func features(of rows: [EncodedRows]) throws -> [[Float]] {
        try rows.filter { $0.rowCount > 0 }.flatMap { rows in
            let values = try numbers(rows)
            let width = values.count / rows.rowCount
            return (0..<rows.rowCount).map { Array(values[$0 * width..<($0 + 1) * width]) }
        }
    }

    /// Encodes features for those that were trained on them.
    fileprivate func encoded(_ features: [[Float]], by encoder: RowEncoder) throws -> EncodedRows {
        guard features.joined().allSatisfy(\.isFinite) else {
            throw Refusal(
                "\(phrase) makes numbers of these rows that are not finite", help: "look for cells far from those that it was trained on")
        }
        return try encoder.encode(features, of: columns)
    }
}

// MARK: - Several of them

extension [FeatureStep] {
    /// What rows go through, one step after the other, in a sentence; nil where there is no step.
    public var sentence: String? { isEmpty ? nil : "the rows went through " + map(\.phrase).joined(separator: ", then ") }

    /// The rows of `questions`, which are asked for the first step's own data, as they are encoded for runs behind the last one; as they are where there is no step.
    func encoded(_ questions: @escaping (RowEncoder) throws -> [EncodedRows]) throws -> (RowEncoder) throws -> [EncodedRows] {
        guard var before = first else { return questions }
        var features = try before.features(of: questions(RowEncoder(before.encoder, format: before.format)))
        for step in dropFirst() {
            features = try step.features(of: [before.encoded(features, by: RowEncoder(step.encoder))])
            before = step
        }
        return { [before, features] in features.isEmpty ? [] : [try before.encoded(features, by: $0)] }
    }
}

// MARK: - Finding them

extension Workspace {
    /// What made the features of this content that a trial's data are, the first step first; none where they are data of another kind.
    func featureSteps(of settings: TrialSettings, content: String, for experiment: String) throws -> [FeatureStep] {
        guard case .features(let features) = settings.dataset else { return [] }
        let step: FeatureStep
        do { step = try FeatureStep(features, content: content, for: experiment, in: self) } catch let problem as PreparationProblem {
            throw Refusal("what made the features cannot be asked: \(problem.message)", help: problem.help)
        }
        return try featureSteps(of: step.settings, content: step.content, for: features.experiment) + [step]
    }

    /// How tables of further rows are written.
    fileprivate func tableFormat(of dataset: DatasetSettings) throws -> CSVFormat {
        if case .features = dataset { return FeatureFiles.format }
        return try data.source(of: dataset, project: project.root).tableFormat
    }
}

extension FeatureStep {
    fileprivate init(_ features: FeatureSettings, content: String, for experiment: String, in workspace: Workspace) throws {
        let files = FeatureFiles(of: workspace)
        guard let table = files.name(ofContent: content) else {
            throw Refusal(
                "\(DatasetSettings.features(features).spoken), are others by now than those that \(experiment) was trained on",
                help: "train again on what is made now: ablate run \(experiment.shellWord)")
        }
        let columns = try workspace.data.profile(of: .csv(path: files.path(of: table), format: FeatureFiles.format)).columns.map(\.name)
        if let (layer, run) = table.source {
            try self.init(layer: layer, of: run, features, columns: columns, in: workspace)
        } else {
            try self.init(componentsIn: files.path(of: table), features, columns: columns, for: experiment, in: workspace)
        }
    }

    private init(layer: String, of identity: RunIdentity, _ features: FeatureSettings, columns: [String], in workspace: Workspace) throws {
        let name = "\(features.experiment), \(features.variant), seed \(features.seed)"
        let command = "ablate run \(features.experiment.shellWord) --only \(features.variant.shellWord)"
        let called = "the run \(identity.hex.prefix(8)) (\(name)), which the rows are to go through,"
        let stored: StoredRun
        switch workspace.store.weights(of: identity) {
        case .finished(let run): stored = run
        case .damaged(let file, _):
            throw Refusal(file, of: called, remedy: Refusal.training(features.experiment, features.variant))
        case .none:
            throw Refusal(
                "the rows are to go through the run \(identity.hex.prefix(8)) (\(name)), which is no longer in the store",
                help: "run first: \(command)")
        }
        let record = stored.record
        guard stored.hasWeights else {
            throw Refusal(weightsRemovedFrom: called, record.experiment, record.variant)
        }
        guard let settings = stored.settings, let place = settings.model.layerNames.firstIndex(of: layer) else {
            throw Refusal(
                "the settings of the run \(identity.hex) are those of another version of the program", help: "run first: \(command)")
        }
        let data = try workspace.description(
            of: settings, seed: record.seed, content: record.digests.content, for: record.experiment)
        guard let predictor = try VariantPredictions.predictor(stored, settings: settings, data: data.summary) else {
            throw Refusal("training diverged in the run \(identity.hex.prefix(8)) (\(name)), so no rows can go through it", cause: .failure)
        }
        (experiment, variant, seed) = (record.experiment, record.variant, record.seed)
        (run, making) = (identity, features.making)
        machine = TrainedModel.Machine(record.provenance)
        (self.settings, content) = (settings, record.digests.content)
        encoder = FittedEncoder(data.summary, vocabulary: data.vocabulary)
        format = try workspace.tableFormat(of: settings.dataset)
        self.columns = Array(columns.prefix(predictor.width(ofLayer: place)))
        numbers = { try predictor.outputs(ofLayer: place, of: $0).values }
    }

    private init(
        componentsIn path: String, _ features: FeatureSettings, columns: [String], for experiment: String, in workspace: Workspace
    ) throws {
        let table = try FeatureTable(features, in: workspace)
        guard try table.path() == path, let components = try table.components() else {
            throw Refusal(
                "the data of \(features.experiment) are others by now than those whose \(features.making.spoken) the runs of \(experiment) were trained on",
                help: "train again on what is made now: ablate run \(experiment.shellWord)")
        }
        let data = try table.description
        (self.experiment, variant, seed) = (features.experiment, features.variant, nil)
        (run, making) = (nil, features.making)
        machine = nil
        (settings, content) = (table.trial, data.summary.contentDigest)
        encoder = FittedEncoder(data.summary, vocabulary: data.vocabulary)
        format = try workspace.tableFormat(of: table.trial.dataset)
        self.columns = Array(columns.prefix(components.components.rows))
        numbers = { rows in
            guard case .dense(let numbers) = rows.inputs else { return [] }
            return components.code(of: numbers, rows: rows.rowCount)
        }
    }
}
