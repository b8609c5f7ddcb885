import Documents
import Experiments
import RunStore
import Settings

extension PreparedExperiment {
    /// The prepared of what the options ask for. `results` moves the store elsewhere.
    init(_ options: ExperimentOptions, _ folders: FolderOptions, results: String? = nil, checking: Checking) throws {
        let (file, project) = try Project.locate(options.experiment)
        let workspace = Workspace(project, folders)
        let store = results.map { RunStore(root: $0) } ?? workspace.store
        func prepared(settings: [String]) throws -> PreparedExperiment {
            let whole = try loadExperiment(file, project: project, settings: settings, seeds: options.seeds)
            let only = try whole.names(ofVariants: options.only)
            // The baseline stays, since the others are compared with it.
            return try PreparedExperiment(
                only.isEmpty ? whole : whole.keeping(only), chosen: only.isEmpty ? nil : only, workspace: workspace, store: store,
                checking: checking)
        }
        do {
            self = try prepared(settings: options.settings)
        } catch let findings as Diagnostics {
            guard !options.settings.isEmpty, findings.all.contains(where: { $0.file != Override.source }),
                (try? prepared(settings: [])) != nil
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
    /// The variants that are asked for by their names or by the names of variants that came to the same trial.
    fileprivate func names(ofVariants asked: [String]) throws -> Set<String> {
        let known = Dictionary(
            variants.flatMap { variant in ([variant.name] + variant.aliases).map { ($0, variant.name) } },
            uniquingKeysWith: { first, _ in first })
        let unknown = asked.filter { known[$0] == nil }
        guard let first = unknown.first else { return Set(asked.compactMap { known[$0] }) }
        throw Refusal(
            "\(name) has no variant \(unknown.map { "\"\($0)\"" }.joined(separator: ", "))",
            help: Suggestion.help(for: first, among: variants.map(\.name), called: "there are"))
    }
}
