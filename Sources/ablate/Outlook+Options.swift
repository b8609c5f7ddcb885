import Documents
import Experiments
import RunStore

extension Outlook {
    /// The outlook of what the options ask for. `results` moves the store elsewhere.
    init(_ options: ExperimentOptions, _ folders: FolderOptions, results: String? = nil) throws {
        let (file, project) = try Project.locate(options.experiment)
        let workspace = Workspace(project, folders)
        let experiment = try loadExperiment(file, project: project, settings: options.settings, seeds: options.seeds).restricted(
            to: options.only)
        let store = results.map { RunStore(root: $0) } ?? workspace.store
        try self.init(experiment, chosen: options.only.isEmpty ? nil : Set(options.only), workspace: workspace, store: store)
    }
}

extension Experiment {
    /// The experiment with these variants alone, or all when none is named. The baseline stays, since the others are compared with it.
    fileprivate func restricted(to only: [String]) throws -> Experiment {
        for name in only where !variants.contains(where: { $0.name == name }) {
            throw Refusal(
                "\(self.name) has no variant \"\(name)\"",
                help: Suggestion.help(for: name, among: variants.map(\.name), called: "there are"))
        }
        return only.isEmpty ? self : keeping(Set(only))
    }
}
