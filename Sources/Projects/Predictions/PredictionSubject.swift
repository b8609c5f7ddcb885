import Datasets
import Documents
import Experiments
import RunStore
import Settings

/// The runs that are asked for a prediction, and the settings that they share.
public struct PredictionSubject: Sendable {
    /// The project's folders.
    public let workspace: Workspace
    /// The experiment's name.
    public let experiment: String
    /// What the experiment is about.
    public let title: String
    /// The variant's name.
    public let variant: String
    /// The runs that can answer; at least one.
    public private(set) var runs: [StoredRun]
    /// How many more there are, whose weights were removed.
    public let runsWithoutWeights: Int
    /// What they were trained with.
    public let settings: TrialSettings
    /// The rows that the experiment's file asks about.
    public let askedRows: [AskedRow]

    /// The store's files that could not be used when the runs were looked for.
    public let warnings: [StoreWarning]

    /// A run by the first digits of its identity, or an experiment with, after a colon, a variant (else its baseline). `workspace` gives a
    /// project its folders.
    public init(named name: String, workspace: (Project) -> Workspace) throws {
        if let project = Project.containing(Files.currentFolder) {
            let workspace = workspace(project)
            if let run = try workspace.storedRun(beginning: name) {
                try self.init(run, workspace: workspace)
                return
            }
            if Workspace.canBeIdentity(name), !project.files.contains(where: { $0.name == name }) {
                throw Refusal("no run begins with \(name), and no experiment is called so", help: "ablate show EXPERIMENT lists its runs")
            }
        }
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        let (file, project) = try Project.locate(parts.first ?? name)
        let workspace = workspace(project)
        let experiment = try workspace.experiment(file)
        let variant = try experiment.variant(named: parts.count > 1 ? parts[1] : experiment.baseline.name)
        let specifications = try workspace.specifications(of: experiment).filter { $0.variant == variant.name }
        let survey = workspace.store.survey(specifications, checking: .contents)
        let runs = survey.runs.compactMap { run -> StoredRun? in
            if case .finished(let stored) = run.state { stored } else { nil }
        }
        guard !runs.isEmpty else {
            if let warning = survey.warnings.first {
                throw Refusal(warning.file, of: "the run", remedy: Refusal.training(experiment.name, variant.name))
            }
            throw Refusal("\(experiment.name), \(variant.name): no run is finished", help: "ablate run \(parts.first ?? name)")
        }
        let able = runs.filter { !$0.record.removed.contains(.weights) }
        guard !able.isEmpty else {
            throw Refusal(weightsRemovedFrom: "the runs of \(experiment.name), \(variant.name)", experiment.name, variant.name)
        }
        // Where a run has trained on all rows, it answers.
        let split = variant.trial.settings.split
        let answering = split.refit ? able.filter { split.isRefit(fold: $0.fold) } : able
        guard !answering.isEmpty else {
            throw Refusal(
                "\(experiment.name), \(variant.name): no run on all rows (split.refit) is finished with its weights",
                help: "ablate run \(parts.first ?? name)")
        }
        self.init(
            workspace: workspace, experiment: experiment.name, title: experiment.title, variant: variant.name, runs: answering,
            runsWithoutWeights: runs.count - able.count, settings: variant.trial.settings,
            askedRows: experiment.askedRows, warnings: survey.warnings)
    }

    private init(
        workspace: Workspace, experiment: String, title: String, variant: String, runs: [StoredRun], runsWithoutWeights: Int = 0,
        settings: TrialSettings, askedRows: [AskedRow],
        warnings: [StoreWarning] = []
    ) {
        self.workspace = workspace
        self.experiment = experiment
        self.title = title
        self.variant = variant
        self.runs = runs
        self.runsWithoutWeights = runsWithoutWeights
        self.settings = settings
        self.askedRows = askedRows
        self.warnings = warnings
    }

    private init(_ run: StoredRun, workspace: Workspace) throws {
        guard run.record.status == .finished else {
            throw Refusal("the run \(run.record.identity.hex) is \(run.state), so it has no weights")
        }
        if let damage = run.damage(checking: .contents) {
            throw Refusal(damage, of: "the run", remedy: run.remedy)
        }
        if run.record.removed.contains(.weights) {
            throw Refusal(
                weightsRemovedFrom: "the run \(run.record.identity.hex.prefix(8))", run.record.experiment, run.record.variant)
        }
        guard let settings = run.settings else {
            throw Refusal("the settings of the run \(run.record.identity.hex) are those of another version of the program")
        }
        self.init(
            workspace: workspace, experiment: run.record.experiment,
            title: workspace.title(of: run.record.experiment) ?? run.record.experiment, variant: run.record.variant, runs: [run],
            settings: settings, askedRows: [])
    }

    /// Leaves only the runs of a seed, and the one whose identity begins so.
    public mutating func keep(seed: Int?, run digits: String?) throws {
        let chosen = runs.filter { run in
            seed.map { run.seed == $0 } ?? true && digits.map { run.identity.hex.hasPrefix($0) } ?? true
        }
        guard !chosen.isEmpty else {
            let all = runs.map {
                "\($0.identity.hex.prefix(8)) (seed \($0.seed)\(settings.split.runName(fold: $0.fold).map { ", " + $0 } ?? ""))"
            }
            let asked = [seed.map { "of seed \($0)" }, digits.map { "that begins with \($0)" }].compactMap(\.self).joined(separator: " ")
            throw Refusal(
                "\(experiment), \(variant): no finished run \(asked) has its weights", help: "there are \(all.joined(separator: ", "))")
        }
        runs = chosen
    }

    /// The rows that the runs of a split were trained on, as they were encoded for it. Other data are refused: their encoders would not be the runs'.
    public func dataset(_ split: RunSplit) throws -> EncodedDataset {
        let digests = runs[0].record.digests
        func refusal(_ run: StoredRun, _ help: String) -> Refusal {
            Refusal("the data are not those that the run \(run.record.identity.hex.prefix(8)) was trained on", help: help)
        }
        let dataset: EncodedDataset
        do {
            dataset = try workspace.dataset(
                for: settings.ofRun(fold: split.fold), fold: split.fold, seed: split.seed, content: digests.content)
        } catch DatasetError.contentChanged {
            throw refusal(runs[0], "their content has changed")
        }
        let encoding = try workspace.data.encodingDigest(of: workspace.request(for: settings, fold: split.fold, seed: split.seed))
        let own = DataDigests(content: digests.content, encoding: encoding)
        guard let other = runs.first(where: { $0.record.digests != own }) else { return dataset }
        throw refusal(other, other.record.digests.content == own.content ? "their encoding is another one" : "their content has changed")
    }
}

extension StoredRun {
    /// What it was trained with; nil where another version of the program wrote it.
    var settings: TrialSettings? {
        guard var settings = Trial(canonical: record.settings.compactText)?.settings else { return nil }
        if let order = record.inputs { settings.inputs.order(like: order) }
        settings.forgetLayersByName()
        return settings
    }
}

extension TrialSettings {
    /// Forgets which layers training chose by names that are not there: records keep no names of layers, and nothing but training asks for them.
    fileprivate mutating func forgetLayersByName() {
        func isThere(_ choice: LayerChoice) -> Bool { model.problem(of: choice) == nil }
        if let clusters = training.clusters, !isThere(.named([clusters.layer])) { training.clusters = nil }
        if let freeze = training.freeze, !isThere(freeze) { training.freeze = nil }
        if let layers = training.continueFrom?.layers, !isThere(layers) { training.continueFrom = nil }
    }
}

extension Refusal {
    /// Weights that are asked for and were not kept.
    init(weightsRemovedFrom what: String, _ experiment: String, _ variant: String) {
        self.init(
            "the weights of \(what) were removed, as its keep has it",
            help: "to train again and keep them: ablate run \(experiment.shellWord) --only \(variant.shellWord) --again")
    }
}

extension Workspace {
    /// The title of the project's experiment of that name, as its file has it; nil where it cannot be read.
    fileprivate func title(of experiment: String) -> String? {
        guard let file = project.files.first(where: { $0.name == experiment }) else { return nil }
        return try? project.experiment(file.path).title
    }

    /// Whether a text can be the first digits of a run's identity.
    public static func canBeIdentity(_ digits: String) -> Bool {
        digits.count >= 4 && digits.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }

    /// The run whose identity begins so, in whatever experiment; nil when that cannot be an identity, or none begins so.
    public func storedRun(beginning digits: String) throws -> StoredRun? {
        guard Self.canBeIdentity(digits) else { return nil }
        let found = experimentsWithRuns.flatMap { store.storedRuns(in: $0) }.filter { $0.record.identity.hex.hasPrefix(digits) }
        guard found.count < 2 else { throw Refusal("\(found.count) runs begin with \(digits)", help: "give more digits") }
        return found.first
    }
}
