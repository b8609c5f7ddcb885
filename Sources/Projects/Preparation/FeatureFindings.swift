import Documents
import Experiments
import Settings

/// Puts what is wrong with tables of features into the words of those who wrote the experiment: they know another experiment and its columns, and no file in
/// the cache.
struct FeatureFindings {
    private let variant: Variant
    /// The table as messages name it.
    private let file: String
    /// What it holds, for people.
    private let spoken: String

    private static let others = "; so it is in other rows"

    /// Nil for a variant on data of another kind, and where its features are not known.
    init?(of variant: Variant, in workspace: Workspace) {
        guard case .features(let settings) = variant.trial.settings.dataset,
            let set = try? workspace.featureSets.set(settings, in: workspace)
        else { return nil }
        self.variant = variant
        file = Files.spoken(set.path)
        spoken = "the features of \(settings.experiment), \(settings.variant)"
    }

    /// One finding for each column of the table, and what else there is.
    func told(_ findings: [Diagnostic]) -> [Diagnostic] {
        let settings = variant.trial.settings
        let columns =
            [(settings.target.column, "target.\(settings.target.column)"), (settings.labels ?? "", "labels")]
            + settings.inputs.columns.map { ($0.column, "inputs.\($0.column)") }
        var told: [Diagnostic] = []
        /// By setting, the place of its finding, which stands for all that are like it.
        var first: [String: Int] = [:]
        for finding in findings {
            guard finding.file == file else {
                var finding = finding
                finding.message = finding.message.replacing(file, with: spoken)
                told.append(finding)
                continue
            }
            let path = columns.first { finding.message.contains("the column \"\($0.0)\"") }?.1 ?? "dataset.features.experiment"
            if let place = first[path] {
                if !told[place].message.hasSuffix(Self.others) { told[place].message += Self.others }
                continue
            }
            first[path] = told.count
            // The first line has the columns' names.
            let row = finding.line.map { ", row \($0 - 1)" } ?? ""
            told.append(variant.diagnostic("\(spoken)\(row): \(finding.message)", at: path, help: finding.help))
        }
        return told
    }
}
