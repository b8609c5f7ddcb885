import Datasets
import Documents
import Experiments
import RunStore
import Scheduling
import Settings
import Training

/// Plain methods beside the networks: computed once, with the baseline's data and metrics, and kept beside the runs.
extension PreparedExperiment {
    /// What is kept of them; empty when nothing is, or nothing that can be used.
    public var keptPlainMethods: [PlainMethodRecord] {
        workspace.keptPlainMethods(of: experiment, digests: variants[0].basis.digests)
    }

    /// The file of what is kept, when it cannot be used.
    public var plainMethodWarnings: [StoreWarning] {
        guard !experiment.baselines.isEmpty else { return [] }
        do throws(DamagedFile) {
            _ = try store.plainMethods(of: experiment.name, as: plainMethodsIdentity)
            return []
        } catch {
            return [.damagedPlainMethods(error)]
        }
    }

    /// Computes and keeps them, unless that was done before; answers whether figures without predictions stood there, of an earlier version. `tell` hears what may take
    /// a while.
    public func computePlainMethods(tell: (String) -> Void) throws -> Bool {
        guard !experiment.baselines.isEmpty else { return false }
        let kept = (try? store.plainMethods(of: experiment.name, as: plainMethodsIdentity)) ?? nil
        if let kept, kept.allSatisfy({ $0.predictions != nil }) { return false }
        let settings = experiment.baseline.trial.settings
        let folds: [Int?] = experiment.folds.map { Array(1...max($0, 1)) } ?? [nil]
        var records = experiment.baselines.map { PlainMethodRecord(name: $0.name, figures: []) }
        // A split that is drawn anew is another one for each seed.
        let seeds: [Int?] = settings.split.resplit ? experiment.seeds.map(Optional.some) : [nil]
        for (seed, fold) in seeds.flatMap({ seed in folds.map { (seed, $0) } }) {
            let dataset = try workspace.dataset(for: settings, fold: fold, seed: seed, content: variants[0].data.contentDigest)
            let exact = try workspace.exactNumbers(
                for: experiment.baselines, settings, fold: fold, seed: seed, content: variants[0].data.contentDigest)
            let (rows, features) = (dataset.train.count, dataset.featureCount)
            if rows * features > Self.largeData, experiment.baselines.contains(where: \.needsInputs) {
                let part = fold.map { " of \(settings.split.foldName($0))" } ?? ""
                tell(
                    "fitting \(counted(experiment.baselines.count, "plain baseline")) on \(grouped(rows)) rows\(part), which may take minutes"
                )
            }
            for (place, found) in try plainMethodFigures(experiment.baselines, for: settings, on: dataset, exact: exact).enumerated() {
                if !found.figures.isEmpty {
                    records[place].figures.append(
                        Dictionary(found.figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
                    if !found.predictions.isEmpty { records[place].predictions?.append(Predictions(found.predictions)) }
                }
                records[place].target = RecordedTarget(dataset.summary)
                records[place].note = found.note ?? records[place].note
            }
        }
        try store.keep(records, of: experiment.name, as: plainMethodsIdentity)
        return kept != nil
    }

    /// From so many numbers on it is said that methods are fitted.
    private static let largeData = 2_000_000

    /// Stands for all that decides them: the data, the methods, what is reported, and the program.
    private var plainMethodsIdentity: RunIdentity { Workspace.plainMethodsIdentity(of: experiment, digests: variants[0].basis.digests) }
}

extension Workspace {
    /// What is kept of an experiment's plain methods on the data that the digests name; empty when nothing is, or nothing that can be used.
    public func keptPlainMethods(of experiment: Experiment, digests: DataDigests) -> [PlainMethodRecord] {
        guard !experiment.baselines.isEmpty else { return [] }
        return (try? store.plainMethods(of: experiment.name, as: Self.plainMethodsIdentity(of: experiment, digests: digests))) ?? []
    }

    static func plainMethodsIdentity(of experiment: Experiment, digests: DataDigests) -> RunIdentity {
        let settings = experiment.baseline.trial.settings
        let training = settings.training
        let methods = experiment.baselines.map(\.name).joined(separator: ",")
        let metrics = training.metrics.map { Metric.schema.encode($0, for: .identity).flowText }.joined(separator: ",")
        let basis = RunBasis(
            canonical: "baselines \(methods); metrics \(metrics); loss \(training.loss.kind.rawValue); folds \(experiment.folds ?? 0)"
                + (settings.split.resplit ? "; seeds \(experiment.seeds)" : "")
                + (settings.target.positive.map { "; positive \($0)" } ?? "")
                + (training.threshold.map { "; threshold \(ThresholdSettings.schema.encode($0, for: .identity).flowText)" } ?? "")
                + (training.classWeight.map { "; class weights \(ClassWeightSettings.schema.encode($0, for: .identity).flowText)" } ?? ""),
            digests: digests, resultsVersion: resultsVersion)
        return RunIdentity(basis, seed: 0, fold: nil)
    }
}
