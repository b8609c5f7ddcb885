import Experiments
import RunStore

/// The runs that lie in the folders of experiments, and what could not be read among them.
public struct ListedRuns: Sendable {
    /// Every run with a record, each once.
    public var runs: [StoredRun] = []
    /// Records that cannot be used.
    public var warnings: [StoreWarning] = []
    /// The figures that choose the winners of these experiments, as far as their files can be read.
    public var metrics: [String] = []
}

extension Workspace {
    /// The runs of these experiments: those in their own folders, in whatever state, and finished ones that they use from the folders of others. Experiments are named as
    /// files of the project or folders of results.
    public func runs(of experiments: [String]) throws -> ListedRuns {
        var listed = ListedRuns()
        var seen: Set<RunIdentity> = []
        for name in experiments {
            for (identity, run) in store.inventory(of: name) {
                switch run {
                case .success(let run): if seen.insert(identity).inserted { listed.runs.append(run) }
                case .failure(let damage): listed.warnings.append(StoreWarning(damage))
                }
            }
            guard let file = project.files.first(where: { $0.name == name })?.path,
                let experiment = try? experiment(file)
            else { continue }
            if !listed.metrics.contains(experiment.selection.metric) { listed.metrics.append(experiment.selection.metric) }
            let asked = try? specifications(of: experiment) + specificationsOfFinalists(of: experiment)
            guard let missing = asked?.filter({ !seen.contains($0.identity) }), !missing.isEmpty else {
                continue
            }
            for case .finished(let run) in store.survey(missing).runs.map(\.state) where seen.insert(run.record.identity).inserted {
                listed.runs.append(run)
            }
        }
        return listed
    }
}
