import Datasets
import Experiments
import Metrics
import RunStore
import Settings
import Training

/// What finished runs of one variant answer for encoded rows.
public struct VariantPredictions {
    /// What the numbers of an answer are.
    public let kind: Predictor.OutputKind
    /// The runs that answer; those whose training diverged have no weights to answer with.
    public let runs: [any AnsweringRun]
    /// By run, then by row.
    public let byRun: [[[Double]]]
    /// Where two classes are told apart, the mean over the runs; nil where the one of the larger number is said.
    public let threshold: ClassThreshold?
    /// Of networks that are asked for their inputs, how far what they give lies from these: the mean squared difference as a network sees them, by run, then by row.
    /// Nil for other networks, and where rows are no numbers.
    public private(set) var errors: [[Double]]?

    /// `questions` gives the rows as they are encoded for runs of a split, and the data that they are encoded by.
    public init(
        of runs: [any AnsweringRun], settings: TrialSettings,
        questions: (RunSplit) throws -> (data: DatasetSummary, rows: [EncodedRows])
    ) throws {
        var encoded: [RunSplit: (data: DatasetSummary, rows: [EncodedRows])] = [:]
        func known(_ split: RunSplit) throws -> (data: DatasetSummary, rows: [EncodedRows]) {
            if let known = encoded[split] { return known }
            let found = try questions(split)
            encoded[split] = found
            return found
        }
        try self.init(of: runs, settings: settings, data: { try known($0).data }) { predictor, split in
            try known(split).rows.flatMap { try predictor.predictions(for: $0) }
        }
        guard settings.target.encoding == .inputs else { return }
        let found = try zip(self.runs, byRun).map { run, answers in
            let inputs = try known(RunSplit(of: run, settings)).rows.flatMap(\.denseRows)
            return zip(answers, inputs).map { meanSquaredDifference($0, $1) }
        }
        errors = zip(found, byRun).allSatisfy { $0.count == $1.count } ? found : nil
    }

    /// `data` is what the runs of a split encode their rows by, `answers` what one of them says.
    init(
        of runs: [any AnsweringRun], settings: TrialSettings, data: (RunSplit) throws -> DatasetSummary,
        answers: (Predictor, RunSplit) throws -> [[Double]]
    ) throws {
        var kind = Predictor.OutputKind.values
        var answering: [any AnsweringRun] = []
        var byRun: [[[Double]]] = []
        let able = runs.filter(\.hasWeights)
        guard !able.isEmpty else { throw Refusal("the weights of its runs were removed, as keep has it", cause: .failure) }
        for run in able {
            let split = RunSplit(of: run, settings)
            guard let predictor = try Self.predictor(run, settings: settings, data: data(split)) else { continue }
            kind = predictor.outputKind
            byRun.append(try answers(predictor, split))
            answering.append(run)
        }
        guard !answering.isEmpty else {
            let which = able.count == 1 ? "the run \(able[0].identity.hex.prefix(8))" : "every one of the \(able.count) runs"
            throw Refusal("training diverged in \(which), so there are no weights to predict with", cause: .failure)
        }
        self.kind = kind
        self.runs = answering
        self.byRun = byRun
        threshold = ClassThreshold.mean(of: answering.compactMap { Self.threshold($0, settings: settings, kind: kind) })
    }

    private static func threshold(_ run: any AnsweringRun, settings: TrialSettings, kind: Predictor.OutputKind) -> ClassThreshold? {
        guard case .classes(let names, _) = kind, let probability = settings.training.threshold?.value(in: run.figures) else {
            return nil
        }
        return ClassThreshold(of: settings.target.positiveNumber(among: names), above: probability)
    }

    /// The place of the class that numbers for each class say.
    public func predictedClass(_ answer: [Double]) -> Int { threshold?.predictedClass(answer) ?? answer.placeOfLargest }

    /// Nil for weights that are no numbers.
    static func predictor(_ run: any AnsweringRun, settings: TrialSettings, data: DatasetSummary) throws -> Predictor? {
        do {
            let weights = try run.weights().map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
            guard weights.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else { return nil }
            return try Predictor(settings, data: data, weights: weights)
        } catch let damage as DamagedFile {
            throw Refusal(damage, of: "the run \(run.identity.hex.prefix(8))", remedy: run.remedy)
        } catch let problem as PredictionProblem {
            throw Refusal("\(Files.spoken(run.place)): \(problem)", cause: .failure)
        } catch let problem as PreparationProblem {
            throw Refusal("\(problem)", cause: .failure)
        }
    }
}

private func meanSquaredDifference(_ answer: [Double], _ inputs: ArraySlice<Float>) -> Double {
    let squares = zip(answer, inputs).map { given, input in (given - Double(input)) * (given - Double(input)) }
    return squares.reduce(0, +) / Double(max(squares.count, 1))
}

extension EncodedRows {
    /// The numbers of each row; none where rows are words.
    fileprivate var denseRows: [ArraySlice<Float>] {
        guard case .dense(let numbers) = inputs else { return [] }
        return (0..<rowCount).map { numbers[$0 * featureCount..<($0 + 1) * featureCount] }
    }
}
