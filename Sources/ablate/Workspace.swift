import Datasets
import Documents
import Experiments
import RunStore
import Settings
import Training

/// A project with its folders, as the options may have moved them.
struct Workspace {
    let project: Project
    let data: DatasetStore
    let results: String

    /// Offline, data sets that are not at hand cannot be had.
    init(_ project: Project, _ folders: FolderOptions, isOffline: Bool = false) {
        self.project = project
        data = DatasetStore(
            folder: Files.absolute(folders.data ?? project.data), root: project.root, mirrors: Environment.mirrors, isOffline: isOffline)
        results = Files.absolute(folders.results ?? project.results)
    }

    /// The runs on disk.
    var store: RunStore { RunStore(root: results) }
}

// MARK: - Questions

extension Workspace {
    /// The names of the experiments' folders in the results folder.
    var experimentsWithRuns: [String] { store.experiments }

    /// Refuses a project whose own results/ is a link: what it leads to was perhaps never meant to be written. Who names a folder means it.
    func checkResults() throws(Refusal) {
        guard results == project.results, let target = Files.target(ofLink: results) else { return }
        throw Refusal(
            "\(Files.spoken(results)) is a symbolic link, and nothing is written or removed through one",
            help: "name the folder it leads to: --results \(target.shellWord)")
    }

    /// The runs of an experiment as the store knows them, without fetching, encoding or fitting anything.
    func specifications(of experiment: Experiment) throws -> [RunSpecification] {
        var contents: [RawSource: String] = [:]
        let digests = try experiment.variants.map { variant in
            let request = try request(for: variant.trial.settings)
            let content = try contents[request.source] ?? data.contentDigest(of: request)
            contents[request.source] = content
            return DataDigests(content: content, encoding: data.encodingDigest(of: request))
        }
        return Plan(experiment).runs.map { run in
            let variant = experiment.variants[run.variant]
            return RunSpecification(
                experiment: experiment.name, variant: variant.name, seed: run.seed, fold: run.fold, canonical: variant.trial.canonical,
                digests: digests[run.variant], resultsVersion: resultsVersion)
        }
    }
}
