import Documents
import Experiments
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
}

/// Finds the runs that those of an experiment start from, without looking whether they are finished.
struct StartingRuns {
    private let workspace: Workspace
    private let experiment: Experiment
    /// How many starts lie between the experiment that was asked for and this one.
    private let depth: Int
    private var known: [[String]: [RunSpecification]] = [:]

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
            guard let identity = RunIdentity(hex: text) else {
                throw PreparationProblem(
                    startingAt: "\"\(text)\" is no run: an identity has 24 hexadecimal digits", help: "ablate list shows the runs")
            }
            return StartingRun(identity: identity, title: text, command: nil)
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

extension StartingRun {
    /// Throws unless the run is finished and has all the weights that the trial needs, and no other.
    func check(in store: RunStore, for trial: PreparedTrial) throws {
        guard let run = store.finishedRun(identity) else {
            throw PreparationProblem(
                startingAt: "the run to start from is not finished: \(title)",
                help: command.map { "run first: \($0)" } ?? "ablate list shows the runs")
        }
        guard let shapes = try run.weightShapes() else {
            let again = command ?? "ablate run \(run.record.experiment.shellWord) --only \(run.record.variant.shellWord)"
            throw PreparationProblem(
                startingAt: "the weights of the run to start from were removed, as its keep has it: \(title)",
                help: "run first: \(again) --again")
        }
        try check(shapes, for: trial)
    }

    /// Throws unless the trial of the start, which is trained first, has all the weights that the trial needs, and no other.
    func check(_ start: PreparedTrial, for trial: PreparedTrial) throws { try check(start.weightShapes, for: trial) }

    private func check(_ shapes: [String: [Int]], for trial: PreparedTrial) throws {
        let expected = trial.weightShapes
        for name in Set(shapes.keys).union(expected.keys).sorted() where shapes[name] != expected[name] {
            func words(_ shape: [Int]?) -> String { shape.map { "\($0)" } ?? "nothing" }
            throw PreparationProblem(
                startingAt:
                    "the weights of \(title) do not fit: \(name) is \(words(shapes[name])) there, expected \(words(expected[name]))",
                help: "use the same layers with the same widths")
        }
    }
}

extension PreparedTrial {
    fileprivate var weightShapes: [String: [Int]] {
        Dictionary(network.parameters.map { ($0.path, $0.shape.dimensions) }, uniquingKeysWith: { first, _ in first })
    }
}

extension PreparationProblem {
    fileprivate init(startingAt message: String, help: String?) {
        self.init(path: "training.continue_from", message: message, help: help)
    }
}

extension Workspace {
    /// Runs of an experiment as the store knows them, each with the run that it starts from; `check` may refuse that one. All findings come together.
    func specifications(
        of runs: [PlannedRun], in experiment: Experiment, bases: [RunBasis], depth: Int = 0,
        check: (StartingRun, _ variant: Int) throws -> Void = { _, _ in }
    ) throws -> [RunSpecification] {
        var starts = StartingRuns(of: experiment, workspace: self, depth: depth)
        var findings = Diagnostics()
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
            return RunSpecification(
                experiment: experiment.name, variant: variant.name, seed: run.seed, fold: run.fold, basis: bases[run.variant],
                start: start?.identity)
        }
        guard findings.errorCount == 0 else { throw findings }
        return specifications
    }
}
