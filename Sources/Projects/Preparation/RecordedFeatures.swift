import Datasets
import Documents
import Experiments
import RunStore
import Settings
import Training

/// Features as the records of finished runs tell of them that were trained on them: enough for whoever asks what these runs found out, when what would make
/// the features now is another run, or is gone.
struct RecordedFeatures {
    /// The digests of all tables that runs were trained on under these settings.
    let contents: Set<String>
    /// The one of the newest run.
    let content: String
    private let settings: FeatureSettings
    private let workspace: Workspace

    /// Nil where no finished run of the store was trained on features of these settings.
    init?(_ settings: FeatureSettings, in workspace: Workspace) {
        var isAsked: [String: Bool] = [:]
        let runs = workspace.experimentsWithRuns.flatMap { workspace.store.storedRuns(in: $0) }.filter { run in
            guard run.record.status == .finished, let dataset = run.record.settings["dataset"], dataset["features"] != nil else {
                return false
            }
            let text = dataset.compactText
            let known = isAsked[text] ?? (run.settings?.dataset == .features(settings))
            isAsked[text] = known
            return known
        }
        guard let newest = runs.max(by: { $0.record.created < $1.record.created }) else { return nil }
        contents = Set(runs.map(\.record.digests.content))
        content = newest.record.digests.content
        (self.settings, self.workspace) = (settings, workspace)
    }

    /// The features of the newest run. `error` is why nothing can make them now; nil where something makes others.
    func set(insteadOf error: (any Error)?) -> FeatureSet {
        let files = FeatureFiles(of: workspace)
        let table = files.name(ofContent: content)
        let maker = (table?.source).flatMap { workspace.store.finishedRun($0.run) }
        return FeatureSet(
            path: table.map(files.path) ?? files.path(ofAbsent: content), recorded: content, split: maker?.settings?.split,
            notes: ["\(reason(error, maker)); the runs are those whose records name the features that were made then."])
    }

    private func reason(_ error: (any Error)?, _ maker: StoredRun?) -> String {
        let name = settings.experiment
        guard workspace.project.files.contains(where: { $0.name == name }) else {
            return "the file of \(name), which made the features, is gone"
        }
        switch error {
        case nil: break
        case let wanted as FeaturesWanted:
            let run = "\(name), \(settings.variant), seed \(settings.seed), which makes the features,"
            if let file = wanted.damage { return "\(run) is damaged (\(Files.spoken(file.description)))" }
            if maker == nil { return "\(run) is not finished as its file has it now" }
        case let problem as PreparationProblem: return "\(name) no longer makes these features, \(problem.message)"
        case is Diagnostics: return "\(name) no longer makes these features, its file has errors"
        case let error?: return "\(name) no longer makes these features, \(words(of: error))"
        }
        let changes = maker.flatMap { maker in (try? FeatureTable(settings, in: workspace))?.changes(since: maker) } ?? []
        let detail = changes.first.map { " (\($0)\(changes.count > 1 ? " and \(changes.count - 1) more" : ""))" } ?? ""
        return changes.isEmpty
            ? "\(name), or the data that it reads, has changed since it made the features"
            : "\(name) has changed since it made the features\(detail)"
    }
}
