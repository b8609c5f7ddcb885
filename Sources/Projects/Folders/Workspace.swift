import Datasets
import Documents
import Experiments
import RunStore
import Settings
import Training

/// A project with its folders, as the options may have moved them.
public struct Workspace: Sendable {
    /// The project.
    public let project: Project
    /// Its data sets.
    public let data: DatasetStore
    /// The folder of reports and runs, an absolute path.
    public let results: String
    /// Whether features count as finished runs' records tell of them, when what makes them has changed or gone: for questions to these runs, not for training.
    let takesRecordedFeatures: Bool
    /// Tables of features that other experiments' runs make.
    let featureSets = FeatureSets()
    /// Hears what happens to data sets while somebody waits for them.
    let progress: @Sendable (DatasetProgress) -> Void

    /// A project whose folders of data and results may lie elsewhere. `mirrors` are folders with copies of public data sets; offline, data sets
    /// that are not at hand cannot be had. With `takesRecordedFeatures` features count
    /// as finished runs' records tell of them, when what makes them has changed or gone.
    public init(
        _ project: Project, data: String? = nil, results: String? = nil, mirrors: [String] = [], isOffline: Bool = false,
        takesRecordedFeatures: Bool = false, progress: @escaping @Sendable (DatasetProgress) -> Void = { _ in }
    ) {
        self.project = project
        self.data = DatasetStore(
            folder: Files.absolute(data ?? project.data), root: project.root, mirrors: mirrors, isOffline: isOffline)
        self.results = Files.absolute(results ?? project.results)
        self.takesRecordedFeatures = takesRecordedFeatures
        self.progress = progress
    }

    /// The runs on disk.
    public var store: RunStore { RunStore(root: results) }
}

// MARK: - Questions

extension Workspace {
    /// The names of the experiments' folders in the results folder.
    public var experimentsWithRuns: [String] { store.experiments }

    /// Refuses a project whose own results/ is a link: what it leads to was perhaps never meant to be written. Who names a folder means it.
    public func checkResults() throws(Refusal) {
        guard results == project.results, let target = Files.target(ofLink: results) else { return }
        throw Refusal(
            "\(Files.spoken(results)) is a symbolic link, and nothing is written or removed through one",
            help: "name the folder it leads to: --results \(target.shellWord)")
    }

    /// The runs that an experiment may come to want, but for finalists', as the store knows them, without fetching, encoding or fitting anything.
    public func specifications(of experiment: Experiment) throws -> [RunSpecification] {
        try specifications(of: Plan(experiment).runs, in: experiment)
    }

    /// The runs that its finalists may come to want, whoever they will be.
    func specificationsOfFinalists(of experiment: Experiment) throws -> [RunSpecification] {
        guard experiment.finalists != nil else { return [] }
        return try specifications(of: Plan(experiment, finalists: Array(experiment.variants.indices)).runs, in: experiment)
    }

    /// Some of its runs; `depth` counts the experiments that start from each other's runs.
    func specifications(of runs: [PlannedRun], in experiment: Experiment, depth: Int = 0) throws -> [RunSpecification] {
        try specifications(of: runs, in: experiment, bases: bases(of: experiment), depth: depth)
    }

    /// Throws all that is wrong with an experiment: networks that do not fit the data, and starts of runs that lead nowhere, but not those that are still to be
    /// trained.
    public func check(_ experiment: Experiment) throws {
        var findings = Diagnostics()
        var fitted: [PreparedVariant]?
        do { fitted = try PreparedVariant.all(of: experiment, workspace: self, takesRecords: false) } catch let error as Diagnostics {
            findings = error
        }
        do {
            try checkStarts(of: Plan(experiment).runs, in: experiment, fitted: fitted, store: store)
        } catch let error as Diagnostics {
            findings.all += error.all
        }
        guard findings.errorCount == 0 else { throw findings }
    }

    /// What the identities of its variants' runs have in common.
    func bases(of experiment: Experiment) throws -> [RunBasis] {
        var contents = DataContents(of: experiment, workspace: self)
        var known: [DataSettings: DataDigests] = [:]
        return try experiment.variants.map { variant in
            let asked = DataSettings(variant.trial.settings)
            let digests =
                try known[asked]
                ?? {
                    let request = try request(for: variant.trial.settings)
                    return DataDigests(content: try contents.digest(of: request), encoding: data.encodingDigest(of: request))
                }()
            known[asked] = digests
            return RunBasis(canonical: variant.trial.canonical, digests: digests, resultsVersion: resultsVersion)
        }
    }
}
