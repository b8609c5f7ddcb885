import RunStore
import Settings
import Training

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

    /// Refuses a judge that tells no classes, or sees its rows in another way than made examples are given.
    static func checkClassifier(_ judge: TrialSettings, called name: String, for settings: TrialSettings) throws(PreparationProblem) {
        guard judge.target.encoding.isOfClasses else {
            throw PreparationProblem(
                startingAt: "\(name) is no classifier that could judge: its target is \"\(judge.target.column)\"",
                help: "name one whose target has classes")
        }
        guard judge.inputs.columns == settings.inputs.columns else {
            throw PreparationProblem(
                startingAt: "\(name) sees its inputs encoded in another way than made examples are",
                help: "give both experiments the same inputs")
        }
    }

    private func weightShapes(of start: StartingRun) throws(PreparationProblem) -> [String: [Int]] {
        if let run = start.exported {
            do throws(DamagedFile) {
                return Dictionary(try run.weights().map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
            } catch {
                let refusal = Refusal(error, of: "the model to start from", remedy: run.remedy)
                throw PreparationProblem(startingAt: refusal.message, help: refusal.help)
            }
        }
        let run: StoredRun
        switch store.weights(of: start.identity) {
        case .finished(let found): run = found
        case .damaged(let file, let found):
            let refusal = Refusal(file, of: "the run to start from (\(start.title))", remedy: start.remedy(found))
            throw PreparationProblem(startingAt: refusal.message, help: refusal.help)
        case .none:
            let isThere = store.identities.contains(start.identity)
            throw PreparationProblem(
                startingAt: isThere ? "the run to start from is not finished: \(start.title)" : "there is no run \(start.title)",
                help: "ablate list shows the runs")
        }
        let shapes: [String: [Int]]?
        do throws(DamagedFile) { shapes = try run.weightShapes() } catch {
            let refusal = Refusal(error, of: "the run to start from (\(start.title))", remedy: start.remedy(run))
            throw PreparationProblem(startingAt: refusal.message, help: refusal.help)
        }
        guard let shapes else {
            let again = start.origin?.command ?? "ablate run \(run.record.experiment.shellWord) --only \(run.record.variant.shellWord)"
            throw PreparationProblem(
                startingAt: "the weights of the run to start from were removed, as its keep has it: \(start.title)",
                help: "run first: \(again) --again")
        }
        return shapes
    }

    private static func check(_ shapes: [String: [Int]], of start: StartingRun, for trial: PreparedTrial) throws(PreparationProblem) {
        try checkJudge(shapes, of: start, for: trial)
        let expected = trial.weightShapes
        guard let choice = trial.settings.training.continueFrom else { return }
        let taken = choice.weights(of: Array(shapes.keys), for: Array(expected.keys), in: trial.settings.model)
        for name in taken.sorted() where shapes[name] != expected[name] {
            let found =
                switch (shapes[name], expected[name]) {
                case (let there?, let here?): "\(name) is \(there) there, expected \(here)"
                case (let there?, nil): "\(name) is \(there) there, and there is none here"
                case (nil, let here): "\(name) is not there, expected \(here ?? [])"
                }
            throw PreparationProblem(
                startingAt: "the weights of \(start.group) do not fit: \(found)",
                help: choice.layers == .all
                    ? "use the same layers with the same widths, or take some of them: layers: all-but-last"
                    : "use the same layers with the same widths, or take others")
        }
    }
}

/// Refuses a judge that sees other rows.
private func checkJudge(_ shapes: [String: [Int]], of start: StartingRun, for trial: PreparedTrial) throws(PreparationProblem) {
    guard trial.settings.training.judge != nil, let pair = trial.pair else { return }
    guard let output = shapes["output/kernel"] else {
        throw PreparationProblem(
            startingAt: "\(start.group) is no classifier that could judge: it has no output/kernel", help: "name one of the same rows")
    }
    if output.last == 1 { return }
    if let first = shapes["layer_1/kernel"], first.count == 2, first[0] != pair.exampleCount {
        throw PreparationProblem(
            startingAt: "\(start.group) sees rows of \(first[0]) numbers, made examples have \(pair.exampleCount)",
            help: "train the judge on the same inputs")
    }
}

extension PreparedTrial {
    fileprivate var weightShapes: [String: [Int]] {
        Dictionary(tensors.map { ($0.path, $0.shape.dimensions) }, uniquingKeysWith: { first, _ in first })
    }
}
