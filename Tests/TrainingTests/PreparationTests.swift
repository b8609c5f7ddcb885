import Datasets
import Experiments
import Settings
import Testing
import Training

/// What cannot be trained is an error that names its setting, before anything runs.
@Suite struct PreparationTests {
    /// A trial on the blobs, changed in one place, and the error that it gives.
    struct Problem: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout TrialSettings, inout DatasetSummary) -> Void
        let path: String
        let message: String
        let help: String

        init(
            _ name: String, _ path: String, _ message: String, help: String,
            _ change: @escaping @Sendable (inout TrialSettings, inout DatasetSummary) -> Void
        ) {
            testDescription = name
            self.path = path
            self.message = message
            self.help = help
            self.change = change
        }
    }

    private static func layers(_ kinds: any LayerKind...) -> ModelSettings { ModelSettings(layers: kinds.map { LayerSettings(kind: $0) }) }

    private static let two = DatasetSummary.TargetKind.classes(names: ["no", "yes"])
    private static let number = DatasetSummary.TargetKind.values(width: 1, shift: 0, divisor: 1)

    static let problems = [
        Problem("no layers", "model.layers", "a network needs at least one layer", help: "add a dense layer") { settings, _ in
            settings.model = layers()
        },
        Problem(
            "too many parameters", "model.layers[0].units",
            "layer 1 (dense, 300000000 units) on 2 inputs would train too many numbers; at most 500000000 are possible",
            help: "use fewer units"
        ) { settings, _ in settings.model = layers(.dense(300_000_000), .dense(3, .softmax)) },
        Problem(
            "too many parameters together", "model.layers[1].units",
            "layer 2 (dense, 30000 units) on 20000 inputs would train too many numbers; at most 500000000 are possible",
            help: "use fewer units"
        ) { settings, _ in settings.model = layers(.dense(20_000), .dense(30_000), .dense(3, .softmax)) },
        Problem(
            "training through a step", "model.layers[0].activation", "step has no gradient; what lies before it cannot be trained",
            help: "use sigmoid, or write trainable: false in the layers up to this one"
        ) { settings, _ in settings.model = layers(.dense(4, .step), .dense(3, .softmax)) },
        Problem(
            "too few outputs for the classes", "model.layers[1].units",
            "layer 2 (dense, 2 units) gives [batch, 2], the target \"y\" has 3 classes: [batch, 3]", help: "write 3, or: units: classes"
        ) { settings, _ in settings.model = layers(.dense(8), .dense(2, .softmax)) },
        Problem(
            "too few outputs before a last activation", "model.layers[0].units",
            "layer 1 (dense, 2 units) gives [batch, 2], the target \"y\" has 3 classes: [batch, 3]", help: "write 3, or: units: classes"
        ) { settings, _ in settings.model = layers(.dense(2), .activation(.softmax)) },
        Problem(
            "labels of three classes as one number", "training.loss",
            "binary_crossentropy of labels needs two classes, the target \"y\" has 3",
            help: "use sparse_categorical_crossentropy, or encode the target one-hot"
        ) { settings, _ in
            settings.target.encoding = .label
            settings.training.loss.kind = .binaryCrossentropy
        },
        Problem(
            "labels of two classes for two outputs", "model.layers[0].units",
            "layer 1 (dense, 2 units) gives [batch, 2], the labels of \"y\" are one number: [batch, 1]",
            help: "write 1, or encode the target one-hot"
        ) { settings, data in
            settings.model = layers(.dense(2, .sigmoid))
            settings.target.encoding = .label
            settings.training.loss.kind = .binaryCrossentropy
            data.target = two
        },
        Problem(
            "squared errors of one-hot rows of another width", "model.layers[0].units",
            "layer 1 (dense, 1 units) gives [batch, 1], the target \"y\" has 3 classes: [batch, 3]", help: "write 3, or: units: classes"
        ) { settings, _ in
            settings.model = layers(.dense(1))
            settings.training.loss.kind = .meanSquaredError
        },
        Problem(
            "classes wanted of numbers", "training.loss", "categorical_crossentropy needs classes, the target \"y\" is numeric",
            help: "use mse or mae, or encode the target as label or one-hot"
        ) { settings, data in
            settings.target.encoding = .numeric(scale: .none)
            data.target = number
        },
        Problem(
            "two outputs for one number", "model.layers[0].units",
            "layer 1 (dense, 2 units) gives [batch, 2], the target \"y\" is one number: [batch, 1]", help: "write 1"
        ) { settings, data in
            settings.model = layers(.dense(2))
            settings.target.encoding = .numeric(scale: .none)
            settings.training.loss.kind = .meanAbsoluteError
            settings.training.metrics = []
            data.target = number
        },
        Problem(
            "the dense form of the loss on labels", "training.loss",
            "categorical_crossentropy compares with one-hot targets, \"y\" is encoded as label",
            help: "use sparse_categorical_crossentropy, or encode: one-hot"
        ) { settings, _ in settings.target.encoding = .label },
        Problem(
            "the sparse form of the loss on one-hot rows", "training.loss",
            "sparse_categorical_crossentropy compares with labels, \"y\" is encoded one-hot",
            help: "use categorical_crossentropy, or encode: label"
        ) { settings, _ in settings.training.loss.kind = .sparseCategoricalCrossentropy },
        Problem(
            "accuracy of numbers", "training.metrics", "accuracy needs classes, the target \"y\" is numeric",
            help: "use mae, mse, rmse or r2"
        ) { settings, data in
            settings.model = layers(.dense(1))
            settings.target.encoding = .numeric(scale: .none)
            settings.training.loss.kind = .meanSquaredError
            data.target = number
        },
        Problem(
            "divergence from labels", "training.loss", "kl_divergence compares with one-hot targets, \"y\" is encoded as label",
            help: "use sparse_categorical_crossentropy, or encode: one-hot"
        ) { settings, _ in
            settings.target.encoding = .label
            settings.training.loss.kind = .klDivergence
        },
        Problem(
            "a softmax over one number", "model.layers[1].activation", "a softmax of one number is always 1",
            help: "write sigmoid, or linear"
        ) { settings, data in
            settings.model = layers(.dense(8), .dense(1, .softmax))
            settings.target.encoding = .numeric(scale: .none)
            settings.training = TrainingSettings(loss: LossSettings(kind: .meanSquaredError))
            data.target = number
        },
        Problem(
            "a cross-entropy of plain scores", "model.layers[1].activation",
            "categorical_crossentropy needs probabilities, the network ends in linear",
            help: "end it in softmax, or write {categorical_crossentropy: {from_logits: true}}"
        ) { settings, _ in settings.model = layers(.dense(8), .dense(3)) },
        Problem(
            "a divergence of plain scores", "model.layers[1]", "kl_divergence needs probabilities, the network ends in tanh",
            help: "end it in softmax"
        ) { settings, _ in
            settings.model = layers(.dense(3), .activation(.tanh))
            settings.training.loss.kind = .klDivergence
        },
        Problem(
            "a dropout of probabilities", "model.layers[1]", "categorical_crossentropy needs probabilities, the network ends in dropout",
            help: "end it in a dense layer with softmax, and put this layer before it"
        ) { settings, _ in settings.model = layers(.dense(3, .softmax), .dropout(rate: 0.5)) },
        Problem(
            "normalized scores", "model.layers[1]", "categorical_crossentropy needs probabilities, the network ends in batch_normalization",
            help: "end it in a dense layer with softmax, and put this layer before it"
        ) { settings, _ in settings.model = layers(.dense(3), .batchNormalization()) },
        Problem(
            "no width", "model.layers", "no layer says how many numbers come out", help: "end the network in dense: {units: classes}"
        ) { settings, _ in settings.model = layers(.dropout(rate: 0.5)) },
        Problem(
            "a softmax twice", "model.layers[1].activation",
            "categorical_crossentropy from logits applies the softmax itself, the network ends in softmax",
            help: "end it in linear, or leave out from_logits"
        ) { settings, _ in settings.training.loss.fromLogits = true },
        Problem(
            "margins of a sigmoid", "model.layers[0].activation", "hinge needs scores on both sides of 0, the network ends in sigmoid",
            help: "end it in linear, or in tanh"
        ) { settings, data in
            settings.model = layers(.dense(1, .sigmoid))
            settings.target.encoding = .label
            settings.training.loss.kind = .hinge
            data.target = two
        },
        Problem(
            "a threshold for margins", "training.metrics",
            "binary_accuracy compares probabilities with a threshold, under hinge the network gives scores",
            help: "write accuracy, which takes what lies above 0 for the second class"
        ) { settings, data in
            settings.model = layers(.dense(1))
            settings.target.encoding = .label
            settings.training.loss.kind = .hinge
            settings.training.metrics = [.binaryAccuracy()]
            data.target = two
        },
        Problem(
            "a weight for a class that is not there", "training.class_weight.pink", "the target \"y\" has no class \"pink\"",
            help: "classes: blue, green, red"
        ) { settings, _ in settings.training.classWeight = .given(["red": 2, "pink": 3]) },
        Problem(
            "class weights of numbers", "training.class_weight", "class weights need classes, the target \"y\" is numeric",
            help: "leave class_weight out"
        ) { settings, data in
            settings.model = layers(.dense(1))
            settings.target.encoding = .numeric(scale: .none)
            settings.training.loss.kind = .meanSquaredError
            settings.training.metrics = []
            settings.training.classWeight = .balanced
            data.target = number
        },
        Problem("no train rows", "split", "no rows remain for training, of 90", help: "make the other parts smaller") { _, data in
            data.trainCount = 0
        },
        Problem(
            "early stopping without validation", "training.early_stopping.monitor",
            "\"val_loss\" needs validation rows, the split has none", help: "add split.validation"
        ) { settings, data in
            settings.training.earlyStopping = EarlyStoppingSettings(monitor: "val_loss")
            data.validationCount = 0
        },
    ]

    private func blobs() throws -> (settings: TrialSettings, summary: DatasetSummary) {
        let settings = Blobs.settings()
        return (settings, try Blobs.table().open(settings).summary)
    }

    @Test(arguments: problems)
    func problemsNameTheirSetting(_ problem: Problem) throws {
        var (settings, summary) = try blobs()
        problem.change(&settings, &summary)
        let found = try #require(throws: PreparationProblem.self) { try prepare(settings, data: summary, memory: .unlimited) }
        #expect(found.path == problem.path)
        #expect(found.message == problem.message)
        #expect(found.help == problem.help)
        #expect(found.description == "\(problem.path): \(problem.message) (\(problem.help))")
    }

    @Test func aTrialThatFitsIsDescribed() throws {
        let (settings, summary) = try blobs()
        let trial = try prepare(settings, data: summary)
        #expect(trial.layers.map(\.name) == ["layer_1", "output"])
        #expect(trial.layers.map(\.shape) == [[8], [3]])
        #expect(trial.layers.map(\.parameters) == [24, 27])
        #expect(trial.parameters == 51 && trial.trainRows == 55 && trial.validationRows == 20)
        #expect(trial.operationsPerExample == 6 * (2 * 8 + 8 * 3))
        #expect(trial.estimatedSeconds > 0)
    }

    /// As many outputs as the target needs.
    @Test(
        arguments: [
            (LossKind.categoricalCrossentropy, Settings.Encoding.oneHot(), Activation.softmax, 3),
            (.sparseCategoricalCrossentropy, .label, .softmax, 3), (.meanSquaredError, .oneHot(), .linear, 3),
            (.binaryCrossentropy, .oneHot(), .sigmoid, 3),
        ])
    func classesAreCounted(loss: LossKind, encoding: Settings.Encoding, activation: Activation, width: Int) throws {
        var (settings, summary) = try blobs()
        settings.target.encoding = encoding
        settings.training.loss.kind = loss
        settings.model = ModelSettings(layers: [LayerSettings(kind: .dense(DenseSettings(units: .target, activation: activation)))])
        #expect(try prepare(settings, data: summary).layers.last?.shape == [width])
        summary.target = Self.two
        let expected = encoding == .label && loss != .sparseCategoricalCrossentropy ? 1 : 2
        #expect(try prepare(settings, data: summary).layers.last?.shape == [expected])
    }

    @Test func aNetworkInWhichNothingTrainsIsTold() throws {
        var (settings, summary) = try blobs()
        #expect(try prepare(settings, data: summary).notices == [])
        for place in settings.model.layers.indices { settings.model.layers[place].isFrozen = true }
        #expect(try prepare(settings, data: summary).notices.contains { $0.hasPrefix("nothing trains: ") })
    }

    @Test func behindAStepOthersTrain() throws {
        var (settings, summary) = try blobs()
        settings.model = Self.layers(.dense(4, .step), .dense(3, .softmax))
        settings.model.layers[0].isFrozen = true
        _ = try prepare(settings, data: summary)
    }

    @Test func twoLabelsNeedOneSigmoid() throws {
        var (settings, summary) = try blobs()
        summary.target = Self.two
        settings.target.encoding = .label
        settings.training.loss.kind = .binaryCrossentropy
        settings.model = ModelSettings(layers: [LayerSettings(kind: .dense(DenseSettings(units: .target, activation: .sigmoid)))])
        #expect(try prepare(settings, data: summary).layers.last?.shape == [1])
    }
}
