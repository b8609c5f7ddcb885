import Datasets
import Experiments
import RunStore
import Training

/// The contents that an experiment's variants are trained on: what lies where the file says, and where nothing can be read there, what the experiment's
/// finished runs were trained on, as their records say.
struct DataContents {
    private let experiment: Experiment
    private let workspace: Workspace
    private let takesRecords: Bool
    private var known: [RawSource: Result<String, any Error>] = [:]
    /// The data sets whose content is known by records alone, as the file names them.
    private(set) var absent: [String] = []

    /// The contents for an experiment. Without `takesRecords` what cannot be read is an error.
    init(of experiment: Experiment, workspace: Workspace, takesRecords: Bool = true) {
        (self.experiment, self.workspace, self.takesRecords) = (experiment, workspace, takesRecords)
    }

    /// The digest of the content that a request asks for, the same for all requests of one source.
    mutating func digest(of request: EncodingRequest) throws -> String {
        if let found = known[request.source] { return try found.get() }
        if case .csv(let path, _, _) = request.source, let recorded = workspace.featureSets.recordedContent(at: path) { return recorded }
        var found = Result { try workspace.data.contentDigest(of: request) }
        if takesRecords, case .failure(let error) = found, error is DatasetError, let recorded = try recorded(of: request.source) {
            absent.append(request.source.name)
            found = .success(recorded)
        }
        known[request.source] = found
        return try found.get()
    }

    /// The content of the newest finished run that the experiment would ask for, had it that content: in its own folder, else in those of others.
    private func recorded(of source: RawSource) throws -> String? {
        var asked: Set<RunBasis> = []
        for variant in experiment.variants {
            let request = try workspace.request(for: variant.trial.settings)
            guard request.source == source else { continue }
            asked.insert(
                RunBasis(
                    canonical: variant.trial.canonical,
                    digests: DataDigests(content: "", encoding: workspace.data.encodingDigest(of: request)), resultsVersion: resultsVersion
                ).withoutNames)
        }
        func newest(in experiments: [String]) -> String? {
            let finished = experiments.flatMap { workspace.store.storedRuns(in: $0) }.filter { $0.record.status == .finished }
            return finished.sorted { $0.record.created > $1.record.created }.first { run in
                let record = run.record
                let basis = RunBasis(
                    canonical: record.settings.compactText, digests: DataDigests(content: "", encoding: record.digests.encoding),
                    resultsVersion: record.resultsVersion)
                return asked.contains(basis.withoutNames)
            }?.record.digests.content
        }
        return newest(in: [experiment.name]) ?? newest(in: workspace.experimentsWithRuns.filter { $0 != experiment.name })
    }
}
