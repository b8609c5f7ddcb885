import Datasets
import Experiments
import RunStore
import Settings
import Training

extension RunOutcome {
    /// What training left, in the store's terms.
    init(_ result: RunResult, of settings: TrialSettings, data: DatasetSummary, timings: Timings) {
        var history = History(columns: ["epoch"] + (result.history.first?.figures.map(\.name) ?? []) + ["seconds"])
        for epoch in result.history {
            history.append([Double(epoch.epoch)] + epoch.figures.map(\.value) + [epoch.seconds])
        }
        self.init(
            figures: Dictionary(result.figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }), history: history,
            predictions: result.predictions.isEmpty ? nil : Predictions(result.predictions),
            weights: result.weights.map { NamedTensor(name: $0.name, shape: $0.shape, values: $0.values) }, parameters: result.parameters,
            target: RecordedTarget(data), inputs: settings.inputs.columns.map(\.column), keptEpoch: result.keptEpoch,
            stopped: result.stopped?.rawValue, timings: timings)
        for pass in result.pretraining {
            if pretraining.last?.layer != pass.layer { pretraining.append(PretrainedLayer(layer: pass.layer, errors: [])) }
            pretraining[pretraining.count - 1].errors.append(pass.error)
        }
    }
}

extension RecordedTarget {
    /// A wider row's columns would make a record long that is read to list a run.
    private static let mostColumns = 512

    /// What the outputs for the targets of such data stand for.
    init(_ data: DatasetSummary) {
        switch data.target {
        case .classes(let names): self = .classes(names)
        case .severalLabels(let names): self = .severalLabels(names)
        case .values(_, let shift, let divisor, let logarithm): self = .values(shift: shift, divisor: divisor, logarithm: logarithm)
        case .sequences: self = .values(shift: 0, divisor: 1)
        case .inputs:
            if let features = FittedEncoder(data).namedFeatures, features.count <= Self.mostColumns {
                self = .inputs(
                    features.map {
                        RecordedColumn(name: $0.name, shift: $0.unit.shift, divisor: $0.unit.divisor, logarithm: $0.unit.logarithm)
                    })
            } else {
                self = .values(shift: 0, divisor: 1)
            }
        }
    }
}

extension Predictions {
    /// The parts under their roles.
    init(_ parts: [PartPredictions]) {
        self.init()
        for part in parts {
            let stored = Part(rows: part.rows, targets: part.targets, outputs: part.outputs, width: part.width)
            if part.part == "validation" { validation = stored } else { test = stored }
        }
    }
}
