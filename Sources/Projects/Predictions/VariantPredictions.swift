import Datasets
import Experiments
import RunStore
import Settings
import Training

/// What finished runs of one variant answer for encoded rows.
public struct VariantPredictions {
    /// What the numbers of an answer are.
    public let kind: Predictor.OutputKind
    /// The runs that answer; those whose training diverged have no weights to answer with.
    public let runs: [StoredRun]
    /// By run, then by row.
    public let byRun: [[[Double]]]

    /// `questions` gives the rows as they are encoded for runs of a fold, and the data that they are encoded by: folds may have encoders of their own.
    public init(
        of runs: [StoredRun], settings: TrialSettings, questions: (_ fold: Int?) throws -> (data: DatasetSummary, rows: [EncodedRows])
    ) throws {
        var encoded: [Int?: (data: DatasetSummary, rows: [EncodedRows])] = [:]
        var kind = Predictor.OutputKind.values
        var answering: [StoredRun] = []
        var byRun: [[[Double]]] = []
        let able = runs.filter { !$0.record.removed.contains(.weights) }
        guard !able.isEmpty else { throw Refusal("the weights of its runs were removed, as keep has it", cause: .failure) }
        for run in able {
            let (data, rows) = try encoded[run.record.fold] ?? questions(run.record.fold)
            encoded[run.record.fold] = (data, rows)
            guard let predictor = try Self.predictor(run, settings: settings, data: data) else { continue }
            kind = predictor.outputKind
            byRun.append(try rows.flatMap { try predictor.predictions(for: $0) })
            answering.append(run)
        }
        guard !answering.isEmpty else {
            let which = able.count == 1 ? "the run \(able[0].record.identity.hex.prefix(8))" : "every one of the \(able.count) runs"
            throw Refusal("training diverged in \(which), so there are no weights to predict with", cause: .failure)
        }
        self.kind = kind
        self.runs = answering
        self.byRun = byRun
    }

    /// Nil for weights that are no numbers.
    private static func predictor(_ run: StoredRun, settings: TrialSettings, data: DatasetSummary) throws -> Predictor? {
        do {
            let weights = try run.weights().map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
            guard weights.allSatisfy({ $0.values.allSatisfy(\.isFinite) }) else { return nil }
            return try Predictor(settings, data: data, weights: weights)
        } catch let damage as DamagedFile {
            throw Refusal("\(damage)", cause: .failure)
        } catch let problem as PredictionProblem {
            throw Refusal("\(Files.spoken(run.folder.path)): \(problem)", cause: .failure)
        } catch let problem as PreparationProblem {
            throw Refusal("\(problem)", cause: .failure)
        }
    }
}
