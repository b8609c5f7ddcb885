import Datasets
import Documents
import Experiments
import Reports
import RunStore
import Settings
import Training

/// What finished runs answer for the rows that an experiment asks about, and the functions that linear networks are.
extension Workspace {
    /// More columns make no readable function.
    private static let mostColumnsOfAFunction = 6

    /// The predictions of all variants with finished runs.
    func predictions(of experiment: Experiment, survey: Survey) throws -> AskedRowPredictions {
        var found = AskedRowPredictions()
        let finished = Dictionary(
            grouping: survey.runs.compactMap { run -> (variant: String, identity: RunIdentity, content: String, stored: StoredRun)? in
                guard case .finished(let stored) = run.state else { return nil }
                let asked = run.specification
                return (asked.variant, asked.identity, asked.digests.content, stored)
            }, by: \.variant)
        for variant in experiment.variants {
            let settings = variant.trial.settings
            guard let runs = finished[variant.name], !experiment.askedRows.isEmpty || settings.model.isLinear else { continue }
            let content = runs[0].content
            let dataset = try dataset(for: settings, content: content)
            let encoder = RowEncoder(dataset)
            let probes = try Self.probes(settings, dataset.summary, encoder)
            guard !experiment.askedRows.isEmpty || !probes.isEmpty else { continue }
            let format = try request(for: settings).source.tableFormat
            func questions(_ dataset: EncodedDataset) throws -> [EncodedRows] {
                let asking = RowEncoder(dataset, format: format)
                return try experiment.askedRows.map { try asking.encode($0.cells(of: asking)) }
                    + Self.probes(settings, dataset.summary, RowEncoder(dataset))
            }
            let rows = try questions(dataset)
            // Only the baseline's methods answer; those of other variants solve for their function.
            let methods: [PlainBaseline] = variant.name == experiment.baseline.name ? experiment.baselines : []
            let needsExact = !methods.isEmpty || !probes.isEmpty && experiment.baselines.contains(.linear)
            let exact = needsExact ? try exactNumbers(for: experiment.baselines, settings, content: content) : nil
            let asked = experiment.askedRows.count
            let predictions: VariantPredictions
            do {
                predictions = try VariantPredictions(of: runs.map(\.stored), settings: settings) { fold in
                    let dataset = try self.dataset(for: settings, fold: fold, content: content)
                    return (dataset.summary, try questions(dataset))
                }
            } catch let refusal as Refusal {
                Output.message("ablate: warning: \(variant.name) answers nothing: \(refusal.message)\n")
                continue
            }
            // A run that another variant has trained answers under its own identity all the same.
            let identities = predictions.runs.compactMap { run in runs.first { $0.stored.folder.path == run.folder.path }?.identity }
            let byRun = Dictionary(zip(identities, predictions.byRun), uniquingKeysWith: { first, _ in first })
            found.target = dataset.summary.targetColumn
            found.variants[variant.name] = AskedRowPredictions.OfVariant(
                kind: AskedRowPredictions.Kind(predictions.kind), runs: byRun.mapValues { Array($0.prefix(asked)) },
                function: probes.isEmpty
                    ? nil
                    : AskedRowPredictions.LinearFunction(
                        columns: encoder.columns, runs: byRun.mapValues { Self.function(through: $0.dropFirst(asked)) },
                        exact: experiment.baselines.contains(.linear)
                            ? exact.flatMap { plainAnswers([.linear], on: dataset, exact: $0, for: probes).first }
                                .map { Self.function(through: $0.answers[...]) } : nil)
            )
            if let exact, !methods.isEmpty {
                found.methods = plainAnswers(methods, on: dataset, exact: exact, for: Array(rows.prefix(asked))).map {
                    AskedRowPredictions.OfMethod(name: $0.baseline.rawValue, predictions: $0.answers)
                }
            }
        }
        return found
    }

    // MARK: - Linear networks

    /// Rows that tell the function of a linear network on plain numbers: all columns 0, then each of them 1. Empty for other networks.
    private static func probes(_ settings: TrialSettings, _ data: DatasetSummary, _ encoder: RowEncoder) throws -> [EncodedRows] {
        guard settings.model.isLinear, case .values(width: 1, _, _) = data.target, encoder.columns.count <= mostColumnsOfAFunction,
            data.fitted.dropLast().allSatisfy({ if case .numeric = $0.fit { true } else { false } })
        else { return [] }
        return try ([nil] + encoder.columns.map(Optional.some)).map { one in
            try encoder.encode(Dictionary(uniqueKeysWithValues: encoder.columns.map { ($0, $0 == one ? "1" : "0") }))
        }
    }

    /// The constant, then a coefficient a column.
    private static func function(through predictions: ArraySlice<[Double]>) -> [Double] {
        let values = predictions.map { $0.first ?? .nan }
        guard let constant = values.first else { return [] }
        return [constant] + values.dropFirst().map { $0 - constant }
    }
}

extension AskedRow {
    /// The cells of the columns that an encoder asks for, as text.
    func cells(of encoder: RowEncoder) -> [String: String] {
        Dictionary(
            cells.filter { encoder.columns.contains($0.column) }.map { ($0.column, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
}

extension AskedRowPredictions.Kind {
    init(_ answer: Predictor.Answer) {
        switch answer {
        case .classes(let names, let areProbabilities): self = .classes(names, areProbabilities: areProbabilities)
        case .values: self = .values
        }
    }
}

// MARK: - Checks

extension Experiment {
    /// What is wrong with the rows that the experiment asks about, for data with these summaries, one for each variant.
    func findingsInAskedRows(_ summaries: [(variant: Variant, data: DatasetSummary, format: CSVFormat)]) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        var told: Set<Diagnostic> = []
        func add(_ finding: Diagnostic) {
            if told.insert(finding).inserted { findings.append(finding) }
        }
        var seen: Set<String> = []
        let columns = summaries.flatMap { variant, data, _ in data.fitted.map(\.column) + variant.trial.settings.inputs.drop }
            .filter { seen.insert($0).inserted }
        let known = seen
        let encoders = summaries.map { RowEncoder($0.data, format: $0.format) }
        for row in askedRows {
            for cell in row.cells where !known.contains(cell.column) {
                let help = Suggestion.help(for: cell.column, among: columns, called: "columns")
                add(row.diagnostic("no variant has the input column \"\(cell.column)\"", column: cell.column, help: help))
            }
            for (variant, data, _) in summaries {
                let isReference = references.contains { $0.figure == row.figure && $0.variant == variant.name }
                guard isReference, let classes = data.classCount, classes > 2 else { continue }
                add(
                    row.diagnostic(
                        "\(row.figure) is one number for values and for two classes; \"\(data.targetColumn)\" has \(classes) classes",
                        help: "take it out of reference"))
            }
            for encoder in encoders { row.findings(for: encoder).forEach(add) }
        }
        return findings
    }

    /// What is wrong with printed confusion matrices, for data with these summaries, one for each variant.
    func findingsInConfusions(_ summaries: [(variant: Variant, data: DatasetSummary)]) -> [Diagnostic] {
        summaries.compactMap { variant, data in
            let cells = references.filter { $0.variant == variant.name }.compactMap(\.confusionCell)
            guard let largest = cells.map(\.label).max(), data.classCount != largest + 1 else { return nil }
            return Diagnostic(
                file: file,
                message: "the confusion matrix of \(variant.name) has \(largest + 1) classes, the target \"\(data.targetColumn)\" has "
                    + (data.classCount.map(String.init) ?? "none"), help: "a list for each class")
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
