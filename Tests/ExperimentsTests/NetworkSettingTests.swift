import Documents
import Experiments
import Settings
import TestSupport
import Testing

/// Layers, losses, optimizers and what else belongs to a network and its training.
struct NetworkSettingTests {
    /// The base with other layers.
    private func layers(_ text: String) -> String {
        base.replacing("    - dense: {units: 64, activation: relu, name: middle}", with: text)
    }

    /// The base with other settings of training.
    private func training(_ text: String) -> String {
        base.replacing("  epochs: 5", with: "  epochs: 5\n  \(text)")
    }

    // MARK: - Layers

    @Test(
        arguments: [
            ("- dropout: 0.3", [.dropout(rate: 0.3)]),
            ("- dropout: {rate: 0.3, name: first}", [.dropout(rate: 0.3)]),
            ("- batch_normalization", [.batchNormalization()]),
            ("- batch_norm: {momentum: 0.9, epsilon: 1e-5}", [.batchNormalization(momentum: 0.9, epsilon: 1e-5)]),
            ("- layer_normalization: {name: x}", [.layerNormalization()]),
            ("- activation: {leaky_relu: {slope: 0.1}}", [.activation(.leakyRelu(slope: 0.1))]),
            ("- activation: leaky_relu", [.activation(.leakyRelu(slope: 0.2))]),
            ("- activation: swish", [.activation(.silu)]),
            (
                "- dense: {units: 4, kernel_regularizer: {l2: 0.1}, bias_regularizer: {l1: 0.2}}",
                [
                    .dense(
                        DenseSettings(
                            units: .count(4), kernelRegularizer: PenaltySettings(l2: 0.1), biasRegularizer: PenaltySettings(l1: 0.2))
                    )
                ]
            ),
            (
                "- dense: {units: 4, kernel_initializer: {fan_in_normal: {gain: 2}}, bias_initializer: {constant: 0.1}}",
                [.dense(DenseSettings(units: .count(4), kernelInitializer: .fanInNormal(gain: 2), biasInitializer: .constant(0.1)))]
            ),
            (
                "- repeat: {times: 2, layers: [dense: {units: 3}, dropout: 0.5, batch_normalization]}",
                Array(
                    repeating: [.dense(3), .dropout(rate: 0.5), .batchNormalization()] as [any LayerKind], count: 2
                ).flatMap(\.self)
            ),
        ] as [(String, [any LayerKind])])
    func layersOfAFile(text: String, expected: [any LayerKind]) throws {
        let found = try load(layers("    " + text)).baseline.trial.settings.model.layers.dropLast().map(\.kind)
        #expect(found.map(\.erased) == expected.map(\.erased))
    }

    // MARK: - Blocks

    private static let block = "    - residual: [dense: {units: 3}, dense: {units: 64, activation: relu}]"

    @Test(
        arguments: [
            ("- residual: [dense: {units: 3}]", [.init([LayerSettings(kind: DenseSettings(units: .count(3)))])]),
            (
                "- residual: {layers: [dense: {units: 3, trainable: false}], projection: true}",
                [
                    .init(
                        [LayerSettings(kind: DenseSettings(units: .count(3)), isFrozen: true)], projection: .always)
                ]
            ),
            (
                "- residual: [residual: {layers: [dense: {units: 3}], projection: true}, dropout: 0.5]",
                [
                    .init([
                        LayerSettings(
                            kind: ResidualSettings([LayerSettings(kind: DenseSettings(units: .count(3)))], projection: .always)),
                        LayerSettings(kind: DropoutSettings(rate: 0.5)),
                    ])
                ]
            ),
            (
                "- repeat: {times: 2, layers: [residual: [dropout: 0.5]]}",
                Array(repeating: .init([LayerSettings(kind: DropoutSettings(rate: 0.5))]), count: 2)
            ),
        ] as [(String, [ResidualSettings])])
    func blocksOfAFile(text: String, expected: [ResidualSettings]) throws {
        let found = try load(layers("    " + text)).baseline.trial.settings.model.layers.dropLast().map(\.kind)
        #expect(found.map(\.erased) == expected.map(\.erased))
    }

    /// A path leads into a block as it is written.
    @Test(arguments: [
        (block, "model.layers[0].residual[0].dense.units"), (block, "model.layers[0].residual[0].units"),
        ("    - residual: {layers: [dense: {units: 3}]}", "model.layers[0].residual.layers[0].dense.units"),
        ("    - residual: {layers: [dense: {units: 3}], name: first}", "model.first.layers[0].units"),
    ])
    func pathsLeadIntoBlocks(text: String, path: String) throws {
        let experiment = try load(layers(text), overrides: ["\(path)=5"])
        let block = try #require(experiment.baseline.trial.settings.model.layers[0].kind as? ResidualSettings)
        #expect(block.layers[0].kind.width == 5)
    }

    @Test(arguments: [
        ("- residual: []", "8:17 residual is empty | at least 1 expected"),
        ("- residual: [dense: {units: 0}]", "8:33 units must be between 1 and 1,000,000, found 0"),
        ("- residual: {layers: [dense: {units: 3}], projection: 3}", "8:59 projection must be \"auto\" or true or false, found 3"),
        ("- residual: [residual: [residual: [dropout: 0.5]]]", "8:29 unknown layer \"residual\""),
    ])
    func errorsInBlocks(text: String, expected: String) {
        let found = errors(layers("    " + text))
        #expect(found.count == 1 && found[0].hasPrefix(expected), "\(found)")
    }

    // MARK: - Perceptrons

    @Test(
        arguments: [
            ("", [.dense(DenseSettings(units: .count(64), activation: .relu))]),
            (", dropout: 0, batch_norm: false", [.dense(DenseSettings(units: .count(64), activation: .relu))]),
            (", dropout: 0.3", [.dense(DenseSettings(units: .count(64), activation: .relu)), .dropout(rate: 0.3)]),
            (", batch_norm: true, activation: tanh", [.dense(64), .batchNormalization(), .activation(.tanh)]),
            (", batch_norm: true, dropout: 0.5", [.dense(64), .batchNormalization(), .activation(.relu), .dropout(rate: 0.5)]),
        ] as [(String, [any LayerKind])])
    func aPerceptronsHiddenLayersHaveDropoutAndNormalization(options: String, group: [any LayerKind]) throws {
        let text = perceptron.replacing("hidden: [64]", with: "hidden: [64, 64]\(options)")
        let found = try load(text).baseline.trial.settings.model.layers.dropLast().map(\.kind)
        #expect(found.map(\.erased) == (group + group).map(\.erased))
    }

    @Test(arguments: [
        ("dropout: 1", "7:32 dropout must be 0 or more and below 1, found 1"),
        ("batch_norm: 0.9", "7:35 batch_norm must be true or false, found 0.9"),
        (
            "dropout_rate: 0.1",
            "7:23 unknown key \"dropout_rate\" in mlp | did you mean \"dropout\"? known keys: activation, batch_norm, dropout, hidden, kernel_initializer, kernel_regularizer, output"
        ),
    ])
    func wrongOptionsOfAPerceptron(option: String, expected: String) {
        #expect(errors(perceptron.replacing("hidden: [64]", with: "hidden: [64], \(option)")) == [expected])
    }

    @Test(arguments: [
        ("model.layers[0].units", 18), ("model.layers[1]", 39), ("model.layers[2]", 57), ("model.layers[3].rate", 72),
        ("model.layers[4].units", 22), ("model.layers[7].rate", 72), ("model.layers[8].activation", 85), ("model.layers[4].activation", 57),
        ("model.layers[4].kernel_initializer", 114),
    ])
    func aSettingOfALayerIsFoundInItsPerceptron(path: String, column: Int) throws {
        let mlp = "hidden: [64, 32], batch_norm: true, activation: relu, dropout: 0.3, output: softmax, kernel_initializer: he_normal"
        let experiment = try load(perceptron.replacing("hidden: [64], output: softmax", with: mlp))
        #expect(experiment.baseline.locate(path)?.column == column)
    }

    // MARK: - Layers and losses

    @Test(arguments: [
        ("- dropout: 1", "8:16 dropout must be 0 or more and below 1, found 1"),
        ("- dropout: -0.1", "8:16 dropout must be 0 or more and below 1, found -0.1"),
        ("- dropout: {rate: 2}", "8:23 rate must be 0 or more and below 1, found 2"),
        ("- dropout: {rate: 0.5, p: 0.5}", "8:28 unknown key \"p\" in dropout | known keys: name, rate"),
        (
            "- batch_normalization: {axis: 1}",
            "8:29 unknown key \"axis\" in batch_normalization | known keys: epsilon, momentum, name, trainable"
        ),
        ("- batchnormalization", "8:7 unknown layer \"batchnormalization\" | did you mean \"batch_normalization\"?"),
        (
            "- activation: {leaky_relu: {alpha: 0.1}}",
            "8:33 unknown key \"alpha\" in leaky_relu | did you mean \"slope\"? known keys: slope"
        ),
        ("- activation: {leaky_relu: {slope: 1}}", "8:40 slope must be 0 or more and below 1, found 1"),
        ("- dense: {units: 4, kernel_regularizer: {l2: -1}}", "8:50 l2 must be 0 or more, found -1"),
        ("- dense: {units: 4, kernel_regularizer: 0.1}", "8:45 kernel_regularizer must be a map of keys and values, found 0.1"),
        (
            "- dense: {units: 4, kernel_initializer: {fan_in_normal: {gain: 0}}}",
            "8:68 gain must be above 0, found 0"
        ),
        ("- repeat: {times: 0, layers: [dropout: 0.1]}", "8:23 times must be between 1 and 1,000, found 0"),
        ("- repeat: {times: 2, layers: []}", "8:34 layers is empty | at least 1 expected"),
        (
            "- repeat: {times: 2, layers: [repeat: {times: 2, layers: [dropout: 0.1]}]}",
            "8:35 unknown layer \"repeat\" | known layers: dense, activation, dropout, batch_normalization, layer_normalization, conv2d, max_pooling2d, average_pooling2d, global_max_pooling2d, global_average_pooling2d, flatten, reshape, embedding, simple_rnn, lstm, gru, bidirectional, time_distributed, one_hot, conv1d, max_pooling1d, average_pooling1d, global_max_pooling1d, global_average_pooling1d, conv2d_transpose, depthwise_conv2d, up_sampling2d, zero_padding2d, spatial_dropout1d, spatial_dropout2d, residual, gaussian_noise, masking_noise, variational, dense_transposed, rbm"
        ),
        (
            "- repeat: {times: 2, layers: [dropout: {rate: 0.1, name: x}, dense: {units: 3, name: x}]}",
            "7:3 two layers have the name \"x_1\" | give one of them another name"
        ),
    ])
    func errorsOfLayers(text: String, expected: String) {
        #expect(errors(layers("    " + text)) == [expected])
    }

    @Test(arguments: [
        ("kernel_initializer: he_normal", DenseSettings(units: .count(64), activation: .relu, kernelInitializer: .heNormal)),
        (
            "kernel_regularizer: {l2: 1e-4}",
            DenseSettings(units: .count(64), activation: .relu, kernelRegularizer: PenaltySettings(l2: 1e-4))
        ),
        ("activation: {leaky_relu: {slope: 0.1}}", DenseSettings(units: .count(64), activation: .leakyRelu(slope: 0.1))),
    ])
    func whatAPerceptronSaysOfAllItsLayers(option: String, expected: DenseSettings) throws {
        let layers = try load(perceptron.replacing("output: softmax", with: "output: softmax, \(option)")).baseline.trial.settings.model
            .layers
        #expect(layers.first?.kind as? DenseSettings == expected)
        var output = expected
        (output.units, output.weights.activation) = (.target, .softmax)
        #expect(layers.last?.kind as? DenseSettings == output)
    }

    // MARK: - Losses

    @Test(arguments: [
        ("huber", LossSettings(kind: .huber)), ("{huber: {delta: 0.5}}", LossSettings(kind: .huber, delta: 0.5)),
        ("hinge", LossSettings(kind: .hinge)), ("multiclass_hinge", LossSettings(kind: .multiclassHinge)),
        ("kl", LossSettings(kind: .klDivergence)), ("mae", LossSettings(kind: .meanAbsoluteError)),
    ])
    func losses(text: String, expected: LossSettings) throws {
        #expect(try load(base.replacing("categorical_crossentropy", with: text)).baseline.trial.settings.training.loss == expected)
    }

    @Test(arguments: [
        ("{huber: {delta: 0}}", "11:25 delta must be above 0, found 0"),
        ("{hinge: {delta: 1}}", "11:17 loss \"hinge\" takes no settings | write just hinge"),
    ])
    func errorsOfLosses(text: String, expected: String) {
        #expect(errors(base.replacing("categorical_crossentropy", with: text)) == [expected])
    }

    // MARK: - Optimizers

    @Test(arguments: [
        ("adamw", OptimizerSettings.adamw(AdamSettings())), ("{adamw: {weight_decay: 0.1}}", .adamw(AdamSettings(), weightDecay: 0.1)),
        ("adagrad", .adagrad(AdagradSettings())),
        ("{adagrad: {initial_accumulator: 0}}", .adagrad(AdagradSettings(initialAccumulator: 0))),
        (
            "{sgd: {learning_rate: {exponential_decay: {initial: 0.1, steps: 10, rate: 0.5}}}}",
            .sgd(SGDSettings(learningRate: .exponentialDecay(initial: 0.1, steps: 10, rate: 0.5, staircase: false)))
        ),
        (
            "{adam: {learning_rate: {cosine_decay: {initial: 0, steps: 10, warmup_target: 0.1, warmup_steps: 5}}}}",
            .adam(AdamSettings(learningRate: .cosineDecay(initial: 0, steps: 10, alpha: 0, warmupTarget: 0.1, warmupSteps: 5)))
        ),
        (
            "{rmsprop: {learning_rate: {piecewise_constant: {boundaries: [10, 20], values: [1, 0.1, 0.01]}}}}",
            .rmsprop(RMSpropSettings(learningRate: .piecewiseConstant(boundaries: [10, 20], values: [1, 0.1, 0.01])))
        ),
    ])
    func optimizers(text: String, expected: OptimizerSettings) throws {
        let optimizer = try load(base.replacing("{rmsprop: {learning_rate: 0.01}}", with: text)).baseline.trial.settings.training.optimizer
        #expect(optimizer == expected)
    }

    @Test(arguments: [
        ("{sgd: {weight_decay: 0.1}}", "12:21 unknown key \"weight_decay\" in sgd | known keys: learning_rate, momentum, nesterov"),
        ("{adamw: {weight_decay: -1}}", "12:37 weight_decay must be 0 or more, found -1"),
        (
            "{sgd: {learning_rate: cosine}}",
            "12:36 unknown schedule \"cosine\" | known schedules: exponential_decay, cosine_decay, piecewise_constant"
        ),
        (
            "{sgd: {learning_rate: {exponential_decay: {initial: 0.1, rate: 0.5}}}}",
            "12:56 missing key \"steps\" in exponential_decay | add \"steps: …\", a whole number"
        ),
        (
            "{sgd: {learning_rate: {cosine_decay: {initial: 0.1, steps: 5, warmup_steps: 3}}}}",
            "12:51 warmup_target and warmup_steps go together"
        ),
        (
            "{sgd: {learning_rate: {cosine_decay: {initial: 0, steps: 5}}}}",
            "12:61 a rate that begins with 0 stays 0 without a warm-up"
        ),
        (
            "{sgd: {learning_rate: {piecewise_constant: {boundaries: [10], values: [1, 2, 3]}}}}",
            "12:84 there must be one value more than boundaries: 2"
        ),
        (
            "{sgd: {learning_rate: {piecewise_constant: {boundaries: [10, 10], values: [1, 2, 3]}}}}",
            "12:70 boundaries must grow"
        ),
    ])
    func errorsOfOptimizers(text: String, expected: String) {
        #expect(errors(base.replacing("{rmsprop: {learning_rate: 0.01}}", with: text)) == [expected])
    }

    // MARK: - Training

    @Test func whatElseTrainingTakes() throws {
        let text = training(
            "reduce_on_plateau: {monitor: val_accuracy, factor: 0.5, min_learning_rate: 1e-5}\n"
                + "  gradient_clipping: {global_norm: 1}\n  class_weight: {earn: 2, acq: 0.5}")
        let training = try load(text).baseline.trial.settings.training
        #expect(training.reduceOnPlateau == PlateauSettings(monitor: "val_accuracy", goal: .maximize, factor: 0.5, minLearningRate: 1e-5))
        #expect(training.gradientClipping == .globalNorm(1))
        #expect(training.classWeight == .given(["earn": 2, "acq": 0.5]))
        #expect(try load(self.training("class_weight: balanced")).baseline.trial.settings.training.classWeight == .balanced)
        #expect(try load(self.training("reduce_on_plateau: {}")).baseline.trial.settings.training.reduceOnPlateau == PlateauSettings())
    }

    @Test func imagesMayChange() throws {
        let text = training(
            "augment: {shift: 3, flip: horizontal, rotate: 10, fill: nearest}\n  augment_validation: {noise: 0.1, fill: -1}")
        let training = try load(text).baseline.trial.settings.training
        #expect(training.augment == AugmentationSettings(shift: 3, flip: .horizontal, rotate: 10, fill: .nearest))
        #expect(training.augmentValidation == AugmentationSettings(noise: 0.1, fill: .number(-1)))
        #expect(try load(self.training("gradient_norms: true")).baseline.trial.settings.training.augment == nil)
        let swept = try load(self.training("gradient_norms: true") + "\nsweep: {grid: {training.augment.shift: [0, 3]}}\n")
        #expect(swept.variants.map { $0.trial.settings.training.augment?.shift } == [nil, 0, 3])
    }

    @Test(arguments: [
        ("augment: {shift: -1}", "14:20 shift must be between 0 and 10,000, found -1"),
        ("augment: {flip: sideways}", "14:19 unknown mirror \"sideways\" | known mirrors: none, horizontal, vertical, both"),
        ("augment: {rotation: 3}", "14:13 unknown key \"rotation\" in augment | did you mean \"rotate\"?"),
        ("augment: {fill: black}", "14:19 "),
        ("augmentation: {shift: 1}", "14:3 unknown key \"augmentation\" in training | did you mean \"augment\"?"),
        ("class_weight: even", "14:17 unknown class weighting \"even\" | known class weightings: balanced"),
        ("class_weight: {earn: -1}", "14:24 earn must be 0 or more, found -1"),
        ("gradient_clipping: 1", "14:22 unknown gradient bound \"1\" | known gradient bounds: value, norm, global_norm"),
        ("gradient_clipping: {norm: 0}", "14:29 norm must be above 0, found 0"),
        ("clipnorm: 1", "14:3 unknown key \"clipnorm\" in training | did you mean \"gradient_clipping\"?"),
        ("reduce_on_plateau: {factor: 2}", "14:31 factor must be above 0, at most 1, found 2"),
        ("reduce_on_plateau: {monitor: val_los}", "14:32 unknown figure \"val_los\" | did you mean \"val_loss\"?"),
        (
            "reduce_on_plateau: {monitor: val_mae}",
            "14:32 unknown figure \"val_mae\" | known figures: loss, accuracy, val_loss, val_accuracy"
        ),
    ])
    func errorsOfTraining(text: String, expected: String) {
        let found = errors(training(text))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(expected) == true, "\(found)")
    }

    @Test(arguments: ["early_stopping", "reduce_on_plateau"])
    func withoutValidationRowsNoValidationFigureCanBeWatched(key: String) {
        let text = training("\(key): {}").replacing("split: {validation: {first: 10}}", with: "split: {}")
        let column = key.count + 5
        #expect(errors(text) == ["14:\(column) unknown figure \"val_loss\" | there are no validation rows: add split.validation"])
    }

    @Test func aFigureThatAVariantTakesAwayIsReportedThere() {
        let text = training("reduce_on_plateau: {monitor: val_accuracy}") + "ablate: {other: {training.metrics: []}}\n"
        #expect(
            errors(text) == [
                "16:36 with training.metrics = []: unknown figure \"val_accuracy\" (line 14) | known figures: loss, val_loss"
            ])
    }

    // MARK: - Addresses

    private static let regular = """
          layers:
            - dropout: {rate: 0.1, name: first}
            - repeat: {times: 2, layers: [dense: {units: 8, name: hidden}, dropout: {rate: 0.2, name: drop}]}
            - dense: {units: classes, activation: softmax}

        """

    @Test(arguments: [
        ("model.first.rate: 0.4", ["model.layers[0]: {dropout: 0.1} → {dropout: 0.4}"]),
        ("\"model.layers[0].rate\": 0.4", ["model.layers[0]: {dropout: 0.1} → {dropout: 0.4}"]),
        ("\"model.layers[0]\": {dropout: 0.4}", ["model.layers[0]: {dropout: 0.1} → {dropout: 0.4}"]),
        (
            "\"model.layers[1].layers[1].rate\": 0.4",
            ["model.layers[2]: {dropout: 0.2} → {dropout: 0.4}", "model.layers[4]: {dropout: 0.2} → {dropout: 0.4}"]
        ),
        (
            "\"model.layers[1].repeat.layers[0].units\": 9",
            ["model.layers[1].units: 8 → 9", "model.layers[3].units: 8 → 9"]
        ),
        ("model.drop.rate: 0.4", ["model.layers[2]: {dropout: 0.2} → {dropout: 0.4}", "model.layers[4]: {dropout: 0.2} → {dropout: 0.4}"]),
        ("model.hidden.units: 9", ["model.layers[1].units: 8 → 9", "model.layers[3].units: 8 → 9"]),
        ("\"model.layers[1].times\": 1", ["model.layers[5]: dense → –"]),
        (
            "training.optimizer.learning_rate: {exponential_decay: {initial: 0.1, steps: 9, rate: 0.5}}",
            ["training.optimizer.learning_rate"]
        ),
        ("training.optimizer: {adamw: {learning_rate: 0.01}}", ["training.optimizer: rmsprop → adamw"]),
        ("training.gradient_clipping.norm: 2", ["training.gradient_clipping"]),
        ("training.class_weight: balanced", ["training.class_weight: – → balanced"]),
        ("training.reduce_on_plateau.patience: 3", ["training.reduce_on_plateau"]),
    ])
    func pathsLeadIntoLayersAndTraining(change: String, expected: [String]) throws {
        let text = base.replacing(
            "  layers:\n    - dense: {units: 64, activation: relu, name: middle}\n    - dense: {units: classes, activation: softmax}\n",
            with: Self.regular)
        let experiment = try load(text + "ablate:\n  changed:\n    \(change)\n")
        #expect(experiment.variants.count == 2)
        let found = Trial.differences(from: experiment.variants[0].trial.canonical, to: experiment.variants[1].trial.canonical)
            .map { "\($0.path): \($0.old ?? "–") → \($0.new ?? "–")" }
        for line in expected { #expect(found.contains { $0.hasPrefix(line) }, "\(found)") }
    }

    // MARK: - Identity

    @Test(arguments: [
        ("dropout: {rate: 0.3}", "dropout: 0.3"), ("dropout: {rate: 0.3, name: x}", "dropout: 0.3"),
        ("batch_norm", "batch_normalization: {momentum: 0.99}"), ("activation: leaky_relu", "activation: {leaky_relu: {slope: 0.2}}"),
        ("repeat: {times: 2, layers: [dropout: 0.1]}", "dropout: 0.1\n    - dropout: 0.1"),
    ])
    func twoWaysToWriteTheSame(one: String, other: String) throws {
        #expect(try load(layers("    - " + one)).baseline.trial.canonical == load(layers("    - " + other)).baseline.trial.canonical)
    }

    @Test func everySettingSurvivesItsCanonicalText() throws {
        let text =
            layers(
                """
                    - dropout: {rate: 0.25, name: first}
                    - dense: {units: 5, activation: {leaky_relu: {slope: 0.3}}, kernel_regularizer: {l1: 0.1, l2: 0.2}, bias_regularizer: {l2: 1}}
                    - batch_normalization: {momentum: 0.9}
                    - layer_normalization
                    - dense: {units: 5, activation: gelu, kernel_initializer: {fan_in_normal: {gain: 2}}, bias_initializer: {constant: 0.5}}
                """
            ).replacing("categorical_crossentropy", with: "{huber: {delta: 2}}")
            .replacing(
                "{rmsprop: {learning_rate: 0.01}}",
                with: "{adamw: {learning_rate: {cosine_decay: {initial: 0.1, steps: 9}}, weight_decay: 0.1}}"
            ).replacing("  epochs: 5", with: "  epochs: 5\n  gradient_clipping: {value: 3}\n  class_weight: {a: 2, b: 3}")
        let plateau = base.replacing("  epochs: 5", with: "  epochs: 5\n  reduce_on_plateau: {cooldown: 2}")
        for text in [text, plateau] {
            let trial = try load(text).baseline.trial
            #expect(try load(trial.canonical).baseline.trial.settings.training == trial.settings.training)
            #expect(try load(trial.canonical).baseline.trial.canonical == trial.canonical)
        }
    }

    /// Runs that were finished before a key came are found again as long as the key, unwritten, is not in the text.
    @Test func laterKeysDoNotChangeEarlierRuns() throws {
        let dense = { (units: String, activation: String) in
            "{\"dense\":{\"activation\":\"\(activation)\",\"bias_initializer\":\"zeros\",\"kernel_initializer\":\"glorot_uniform\","
                + "\"units\":\(units),\"use_bias\":true}}"
        }
        let experiment = try Experiment.load("\(experimentFolder)/wine-baseline.yaml", read: Source.load)
        #expect(
            experiment.baseline.trial.canonical == "{\"dataset\":\"wine\","
                + "\"inputs\":{\"*\":{\"encode\":\"numeric\",\"scale\":\"min-max\"},\"drop\":[]},"
                + "\"model\":{\"layers\":[\(Array(repeating: dense("512", "relu"), count: 3).joined(separator: ",")),"
                + "\(dense("\"classes\"", "linear"))]},"
                + "\"split\":{\"validation\":{\"fraction\":0.3,\"seed\":0,\"shuffle\":\"pandas\"}},"
                + "\"target\":{\"quality\":{\"encode\":\"numeric\",\"scale\":\"min-max\"}},"
                + "\"training\":{\"batch_size\":256,\"epochs\":10,\"loss\":\"mean_absolute_error\",\"metrics\":[],"
                + "\"optimizer\":{\"adam\":{\"beta_1\":0.9,\"beta_2\":0.999,\"epsilon\":1e-07,\"learning_rate\":0.001}}}}")
    }
}
