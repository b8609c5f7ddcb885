import Experiments
import Reports
import Settings
import TestSupport
import Testing

@Suite struct ChangesTests {
    typealias Layers = [any LayerKind]

    private static func dense(_ units: Int, _ activation: Activation = .relu, _ initializer: Initializer = .glorotUniform) -> any LayerKind
    {
        .dense(DenseSettings(units: .count(units), activation: activation, kernelInitializer: initializer))
    }

    private static func penalized(l1: Double = 0, l2: Double = 0) -> any LayerKind {
        .dense(DenseSettings(units: .count(8), activation: .relu, kernelRegularizer: PenaltySettings(l1: l1, l2: l2)))
    }

    private static let output = DenseSettings(units: .target) as any LayerKind
    private static let repeated = (0..<3).flatMap { _ -> Layers in [dense(1024), .dropout(rate: 0.3), .batchNormalization()] } + [output]

    private func variant(_ layers: Layers, changes: [Change] = [Change(path: "model", text: "{…}")]) -> Variant {
        let settings = TrialSettings(
            dataset: .catalogue("wine"), inputs: InputSettings(columns: [ColumnSettings(column: "*", encoding: .numeric(scale: .minMax))]),
            target: ColumnSettings(column: "quality", encoding: .numeric(scale: .minMax)),
            model: ModelSettings(layers: layers.map { LayerSettings(kind: $0) }),
            training: TrainingSettings(loss: LossSettings(kind: .meanAbsoluteError)))
        return Variant(name: "v", changes: changes, trial: Trial(settings))
    }

    private func text(_ own: Layers, against base: Layers) -> String {
        VariantChanges(variant(own), against: variant(base)).text
    }

    @Test(
        arguments: [
            (repeated.filter { $0 != .batchNormalization() }, repeated, "without batch norm"),
            (repeated.filter { $0 != .dropout(rate: 0.3) }, repeated, "without dropout"),
            ([dense(1024), dense(1024), dense(1024), output], repeated, "without batch norm, without dropout"),
            (repeated, repeated.filter { $0 != .dropout(rate: 0.3) }, "with dropout 0.3 after each hidden layer"),
            ([dense(16), .batchNormalization(), output], [dense(16), output], "with batch norm after the hidden layer"),
            ([.batchNormalization(), dense(16), output], [dense(16), output], "with batch norm in front"),
            (
                [dense(16, .linear), .batchNormalization(), .activation(.relu), output], [dense(16), output], "16, batch norm, relu, output"
            ),
            ([dense(64, .tanh), dense(64, .tanh), output], [dense(64), dense(64), output], "activation tanh"),
            ([dense(32, .leakyRelu(slope: 0.2)), output], [dense(32), output], "activation leaky_relu (slope 0.2)"),
            (Array(repeating: dense(64), count: 10) + [output], [dense(64), dense(64), output], "–"),
            ([dense(64, .relu, .zeros), output], [dense(64), output], "initializer zeros and glorot_uniform"),
            (repeated.map { $0 == .dropout(rate: 0.3) ? .dropout(rate: 0.5) : $0 }, repeated, "dropout 0.5"),
            ([penalized(l2: 0.001), output], [dense(8), output], "penalty l2 0.001 and none"),
            ([penalized(l2: 0.001), penalized(l2: 0.001)], [penalized(), penalized()], "penalty l2 0.001"),
            ([penalized(l1: 0.5, l2: 0.25), output], [penalized(l1: 0.5), output], "penalty l1 0.5, l2 0.25 and none"),
            ([dense(8), dense(8, .tanh), output], [dense(8, .tanh), dense(8), output], "8 relu, 8 tanh, output"),
        ] as [(Layers, Layers, String)])
    func whatReallyDiffersIsSaidShortly(own: Layers, base: Layers, expected: String) {
        #expect(text(own, against: base) == expected)
    }

    @Test(arguments: [
        ("training.epochs", "500", "epochs = 500"), ("training.early_stopping", "null", "without early_stopping"),
        ("training.optimizer", "{sgd: {momentum: 0.9, nesterov: true}}", "optimizer = sgd (momentum 0.9, nesterov true)"),
        ("target.topic.encode", "label", "target.topic.encode = label"),
    ])
    func settingsAreNamedShortly(path: String, value: String, expected: String) {
        let layers = [Self.output]
        let own = variant(layers, changes: [Change(path: path, text: value)])
        #expect(VariantChanges(own, against: variant(layers)).text == expected)
    }

    @Test(
        arguments: [
            (
                ["continue_from.experiment", "continue_from.layers"],
                TrainingSettings(
                    loss: LossSettings(kind: .meanAbsoluteError),
                    continueFrom: StartSettings(.variant("baseline", experiment: "digits"), layers: .allButLast)),
                "starts from digits (all but last)"
            ),
            (
                ["freeze", "continue_from"],
                TrainingSettings(
                    loss: LossSettings(kind: .meanAbsoluteError), continueFrom: StartSettings(.variant("wide", experiment: "digits")),
                    freeze: .named(["a", "layer_2"])), "starts from wide of digits, frozen: a, layer_2"
            ),
            (
                ["augment.shift", "augment.rotate", "augment_validation.shift"],
                TrainingSettings(
                    loss: LossSettings(kind: .meanAbsoluteError), augment: AugmentationSettings(shift: 3, rotate: 10),
                    augmentValidation: AugmentationSettings(shift: 3)), "augmented (shift 3, rotate 10), validation augmented (shift 3)"
            ),
            (
                ["continue_from", "freeze", "augment"], TrainingSettings(loss: LossSettings(kind: .meanAbsoluteError)),
                "starts from random weights, nothing frozen, not augmented"
            ),
        ] as [([String], TrainingSettings, String)])
    func startsAndAugmentationAreTold(paths: [String], training: TrainingSettings, expected: String) {
        var settings = variant([Self.output]).trial.settings
        settings.training = training
        let own = Variant(
            name: "v", changes: paths.map { Change(path: "training.\($0)", text: "…") }, trial: Trial(settings))
        #expect(VariantChanges(own, against: variant([Self.output])).text == expected)
    }

    /// A plan tells with which weights runs begin, once, and all else as it is written.
    @Test(
        arguments: [
            (.variant("baseline", experiment: "digits"), .allButLast, "weights from digits/baseline, all but the last layer"),
            (.variant("wide", experiment: "digits"), .all, "weights from digits/wide"),
            (.run("0123abcd"), .named(["a", "layer_2"]), "weights from run 0123abcd, of a, layer_2"),
            (.model("models/digits"), .all, "weights from the model in models/digits"),
        ] as [(StartSource, LayerChoice, String)])
    func aPlanTellsTheStartInWords(source: StartSource, layers: LayerChoice, expected: String) {
        var settings = variant([Self.output]).trial.settings
        settings.training.continueFrom = StartSettings(source, layers: layers)
        let changes = [
            Change(path: "training.continue_from.experiment", text: "digits"), Change(path: "training.epochs", text: "3"),
            Change(path: "training.continue_from.layers", text: "all"),
        ]
        let own = Variant(name: "v", changes: changes, trial: Trial(settings))
        #expect(own.toldChanges == [expected, "training.epochs = 3"])
    }

    @Test(
        arguments: [
            ([0], [], "layer 1 frozen"), ([0, 1], [0], "layers 1, 2 frozen"), ([], [1], "no layer frozen"), ([1], [0], "layer 2 frozen"),
            ([2], [2], "–"),
        ] as [([Int], [Int], String)])
    func frozenLayersAreNamed(own: [Int], base: [Int], expected: String) {
        func frozen(_ places: [Int]) -> Variant {
            var settings = variant([Self.dense(8), Self.dense(8), Self.output]).trial.settings
            for place in places { settings.model.layers[place].isFrozen = true }
            return Variant(name: "v", changes: [Change(path: "model", text: "{…}")], trial: Trial(settings))
        }
        #expect(VariantChanges(frozen(own), against: frozen(base)).text == expected)
    }

    @Test func widthsAreATopicOfTheirOwn() {
        let changes = VariantChanges(
            variant([Self.dense(8, .tanh), Self.output]), against: variant([Self.dense(16), Self.output]))
        #expect(changes.topics == ["hidden layers", "activation"])
    }

    @Test func unitsOfRecurrentLayersAreHiddenWidths() {
        func network(_ units: Int) -> Layers { [LSTMSettings(RecurrentSettings(units: units)), Self.output] }
        let description = NetworkDescription(variant(network(32)).trial)
        #expect(description.hiddenWidths == "32" && description.text == "lstm 32, output")
        #expect(VariantChanges(variant(network(16)), against: variant(network(32))).topics == ["hidden layers"])
    }

    /// Where a network has other layers with weights, or a code among them, those with units are not its hidden layers.
    @Test func unitsAreToldOfOtherNetworksThanPerceptrons() {
        let convolution = Conv2DSettings(filters: 8, kernelSize: Extent(3, 3)) as any LayerKind
        func changes(_ front: Layers, _ encoding: Encoding? = nil) -> VariantChanges {
            func asked(_ units: Int) -> Variant {
                let variant = variant(front + [Self.dense(units), Self.output])
                guard let encoding else { return variant }
                var settings = variant.trial.settings
                settings.target.encoding = encoding
                return Variant(name: "v", changes: variant.changes, trial: Trial(settings))
            }
            return VariantChanges(asked(16), against: asked(32))
        }
        let normalized: Layers = [.batchNormalization()]
        #expect(changes([]).otherWidths == "hidden layers" && changes(normalized).otherWidths == "hidden layers")
        #expect(changes([convolution]).otherWidths == "units" && changes([], .inputs).otherWidths == "units")
        #expect(changes([convolution]).topics == ["units"])
    }

    @Test(arguments: [
        (16, 8, "units of the generator"), (32, 16, "units of the discriminator"), (16, 16, "units of the generator and the discriminator"),
    ])
    func unitsOfTwoNetworksAreToldApart(made: Int, judging: Int, expected: String) {
        func pair(_ made: Int, _ judging: Int) -> Variant {
            func layers(_ units: Int) -> [LayerSettings] { [Self.dense(units), Self.dense(1)].map { LayerSettings(kind: $0) } }
            var settings = variant([Self.output]).trial.settings
            settings.model = ModelSettings(layers: layers(made), opponent: OpponentSettings(noise: 4, layers: layers(judging)))
            return Variant(name: "v", changes: [Change(path: "model", text: "{…}")], trial: Trial(settings))
        }
        let changes = VariantChanges(pair(made, judging), against: pair(32, 8))
        #expect(changes.otherWidths == expected && changes.topics == [expected])
    }

    /// What a machine gives is its inputs: its units are hidden where no layer follows, too.
    @Test func unitsOfMachinesAreHidden() {
        func network(_ units: Int) -> Layers { [RBMSettings(units: units)] }
        #expect(NetworkDescription(variant(network(32)).trial).hiddenWidths == "32")
        #expect(NetworkDescription(variant(network(32) + [Self.output]).trial).hiddenWidths == "32")
        #expect(VariantChanges(variant(network(16)), against: variant(network(32))).topics == ["hidden layers"])
    }

    @Test func blocksAreToldByTheirLayers() {
        func block(_ filters: Int) -> any LayerKind {
            let conv = Conv2DSettings(filters: filters, kernelSize: Extent(3, 3), padding: .same)
            return ResidualSettings([LayerSettings(kind: conv), LayerSettings(kind: conv)])
        }
        let (own, base) = ([block(8), block(8), Self.output], [block(16), block(16), Self.output])
        #expect(NetworkDescription(variant(own).trial).text == "residual(conv2d, conv2d), residual(conv2d, conv2d), output")
        #expect(NetworkDescription(variant([block(8)] + own).trial).text == "residual(conv2d, conv2d) × 3, output")
        #expect(text(own, against: base) == "residual conv2d filters 8")
    }

    @Test(
        arguments: [
            ([output], "none", "output"), ([dense(64), dense(64), output], "64, 64", "64 relu, 64 relu, output"),
            (Array(repeating: dense(64), count: 10) + [output], "64 × 10", "64 relu × 10, output"),
            (repeated, "1024 × 3", "3 × (1024 relu, dropout 0.3, batch norm), output"),
            ([dense(64), dense(4), dense(4), dense(4), output], "64, 4 × 3", "64 relu, 4 relu × 3, output"),
        ] as [(Layers, String, String)])
    func networksAreToldInFewWords(layers: Layers, widths: String, text: String) {
        let network = NetworkDescription(variant(layers).trial)
        #expect(network.hiddenWidths == widths)
        #expect(network.text == text)
    }
}
