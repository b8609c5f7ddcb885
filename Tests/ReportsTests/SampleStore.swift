import Experiments
import Foundation
import RunStore
import Settings

/// A store with made-up runs, as smooth as formulas are, in a folder that goes with the value.
final class SampleStore {
    let root: String
    let store: RunStore
    let experiment: Experiment
    private let provenance = Provenance(
        commit: "0123456789abcdef0123456789abcdef01234567", host: "sample", processor: "Sample processor", versions: ["ablate": "0.1.0"])

    init(_ experiment: Experiment) {
        self.experiment = experiment
        root = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-reports-\(UUID().uuidString)").path
        store = RunStore(root: root) { Date(timeIntervalSince1970: 1_750_000_000) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    var specifications: [RunSpecification] {
        Plan(experiment).runs.map { run in
            let digests = DataDigests(content: "c0ffee0123456789c0ffee", encoding: "facade0123456789facade")
            let variant = experiment.variants[run.variant]
            return RunSpecification(
                experiment: experiment.name, variant: variant.name, seed: run.seed, fold: run.fold,
                basis: RunBasis(canonical: variant.trial.canonical, digests: digests, resultsVersion: 1))
        }
    }

    /// Finishes the runs for which `outcome` gives one.
    func finish(_ outcome: (RunSpecification) -> RunOutcome?) throws {
        for specification in specifications {
            guard let outcome = outcome(specification) else { continue }
            let writer = try store.begin(specification, provenance: provenance)
            try writer.finish(outcome)
        }
    }

    func fail(_ specification: RunSpecification, _ message: String) throws {
        try store.begin(specification, provenance: provenance).fail(message)
    }

    func survey() -> Survey {
        store.survey(specifications)
    }
}

// MARK: - Made-up experiments

enum MadeUp {
    /// Settings of a network with these hidden layers, and a canonical text that tells them apart.
    static func trial(hidden: [Int], batch: Int = 128, folds: Int? = nil, hasValidation: Bool = true) -> Trial {
        let layers = hidden.map { LayerSettings(kind: .dense(DenseSettings(units: .count($0), activation: .relu))) }
        let output = LayerSettings(kind: .dense(DenseSettings(units: .target, activation: .softmax)))
        let validation: ValidationSettings? =
            folds.map { .folds(count: $0, kind: .contiguous) } ?? (hasValidation ? .part(PartSettings(size: .first(1000))) : nil)
        let settings = TrialSettings(
            dataset: .catalogue("reuters"),
            inputs: InputSettings(columns: [ColumnSettings(column: "text", encoding: .multiHot(vocabulary: 10_000))]),
            target: ColumnSettings(column: "topic", encoding: .oneHot()), split: SplitSettings(validation: validation),
            model: ModelSettings(layers: layers + [output]),
            training: TrainingSettings(
                loss: LossSettings(kind: .categoricalCrossentropy), batchSize: batch, epochs: 20, metrics: [.accuracy]))
        let units = hidden.map { "{\"dense\":{\"activation\":\"relu\",\"units\":\($0)}}" }.joined(separator: ",")
        let head = "{\"dense\":{\"activation\":\"softmax\",\"units\":\"classes\"}}"
        let canonical = """
            {"dataset":"reuters","model":{"layers":[\(units.isEmpty ? head : units + "," + head)]},"training":{"batch_size":\(batch),"epochs":20,"optimizer":{"rmsprop":{"learning_rate":0.001}}}}
            """
        return Trial(settings: settings, canonical: canonical)
    }

    static func variant(_ name: String, hidden: [Int], batch: Int = 128, changes: [Change]? = nil) -> Variant {
        let text = "[\(hidden.map(String.init).joined(separator: ", "))]"
        return Variant(
            name: name, changes: changes ?? [Change(path: "model.mlp.hidden", text: text)], trial: trial(hidden: hidden, batch: batch))
    }

    static func baseline(hidden: [Int] = [64, 64], folds: Int? = nil, hasValidation: Bool = true) -> Variant {
        Variant(name: "baseline", origin: .baseline, trial: trial(hidden: hidden, folds: folds, hasValidation: hasValidation))
    }

    static let widths: [(name: String, hidden: [Int])] = [
        ("middle-4", [64, 4]), ("middle-16", [64, 16]), ("middle-256", [64, 256]), ("middle-1024", [64, 1024]),
        ("middle-4096", [64, 4096]),
        ("both-512", [512, 512]),
    ]

    /// Seven variants, five seeds.
    static let width = Experiment(
        name: "reuters-width", file: "experiments/reuters-width.yaml", title: "How wide must the middle layer be?",
        notes: "Russian notes, \"Важность достаточно большого измерения\"", baseline: baseline(),
        others: widths.map { variant($0.name, hidden: $0.hidden) }, seeds: [1, 2, 3, 4, 5],
        selection: Selection(metric: "val_accuracy", goal: .maximize),
        references: [
            Reference(variant: "middle-4", figure: "val_accuracy", value: 0.68),
            Reference(variant: "middle-4", figure: "val_accuracy", epoch: 1, value: 0.543),
            Reference(variant: "middle-4096", figure: "val_loss", value: 3.5296),
            Reference(variant: "both-512", figure: "val_accuracy", value: 0.803),
            Reference(variant: "both-512", figure: "test_auc", value: 0.9),
        ])

    // MARK: - Made-up outcomes

    /// A smooth wobble between −1 and 1 that belongs to its arguments.
    static func wobble(_ a: Int, _ b: Int, _ c: Int = 0) -> Double {
        sin(Double(a) * 12.9898 + Double(b) * 78.233 + Double(c) * 37.719)
    }

    /// A classification run: loss and accuracy for train and validation, accuracy on test.
    static func classification(_ run: RunSpecification, epochs: Int = 20, hasValidation: Bool = true) -> RunOutcome {
        let hidden = run.canonical.components(separatedBy: "\"units\":").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
        let narrowest = Double(hidden.min() ?? 46)
        let size = Double(hidden.reduce(1, *))
        let ceiling = 0.815 - 0.4 / narrowest
        let speed = 0.12 + 0.02 * log2(size)
        var history = History(
            columns: ["epoch", "loss", "accuracy"] + (hasValidation ? ["val_loss", "val_accuracy"] : []) + ["seconds"])
        for epoch in 1...epochs {
            let progress = 1 - exp(-speed * Double(epoch))
            let noise = 0.008 * wobble(run.seed, epoch, hidden.reduce(0, +)) + 0.004 * wobble(run.seed, hidden.count)
            let loss = 3.2 * exp(-speed * Double(epoch)) + 0.09 + 4 / narrowest * 0.1 + noise
            let over = 0.0022 * log2(size) * pow(max(0, Double(epoch) - 2 / speed), 1.05)
            let validationLoss = 2.1 * exp(-speed * 1.2 * Double(epoch)) + 0.92 + 1 / narrowest + over + noise * 10
            let validation = 0.45 + (ceiling - 0.45) * progress + noise
            history.append(
                [Double(epoch), loss, 0.5 + 0.46 * progress + noise / 2] + (hasValidation ? [validationLoss, validation] : []) + [0.04])
        }
        let test = ceiling - 0.01 + 0.003 * wobble(run.seed, 7, hidden.last ?? 0)
        var figures = ["test_accuracy": test, "test_loss": 1.1, "chance_accuracy": 0.184]
        for name in history.columns where name != "epoch" && name != "seconds" { figures[name] = history[name]?.last }
        let parameters = 640_000 + hidden.reduce(0, +) * 500
        return RunOutcome(
            figures: figures, history: history, parameters: parameters, keptEpoch: epochs,
            timings: Timings(
                train: 0.3 * size.squareRoot() / 64, encode: 0.012, total: 0.3 * size.squareRoot() / 64 + 0.05, peakMemory: 150_000_000))
    }

    /// The run with stored answers to 400 validation rows of two classes, of which the given share is right: the harder a row, the fewer runs find it, and chance has a say.
    static func answering(_ outcome: RunOutcome, _ run: RunSpecification, accuracy: Double) -> RunOutcome {
        var outcome = outcome
        let rows = 0..<400
        let labels = rows.map { ($0 * 7) % 3 == 0 ? 1 : 0 }
        let ranked = rows.sorted { left, right in
            let hardness = { (row: Int) in wobble(row, 3) + 0.25 * wobble(row, run.seed, Int(accuracy * 10_000)) }
            return hardness(left) < hardness(right)
        }
        let hits = Set(ranked.prefix(Int((accuracy * Double(rows.count)).rounded())))
        let outputs = rows.flatMap { row -> [Float] in
            let answer = hits.contains(row) ? labels[row] : 1 - labels[row]
            return answer == 0 ? [0.8, 0.2] : [0.2, 0.8]
        }
        outcome.figures["val_accuracy"] = Double(hits.count) / Double(rows.count)
        outcome.target = .classes(["no", "yes"])
        outcome.predictions = Predictions(
            validation: .init(rows: rows.map(Int32.init), targets: labels.map(Float.init), outputs: outputs, width: 2))
        return outcome
    }

    /// A regression run with the mean absolute error as its loss, and no metric beside it.
    static func regression(_ run: RunSpecification, epochs: Int = 10) -> RunOutcome {
        var history = History(columns: ["epoch", "loss", "val_loss", "seconds"])
        let hidden = run.canonical.components(separatedBy: "\"units\":").count - 2
        for epoch in 1...epochs {
            let level = 0.1 + 0.15 * exp(-0.6 * Double(epoch)) + 0.004 / Double(hidden)
            let noise = 0.002 * wobble(run.seed, epoch, run.fold ?? 0)
            history.append([Double(epoch), level + noise / 2, level + 0.002 + noise, 0.02])
        }
        return RunOutcome(
            figures: ["loss": history["loss"]?.last ?? 0, "val_loss": history["val_loss"]?.last ?? 0], history: history,
            parameters: 531_969,
            keptEpoch: epochs, timings: Timings(train: 0.21, encode: 0.002, total: 0.25, peakMemory: 40_000_000))
    }
}

// MARK: - Experiments of other shapes

extension MadeUp {
    /// A baseline alone, compared by its loss, with figures of the notes.
    static func wine(seeds: [Int] = [1, 2, 3, 4, 5], folds: Int? = nil) -> Experiment {
        Experiment(
            name: "wine-baseline", file: "experiments/wine-baseline.yaml",
            title: "How well does a wide network predict the quality of wine?",
            baseline: baseline(hidden: [512, 512, 512], folds: folds), seeds: seeds,
            selection: Selection(metric: "val_loss", goal: .minimize),
            references: [
                Reference(variant: "baseline", figure: "loss", epoch: 2, value: 0.147),
                Reference(variant: "baseline", figure: "val_loss", value: 0.0977),
            ])
    }

    /// A baseline and two variants, one of which changes two settings.
    static func small(seeds: [Int] = [1, 2, 3], hasValidation: Bool = true, goal: Goal = .maximize, metric: String = "val_accuracy")
        -> Experiment
    {
        let both = [Change(path: "model.mlp.hidden", text: "[512, 512]"), Change(path: "training.batch_size", text: "512")]
        return Experiment(
            name: "small", file: "experiments/small.yaml", title: "Does width matter?", baseline: baseline(hasValidation: hasValidation),
            others: [variant("narrow", hidden: [64, 4]), variant("wide", hidden: [512, 512], batch: 512, changes: both)], seeds: seeds,
            selection: Selection(metric: metric, goal: goal),
            references: [
                Reference(variant: "narrow", figure: "val_accuracy", value: 0.72),
                Reference(variant: "narrow", figure: "val_accuracy", epoch: 1, value: 0.9),
                Reference(variant: "wide", figure: "test_auc", value: 0.5),
            ])
    }
}
