import Datasets
import Documents
import Experiments
import Scheduling
import Settings

extension Experiment {
    /// What is wrong with the rows that the experiment asks about, for data with these summaries, one for each variant.
    func findingsInAskedRows(_ summaries: [(variant: Variant, data: DatasetSummary, columns: AskedRowColumns?)]) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        var told: Set<Diagnostic> = []
        func add(_ finding: Diagnostic) {
            if told.insert(finding).inserted { findings.append(finding) }
        }
        var seen: Set<String> = []
        let asked = summaries.compactMap(\.columns)
        let columns = asked.flatMap(\.known).filter { seen.insert($0).inserted }
        let known = seen
        let isWhole = asked.count == summaries.count
        for row in askedRows {
            if summaries.contains(where: { if case .inputs = $0.data.target { true } else { false } }) {
                add(
                    row.diagnostic(
                        "a report shows one answer a row, and a network gives all inputs again",
                        help: "ask by ablate predict, and leave predict out"))
                continue
            }
            for cell in row.cells where isWhole && !known.contains(cell.column) {
                if let made = asked.first(where: { $0.made.contains(cell.column) }), let source = made.source {
                    add(
                        row.diagnostic(
                            "\"\(cell.column)\" is a feature, which is made of a row", column: cell.column,
                            help: "give the row as \(source) has it: \(made.encoder.columns.joined(separator: ", "))"))
                    continue
                }
                let help = Suggestion.help(for: cell.column, among: columns, called: "columns")
                add(row.diagnostic("no variant has the input column \"\(cell.column)\"", column: cell.column, help: help))
            }
            for (variant, data, _) in summaries {
                let isReference = references.contains { $0.figure == row.figure && $0.variant == variant.name }
                guard isReference, let found = data.target.manyNumbers else { continue }
                add(
                    row.diagnostic(
                        "\(row.figure) is one number for values and for two classes; \"\(data.targetColumn)\" has \(found)",
                        help: "take it out of reference"))
            }
            for one in asked { row.findings(for: one.encoder).forEach(add) }
        }
        return findings
    }

    /// What is wrong with printed confusion matrices, for data with these summaries, one for each variant.
    func findingsInConfusions(_ summaries: [(variant: Variant, data: DatasetSummary)]) -> [Diagnostic] {
        let confusions = references.filter { $0.confusionCell != nil }
        guard !confusions.isEmpty else { return [] }
        return summaries.compactMap { variant, data in
            let cells = confusions.filter { $0.variant == variant.name }.compactMap(\.confusionCell)
            guard let largest = cells.map(\.label).max(), data.classCount != largest + 1 else { return nil }
            return Diagnostic(
                file: file,
                message: "the confusion matrix of \(variant.name) has \(largest + 1) classes, the target \"\(data.targetColumn)\" has "
                    + (data.classCount.map(String.init) ?? "none"), help: "a list for each class")
        }
    }
}

extension Experiment {
    /// What methods without a network ask for that the baseline's data do not have.
    func findingsInMethods(_ data: DatasetSummary) -> [Diagnostic] {
        guard case .inputs = data.target else { return [] }
        let (rows, columns) = ("\(grouped(data.trainCount)) rows train", "the inputs are \(grouped(data.featureCount)) numbers")
        func finding(_ index: Int, _ keys: [String], _ asked: Int, _ noun: String, _ found: String, most: Int) -> Diagnostic? {
            guard asked > most else { return nil }
            return diagnosticOfMethod(
                index, at: keys, "\(baselines[index].tag) cannot have \(grouped(asked)) \(noun), \(found)",
                help: "ask for \(grouped(most)) at most")
        }
        func ofComponents(_ index: Int, _ keys: [String], _ asked: Int) -> Diagnostic? {
            finding(index, keys, asked, "components", columns, most: data.featureCount)
                ?? finding(index, keys, asked, "components", rows, most: data.trainCount)
        }
        return baselines.enumerated().flatMap { index, method -> [Diagnostic] in
            switch method {
            case .pca(let components): [ofComponents(index, ["pca", "components"], components)].compactMap(\.self)
            case .kMeans(let settings):
                [
                    finding(index, ["kmeans", "clusters"], settings.clusters, "clusters", rows, most: data.trainCount),
                    settings.components.flatMap { ofComponents(index, ["kmeans", "pca"], $0) },
                ].compactMap(\.self)
            default: []
            }
        }
    }
}

extension AskedRow {
    fileprivate func findings(for encoder: RowEncoder) -> [Diagnostic] {
        do {
            _ = try encoder.encode(cells(of: encoder))
            return []
        } catch let problems as Diagnostics {
            return problems.all.map { problem in
                let column = cells.first { problem.message.contains("the column \"\($0.column)\"") }?.column
                return diagnostic(problem.message, column: column, help: problem.help)
            }
        } catch {
            return [diagnostic("\(error)".replacing("the row", with: "the row \"\(name)\""))]
        }
    }
}

extension AskedRow {
    /// The cells of the columns that an encoder asks for, as text.
    public func cells(of encoder: RowEncoder) -> [String: String] {
        Dictionary(
            cells.filter { encoder.columns.contains($0.column) }.map { ($0.column, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}

extension DatasetSummary.TargetKind {
    /// What makes an answer more than one number, in words; nil for values and two classes.
    fileprivate var manyNumbers: String? {
        switch self {
        case .classes(let names): names.count > 2 ? "\(names.count) classes" : nil
        case .severalLabels(let names): "\(names.count) labels"
        case .values, .sequences, .inputs: nil
        }
    }
}
