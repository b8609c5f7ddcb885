import Datasets
import Documents
import Experiments
import LinearAlgebra
import RunStore
import Settings
import Training

/// One table of features.
struct FeatureTable {
    private let settings: FeatureSettings
    private let workspace: Workspace
    private let variant: Variant
    private let run: RunSpecification

    init(_ settings: FeatureSettings, in workspace: Workspace) throws {
        (self.settings, self.workspace) = (settings, workspace)
        let files = workspace.project.files
        guard let file = files.first(where: { $0.name == settings.experiment })?.path else {
            throw Self.problem(
                "there is no experiment \"\(settings.experiment)\"", at: "experiment",
                help: Suggestion.help(for: settings.experiment, among: files.map(\.name), called: "there are"))
        }
        let other = try workspace.experiment(file)
        guard let variant = other.variants.first(where: { $0.name == settings.variant || $0.aliases.contains(settings.variant) }) else {
            throw Self.problem(
                "\(other.name) has no variant \"\(settings.variant)\"", at: "variant",
                help: Suggestion.help(for: settings.variant, among: other.variants.map(\.name), called: "there are"))
        }
        // What other variants are trained on need not be known, nor be there.
        let part = other.withoutOthers(than: [variant.name])
        let runs = Plan(part).runs
        guard let planned = runs.first(where: { $0.seed == settings.seed && $0.fold == nil }) else {
            let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
            throw runs.contains { $0.fold != nil }
                ? Self.problem("\(other.name) has folds, whose runs know different rows", at: "experiment", help: "use one that has none")
                : Self.problem("\(other.name) has no run of seed \(settings.seed)", at: "seed", help: "its seeds are \(seeds)")
        }
        guard let run = try workspace.specifications(of: [planned], in: part).first else {
            throw Self.problem("there is no such run of \(other.name)", at: "seed", help: nil)
        }
        if case .layer = settings.making, variant.trial.settings.model.opponent != nil {
            throw Self.problem(
                "\(other.name), \(variant.name) makes examples from noise: its layers give nothing for a row", at: "layer",
                help: "name a variant of one network, or ask for pca")
        }
        (self.variant, self.run) = (variant, run)
    }

    /// What the other experiment's variant is trained with.
    var trial: TrialSettings { variant.trial.settings }

    /// What differs between the run of another time and the one that makes the features now.
    func changes(since stored: StoredRun) -> [SettingChange] { run.changes(since: stored.record) }

    /// What is known of its rows.
    var description: DataDescription {
        get throws {
            try workspace.description(of: trial, seed: settings.seed, content: run.digests.content, for: settings.experiment)
        }
    }

    /// The table's file, which is made where it is not there as it was written.
    func path() throws -> String {
        let (files, name) = (FeatureFiles(of: workspace), try fileName())
        if !files.isIntact(name) { try files.write(text(), to: name) }
        return files.path(of: name)
    }

    /// The name of the table's file, there or not.
    func fileName() throws -> FeatureFileName {
        switch settings.making {
        case .layer(let layer): FeatureFileName(of: run.identity, layer: trial.model.layerNames[try place(of: layer)])
        case .components(let count): FeatureFileName(of: run.digests, components: count)
        }
    }

    private func place(of layer: String) throws -> Int {
        guard let place = trial.model.places(of: .named([layer])).places.first else {
            let found = trial.model.problem(of: .named([layer]))
            throw Self.problem(found?.message ?? "there is no such layer", at: "layer", help: found?.help)
        }
        return place
    }

    private func text() throws -> String {
        switch settings.making {
        case .layer(let layer):
            let place = try place(of: layer)
            return try table(layer) { try outputs(ofLayer: place, in: $0) }
        case .components(let count): return try table("pca") { try code(of: $0, by: components(count, of: $0)) }
        }
    }

    // MARK: - Numbers

    /// The rows that become features.
    private var dataset: EncodedDataset {
        get throws { try workspace.dataset(for: trial, seed: settings.seed, content: run.digests.content) }
    }

    /// What the layer of the finished run gives for each row.
    private func outputs(ofLayer place: Int, in dataset: EncodedDataset) throws -> (values: [Float], width: Int) {
        let stored: StoredRun
        switch workspace.store.weights(of: run.identity) {
        case .finished(let run): stored = run
        case .damaged(let file, _): throw wanted(damage: file)
        case .none: throw wanted(damage: nil)
        }
        guard stored.hasWeights else {
            throw Self.problem(
                "the weights of \(settings.experiment), \(variant.name) were removed, as its keep has it", at: "experiment",
                help: "run first: ablate run \(settings.experiment.shellWord) --only \(variant.name.shellWord) --again")
        }
        let tensors: [NamedTensor]
        do { tensors = try stored.weights() } catch { throw wanted(damage: error) }
        let weights = tensors.map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
        let found = try Predictor(trial, data: dataset.summary, weights: weights)
            .outputs(ofLayer: place, of: (0..<Int32(dataset.rowCount)).map { $0 }, in: dataset)
        return (found.values, found.width)
    }

    private func wanted(damage: DamagedFile?) -> FeaturesWanted {
        FeaturesWanted(
            experiment: settings.experiment, variant: variant.name, run: run.identity,
            title: "\(settings.experiment), \(variant.name), seed \(settings.seed)", damage: damage)
    }

    /// The components of the rows that train.
    private func components(_ count: Int, of dataset: EncodedDataset) throws -> PrincipalComponents {
        guard case .dense(let numbers) = dataset.inputs else {
            throw Self.problem("there are principal components of dense columns alone", at: "pca", help: "name a layer")
        }
        let width = dataset.featureCount
        let train = Matrix(
            dataset.train.flatMap { row in (0..<width).map { Double(numbers[Int(row) * width + $0]) } }, rows: dataset.train.count,
            columns: width)
        guard let found = PrincipalComponents(of: train, count: count) else {
            throw Self.problem("\(count) principal components of \(width) columns would take too long", at: "pca", help: "name a layer")
        }
        guard found.components.rows == count else {
            throw Self.problem(
                "the rows that train vary along \(found.components.rows) \(found.components.rows == 1 ? "direction" : "directions") alone",
                at: "pca",
                help: "ask for as many at most")
        }
        return found
    }

    private func code(of dataset: EncodedDataset, by components: PrincipalComponents) throws -> (values: [Float], width: Int) {
        guard case .dense(let numbers) = dataset.inputs else { return ([], 0) }
        return (components.code(of: numbers, rows: dataset.rowCount), components.components.rows)
    }

    /// The components by which the table's rows are written, worked out again for others.
    func components() throws -> PrincipalComponents? {
        guard case .components(let count) = settings.making else { return nil }
        let dataset = try dataset
        return try withExtendedLifetime(dataset) { try components(count, of: dataset) }
    }

    // MARK: - Text

    /// A column for each number, and the column of the classes or the target, row by row.
    private func table(_ name: String, _ make: (EncodedDataset) throws -> (values: [Float], width: Int)) throws -> String {
        let dataset = try dataset
        return try withExtendedLifetime(dataset) {
            let (values, width) = try make(dataset)
            guard values.allSatisfy(\.isFinite) else {
                throw Self.problem("\(settings.experiment), \(variant.name) gives numbers that are not finite", at: "experiment", help: nil)
            }
            let (column, cells) = cells(of: dataset)
            let names = (1...max(width, 1)).map { "\(name)\($0)" }
            var text = (names + [column].compactMap(\.self)).map(\.csvCell).joined(separator: ",") + "\n"
            for row in 0..<dataset.rowCount {
                text += values[row * width..<(row + 1) * width].map(\.description).joined(separator: ",")
                text += (cells.map { "," + $0(row).csvCell } ?? "") + "\n"
            }
            return text
        }
    }

    private func cells(of dataset: EncodedDataset) -> (column: String?, cells: ((Int) -> String)?) {
        let column = dataset.summary.targetColumn
        switch dataset.target {
        case .classes: return (column, { dataset.className(of: Int32($0)) ?? "" })
        case .inputs(.some, _): return (trial.labels ?? column, { dataset.className(of: Int32($0)) ?? "" })
        case .values(let values, let width, let unit) where width == 1:
            return (column, { "\(Float(unit.original(Double(values[$0]))))" })
        case .severalLabels(let ones, let names):
            return (column, { row in names.indices.filter { ones[row * names.count + $0] != 0 }.map { names[$0] }.joined(separator: "|") })
        case .values, .inputs: return (nil, nil)
        }
    }

    // MARK: - Errors

    /// What is wrong with a setting of the features.
    static func problem(_ message: String, at key: String, help: String?) -> PreparationProblem {
        PreparationProblem(path: "dataset.features.\(key)", message: message, help: help)
    }
}

extension PrincipalComponents {
    /// What the components make of these row-major numbers, in 32 bits as features are.
    func code(of numbers: some Collection<Float>, rows: Int) -> [Float] {
        code(of: Matrix(numbers.map(Double.init), rows: rows, columns: mean.count)).elements.map(Float.init)
    }
}
