import Datasets
import Documents
import Experiments
import FileSystem
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
        let plan = Plan(other)
        let runs = plan.runs.filter { plan.variant(of: $0).name == variant.name }
        guard let planned = runs.first(where: { $0.seed == settings.seed && $0.fold == nil }) else {
            let seeds = Set(runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
            throw runs.contains { $0.fold != nil }
                ? Self.problem("\(other.name) has folds, whose runs know different rows", at: "experiment", help: "use one that has none")
                : Self.problem("\(other.name) has no run of seed \(settings.seed)", at: "seed", help: "its seeds are \(seeds)")
        }
        guard let run = try workspace.specifications(of: [planned], in: other).first else {
            throw Self.problem("there is no such run of \(other.name)", at: "seed", help: nil)
        }
        if case .layer = settings.making, variant.trial.settings.model.opponent != nil {
            throw Self.problem(
                "\(other.name), \(variant.name) makes examples from noise: its layers give nothing for a row", at: "layer",
                help: "name a variant of one network, or ask for pca")
        }
        (self.variant, self.run) = (variant, run)
    }

    /// Which rows the run knows.
    var split: SplitSettings { variant.trial.settings.split }

    /// Where the table lies, once it is there.
    func path() throws -> String {
        try file(fileName()) {
            switch settings.making {
            case .layer(let layer):
                let place = try place(of: layer)
                return try table(layer, run.digests.content) { try outputs(ofLayer: place, in: $0) }
            case .components(let count): return try table("pca", run.digests.content) { try components(count, of: $0) }
            }
        }
    }

    /// The name of the table's file, there or not.
    func fileName() throws -> FeatureFileName {
        switch settings.making {
        case .layer(let layer): FeatureFileName(of: run.identity, layer: variant.trial.settings.model.layerNames[try place(of: layer)])
        case .components(let count): FeatureFileName(of: run.digests, components: count)
        }
    }

    private func place(of layer: String) throws -> Int {
        let model = variant.trial.settings.model
        guard let place = model.places(of: .named([layer])).places.first else {
            let found = model.problem(of: .named([layer]))
            throw Self.problem(found?.message ?? "there is no such layer", at: "layer", help: found?.help)
        }
        return place
    }

    private func file(_ fileName: FeatureFileName, _ text: () throws -> String) throws -> String {
        let folder = "\(workspace.data.folder)/\(FeatureFileName.folders.joined(separator: "/"))"
        let (name, digestName) = (fileName.text, fileName.digestName)
        let path = "\(folder)/\(name)"
        // What was cut or changed since it was written is made anew.
        if Files.isFile(path), let files = try? Folder(path: folder), let known = try? files.read(digestName),
            let found = try? files.digest(of: name), Array(found.hex.utf8) == known
        {
            return path
        }
        let bytes = Array(try text().utf8)
        try Folder.make(folder)
        let files = try Folder(path: folder)
        _ = try files.write(name, bytes)
        _ = try files.write(digestName, Array(SHA256.digest(of: bytes).hex.utf8))
        return path
    }

    // MARK: - Numbers

    /// What the layer of the finished run gives for each row.
    private func outputs(ofLayer place: Int, in dataset: EncodedDataset) throws -> (values: [Float], width: Int) {
        guard let stored = workspace.store.finishedRun(run.identity) else {
            throw FeaturesWanted(
                experiment: settings.experiment, variant: variant.name, run: run.identity,
                title: "\(settings.experiment), \(variant.name), seed \(settings.seed)")
        }
        guard stored.hasWeights else {
            throw Self.problem(
                "the weights of \(settings.experiment), \(variant.name) were removed, as its keep has it", at: "experiment",
                help: "run first: ablate run \(settings.experiment.shellWord) --only \(variant.name.shellWord) --again")
        }
        let weights = try stored.weights().map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
        let found = try Predictor(variant.trial.settings, data: dataset.summary, weights: weights)
            .outputs(ofLayer: place, of: (0..<Int32(dataset.rowCount)).map { $0 }, in: dataset)
        return (found.values, found.width)
    }

    private func components(_ count: Int, of dataset: EncodedDataset) throws -> (values: [Float], width: Int) {
        guard case .dense(let numbers) = dataset.inputs else {
            throw Self.problem("there are principal components of dense columns alone", at: "pca", help: "name a layer")
        }
        let width = dataset.featureCount
        func rows(_ rows: some Sequence<Int32>, count: Int) -> Matrix {
            Matrix(rows.flatMap { row in (0..<width).map { Double(numbers[Int(row) * width + $0]) } }, rows: count, columns: width)
        }
        guard let found = PrincipalComponents(of: rows(dataset.train, count: dataset.train.count), count: count) else {
            throw Self.problem("\(count) principal components of \(width) columns would take too long", at: "pca", help: "name a layer")
        }
        guard found.components.rows == count else {
            throw Self.problem(
                "the rows that train vary along \(found.components.rows) directions alone", at: "pca", help: "ask for as many at most")
        }
        let code = found.code(of: rows(0..<Int32(dataset.rowCount), count: dataset.rowCount))
        return (code.elements.map(Float.init), count)
    }

    // MARK: - Text

    /// A column for each number, and the column of the classes or the target, row by row.
    private func table(
        _ name: String, _ content: String, _ make: (EncodedDataset) throws -> (values: [Float], width: Int)
    ) throws -> String {
        let dataset = try workspace.dataset(for: variant.trial.settings, seed: settings.seed, content: content)
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
        case .inputs(.some, _): return (variant.trial.settings.labels ?? column, { dataset.className(of: Int32($0)) ?? "" })
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
