import Datasets
import RunStore
import Settings
import Training

/// Runs of one variant with all that they need to answer for new rows: no data set, no project. Several runs answer by their mean.
public struct TrainedModel: Sendable {
    /// A run, and which of the encoders is its own.
    public struct Run: AnsweringRun {
        /// What the run is known by.
        public let identity: RunIdentity
        /// The seed of all random streams.
        public let seed: Int
        /// The fold that validated, counted from 1, for an experiment with folds.
        public let fold: Int?
        /// The place of its encoder among the model's.
        public let encoder: Int
        /// Final figures by name, such as `val_accuracy`.
        public let figures: [String: Double]
        /// The machine that trained it: its processor, and the instructions of the build.
        public let machine: Machine
        /// Where its files lie.
        public let place: String
        let load: @Sendable () throws(DamagedFile) -> [NamedTensor]

        /// Whoever has the run itself can write the model anew.
        public var remedy: String { "export it again" }

        /// A model holds no others.
        public var hasWeights: Bool { true }

        /// The trained tensors.
        public func weights() throws(DamagedFile) -> [NamedTensor] { try load() }
    }

    /// What decides the last bits of an answer besides the run.
    public struct Machine: Sendable, Hashable, Codable {
        /// The processor's name.
        public var processor: String
        /// The instructions that the program was built for.
        public var instructions: String
    }

    /// The experiment's name.
    public let experiment: String
    /// What the experiment is about.
    public let title: String
    /// The variant's name.
    public let variant: String
    /// What the runs were trained with.
    public let settings: TrialSettings
    /// How tables of rows are written.
    public let format: CSVFormat
    /// The encoders, of which folds may have one each.
    public let encoders: [FittedEncoder]
    /// The runs that answer; at least one.
    public let runs: [Run]
    /// What makes features of new rows before the runs see them; none where the runs take rows as they are.
    public var featureSteps: [FeatureStep] = []

    /// The target's name.
    public var target: String { encoders.first?.targetColumn ?? "" }

    /// The image that a row is which is asked about; nil where it is none.
    public var image: ImageShape? {
        let first = featureSteps.first.map { ($0.settings, $0.encoder) } ?? encoders.first.map { (settings, $0) }
        return first.flatMap { $0.0.inputs.columns.compactMap(\.image).first ?? $0.1.summary.imageShape }
    }

    /// The windows of a time series that its inputs are; nil where they are none.
    public var window: WindowSettings? { encoders.first?.summary.window }

    /// The windows of a table's rows that answers are made from: how many rows one has, and how far behind the last of them the row stands that is foretold. Nil
    /// where each row has an answer of its own.
    public var windowsOfRows: WindowSettings? {
        let windows = (featureSteps.map(\.encoder) + encoders.prefix(1)).compactMap(\.summary.window)
        guard let first = windows.first else { return nil }
        // A window of features that are made of windows reaches over the rows of all of these.
        return windows.dropFirst().reduce(first) {
            WindowSettings(length: $0.length + $1.length - 1, horizon: $0.horizon + $1.horizon)
        }
    }

    /// The column in whose order rows stand of which windows are asked; nil where none is known of the table that is asked.
    public var orderOfWindows: String? { featureSteps.isEmpty ? settings.split.order : nil }

    /// Whether windows are given again, and no row behind them is foretold.
    public var givesWindowsAgain: Bool { settings.target.encoding == .inputs }

    /// What its runs answer for rows. `questions` encodes them: by the encoder of some of the runs, or by that of the first step that makes features of them.
    public func predictions(for questions: @escaping (RowEncoder) throws -> [EncodedRows]) throws -> VariantPredictions {
        let questions = try featureSteps.encoded(questions)
        let encoderOfSplit = Dictionary(runs.map { (RunSplit(of: $0, settings), $0.encoder) }, uniquingKeysWith: { first, _ in first })
        return try VariantPredictions(of: runs, settings: settings) { split in
            let encoder = encoders[encoderOfSplit[split] ?? 0]
            return (encoder.summary, try questions(RowEncoder(encoder, format: format)))
        }
    }

    /// The machines that trained its runs and are of another kind than this one: the last bits of answers may differ.
    public func otherMachines(than this: Machine = .current) -> [Machine] {
        (featureSteps.compactMap(\.machine) + runs.map(\.machine)).reduce(into: []) { if $1 != this, !$0.contains($1) { $0.append($1) } }
    }
}

extension TrainedModel.Machine {
    /// This one.
    public static var current: Self { Self(Provenance.current(project: "", versions: Versions.all)) }

    /// The one that a record names.
    init(_ provenance: Provenance) {
        self.init(processor: provenance.processor, instructions: provenance.versions["instructions"] ?? "unknown")
    }
}

extension PredictionSubject {
    /// The runs with what encodes their rows, and with what makes features of them first where they are asked for rows of which features are made.
    public func model(makesFeatures: Bool = false) throws -> TrainedModel {
        guard settings.model.opponent == nil else {
            throw Refusal(
                "\(experiment), \(variant) makes examples from noise, and answers no rows", help: "its report shows what it makes")
        }
        var encoders: [FittedEncoder] = []
        var ofSplit: [RunSplit: Int] = [:]
        for split in runs.map({ RunSplit(of: $0, settings) }) where ofSplit[split] == nil {
            let encoder = FittedEncoder(try dataset(split))
            ofSplit[split] = encoders.firstIndex(of: encoder) ?? encoders.count
            if !encoders.contains(encoder) { encoders.append(encoder) }
        }
        return TrainedModel(
            experiment: experiment, title: title, variant: variant, settings: settings,
            format: try workspace.request(for: settings).source.tableFormat, encoders: encoders,
            runs: runs.map { run in
                TrainedModel.Run(
                    identity: run.identity, seed: run.seed, fold: run.fold, encoder: ofSplit[RunSplit(of: run, settings)] ?? 0,
                    figures: run.record.figures,
                    machine: TrainedModel.Machine(run.record.provenance), place: run.place
                ) { () throws(DamagedFile) in try run.weights() }
            },
            featureSteps: makesFeatures
                ? try workspace.featureSteps(of: settings, content: runs[0].record.digests.content, for: experiment) : [])
    }
}
