import Documents
import Experiments
import RunStore

extension Outlook {
    /// The outlook of what the options ask for. `results` moves the store elsewhere.
    init(_ options: ExperimentOptions, _ folders: FolderOptions, results: String? = nil) throws {
        let (file, project) = try Project.locate(options.experiment)
        let workspace = Workspace(project, folders)
        let store = results.map { RunStore(root: $0) } ?? workspace.store
        func outlook(settings: [String]) throws -> Outlook {
            let experiment = try loadExperiment(file, project: project, settings: settings, seeds: options.seeds).restricted(
                to: options.only)
            return try Outlook(
                experiment, chosen: options.only.isEmpty ? nil : Set(options.only), workspace: workspace, store: store)
        }
        do {
            self = try outlook(settings: options.settings)
        } catch let findings as Diagnostics {
            guard !options.settings.isEmpty, findings.all.contains(where: { $0.file != Override.source }),
                (try? outlook(settings: [])) != nil
            else { throw findings }
            throw findings.blaming(options.settings)
        }
    }
}

extension Diagnostics {
    /// The same, where errors that stand in a file say that only these changes make them.
    fileprivate func blaming(_ settings: [String]) -> Diagnostics {
        let blame = "without " + settings.map { "-S \($0)" }.joined(separator: " ") + " this is right"
        return Diagnostics(
            all.map { finding in
                var finding = finding
                if finding.file != Override.source { finding.help = (finding.help.map { $0 + "; " } ?? "") + blame }
                return finding
            })
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
