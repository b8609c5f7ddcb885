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
                if stored.record.isRefit { return nil }
                return (asked.variant, asked.identity, asked.digests.content, stored)
            }, by: \.variant)
        for variant in experiment.variants {
            let settings = variant.trial.settings
            guard let runs = finished[variant.name], !experiment.askedRows.isEmpty || settings.model.isLinear else { continue }
            let content = runs[0].content
            let data = try description(of: settings, seed: experiment.seeds.first, content: content, for: experiment.name)
            let encoder = data.encoder()
            let probes = try Self.probes(settings, data.summary, encoder)
            guard !experiment.askedRows.isEmpty || !probes.isEmpty else { continue }
            let format = try request(for: settings).source.tableFormat
            func questions(_ encoder: RowEncoder) throws -> [EncodedRows] {
                try experiment.askedRows.map { try encoder.encode($0.cells(of: encoder)) }
            }
            // Only the baseline's methods answer; those of other variants solve for their function.
            let methods: [PlainMethod] = variant.name == experiment.baseline.name ? experiment.baselines : []
            let asked = experiment.askedRows.count
            let rows: [EncodedRows]
            let predictions: VariantPredictions
            do {
                let steps = asked == 0 ? [] : try featureSteps(of: settings, content: content, for: experiment.name)
                let encoded = try steps.encoded(questions)
                rows = try encoded(data.encoder(format: format))
                predictions = try VariantPredictions(of: runs.map(\.stored), settings: settings) { split in
                    let data = try description(of: settings, fold: split.fold, seed: split.seed, content: content, for: experiment.name)
                    return (
                        data.summary, try encoded(data.encoder(format: format)) + Self.probes(settings, data.summary, data.encoder())
                    )
                }
            } catch let refusal as Refusal {
                warnings.append("\(variant.name) answers nothing: \(refusal.message)")
                continue
            }
            func answers(_ methods: [PlainMethod], _ rows: [EncodedRows]) -> [AskedRowPredictions.OfMethod] {
                do {
                    return try plainAnswers(methods, to: rows, settings, content: content, for: experiment)
                } catch {
                    warnings.append("\(methods.map(\.name).joined(separator: ", ")) answer nothing: \(words(of: error))")
                    return []
                }
            }
            // A run that another variant has trained answers under its own identity all the same.
            let identities = predictions.runs.compactMap { run in runs.first { $0.stored.identity == run.identity }?.identity }
            let byRun = Dictionary(zip(identities, predictions.byRun), uniquingKeysWith: { first, _ in first })
            found.target = data.summary.targetColumn
            found.variants[variant.name] = AskedRowPredictions.OfVariant(
                kind: AskedRowPredictions.Kind(predictions.kind, of: settings), runs: byRun.mapValues { Array($0.prefix(asked)) },
                function: probes.isEmpty
                    ? nil
                    : AskedRowPredictions.LinearFunction(
                        columns: encoder.columns, runs: byRun.mapValues { Self.function(through: $0.dropFirst(asked)) },
                        exact: experiment.baselines.contains(.linear)
                            ? answers([.linear], probes).first.map { Self.function(through: $0.predictions[...]) } : nil)
            )
            found.methods += answers(methods, rows)
        }
        return (found, warnings)
    }

    // MARK: - Methods without a network

    /// What methods answer for rows, as it was kept with the experiment's runs; else they are fitted now, and it is kept.
    private func plainAnswers(
        _ methods: [PlainMethod], to rows: [EncodedRows], _ settings: TrialSettings, content: String, for experiment: Experiment
    ) throws -> [AskedRowPredictions.OfMethod] {
        guard !methods.isEmpty, rows.contains(where: { $0.rowCount > 0 }) else { return [] }
        let digests = DataDigests(content: content, encoding: data.encodingDigest(of: try request(for: settings)))
        let names = methods.map(\.name).joined(separator: ",")
        let fact = KeptFact(
            .answers, of: digests, details: "results \(resultsVersion)\nmethods \(names)\n\(rows.map(\.text).joined(separator: "\n"))")
        if let kept = store.fact(fact, of: experiment.name).flatMap({ try? $0.decoded(as: [AskedRowPredictions.OfMethod].self) }) {
            return kept
        }
        let dataset = try dataset(for: settings, content: content)
        let exact = try exactNumbers(for: experiment.baselines, settings, content: content)
        let answers = plainPredictions(methods, for: settings, on: dataset, exact: exact, asked: rows).map {
            AskedRowPredictions.OfMethod(name: $0.method.name, predictions: $0.predictions)
        }
        if let json = try? JSONValue(encoding: answers) { try? store.keep(json, as: fact, of: experiment.name) }
        return answers
    }

    // MARK: - Linear networks

    /// Rows that tell the function of a linear network on plain numbers: all columns 0, then each of them 1. Empty for other networks.
    private static func probes(_ settings: TrialSettings, _ data: DatasetSummary, _ encoder: RowEncoder) throws -> [EncodedRows] {
        guard settings.model.isLinear, case .values(width: 1, _, _, nil) = data.target, encoder.columns.count <= mostColumnsOfAFunction,
            data.fitted.dropLast().allSatisfy(\.isLinear), data.window == nil
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

extension EncodedRows {
    /// What stands for the rows in a digest.
    fileprivate var text: String {
        switch inputs {
        case .dense(let numbers): "dense \(rowCount) \(numbers.map { String($0.bitPattern) }.joined(separator: " "))"
        case .tokens(let numbers): "tokens \(rowCount) \(numbers)"
        case .sparse(let rows): "sparse \(rows.offsets) \(rows.columns) \(rows.values?.map(\.bitPattern) ?? [])"
        }
    }
}

extension AskedRowPredictions.Kind {
    init(_ kind: Predictor.OutputKind, of settings: TrialSettings) {
        switch kind {
        case .classes(let names, let areProbabilities):
            self = .classes(names, areProbabilities: areProbabilities, positive: settings.target.positiveNumber(among: names))
        case .severalLabels(let names, let areProbabilities): self = .severalLabels(names, areProbabilities: areProbabilities)
        case .values: self = .values
        }
    }
}
