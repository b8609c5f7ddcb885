import Datasets
import Experiments
import RunStore
import Training

/// What the files in `experiments/` ask for. A run that one experiment has made may be used by another.
public struct WantedRuns {
    /// Their identities, and those of the plain methods beside them; with them all that a file may ask for which cannot be judged.
    public private(set) var identities: Set<RunIdentity> = []
    /// The names of the files' experiments.
    public private(set) var experiments: Set<String> = []
    /// Why some files cannot be judged.
    public private(set) var problems: [any Error] = []
    /// The tables of features that they ask for; nil where some are not known.
    private(set) var features: Set<FeatureFileName>? = []
    /// The runs that a plan calls stale, by experiment.
    private var stale: [String: Set<RunKey>] = [:]

    /// Reads all files of the project.
    ///
    /// - Throws: `DatasetError.interrupted` where the user asked to stop meanwhile.
    public init(of workspace: Workspace) throws {
        for (name, file) in workspace.project.files {
            experiments.insert(name)
            do { try note(workspace.experiment(file), workspace) } catch DatasetError.interrupted { throw DatasetError.interrupted } catch {
                // Nobody knows what the file asks for: it may be any finished run, and any table.
                for experiment in workspace.experimentsWithRuns { identities.formUnion(workspace.store.identities(in: experiment)) }
                features = nil
                problems.append(error)
            }
        }
    }

    private mutating func note(_ experiment: Experiment, _ workspace: Workspace) throws {
        noteSources(of: experiment, workspace)
        noteFeatures(of: experiment, workspace)
        let specifications: [RunSpecification]
        do {
            specifications = try workspace.specifications(of: experiment) + workspace.specificationsOfFinalists(of: experiment)
        } catch DatasetError.interrupted {
            throw DatasetError.interrupted
        } catch {
            noteAllThatMayBeWanted(by: experiment, workspace)
            switch error {
            case is FeaturesWanted: break
            case let problem as PreparationProblem:
                problems.append(Refusal("\(Files.spoken(experiment.file)): \(problem.message)", help: problem.help))
            case let problem as DatasetError:
                problems.append(Refusal("\(Files.spoken(experiment.file)): \(problem)"))
            default: problems.append(error)
            }
            return
        }
        identities.formUnion(specifications.map(\.identity) + specifications.compactMap(\.start))
        if let baseline = specifications.first(where: { $0.variant == experiment.baseline.name }), !experiment.baselines.isEmpty {
            identities.insert(Workspace.plainMethodsIdentity(of: experiment, digests: baseline.digests))
        }
        for (run, state) in workspace.store.survey(specifications).runs {
            guard case .stale = state else { continue }
            stale[experiment.name, default: []].insert(RunKey(run))
        }
    }

    /// Notes the runs of an experiment of which the content of its data is not known: those that it has, those that others have made with its settings, and those
    /// that it names.
    private mutating func noteAllThatMayBeWanted(by experiment: Experiment, _ workspace: Workspace) {
        identities.formUnion(workspace.store.identities(in: experiment.name))
        let unknown = DataDigests(content: "", encoding: "")
        let asked = Set(
            experiment.variants.map { variant in
                RunBasis(canonical: variant.trial.canonical, digests: unknown, resultsVersion: resultsVersion).withoutNames
            })
        for run in workspace.experimentsWithRuns.flatMap({ workspace.store.storedRuns(in: $0) }) {
            let basis = RunBasis(
                canonical: run.record.settings.compactText, digests: unknown, resultsVersion: run.record.resultsVersion)
            if asked.contains(basis.withoutNames) { identities.insert(run.record.identity) }
        }
        for variant in experiment.variants {
            guard case .run(let text)? = variant.trial.settings.training.neededRun?.source else { continue }
            identities.formUnion(workspace.store.identities.filter { $0.hex.hasPrefix(text) })
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
