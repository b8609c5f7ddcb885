import Documents
import Experiments
import FileSystem
import RunStore
import Settings
import Training

/// A run whose weights another begins with (`training.continue_from`).
struct StartingRun {
    /// What it is known by.
    let identity: RunIdentity
    /// How people know it.
    let title: String
    /// The experiment and the variant that it is of; nil where only its identity is known.
    var origin: Origin?
    /// The run in an exported model; nil where it lies in the store.
    var exported: TrainedModel.Run?

    /// What all runs that are like it are called, whatever their seeds and folds.
    var group: String { origin.map { "\($0.experiment), \($0.variant)" } ?? title }

    /// What brings its files back where they are damaged; `stored` is what its record says.
    func remedy(_ stored: StoredRun?) -> String {
        if let origin { return Refusal.training(origin.experiment, origin.variant) }
        return stored?.remedy ?? "train the run again"
    }

    /// An experiment's variant.
    struct Origin: Hashable {
        let experiment: String
        let variant: String

        /// What trains its runs.
        var command: String { "ablate run \(experiment.shellWord) --only \(variant.shellWord)" }
    }
}

/// Runs of another experiment that must be trained before those that start from their weights.
public struct Prerequisite: Sendable {
    /// The other experiment.
    public let experiment: String
    /// Its variant.
    public let variant: String
    /// Whether they judge what the others make, whose weights do not come from them.
    public let judges: Bool
    /// Which of its runs.
    public internal(set) var runs: Set<RunIdentity>
}

/// Finds the runs that those of an experiment start from, without looking whether they are finished.
struct StartingRuns {
    private let workspace: Workspace
    private let experiment: Experiment
    /// How many starts lie between the experiment that was asked for and this one.
    private let depth: Int
    private var known: [[String]: [RunSpecification]] = [:]
    /// The identities of all runs in the store.
    private lazy var stored = workspace.store.identities
    /// The exported models by folder.
    private var models: [String: TrainedModel] = [:]
    private var trials: [StartingRun.Origin: PreparedTrial] = [:]

    /// More starts in a row are a circle.
    private static let mostInARow = 16

    init(of experiment: Experiment, workspace: Workspace, depth: Int) {
        (self.experiment, self.workspace, self.depth) = (experiment, workspace, depth)
    }

    /// The run that a run starts from; nil where it draws its weights.
    ///
    /// - Throws: `PreparationProblem` when there is no such run, or what the file is refused for that tells of it.
    mutating func start(of run: PlannedRun) throws -> StartingRun? {
        switch experiment.variants[run.variant].trial.settings.training.neededRun?.source {
        case nil: return nil
        case .run(let text)?:
            return StartingRun(identity: try identity(beginning: text), title: text)
        case .model(let folder)?:
            let model = try models[folder] ?? workspace.project.startingModel(folder)
            models[folder] = model
            let found = try model.startingRun(seed: run.seed, fold: run.fold, in: folder)
            return StartingRun(identity: found.identity, title: "\(folder), \(model.title(of: found))", exported: found)
        case .variant(let variant, let experiment)?:
            let title = "\(experiment), \(variant), seed \(run.seed)\(run.fold.map { ", fold \($0)" } ?? "")"
            let runs = try specifications(of: experiment, variant, for: run)
            try checkFolds(of: runs, called: "\(experiment), \(variant)", for: run)
            guard let found = runs.first(where: { $0.seed == run.seed && $0.fold == run.fold }) else {
                let seeds = Set(runs.map(\.seed)).sorted()
                throw seeds.contains(run.seed)
                    ? PreparationProblem(startingAt: "there is no run \(title)", help: "both experiments need the same seeds and folds")
                    : PreparationProblem(
                        startingAt: "\(experiment), \(variant) has the \(seeds.count == 1 ? "seed" : "seeds") "
                            + "\(seeds.map(String.init).joined(separator: ", ")) alone, this experiment has others",
                        help: "give both experiments the same seeds")
            }
            return StartingRun(
                identity: found.identity, title: title, origin: StartingRun.Origin(experiment: experiment, variant: found.variant))
        }
    }

    /// Refuses runs whose folds are others: a fold of the same number has other rows then, and those that validate here would have trained there.
    private func checkFolds(of runs: [RunSpecification], called name: String, for run: PlannedRun) throws(PreparationProblem) {
        func words(_ folds: Int) -> String { folds == 0 ? "no folds" : "\(folds) folds" }
        let there = runs.compactMap(\.fold).max() ?? 0
        let here = experiment.variants[run.variant].trial.settings.split.folds ?? 0
        guard there != here else { return }
        throw PreparationProblem(
            startingAt: "\(name) has \(words(there)), this experiment has \(words(here))", help: "give both experiments the same folds")
    }

    /// The identity that is written, or the only one in the store that begins so.
    private mutating func identity(beginning text: String) throws(PreparationProblem) -> RunIdentity {
        if let identity = RunIdentity(hex: text) { return identity }
        guard text.utf8.count < 24, Workspace.canBeIdentity(text) else {
            throw PreparationProblem(
                startingAt: "\"\(text)\" is no run: an identity has 24 hexadecimal digits, and the first 4 or more may stand for it",
                help: "ablate list shows the runs")
        }
        let found = stored.filter { $0.hex.hasPrefix(text) }
        guard let first = found.first else {
            throw PreparationProblem(startingAt: "no run begins with \(text)", help: "ablate list shows the runs")
        }
        guard found.count == 1 else {
            throw PreparationProblem(startingAt: "\(found.count) runs begin with \(text)", help: "give more digits")
        }
        return first
    }

    /// What the other experiment's variant is once it is fitted to its data.
    mutating func trial(of origin: StartingRun.Origin) throws -> PreparedTrial? {
        if let known = trials[origin] { return known }
        let part = try experiment(called: origin.experiment).withoutOthers(than: [origin.variant])
        let trial = try PreparedVariant.all(of: part, workspace: workspace).first { $0.variant.name == origin.variant }?.trial
        trials[origin] = trial
        return trial
    }

    private func experiment(called name: String) throws -> Experiment {
        let files = workspace.project.files
        guard let path = name == experiment.name ? experiment.file : files.first(where: { $0.name == name })?.path else {
            throw PreparationProblem(
                startingAt: "there is no experiment \"\(name)\"",
                help: Suggestion.help(for: name, among: files.map(\.name), called: "there are"))
        }
        // As its file has it: changes that were asked for on the command line are those of the runs that start.
        return try workspace.experiment(path)
    }

    private mutating func specifications(of name: String, _ variant: String, for run: PlannedRun) throws -> [RunSpecification] {
        if let known = known[[name, variant]] { return known }
        guard depth < Self.mostInARow else {
            let judges = experiment.variants[run.variant].trial.settings.training.continueFrom == nil
            throw judges
                ? PreparationProblem(
                    startingAt: "the judges lead to each other in a circle", help: "name a classifier that no other run judges")
                : PreparationProblem(startingAt: "the starts lead to each other in a circle", help: "begin with a run without a start")
        }
        let whole = try experiment(called: name)
        guard let found = whole.variants.first(where: { $0.name == variant || $0.aliases.contains(variant) }) else {
            throw PreparationProblem(
                startingAt: "\(name) has no variant \"\(variant)\"",
                help: Suggestion.help(for: variant, among: whole.variants.map(\.name), called: "there are"))
        }
        // What other variants are trained on need not be known, nor be there.
        let part = whole.withoutOthers(than: [found.name])
        let specifications = try workspace.specifications(of: Plan(part).runs, in: part, depth: depth + 1)
        known[[name, variant]] = specifications
        return specifications
    }
}

extension Project {
    /// Where an exported model lies that is seen from the project's folder.
    func path(ofModel folder: String) -> String { folder.hasPrefix("/") ? folder : "\(root)/\(folder)" }

    /// The exported model in a folder, seen from the project's, for runs to start from.
    fileprivate func startingModel(_ folder: String) throws(PreparationProblem) -> TrainedModel {
        let path = path(ofModel: folder)
        guard ModelFolder.isOne(path) else {
            throw PreparationProblem(
                startingAt: "\(folder) is no folder of an exported model", help: "ablate export NAME -o \(folder.shellWord) writes one")
        }
        do { return try ModelFolder.read(path) } catch {
            throw PreparationProblem(startingAt: "the model to start from cannot be read: \(words(of: error))", help: "export it again")
        }
    }
}

extension TrainedModel {
    /// The run with a seed and a fold, or the only one.
    fileprivate func startingRun(seed: Int, fold: Int?, in folder: String) throws(PreparationProblem) -> Run {
        if let run = runs.first(where: { $0.seed == seed && $0.fold == fold }) ?? (runs.count == 1 ? runs[0] : nil) { return run }
        throw PreparationProblem(
            startingAt: "the model in \(folder) has no run of seed \(seed)\(fold.map { ", fold \($0)" } ?? "")",
            help: "it has " + runs.map(title(of:)).joined(separator: "; "))
    }

    /// How people know one of its runs.
    fileprivate func title(of run: Run) -> String { "seed \(run.seed)\(settings.split.runName(fold: run.fold).map { ", " + $0 } ?? "")" }
}

extension PreparationProblem {
    fileprivate static let startPath = "training.continue_from"

    init(startingAt message: String, help: String?) {
        self.init(path: Self.startPath, message: message, help: help)
    }
}

extension Workspace {
    /// Runs of an experiment as the store knows them, each with the run that it starts from. All findings come together.
    func specifications(
        of runs: [PlannedRun], in experiment: Experiment, bases: [RunBasis], depth: Int = 0
    ) throws -> [RunSpecification] {
        let (specifications, findings) = try specified(runs, in: experiment, bases: bases, depth: depth)
        guard findings.errorCount == 0 else { throw findings }
        return specifications
    }

    /// The runs of other experiments that are to be trained before these. Throws what is wrong with the starts of runs, all of it together: names and identities
    /// that lead nowhere, runs that are known by identity alone and not finished, weights that do not fit. `fitted` are the experiment's variants; nil where they do
    /// not fit their data, and then no weights are compared.
    @discardableResult
    func checkStarts(
        of runs: [PlannedRun], in experiment: Experiment, fitted: [PreparedVariant]?, store: RunStore
    ) throws -> [Prerequisite] {
        guard experiment.variants.contains(where: { $0.trial.settings.training.neededRun != nil }) else { return [] }
        let bases = try fitted?.map(\.basis) ?? bases(of: experiment)
        let own = Dictionary(
            zip(try specified(runs, in: experiment, bases: bases).specifications.map(\.identity), runs.map(\.variant)),
            uniquingKeysWith: { first, _ in first })
        var checks = StartChecks(in: store)
        var prerequisites: [Prerequisite] = []
        let findings = try specified(runs, in: experiment, bases: bases) { start, variant, starts in
            let settings = experiment.variants[variant].trial.settings
            if settings.training.judge != nil, settings.training.continueFrom == nil, let origin = start.origin,
                let other = try starts.trial(of: origin)
            {
                try StartChecks.checkClassifier(other.settings, called: start.group, for: settings)
            }
            guard let origin = start.origin, store.finishedRun(start.identity) == nil else {
                return try checks.check(start, for: fitted?[variant].trial)
            }
            if let other = own[start.identity] {
                if let fitted { try checks.check(start, of: fitted[other].trial, for: fitted[variant].trial) }
                return
            }
            if let fitted, let other = try starts.trial(of: origin) { try checks.check(start, of: other, for: fitted[variant].trial) }
            if let place = prerequisites.firstIndex(where: { $0.experiment == origin.experiment && $0.variant == origin.variant }) {
                prerequisites[place].runs.insert(start.identity)
            } else {
                let judges = experiment.variants[variant].trial.settings.training.continueFrom == nil
                prerequisites.append(
                    Prerequisite(experiment: origin.experiment, variant: origin.variant, judges: judges, runs: [start.identity]))
            }
        }.findings
        guard findings.errorCount == 0 else { throw findings }
        return prerequisites
    }

    /// Runs with the runs that they start from, where there are such; `check` may refuse these. Once a finding.
    private func specified(
        _ runs: [PlannedRun], in experiment: Experiment, bases: [RunBasis], depth: Int = 0,
        check: (StartingRun, _ variant: Int, inout StartingRuns) throws -> Void = { _, _, _ in }
    ) throws -> (specifications: [RunSpecification], findings: Diagnostics) {
        @Sendable func specification(_ run: PlannedRun, startingFrom start: RunIdentity? = nil) -> RunSpecification {
            RunSpecification(
                experiment: experiment.name, variant: experiment.variants[run.variant].name, seed: run.seed, fold: run.fold,
                basis: bases[run.variant], start: start)
        }
        var findings = Diagnostics()
        guard experiment.variants.contains(where: { $0.trial.settings.training.neededRun != nil }) else {
            return (runs.mappedConcurrently { specification($0) }, findings)
        }
        var starts = StartingRuns(of: experiment, workspace: self, depth: depth)
        let specifications = try runs.map { run in
            let variant = experiment.variants[run.variant]
            var start: StartingRun?
            do {
                start = try starts.start(of: run)
                if let start { try check(start, run.variant, &starts) }
            } catch let problem as PreparationProblem {
                let judges = variant.trial.settings.training.continueFrom == nil
                let path = problem.path == PreparationProblem.startPath && judges ? "training.judge" : problem.path
                let finding = variant.diagnostic(problem.message, at: path, help: problem.help)
                if !findings.all.contains(finding) { findings.all.append(finding) }
            }
            return specification(run, startingFrom: start?.identity)
        }
        return (specifications, findings)
    }
}
