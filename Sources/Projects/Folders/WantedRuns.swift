import Experiments
import RunStore
import Training

/// What the files in `experiments/` ask for. A run that one experiment has made may be used by another.
public struct WantedRuns: Sendable {
    /// Their identities, and those of the plain methods beside them.
    public private(set) var identities: Set<RunIdentity> = []
    /// The names of the files' experiments.
    public private(set) var experiments: Set<String> = []
    /// The tables of features that they ask for; nil where some are not known yet.
    private(set) var features: Set<FeatureFileName>? = []
    /// The runs that a plan calls stale, by experiment.
    private var stale: [String: Set<RunKey>] = [:]

    /// Reads all files of the project.
    public init(of workspace: Workspace) throws {
        for (_, file) in workspace.project.files {
            let experiment = try workspace.experiment(file)
            experiments.insert(experiment.name)
            noteSources(of: experiment, workspace)
            let specifications: [RunSpecification]
            do {
                specifications = try workspace.specifications(of: experiment) + workspace.specificationsOfFinalists(of: experiment)
            } catch let problem as PreparationProblem {
                throw Refusal("\(Files.spoken(file)): \(problem.message)", help: problem.help)
            } catch is FeaturesWanted {
                // Which runs it wants is not known until its features are there: none of those that it has is in vain.
                identities.formUnion(workspace.store.storedRuns(in: experiment.name).map(\.record.identity))
                noteFeatures(of: experiment, workspace)
                continue
            }
            noteFeatures(of: experiment, workspace)
            identities.formUnion(specifications.map(\.identity) + specifications.compactMap(\.start))
            if let baseline = specifications.first(where: { $0.variant == experiment.baseline.name }), !experiment.baselines.isEmpty {
                identities.insert(Workspace.plainMethodsIdentity(of: experiment, digests: baseline.digests))
            }
            for (run, state) in workspace.store.survey(specifications).runs {
                guard case .stale = state else { continue }
                stale[experiment.name, default: []].insert(RunKey(run))
            }
        }
    }

    /// Notes what made the features that an experiment's finished runs were trained on: they answer for new rows with it, though the source's file may ask for
    /// other runs by now.
    private mutating func noteSources(of experiment: Experiment, _ workspace: Workspace) {
        let runs = workspace.store.storedRuns(in: experiment.name).map(\.record)
        let contents = Set(runs.filter { $0.settings["dataset"]?["features"] != nil }.map(\.digests.content))
        for table in contents.compactMap(FeatureFiles(of: workspace).name(ofContent:)) {
            features?.insert(table)
            if let source = table.source { identities.insert(source.run) }
        }
    }

    /// Notes the tables of features that an experiment asks for, whether they are there or not.
    private mutating func noteFeatures(of experiment: Experiment, _ workspace: Workspace) {
        for case .features(let settings) in Set(experiment.variants.map(\.trial.settings.dataset)) {
            guard let name = try? FeatureTable(settings, in: workspace).fileName() else {
                features = nil
                return
            }
            features?.insert(name)
        }
    }

    /// The folders of an experiment's runs that its plan calls stale.
    public func stalePaths(in experiment: String, store: RunStore) -> Set<String> {
        guard let keys = stale[experiment] else { return [] }
        return Set(store.storedRuns(in: experiment).filter { $0.isOfFile && keys.contains(RunKey($0.record)) }.map(\.folder.path))
    }
}
