import Datasets
import Documents
import Experiments
import RunStore
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

    /// Computes and keeps them, unless that was done before.
    public func computePlainMethods() throws {
        guard !experiment.baselines.isEmpty, (try? store.plainMethods(of: experiment.name, as: plainMethodsIdentity)) == nil else { return }
        let settings = experiment.baseline.trial.settings
        let folds: [Int?] = experiment.folds.map { Array(1...max($0, 1)) } ?? [nil]
        var records = experiment.baselines.map { PlainMethodRecord(name: $0.rawValue, figures: []) }
        // A split that is drawn anew is another one for each seed.
        let seeds: [Int?] = settings.split.resplit ? experiment.seeds.map(Optional.some) : [nil]
        for (seed, fold) in seeds.flatMap({ seed in folds.map { (seed, $0) } }) {
            let dataset = try workspace.dataset(for: settings, fold: fold, seed: seed, content: variants[0].data.contentDigest)
            let exact = try workspace.exactNumbers(
                for: experiment.baselines, settings, fold: fold, seed: seed, content: variants[0].data.contentDigest)
            for (place, found) in try plainMethodFigures(experiment.baselines, for: settings, on: dataset, exact: exact).enumerated() {
                if !found.figures.isEmpty {
                    records[place].figures.append(
                        Dictionary(found.figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
                }
                records[place].note = found.note ?? records[place].note
            }
        }
        try store.keep(records, of: experiment.name, as: plainMethodsIdentity)
    }

    /// Stands for all that decides them: the data, the methods, what is reported, and the program.
    private var plainMethodsIdentity: RunIdentity { Workspace.plainMethodsIdentity(of: experiment, digests: variants[0].basis.digests) }
}

extension Workspace {
    /// What is kept of an experiment's plain methods on the data that the digests name; empty when nothing is, or nothing that can be used.
    public func keptPlainMethods(of experiment: Experiment, digests: DataDigests) -> [PlainMethodRecord] {
        guard !experiment.baselines.isEmpty else { return [] }
        return (try? store.plainMethods(of: experiment.name, as: Self.plainMethodsIdentity(of: experiment, digests: digests))) ?? []
    }

    fileprivate static func plainMethodsIdentity(of experiment: Experiment, digests: DataDigests) -> RunIdentity {
        let settings = experiment.baseline.trial.settings
        let training = settings.training
        let methods = experiment.baselines.map(\.rawValue).joined(separator: ",")
        let metrics = training.metrics.map { Metric.schema.encode($0, for: .identity).flowText }.joined(separator: ",")
        let basis = RunBasis(
            canonical: "baselines \(methods); metrics \(metrics); loss \(training.loss.kind.rawValue); folds \(experiment.folds ?? 0)"
                + (settings.split.resplit ? "; seeds \(experiment.seeds)" : "")
                + (settings.target.positive.map { "; positive \($0)" } ?? ""),
            digests: digests, resultsVersion: resultsVersion)
        return RunIdentity(basis, seed: 0, fold: nil)
    }
}
