import Documents
import Experiments
import RunStore

extension PreparedExperiment {
    /// What is asked for of the experiment in a file: with the changes that `-S` gives, only the variants of these names (all when there are none),
    /// only the seeds 1 … `seeds`. The runs lie in `store`. Where it is only tried whether all works, no runs follow from others.
    ///
    /// - Throws: what ``init(_:chosen:workspace:store:checking:)`` throws; errors that the changes alone make say so.
    public init(
        file: String, settings: [String] = [], only: [String] = [], seeds: Int? = nil, workspace: Workspace, store: RunStore,
        checking: Checking, isOnlyTried: Bool = false
    ) throws {
        func prepared(settings: [String]) throws -> PreparedExperiment {
            let loaded = try workspace.experiment(file, settings: settings, seeds: seeds)
            let whole = isOnlyTried ? loaded.withoutStages : loaded
            let chosen = try whole.names(ofVariants: only)
            func prepared(_ part: Experiment) throws -> PreparedExperiment {
                try PreparedExperiment(
                    part, chosen: chosen.isEmpty ? nil : chosen, workspace: workspace, store: store, checking: checking)
            }
            guard !chosen.isEmpty else { return try prepared(whole) }
            // The baseline stays, since the others are compared with it.
            do { return try prepared(whole.keeping(chosen)) } catch let wanted as FeaturesWanted {
                guard !chosen.contains(whole.baseline.name) else { throw wanted }
                // Where the features of the baseline are still to be made, there is nothing to compare with, and they are made for nobody.
                return try prepared(whole.withoutOthers(than: chosen))
            }
        }
        do {
            self = try prepared(settings: settings)
            changes = settings
        } catch let findings as Diagnostics {
            guard !settings.isEmpty, findings.all.contains(where: { $0.file != Override.source }), (try? prepared(settings: [])) != nil
            else { throw findings }
            throw findings.blaming(settings)
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
