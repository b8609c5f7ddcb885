import Documents
import Experiments
import FileSystem
import RunStore
import Settings
import Training

/// What a worker needs to know for one run: a file of its own while the experiment runs. Paths in it are absolute, so a worker on another machine needs
/// the same folders under the same paths.
package struct Job: Codable, Sendable {
    var experiment: String
    var variant: String
    /// The settings as text (``TrialSettings/text``): the same for all runs of a variant, so that it need not be written or read for each.
    var settings: String
    var canonical: String
    var seed: Int
    var fold: Int?
    var contentDigest: String
    var encodingDigest: String
    var resultsVersion: Int
    /// The identity of the run whose weights it begins with.
    var start: String?
    /// The results folder.
    var results: String
    /// The project's folder, from which the paths of tables count.
    var project: String
    /// The folder with the catalogue and the cache.
    var data: String
    var mirrors: [String]
    var commit: String?
    var isClean: Bool?
    /// The changes to the experiment's file with which the run is asked for.
    var changes: [String]
    var host: String
    var processor: String
    var versions: [String: String]
    /// At most so many epochs, and rows of each part, when it is only tried whether everything works.
    var epochLimit: Int?
    var rowLimit: Int?
    /// Where files for TensorBoard go; nil where there are to be none.
    var events: EventPlace?
    /// The files that are not kept, whatever comes of the run.
    var leaves: [RemovableFile]?
    /// Whether a finished run is trained again for the files that it lost.
    var restoresFiles: Bool?
}

extension Job {
    /// The job of a planned run.
    init(
        _ run: RunSpecification, settings: String, store: RunStore, workspace: Workspace, provenance: Provenance,
        limit: TrainingLimit?, events: EventPlace?
    ) {
        experiment = run.experiment
        variant = run.variant
        self.settings = settings
        canonical = run.canonical
        seed = run.seed
        fold = run.fold
        contentDigest = run.digests.content
        encodingDigest = run.digests.encoding
        resultsVersion = run.resultsVersion
        start = run.start?.hex
        results = store.root
        project = workspace.project.root
        data = workspace.data.folder
        mirrors = workspace.data.mirrors
        commit = provenance.commit
        isClean = provenance.isClean
        changes = provenance.changes
        host = provenance.host
        processor = provenance.processor
        versions = provenance.versions
        epochLimit = limit?.epochs
        rowLimit = limit?.rows
        self.events = events
    }

    /// The run as the store knows it.
    package var specification: RunSpecification {
        RunSpecification(
            experiment: experiment, variant: variant, seed: seed, fold: fold,
            basis: RunBasis(
                canonical: canonical, digests: DataDigests(content: contentDigest, encoding: encodingDigest), resultsVersion: resultsVersion
            ), start: start.flatMap(RunIdentity.init(hex:)))
    }

    /// Where and by what the run is made.
    package var provenance: Provenance {
        var provenance = Provenance(
            commit: commit, isClean: isClean, host: host, processor: processor, versions: versions, random: .ownOfRuns)
        provenance.changes = changes
        return provenance
    }

    /// What decides the run's bits besides its identity, by name.
    var machine: [String: String] {
        var machine = ["processor": processor]
        machine["instruction set"] = versions["instructions"]
        machine["GLIBC_TUNABLES"] = versions["GLIBC_TUNABLES"]
        return machine
    }

    /// Where the run lies.
    package var runs: RunStore { runs(watching: ClaimWatch()) }

    /// The same, with what was seen of other machines' claims.
    func runs(watching watch: ClaimWatch) -> RunStore { RunStore(root: results, watch: watch) }

    /// Less than a whole run, when that was asked for.
    var limit: TrainingLimit? {
        epochLimit == nil && rowLimit == nil ? nil : TrainingLimit(epochs: epochLimit, rows: rowLimit)
    }

    // MARK: - The file

    /// Writes the job into a folder of jobs and returns the file's path. It goes with the program, so a loss of power may take it.
    func write(into folder: Folder, as name: String) throws -> String {
        try folder.write(name, Array(try JSONValue(encoding: self).compactText.utf8), isSynced: false)
        return folder.path(of: name)
    }

    /// Reads the file of a job.
    package init(contentsOf path: String) throws {
        do {
            self = try JSONValue(parsing: try Folder(path: Files.folder(of: path)).read(Files.name(of: path))).decoded()
        } catch {
            throw Refusal("the worker cannot read its job \(path)", cause: .failure)
        }
    }
}
