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
    /// What trains it; nil where only its identity is known.
    let command: String?
    /// The run in an exported model; nil where it lies in the store.
    var exported: TrainedModel.Run?
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

    /// More starts in a row are a circle.
    private static let mostInARow = 16

    init(of experiment: Experiment, workspace: Workspace, depth: Int) {
        (self.experiment, self.workspace, self.depth) = (experiment, workspace, depth)
    }

    /// The run that a run starts from; nil where it draws its weights.
    ///
    /// - Throws: `PreparationProblem` when there is no such run, or what the file is refused for that tells of it.
    mutating func start(of run: PlannedRun) throws -> StartingRun? {
        switch experiment.variants[run.variant].trial.settings.training.continueFrom {
        case nil: return nil
        case .run(let text)?:
            return StartingRun(identity: try identity(beginning: text), title: text, command: nil)
        case .model(let folder)?:
            let model = try models[folder] ?? workspace.project.startingModel(folder)
            models[folder] = model
            let found = try model.startingRun(seed: run.seed, fold: run.fold, in: folder)
            return StartingRun(identity: found.identity, title: "\(folder), \(model.title(of: found))", command: nil, exported: found)
        case .variant(let variant, let experiment)?:
            let title = "\(experiment), \(variant), seed \(run.seed)\(run.fold.map { ", fold \($0)" } ?? "")"
            let runs = try specifications(of: experiment, variant)
            guard let found = runs.first(where: { $0.seed == run.seed && $0.fold == run.fold }) else {
                throw PreparationProblem(
                    startingAt: "there is no run \(title)", help: "both experiments need the same seeds and folds")
            }
            return StartingRun(
                identity: found.identity, title: title, command: "ablate run \(experiment.shellWord) --only \(found.variant.shellWord)")
        }
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

    private mutating func specifications(of name: String, _ variant: String) throws -> [RunSpecification] {
        if let known = known[[name, variant]] { return known }
        guard depth < Self.mostInARow else {
            throw PreparationProblem(startingAt: "the starts lead to each other in a circle", help: "begin with a run without a start")
        }
        let files = workspace.project.files
        guard let path = name == experiment.name ? experiment.file : files.first(where: { $0.name == name })?.path else {
            throw PreparationProblem(
                startingAt: "there is no experiment \"\(name)\"",
                help: Suggestion.help(for: name, among: files.map(\.name), called: "there are"))
        }
        // As its file has it: changes that were asked for on the command line are those of the runs that start.
        let whole = try workspace.experiment(path)
        guard let found = whole.variants.first(where: { $0.name == variant || $0.aliases.contains(variant) }) else {
            throw PreparationProblem(
                startingAt: "\(name) has no variant \"\(variant)\"",
                help: Suggestion.help(for: variant, among: whole.variants.map(\.name), called: "there are"))
        }
        let plan = Plan(whole)
        let runs = plan.runs.filter { plan.variant(of: $0).name == found.name }
        let specifications = try workspace.specifications(of: runs, in: whole, depth: depth + 1)
        known[[name, variant]] = specifications
        return specifications
    }
}

/// Finds out whether runs can begin with the weights of others; each of these is looked at once.
struct StartChecks {
    private let store: RunStore
    /// The weights of finished runs by name, or why they cannot be had.
    private var known: [RunIdentity: Result<[String: [Int]], PreparationProblem>] = [:]

    init(in store: RunStore) { self.store = store }

    /// Throws unless the run is finished and has all the weights that the trial needs, and no other; without a trial, unless it is finished and has some.
    mutating func check(_ start: StartingRun, for trial: PreparedTrial?) throws(PreparationProblem) {
        let shapes = known[start.identity] ?? Result { () throws(PreparationProblem) in try weightShapes(of: start) }
        known[start.identity] = shapes
        let found = try shapes.get()
        if let trial { try Self.check(found, of: start, for: trial) }
    }

    /// Throws unless another trial, which is trained first, has all the weights that the trial needs, and no other.
    func check(_ start: StartingRun, of other: PreparedTrial, for trial: PreparedTrial) throws(PreparationProblem) {
        try Self.check(other.weightShapes, of: start, for: trial)
    }

    private func weightShapes(of start: StartingRun) throws(PreparationProblem) -> [String: [Int]] {
        if let run = start.exported {
            do throws(DamagedFile) {
                return Dictionary(try run.weights().map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
            } catch { throw PreparationProblem(startingAt: "the weights of the model to start from cannot be read: \(error)", help: nil) }
        }
        guard let run = store.finishedRun(start.identity) else {
            let isThere = start.command != nil || store.identities.contains(start.identity)
            throw PreparationProblem(
                startingAt: isThere ? "the run to start from is not finished: \(start.title)" : "there is no run \(start.title)",
                help: start.command.map { "run first: \($0)" } ?? "ablate list shows the runs")
        }
        let shapes: [String: [Int]]?
        do throws(DamagedFile) { shapes = try run.weightShapes() } catch {
            throw PreparationProblem(startingAt: "the weights of the run to start from cannot be read: \(error)", help: nil)
        }
        guard let shapes else {
            let again = start.command ?? "ablate run \(run.record.experiment.shellWord) --only \(run.record.variant.shellWord)"
            throw PreparationProblem(
                startingAt: "the weights of the run to start from were removed, as its keep has it: \(start.title)",
                help: "run first: \(again) --again")
        }
        return shapes
    }

    private static func check(_ shapes: [String: [Int]], of start: StartingRun, for trial: PreparedTrial) throws(PreparationProblem) {
        let expected = trial.weightShapes
        for name in Set(shapes.keys).union(expected.keys).sorted() where shapes[name] != expected[name] {
            func words(_ shape: [Int]?) -> String { shape.map { "\($0)" } ?? "nothing" }
            throw PreparationProblem(
                startingAt:
                    "the weights of \(start.title) do not fit: \(name) is \(words(shapes[name])) there, expected \(words(expected[name]))",
                help: "use the same layers with the same widths")
        }
    }
}

extension PreparedTrial {
    fileprivate var weightShapes: [String: [Int]] {
        Dictionary(network.parameters.map { ($0.path, $0.shape.dimensions) }, uniquingKeysWith: { first, _ in first })
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
    fileprivate func title(of run: Run) -> String { "seed \(run.seed)\(run.fold.map { ", " + settings.split.foldName($0) } ?? "")" }
}

extension PreparationProblem {
    fileprivate init(startingAt message: String, help: String?) {
        self.init(path: "training.continue_from", message: message, help: help)
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

    /// Throws what is wrong with the starts of runs, all of it together: names and identities that lead nowhere, runs that are not finished, weights that do not
    /// fit. A run that is one of these itself is trained first. A run of another experiment may still be to be trained where only identities must be
    /// finished. `fitted` are the experiment's variants; nil where they do not fit their data, and then no weights are compared.
    func checkStarts(
        of runs: [PlannedRun], in experiment: Experiment, fitted: [PreparedVariant]?, store: RunStore, onlyIdentities: Bool = false
    ) throws {
        guard experiment.variants.contains(where: { $0.trial.settings.training.continueFrom != nil }) else { return }
        let bases = try fitted?.map(\.basis) ?? bases(of: experiment)
        let own = Dictionary(
            zip(try specified(runs, in: experiment, bases: bases).specifications.map(\.identity), runs.map(\.variant)),
            uniquingKeysWith: { first, _ in first })
        var checks = StartChecks(in: store)
        let findings = try specified(runs, in: experiment, bases: bases) { (start, variant) throws(PreparationProblem) in
            if start.exported == nil, let other = own[start.identity], store.finishedRun(start.identity) == nil {
                if let fitted { try checks.check(start, of: fitted[other].trial, for: fitted[variant].trial) }
            } else if !onlyIdentities || start.command == nil {
                try checks.check(start, for: fitted?[variant].trial)
            }
        }.findings
        guard findings.errorCount == 0 else { throw findings }
    }

    /// Runs with the runs that they start from, where there are such; `check` may refuse these. Once a finding.
    private func specified(
        _ runs: [PlannedRun], in experiment: Experiment, bases: [RunBasis], depth: Int = 0,
        check: (StartingRun, _ variant: Int) throws(PreparationProblem) -> Void = { _, _ in }
    ) throws -> (specifications: [RunSpecification], findings: Diagnostics) {
        @Sendable func specification(_ run: PlannedRun, startingFrom start: RunIdentity? = nil) -> RunSpecification {
            RunSpecification(
                experiment: experiment.name, variant: experiment.variants[run.variant].name, seed: run.seed, fold: run.fold,
                basis: bases[run.variant], start: start)
        }
        var findings = Diagnostics()
        guard experiment.variants.contains(where: { $0.trial.settings.training.continueFrom != nil }) else {
            return (runs.mappedConcurrently { specification($0) }, findings)
        }
        var starts = StartingRuns(of: experiment, workspace: self, depth: depth)
        let specifications = try runs.map { run in
            let variant = experiment.variants[run.variant]
            var start: StartingRun?
            do {
                start = try starts.start(of: run)
                if let start { try check(start, run.variant) }
            } catch let problem as PreparationProblem {
                let finding = variant.diagnostic(problem.message, at: problem.path, help: problem.help)
                if !findings.all.contains(finding) { findings.all.append(finding) }
            }
            return specification(run, startingFrom: start?.identity)
        }
        return (specifications, findings)
    }
}
