import Datasets
import Settings
import TestSupport
import Testing
import Training

/// Networks whose target is several labels.
struct SeveralLabelTests {
    private static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 5)
        let rows = (0..<120).map { _ in
            let (a, b) = (numbers.number(in: -1...1), numbers.number(in: -1...1))
            return [
                "\(a)", "\(b)",
                [("east", a > 0), ("north", b > 0), ("far", a * a + b * b > 1)].filter(\.1).map(\.0).joined(separator: "|"),
            ]
        }
        return try TableOnDisk(columns: ["a", "b", "y"], rows: rows)
    }

    private static func settings(
        loss: LossKind = .binaryCrossentropy, last: Activation = .sigmoid,
        metrics: [Metric] = [.binaryAccuracy(), .f1(.macro), .f1(.micro)]
    ) -> TrialSettings {
        .of(
            target: .parts(separator: "|"),
            layers: [.dense(12, .tanh), .dense(DenseSettings(units: .target, activation: last))],
            training: TrainingSettings(
                loss: LossSettings(kind: loss), optimizer: .adam(AdamSettings(learningRate: 0.02)), batchSize: 16, epochs: 40,
                metrics: metrics),
            validation: .part(PartSettings(size: .fraction(0.25))))
    }

    @Test func aNetworkLearnsThem() throws {
        let (table, settings) = (try Self.table(), Self.settings())
        let dataset = try table.open(settings)
        let trial = try prepare(settings, data: dataset.summary)
        #expect(trial.layers.last?.shape == [3])
        let result = try train(trial, on: dataset, seed: 1)
        let first = try #require(result.history.first?.figure("loss"))
        #expect(try #require(result.figure("loss")) < first / 2)
        #expect(try #require(result.figure("val_binary_accuracy")) > 0.85)
        #expect(try #require(result.figure("val_f1_micro")) > 0.8)
        #expect(result.figure("chance_accuracy") == nil)

        // The stored predictions give the same figures, counted in another way.
        let part = try #require(result.predictions.first)
        #expect(part.targets.count == part.rows.count * 3 && part.width == 3)
        let said = part.outputs.map { $0 > 0.5 ? Float(1) : 0 }
        let right = zip(said, part.targets).count { $0 == $1 }
        #expect(abs(Double(right) / Double(said.count) - (result.figure("val_binary_accuracy") ?? 0)) < 1e-12)
        func counts(_ label: Int) -> (hits: Int, both: Int) {
            let places = stride(from: label, to: said.count, by: 3)
            return (places.count { said[$0] == 1 && part.targets[$0] == 1 }, places.reduce(0) { $0 + Int(said[$1] + part.targets[$1]) })
        }
        let byLabel = (0..<3).map(counts)
        let macro = byLabel.reduce(0) { $0 + 2 * Double($1.hits) / Double($1.both) } / 3
        let micro = 2 * Double(byLabel.reduce(0) { $0 + $1.hits }) / Double(byLabel.reduce(0) { $0 + $1.both })
        #expect(abs(macro - (result.figure("val_f1_macro") ?? 0)) < 1e-12)
        #expect(abs(micro - (result.figure("val_f1_micro") ?? 0)) < 1e-12)

        let predictor = try Predictor(settings, data: dataset.summary, weights: result.weights)
        #expect(predictor.outputKind == .severalLabels(names: ["east", "far", "north"], areProbabilities: true))
        let answer = try predictor.predictions(for: RowEncoder(dataset).encode(["a": "0.9", "b": "-0.8"]))[0]
        #expect(answer.count == 3 && answer[0] > 0.5 && answer[2] < 0.5, "\(answer)")
    }

    @Test(arguments: [
        (
            settings(loss: .categoricalCrossentropy),
            "training.loss: categorical_crossentropy is of one class a row, the target \"y\" has several labels"
        ),
        (settings(loss: .hinge), "training.loss: hinge is of one class a row, the target \"y\" has several labels"),
        (settings(last: .softmax), "model.layers[1].activation: the numbers of a softmax add up to 1, the target \"y\" has several labels"),
        (settings(metrics: [.accuracy]), "training.metrics: accuracy is of one class a row, the target \"y\" has several labels a row"),
        (settings(metrics: [.f1()]), "training.metrics: f1 is of one class of two, the target \"y\" has several labels a row"),
        (
            settings(metrics: [.rocAUC]),
            "training.metrics: roc_auc is of one class of two, the target \"y\" has several labels a row (write roc_auc_macro, the mean over the labels)"
        ),
        (
            settings(metrics: [.cohenKappa]),
            "training.metrics: cohen_kappa does not go with several labels: the target \"y\" has several labels a row"
        ),
        (settings(metrics: [.mape]), "training.metrics: mape does not go with several labels"),
    ])
    func whatJudgesOneClassIsRefused(settings: TrialSettings, expected: String) throws {
        let data = try Self.table().open(Self.settings()).summary
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data) }
        #expect(problem?.description.hasPrefix(expected) == true, "\(problem?.description ?? "")")
    }

    @Test func outputsAreAsManyAsLabels() throws {
        var settings = Self.settings()
        settings.model.layers[1] = LayerSettings(kind: .dense(2, .sigmoid))
        let data = try Self.table().open(settings).summary
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data) }
        #expect(
            problem?.description
                == "model.layers[1].units: layer 2 (dense, 2 units) gives [batch, 2], the target \"y\" has 3 labels: [batch, 3] (write 3, or: units: classes)"
        )
    }

    @Test func inputsAndTargetsThatNothingTakesAreRefused() throws {
        let settings = Self.settings()
        let data = try Self.table().open(settings).summary
        var words = data
        (words.inputKind, words.inputShape) = (.sequences(vocabulary: 10_000), [200])
        #expect(
            throws: PreparationProblem(
                path: "model.layers[0]",
                message: "layer 1 (dense) does not fit: a sequence of words of [200]: expected an embedding or one_hot before this layer")
        ) { try prepare(settings, data: words) }
        var embedded = settings
        embedded.model.layers.insert(contentsOf: [.init(kind: EmbeddingSettings(outputDim: 8)), .init(kind: FlattenSettings())], at: 0)
        #expect(try prepare(embedded, data: words).network.parameters[0].shape == [10_000, 8])
        #expect(
            throws: PreparationProblem(
                path: "model.layers[0]",
                message: "layer 1 (embedding) does not fit: embedding of [\(data.featureCount)]: expected a sequence of words, "
                    + "as the first layer of a network whose inputs are encoded as such")
        ) { try prepare(embedded, data: data) }
        var next = data
        next.target = .sequences(length: 5, vocabulary: 10)
        #expect(throws: PreparationProblem.self) { try prepare(settings, data: next) }
        var images = data
        images.inputShape = [2, 1]
        #expect(
            try prepare(settings, data: images).notices.contains(
                "The inputs of shape [2, 1] are taken as 2 numbers in a row: the first layer uses no shape."))
    }
}
