import Datasets
import Metrics
import Settings
import TestSupport
import Testing
import Training

/// Layers that are trained one by one, without labels, before the whole.
@Suite struct PretrainingTests {
    /// Rows of eight bits around four patterns, of three classes.
    private static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 5)
        let patterns = [0b1111_0000, 0b0011_1100, 0b1010_1010, 0b0000_1111]
        let rows = (0..<90).map { row in
            let bits = (0..<8).map { bit in
                let isOn = patterns[row % 4] >> bit & 1 == 1
                return (numbers.number(in: 0...1) < 0.1) == isOn ? "0" : "1"
            }
            return bits + [["green", "red", "blue"][row % 4 % 3]]
        }
        return try TableOnDisk(columns: (0..<8).map { "x\($0)" } + ["y"], rows: rows)
    }

    private func settings(
        _ pretrain: PretrainSettings? = PretrainSettings(epochs: 3, learningRate: 0.1, batchSize: 10), labelled: Int? = nil, epochs: Int = 2
    ) -> TrialSettings {
        .of(
            target: .oneHot(), layers: [.dense(6, .sigmoid), .dense(4, .sigmoid), .dense(3, .softmax)],
            training: TrainingSettings(
                loss: LossSettings(kind: .categoricalCrossentropy), optimizer: .adam(AdamSettings()), batchSize: 16, epochs: epochs,
                metrics: [.accuracy], pretrain: pretrain, labelled: labelled),
            validation: .part(PartSettings(size: .first(20))))
    }

    @Test func passesComeBeforeTheFirstEpochAndLowerTheErrors() throws {
        let settings = settings(PretrainSettings(epochs: 20, learningRate: 0.2, batchSize: 10))
        let data = try Self.table().open(settings)
        let trial = try prepare(settings, data: data.summary)
        var told: [PretrainedEpoch] = []
        let run = try Training.train(
            trial, on: data, seed: 1, from: RunStart(),
            onPretraining: {
                told.append($0); return true
            })
        #expect(run.pretraining == told && run.history.map(\.epoch) == [1, 2])
        #expect(run.pretraining.map(\.layer) == [String](repeating: "layer_1", count: 20) + [String](repeating: "layer_2", count: 20))
        #expect(run.pretraining.map(\.epoch) == Array(1...20) + Array(1...20))
        for layer in ["layer_1", "layer_2"] {
            let errors = run.pretraining.filter { $0.layer == layer }.map(\.error)
            #expect(errors[19] < errors[0], "\(errors)")
            #expect(run.figure("pretrain_error/\(layer)") == errors[19])
        }
        // What only pretraining needs is not kept.
        #expect(run.weights.map(\.name).allSatisfy { $0.hasSuffix("kernel") || $0.hasSuffix("bias") && !$0.contains("visible") })
        #expect(Figures(of: settings).pretrainErrors == ["pretrain_error/layer_1", "pretrain_error/layer_2"])
    }

    /// The whole begins with what means nothing, and its loss says so at once.
    @Test func pretrainingThatDivergesIsFollowedByARunThatDoes() throws {
        let settings = settings(PretrainSettings(epochs: 3, learningRate: 1e30, batchSize: 10, visible: .gaussian))
        let data = try Self.table().open(settings)
        let run = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        #expect(run.stopped == .diverged && run.history.count == 1)
        #expect(run.pretraining.count == 6 && run.pretraining.contains { !$0.error.isFinite })
    }

    /// Before anything starts.
    @Test func numbersThatBernoulliUnitsCannotHaveAreRefused() throws {
        var settings = settings()
        settings.inputs.columns = settings.inputs.columns.map { column in
            var column = column
            column.encoding = .numeric(scale: .standard)
            return column
        }
        let data = try Self.table().open(settings)
        let error = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(error?.path == "training.pretrain" && error?.message.hasPrefix("bernoulli units are from 0 to 1, row ") == true)
        settings.training.pretrain?.visible = .gaussian
        _ = try prepare(settings, data: data.summary)
    }

    @Test func frozenLayersAreNamedAsTheReason() throws {
        var settings = settings()
        settings.training.freeze = .named(["layer_1"])
        let data = try Self.table().open(settings)
        let error = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(error?.path == "training.pretrain")
        #expect(error?.message == "the first layer that could be trained by itself is frozen (training.freeze)")
    }

    @Test func someLabelsAreAsManyOfEachClass() throws {
        let settings = settings(nil, labelled: 30)
        let data = try Self.table().open(settings)
        let trial = try prepare(settings, data: data.summary)
        #expect(trial.notices.contains("30 of 70 train rows are trained on with their labels."))
    }

    /// In turn of each class the first that is left, in the order of the rows.
    @Test(
        arguments: [
            (1, [5]), (3, [5, 0, 2]), (5, [5, 4, 0, 2, 1]), (6, [5, 4, 0, 2, 1, 3]), (9, [5, 4, 0, 2, 1, 3]),
        ] as [(Int, [Int32])])
    func labelledRowsAreTheFirstOfEachClass(count: Int, expected: [Int32]) {
        let labels: [Int32] = [1, 1, 2, 0, 0, 0]
        let rows: [Int32] = [5, 4, 0, 2, 1, 3]
        labels.withUnsafeBufferPointer { labels in
            guard let start = labels.baseAddress else { return }
            #expect(LabelledRows.chosen(count, of: rows, .labels(start)) == expected)
            #expect(LabelledRows.chosen(nil, of: rows, .labels(start)) == rows)
        }
    }

    @Test(arguments: [[Activation.relu, .sigmoid], [.linear, .relu]])
    func layersThatCannotBeTrainedSoAreRefused(_ activations: [Activation]) throws {
        var settings = settings()
        settings.model = ModelSettings(
            layers: (activations.map { .dense(6, $0) } + [.dense(3, .softmax)]).map { LayerSettings(kind: $0) })
        let data = try Self.table().open(settings)
        let error = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(error?.path == "training.pretrain")
    }
}
