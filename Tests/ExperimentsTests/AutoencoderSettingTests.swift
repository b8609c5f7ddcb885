import Documents
import Experiments
import Settings
import TestSupport
import Testing

/// What autoencoders are made of, as a file says it.
struct AutoencoderSettingTests {
    /// The base with other layers before its last.
    private func layers(_ text: String) -> String {
        base.replacing("    - dense: {units: 64, activation: relu, name: middle}", with: "    " + text)
    }

    /// The base with an autoencoder.
    private static func autoencoder(_ text: String) -> String {
        perceptron.replacing("mlp: {hidden: [64], output: softmax}", with: "autoencoder: {\(text)}")
    }

    // MARK: - Layers

    @Test(
        arguments: [
            ("- gaussian_noise: {stddev: 0.5}", GaussianNoiseSettings(deviation: 0.5)),
            ("- gaussian_noise: {stddev: 0.5, clip: [0, 1]}", GaussianNoiseSettings(deviation: 0.5, clip: 0...1)),
            ("- masking_noise: {rate: 0.3, name: holes}", MaskingNoiseSettings(rate: 0.3)),
            ("- variational: {units: 2}", VariationalSettings(units: 2)),
            (
                "- variational: {units: 2, kl_weight: 0, kernel_initializer: he_normal}",
                VariationalSettings(units: 2, divergenceWeight: 0, kernelInitializer: .heNormal)
            ),
            (
                "- dense: {units: 3, activation: sigmoid, activity_regularizer: {l1: 1e-5, kl: {target: 0.1}}}",
                DenseSettings(units: .count(3), activation: .sigmoid, activityRegularizer: .init(l1: 1e-5, sparsity: .init(target: 0.1)))
            ),
            (
                "- conv2d: {filters: 3, kernel_size: 2, activity_regularizer: {l2: 0.1}}",
                Conv2DSettings(filters: 3, kernelSize: Extent(2, 2), activityRegularizer: .init(l2: 0.1))
            ),
            (
                "- dense: {units: 3, activation: tanh, contractive_regularizer: 0.1}",
                DenseSettings(units: .count(3), activation: .tanh, contractiveRegularizer: 0.1)
            ),
            ("- dense: {units: inputs}", DenseSettings(units: .target)),
        ] as [(String, any LayerKind)])
    func layersOfAFile(text: String, expected: any LayerKind) throws {
        let experiment = try load(layers(text))
        #expect(experiment.baseline.trial.settings.model.layers[0].kind.erased == expected.erased)
        // What is written comes back.
        let settings = try #require(TrialSettings(canonical: experiment.baseline.trial.canonical))
        #expect(settings.model.layers[0].kind.erased == expected.erased)
    }

    @Test(arguments: [
        ("- gaussian_noise: {clip: [0, 1]}", "missing key \"stddev\" in gaussian_noise | add \"stddev: …\", a number"),
        ("- gaussian_noise: {stddev: 1, clip: [1, 0]}", "clip must begin with the smaller of two numbers | write [0, 1]"),
        ("- masking_noise: {rate: 1}", "rate must be 0 or more and below 1, found 1"),
        ("- dense: {units: 3, contractive_regularizer: 0}", "contractive_regularizer must be above 0, found 0"),
        (
            "- dense: {units: 3, activation: softmax, contractive_regularizer: 1}",
            "contractive_regularizer needs an activation of each number by itself that has a gradient, softmax is none | write activation: sigmoid"
        ),
        (
            "- dense: {units: 3, activation: relu, activity_regularizer: {kl: {}}}",
            "kl compares a unit's mean with a share, and relu gives other numbers than those between 0 and 1 | write activation: sigmoid"
        ),
        (
            "- dense: {units: 3, activation: sigmoid, activity_regularizer: {kl: {target: 1}}}",
            "target must be above 0 and below 1, found 1"
        ),
        (
            "- dense_transposed: {of: code}",
            "dense_transposed of \"code\": there is no dense layer of that name before it | put a dense layer before it"
        ),
        (
            "- residual: [dense_transposed: {of: code}]", "unknown layer \"dense_transposed\""
        ),
    ])
    func errorsOfLayers(text: String, expected: String) {
        let found = errors(layers(text))
        #expect(found.count == 1 && found[0].contains(expected), "\(found)")
    }

    @Test func aLayerThatIsMissingIsCompared() {
        let text = "- dense: {units: 3, name: code}\n    - dense: {units: 4}\n    - dense_transposed: {of: kode}"
        #expect(errors(layers(text)).first?.hasSuffix("did you mean \"code\"? there are: code, layer_2") == true)
    }

    /// Two files that call their layers otherwise have one identity, and two that use other kernels have not.
    @Test func namesOfOwnersDoNotCount() throws {
        func canonical(_ first: String, _ second: String, of source: String) throws -> String {
            let text =
                "- dense: {units: 5, name: \(first)}\n    - dense: {units: 5, name: \(second)}\n    - dense_transposed: {of: \(source)}"
            return try load(layers(text)).baseline.trial.canonical
        }
        let plain = try canonical("a", "b", of: "a")
        #expect(try plain == canonical("b", "a", of: "b") && plain == canonical("x", "y", of: "layer_1"))
        #expect(try plain != canonical("a", "b", of: "b") && plain != canonical("b", "a", of: "a"))
    }

    // MARK: - In few words

    private static func dense(_ units: Units, _ activation: Activation) -> DenseSettings {
        DenseSettings(units: units, activation: activation)
    }

    @Test(
        arguments: [
            ("code: 32, output: sigmoid", [dense(.count(32), .relu), dense(.target, .sigmoid)]),
            ("code: 2, activation: linear, output: linear", [dense(.count(2), .linear), dense(.target, .linear)]),
            (
                "encoder: [dense: {units: 128, activation: relu}, dense: {units: 64, activation: tanh}], code: 32, output: sigmoid",
                [
                    dense(.count(128), .relu), dense(.count(64), .tanh), dense(.count(32), .relu), dense(.count(64), .tanh),
                    dense(.count(128), .relu), dense(.target, .sigmoid),
                ]
            ),
            (
                "encoder: [masking_noise: {rate: 0.3}, dense: {units: 8, use_bias: false}], code: {variational: {units: 2, kernel_initializer: he_normal}}, output: sigmoid",
                [
                    MaskingNoiseSettings(rate: 0.3), DenseSettings(units: .count(8), useBias: false),
                    VariationalSettings(units: 2, kernelInitializer: .heNormal),
                    DenseSettings(units: .count(8), useBias: false, kernelInitializer: .heNormal), dense(.target, .sigmoid),
                ]
            ),
            (
                "encoder: [gaussian_noise: {stddev: 0.5}, dense: {units: 8, activation: tanh}], code: 3, tied: true, output: sigmoid",
                [
                    GaussianNoiseSettings(deviation: 0.5), dense(.count(8), .tanh), dense(.count(3), .relu),
                    DenseTransposedSettings(of: "layer_3", activation: .tanh), DenseTransposedSettings(of: "layer_2", activation: .sigmoid),
                ]
            ),
            (
                "code: {dense: {units: 4, activation: tanh, kernel_regularizer: {l2: 0.1}, activity_regularizer: {l1: 1}}}, output: linear",
                [
                    DenseSettings(
                        units: .count(4), activation: .tanh, kernelRegularizer: .init(l2: 0.1), activityRegularizer: .init(l1: 1)),
                    DenseSettings(units: .target, kernelRegularizer: .init(l2: 0.1)),
                ]
            ),
            (
                "encoder: [flatten], code: 4, decoder: [dense: {units: 9}, dense_transposed: {of: code, activation: sigmoid}]",
                [
                    FlattenSettings(), dense(.count(4), .relu), dense(.count(9), .linear),
                    DenseTransposedSettings(of: "layer_2", activation: .sigmoid),
                ]
            ),
            ("code: 4, decoder: [], output: sigmoid", [dense(.count(4), .relu), dense(.target, .sigmoid)]),
        ] as [(String, [any LayerKind])])
    func anAutoencoderBecomesItsLayers(text: String, expected: [any LayerKind]) throws {
        let model = try load(Self.autoencoder(text)).baseline.trial.settings.model
        #expect(model.layers.map(\.kind.erased) == expected.map(\.erased))
        #expect(model.layers.compactMap(\.name) == ["code"])
    }

    /// The same network in layers is the same trial.
    @Test func anAutoencoderIsNoMoreThanItsLayers() throws {
        let short = try load(Self.autoencoder("encoder: [dense: {units: 8, activation: relu}], code: 3, tied: true, output: sigmoid"))
        let long = try load(
            base.replacing(
                "    - dense: {units: 64, activation: relu, name: middle}\n    - dense: {units: classes, activation: softmax}",
                with: """
                        - dense: {units: 8, activation: relu, name: first}
                        - dense: {units: 3, activation: relu}
                        - dense_transposed: {of: layer_2, activation: relu}
                        - dense_transposed: {of: first, activation: sigmoid}
                    """))
        #expect(short.baseline.trial.canonical == long.baseline.trial.canonical)
    }

    @Test func codesMayBeSwept() throws {
        let text = Self.autoencoder("encoder: [dense: {units: 64, activation: relu}], code: 32, output: sigmoid")
        let swept = try load(text + "sweep: {grid: {model.autoencoder.code: [2, 8, 32]}}\n")
        #expect(swept.variants.map { $0.trial.settings.model.layers[1].kind.width } == [32, 2, 8])
        let changed = try load(
            text + """
                ablate:
                  tied: {model.autoencoder.tied: true}
                  drawn: {model.autoencoder.code: {variational: {units: 32}}}
                  narrow: {"model.autoencoder.encoder[0].units": 16}

                """)
        #expect(
            changed.variants.map { $0.trial.settings.model.layers.map(\.kind.key).joined(separator: " ") } == [
                "dense dense dense dense", "dense dense dense_transposed dense_transposed", "dense variational dense dense",
                "dense dense dense dense",
            ])
        #expect(changed.variants.last?.trial.settings.model.layers.map(\.kind.width) == [16, 32, 16, nil])
    }

    @Test(arguments: [
        ("code: 3", "decoder: mirror needs output, what the last layer applies"),
        (
            "encoder: [conv2d: {filters: 3, kernel_size: 3}], code: 3, output: linear",
            "decoder: mirror turns dense layers round, the encoder has conv2d"
        ),
        ("code: flatten, output: linear", "decoder: mirror begins behind a dense or variational code, not flatten"),
        ("code: {variational: {units: 3}}, tied: true, output: linear", "variational has no kernel that a decoder could be tied to"),
        ("code: 3, decoder: [dense: {units: 5}], tied: true", "tied is of decoder: mirror"),
        ("code: 3, decoder: mirrored, output: linear", "unknown decoder \"mirrored\""),
        ("encoder: [], output: linear", "missing key \"code\" in autoencoder"),
        ("encoder: [dense: {units: 3, name: code}], code: 3, output: linear", "two layers have the name \"code\""),
    ])
    func errorsOfAutoencoders(text: String, expected: String) {
        let found = errors(Self.autoencoder(text))
        #expect(found.count == 1 && found[0].contains(expected), "\(found)")
    }

    /// Settings of layers are found in what they came from.
    @Test(arguments: [
        ("model.layers[0].units", "128"), ("model.layers[1].rate", "0.25"), ("model.layers[2].activation", "tanh"),
        ("model.layers[3].units", "32"), ("model.layers[4].activation", "tanh"), ("model.layers[5].units", "128"),
        ("model.layers[6].activation", "sigmoid"),
    ])
    func aSettingOfALayerIsFoundInItsAutoencoder(path: String, value: String) throws {
        let text = Self.autoencoder(
            "encoder: [dense: {units: 128}, dropout: {rate: 0.25}, dense: {units: 64, activation: tanh}], code: 32, output: sigmoid")
        let place = try #require(try load(text).baseline.locate(path))
        let line = text.split(separator: "\n", omittingEmptySubsequences: false)[place.line - 1]
        #expect(line.dropFirst(place.column - 1).hasPrefix(value))
    }

    // MARK: - Losses and images

    @Test(arguments: [
        ("mse", LossSettings(kind: .meanSquaredError), "\"mean_squared_error\""),
        (
            "{mse: {reduction: sum}}", LossSettings(kind: .meanSquaredError, sumsOutputs: true),
            "{\"mean_squared_error\":{\"reduction\":\"sum\"}}"
        ),
        ("{mae: {reduction: mean}}", LossSettings(kind: .meanAbsoluteError), "\"mean_absolute_error\""),
        ("{huber: {reduction: sum}}", LossSettings(kind: .huber, sumsOutputs: true), "{\"huber\":{\"delta\":1,\"reduction\":\"sum\"}}"),
        (
            "{binary_crossentropy: {reduction: sum}}", LossSettings(kind: .binaryCrossentropy, sumsOutputs: true),
            "{\"binary_crossentropy\":{\"from_logits\":false,\"reduction\":\"sum\"}}"
        ),
        ("binary_crossentropy", LossSettings(kind: .binaryCrossentropy), "{\"binary_crossentropy\":{\"from_logits\":false}}"),
    ])
    func lossesMayBeSumsOverOutputs(text: String, expected: LossSettings, canonical: String) throws {
        let trial = try load(base.replacing("loss: categorical_crossentropy", with: "loss: \(text)")).baseline.trial
        #expect(trial.settings.training.loss == expected)
        #expect(trial.canonical.contains("\"loss\":\(canonical),"))
    }

    @Test func imagesMayHaveHoles() throws {
        let text = base.replacing("  epochs: 5", with: "  epochs: 5\n  augment: {noise: 0.5, clip: [0, 1], mask: 0.25}")
        let trial = try load(text).baseline.trial
        #expect(trial.settings.training.augment == AugmentationSettings(noise: 0.5, mask: 0.25, clip: 0...1))
        let plain = try load(base.replacing("  epochs: 5", with: "  epochs: 5\n  augment: {noise: 0.5}")).baseline.trial
        #expect(!plain.canonical.contains("mask") && !plain.canonical.contains("clip"))
    }
}
