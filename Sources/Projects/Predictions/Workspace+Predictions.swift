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

    /// The predictions of all variants with finished runs, and sentences on variants that have none to give.
    public func predictions(of experiment: Experiment, survey: Survey) throws -> (AskedRowPredictions, warnings: [String]) {
        var found = AskedRowPredictions()
        var warnings: [String] = []
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
            let dataset = try dataset(for: settings, seed: experiment.seeds.first, content: content)
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
            let methods: [PlainMethod] = variant.name == experiment.baseline.name ? experiment.baselines : []
            let needsExact = !methods.isEmpty || !probes.isEmpty && experiment.baselines.contains(.linear)
            let exact =
                needsExact
                ? try exactNumbers(
                    for: experiment.baselines, settings, seed: experiment.seeds.first, content: content) : nil
            let asked = experiment.askedRows.count
            let predictions: VariantPredictions
            do {
                predictions = try VariantPredictions(of: runs.map(\.stored), settings: settings) { fold, seed in
                    let dataset = try self.dataset(for: settings, fold: fold, seed: seed, content: content)
                    return (dataset.summary, try questions(dataset))
                }
            } catch let refusal as Refusal {
                warnings.append("\(variant.name) answers nothing: \(refusal.message)")
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
                            ? exact.flatMap { plainPredictions([.linear], on: dataset, exact: $0, for: probes).first }
                                .map { Self.function(through: $0.predictions[...]) } : nil)
            )
            if let exact, !methods.isEmpty {
                found.methods = plainPredictions(methods, on: dataset, exact: exact, for: Array(rows.prefix(asked))).map {
                    AskedRowPredictions.OfMethod(name: $0.method.rawValue, predictions: $0.predictions)
                }
            }
        }
        return (found, warnings)
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

extension AskedRowPredictions.Kind {
    init(_ kind: Predictor.OutputKind) {
        switch kind {
        case .classes(let names, let areProbabilities): self = .classes(names, areProbabilities: areProbabilities)
        case .severalLabels(let names, let areProbabilities): self = .severalLabels(names, areProbabilities: areProbabilities)
        case .values: self = .values
        }
    }
}
