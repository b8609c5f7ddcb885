import Documents
import Experiments
import Settings
import Testing

struct VariantTests {
    @Test func layersOfARepeatAreFoundWhereTheyStand() throws {
        let text = base.replacing(
            "    - dense: {units: 64, activation: relu, name: middle}\n",
            with:
                "    - dense: {units: 3}\n    - repeat:\n        times: 2\n        layers:\n          - dense: {units: 64}\n          - dropout: 0.1\n"
        )
        let variant = try load(text).baseline
        for (path, line, column) in [
            ("model.layers[0].units", 8, 22), ("model.layers[1].units", 12, 28), ("model.layers[3].units", 12, 28),
            ("model.layers[4]", 13, 13), ("model.layers[5].activation", 14, 43),
        ] {
            let place = try #require(variant.locate(path))
            #expect(place.line == line && place.column == column, "\(path): \(place.line):\(place.column)")
        }
    }

    /// The flat settings in which a variant differs from the baseline.
    private func differences(_ change: String, of text: String = base) throws(Diagnostics) -> [String] {
        let experiment = try load(text + "ablate: {changed: \(change)}\n")
        guard experiment.variants.count == 2 else { return ["the same trial"] }
        return Trial.differences(from: experiment.variants[0].trial.canonical, to: experiment.variants[1].trial.canonical)
            .map { "\($0.path): \($0.old ?? "–") → \($0.new ?? "–")" }
    }

    @Test(arguments: [
        ("{training.epochs: 9}", ["training.epochs: 5 → 9"]),
        ("{training: {epochs: 9}}", ["training.epochs: 5 → 9"]),
        ("{model.middle.units: 32}", ["model.layers[0].units: 64 → 32"]),
        ("{model.layers.middle.units: 32}", ["model.layers[0].units: 64 → 32"]),
        ("{\"model.layers[0].units\": 32}", ["model.layers[0].units: 64 → 32"]),
        ("{\"model.layers[0].dense.units\": 32}", ["model.layers[0].units: 64 → 32"]),
        ("{model.middle.activation: tanh}", ["model.layers[0].activation: relu → tanh"]),
        ("{\"model.layers[0]\": {dense: {use_bias: false}}}", ["model.layers[0].use_bias: true → false"]),
        ("{training.optimizer.learning_rate: 1e-4}", ["training.optimizer.learning_rate: 0.01 → 0.0001"]),
        ("{training.optimizer.rmsprop.rho: 0.5}", ["training.optimizer.rho: 0.9 → 0.5"]),
        ("{training.optimizer: {rmsprop: {rho: 0.5}}}", ["training.optimizer.rho: 0.9 → 0.5"]),
        (
            "{training.optimizer: sgd}",
            [
                "training.optimizer: rmsprop → sgd", "training.optimizer.momentum: 0 → 0", "training.optimizer.nesterov: – → false",
                "training.optimizer.centered: false → –", "training.optimizer.epsilon: 1e-07 → –", "training.optimizer.rho: 0.9 → –",
            ].filter { !$0.contains("0 → 0") }
        ),
        ("{training.loss.from_logits: true}", ["training.loss.from_logits: false → true"]),
        ("{split.validation.fraction: 0.5}", ["split.validation.fraction: – → 0.5", "split.validation.first: 10 → –"]),
        ("{inputs.text.vocabulary: 5}", ["inputs.text.vocabulary: 100 → 5"]),
        ("{target.topic.encode: label}", ["target.topic.encode: one-hot → label"]),
        ("{target: {other: {encode: label}}}", ["target.other.encode: – → label", "target.topic.encode: one-hot → –"]),
        (
            "{training.early_stopping.patience: 3}",
            [
                "training.early_stopping.goal: – → minimize", "training.early_stopping.min_delta: – → 0",
                "training.early_stopping.monitor: – → val_loss", "training.early_stopping.patience: – → 3",
                "training.early_stopping.restore_best_weights: – → false",
            ]
        ),
    ])
    func changes(change: String, expected: [String]) throws {
        #expect(try differences(change) == expected)
    }

    @Test func aPerceptronIsAddressedAsOne() throws {
        #expect(try differences("{model.mlp.hidden: [32]}", of: perceptron) == ["model.layers[0].units: 64 → 32"])
        #expect(try differences("{model.hidden: [32]}", of: perceptron) == ["model.layers[0].units: 64 → 32"])
        #expect(try differences("{\"model.mlp.hidden[0]\": 32}", of: perceptron) == ["model.layers[0].units: 64 → 32"])
    }

    @Test(arguments: [
        (
            "{training.epoch: 3}",
            "15:29 unknown setting \"epoch\" in training | did you mean \"epochs\"? known keys: augment, augment_validation, batch_size, class_weight, clusters, continue_from, discriminator_optimizer, early_stopping, epochs, freeze, gradient_clipping, gradient_norms, judge, labelled, loss, metrics, optimizer, pretrain, reduce_on_plateau, steps, tensorboard, threshold"
        ),
        ("{training.epochs: 0}", "15:37 epochs must be between 1 and 1,000,000, found 0"),
        ("{model.midle.units: 3}", "15:26 nothing in layers has the name \"midle\" | did you mean \"middle\"? names: middle"),
        ("{model.mlp.hidden: [3]}", "15:26 the model is layers here, not mlp | replace it as a whole: model: {mlp: {…}}"),
        (
            "{training.optimizer.adam.beta_1: 0}",
            "15:39 the optimizer is rmsprop here, not adam | replace it as a whole: training.optimizer: {adam: {…}}"
        ),
        (
            "{seeds: 3}",
            "15:20 unknown setting \"seeds\" in the experiment | known keys: dataset, inputs, labels, model, split, target, training"
        ),
        ("{training..epochs: 3}", "15:20 \"training..epochs\" is no setting's path | such as training.epochs"),
        ("{}", "15:19 the variant changed changes nothing | such as {training.epochs: 9}"),
        ("3", "15:19 the variant changed must be a map of settings, found 3 | such as {training.epochs: 9}"),
        (
            "{training.optimizer: {adam: {rho: 1}}}",
            "15:48 unknown key \"rho\" in adam | known keys: beta_1, beta_2, epsilon, learning_rate"
        ),
        (
            "{training.early_stopping.monitor: val_mae}",
            "15:53 unknown figure \"val_mae\" | known figures: loss, accuracy, val_loss, val_accuracy"
        ),
    ])
    func errorsPointToTheVariant(change: String, expected: String) {
        #expect(errors(base + "ablate: {changed: \(change)}\n") == [expected])
    }

    @Test(arguments: [
        ("Wide", "15:10 the variant name \"Wide\" is not of the form a-z, 0-9 and minus | such as wide"),
        ("two words", "15:10 the variant name \"two words\" is not of the form a-z, 0-9 and minus | such as two-words"),
        ("-a", "15:10 the variant name \"-a\" is not of the form a-z, 0-9 and minus | such as a"),
        ("шире", "15:10 the variant name \"шире\" is not of the form a-z, 0-9 and minus | such as no-hidden-layer"),
        ("baseline", "15:10 \"baseline\" is the name of the settings above | give the variant another name"),
    ])
    func variantNames(name: String, expected: String) {
        #expect(errors(base + "ablate: {\(name): {training.epochs: 9}}\n") == [expected])
    }

    @Test func theOrderIsBaselineThenVariantsThenPoints() throws {
        let experiment = try load(
            base + """
                sweep: {grid: {training.batch_size: [16, 64]}}
                ablate:
                  z: {training.epochs: 9}
                  a: {training.epochs: 8}

                """)
        #expect(experiment.variants.map(\.name) == ["baseline", "z", "a", "batch-size-16", "batch-size-64"])
        #expect(experiment.variants.map(\.origin) == [.baseline, .ablate, .ablate, .sweep, .sweep])
        #expect(experiment.variants[1].changes == [Change(path: "training.epochs", text: "9")])
    }

    @Test func equalTrialsBecomeOneAndKeepTheirNames() throws {
        let experiment = try load(
            base + """
                ablate:
                  short: {training.epochs: 2}
                sweep: {grid: {training.epochs: [2, 5, 7]}}
                reference: {epochs-5: {loss: 1}, epochs-2: {loss: 2}, epochs-7: {loss: 3}}

                """)
        #expect(experiment.variants.map(\.name) == ["baseline", "short", "epochs-7"])
        #expect(experiment.variants.map(\.aliases) == [["epochs-5"], ["epochs-2"], []])
        #expect(experiment.references.map(\.variant) == ["baseline", "short", "epochs-7"])
    }

    @Test func twoVariantsThatAreTheSameAreAnError() throws {
        #expect(
            errors(base + "ablate:\n  short: {training.epochs: 2}\n  brief: {training: {epochs: 2}}\n") == [
                "17:3 the variants short and brief are the same | change a value, or take one of them out"
            ])
    }

    @Test func aVariantThatChangesNothingIsAnError() throws {
        #expect(
            errors(base + "ablate:\n  same: {training.epochs: 5}\n  network: {model.middle.units: 64, training.optimizer.rho: 0.9}\n") == [
                "16:3 the variant same changes nothing: the settings above have training.epochs so already | change a value, or take the variant out",
                "17:3 the variant network changes nothing: the settings above have model.middle.units, training.optimizer.rho so already "
                    + "| change a value, or take the variant out",
            ])
        // Laid over by hand, the baseline may come to be what a variant is.
        let experiment = try load(base + "ablate: {short: {training.epochs: 2}}\n", overrides: ["training.epochs=2"])
        #expect(experiment.variants.map(\.name) == ["baseline"])
        #expect(experiment.variants[0].aliases == ["short"])
    }

    // MARK: - Places

    @Test(arguments: [
        ("training.epochs", 13, 11), ("model.layers[0].units", 8, 22), ("model.layers[0].activation", 8, 38),
        ("model.layers[1].units", 9, 22), ("training.optimizer.learning_rate", 12, 40), ("training.optimizer.rho", 12, 24),
        ("training.batch_size", 11, 3), ("target.topic.encode", 4, 26), ("nothing.like.it", 1, 1),
    ])
    func placesOfSettings(path: String, line: Int, column: Int) throws {
        let place = try load(base).baseline.locate(path)
        #expect(place?.line == line)
        #expect(place?.column == column)
    }

    @Test(arguments: [
        ("model.layers[0].units", 7, 18), ("model.layers[1].units", 7, 31), ("model.layers[1].activation", 7, 31),
        ("model.layers[0].activation", 7, 8), ("model.layers[7]", 7, 31),
    ])
    func layersOfAPerceptronLeadToWhatTheyCameFrom(path: String, line: Int, column: Int) throws {
        let place = try load(perceptron).baseline.locate(path)
        #expect(place?.line == line)
        #expect(place?.column == column)
    }

    @Test func aChangedSettingLeadsToTheVariant() throws {
        let experiment = try load(perceptron + "ablate: {wide: {model.mlp.hidden: [4, 5]}}\n")
        let diagnostic = experiment.variants[1].diagnostic("too wide", at: "model.layers[1].units", help: "write 4")
        #expect(
            diagnostic.rendered() == """
                a.yaml:13:39: error: too wide
                   13 | ablate: {wide: {model.mlp.hidden: [4, 5]}}
                      |                                       ^ write 4

                """)
    }
}
