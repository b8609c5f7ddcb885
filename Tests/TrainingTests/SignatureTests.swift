import Datasets
import Settings
import TestSupport
import Testing
import Training

/// One step of each program is tried before anything trains: trials share a signature when their first steps run the same program.
@Suite struct SignatureTests {
    /// A trial on the blobs, changed.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let apply: @Sendable (inout TrialSettings, inout DatasetSummary) -> Void

        init(_ name: String, _ apply: @escaping @Sendable (inout TrialSettings, inout DatasetSummary) -> Void) {
            (testDescription, self.apply) = (name, apply)
        }

        /// Other layers before the output, by which they are told apart.
        init(_ name: String, layers: any LayerKind...) { self.init(name) { settings, _ in settings.model = .blobs(layers) } }

        /// Another optimizer.
        init(_ name: String, optimizer: OptimizerSettings) { self.init(name) { settings, _ in settings.training.optimizer = optimizer } }
    }

    private static func dense(
        _ units: Int = 8, _ activation: Activation = .relu, bias: Bool = true, l1: Double = 0, l2: Double = 0,
        first: Initializer = .heNormal
    ) -> DenseSettings {
        .dense(
            DenseSettings(
                units: .count(units), activation: activation, useBias: bias, kernelInitializer: first,
                kernelRegularizer: l1 == 0 && l2 == 0 ? nil : PenaltySettings(l1: l1, l2: l2)))
    }

    private func signature(_ change: Change?) throws -> String {
        var settings = Blobs.settings()
        settings.model = .blobs([Self.dense()])
        var summary = try Blobs.table().open(settings).summary
        change?.apply(&settings, &summary)
        return try prepare(settings, data: summary).signature
    }

    /// What fills a program, or comes between its steps: a pair of trials that differ in that alone.
    @Test(arguments: [
        (
            Change("rate", optimizer: .rmsprop(RMSpropSettings(learningRate: 0.1))),
            Change("other rate", optimizer: .rmsprop(RMSpropSettings(learningRate: 1e-5)))
        ),
        (
            Change("rate", optimizer: .sgd(SGDSettings(learningRate: 0.1))),
            Change(
                "schedule",
                optimizer: .sgd(SGDSettings(learningRate: .cosineDecay(initial: 1, steps: 7, alpha: 0, warmupTarget: nil, warmupSteps: 0))))
        ),
        (
            Change("momentum", optimizer: .sgd(SGDSettings(momentum: 0.5))),
            Change("other momentum", optimizer: .sgd(SGDSettings(momentum: 0.9)))
        ),
        (
            Change("rho", optimizer: .rmsprop(RMSpropSettings(rho: 0.9))),
            Change("other rho", optimizer: .rmsprop(RMSpropSettings(rho: 0.8, epsilon: 1e-5)))
        ),
        (Change("betas", optimizer: .adam(AdamSettings())), Change("other betas", optimizer: .adam(AdamSettings(beta1: 0.8, beta2: 0.9)))),
        (
            Change("dropout", layers: dense(), .dropout(rate: 0.1)), Change("other dropout", layers: dense(), .dropout(rate: 0.5))
        ),
        (Change("penalty", layers: dense(l2: 0.1)), Change("other penalty", layers: dense(l2: 0.001))),
        (Change("first weights", layers: dense()), Change("other first weights", layers: dense(first: .constant(1)))),
        (
            Change("bound") { settings, _ in settings.training.gradientClipping = .norm(1) },
            Change("other bound") { settings, _ in settings.training.gradientClipping = .norm(2) }
        ),
        (
            Change("epochs") { settings, _ in settings.training.epochs = 1 },
            Change("other epochs") { settings, _ in settings.training.epochs = 100 }
        ),
        (
            Change("metrics") { settings, _ in settings.training.metrics = [] },
            Change("other metrics") { settings, _ in settings.training.metrics = [.accuracy, .logLoss] }
        ),
        (
            Change("stopping") { settings, _ in
                settings.training.earlyStopping = EarlyStoppingSettings(monitor: "val_loss", goal: .minimize)
            },
            Change("no stopping") { settings, _ in settings.training.earlyStopping = nil }
        ),
        (
            Change("changed images") { settings, data in
                (settings.training.augment, data.inputShape) = (AugmentationSettings(noise: 0.5), [1, 2])
            },
            Change("no changes") { _, data in data.inputShape = [1, 2] }
        ),
        (
            Change("names") { settings, _ in settings.model.layers[0].name = "first" },
            Change("other names") { settings, _ in settings.model.layers[0].name = "second" }
        ),
        (
            Change("rows") { _, data in data.rowCount = 90 },
            Change("other rows") { _, data in data.rowCount = 91 }
        ),
    ])
    func onlyThePrograms(one: Change, other: Change) throws { #expect(try signature(one) == signature(other)) }

    /// What makes another program; no two of these, nor the trial without a change, share one.
    static let programs = [
        Change("units", layers: dense(9)), Change("two layers", layers: dense(), dense()),
        Change("no layer") { settings, _ in settings.model = .blobs([]) },
        Change("tanh", layers: dense(8, .tanh)), Change("no bias", layers: dense(bias: false)), Change("l2", layers: dense(l2: 0.1)),
        Change("l1", layers: dense(l1: 0.1)), Change("l1 and l2", layers: dense(l1: 0.1, l2: 0.1)),
        Change("dropout", layers: dense(), .dropout(rate: 0.1)), Change("dropout of nothing", layers: dense(), .dropout(rate: 0)),
        Change("batch normalization", layers: dense(), .batchNormalization()),
        Change("layer normalization", layers: dense(), .layerNormalization()), Change("sgd", optimizer: .sgd(SGDSettings())),
        Change("momentum", optimizer: .sgd(SGDSettings(momentum: 0.9))),
        Change("nesterov", optimizer: .sgd(SGDSettings(momentum: 0.9, nesterov: true))),
        Change("rmsprop with momentum", optimizer: .rmsprop(RMSpropSettings(momentum: 0.9))),
        Change("centered", optimizer: .rmsprop(RMSpropSettings(centered: true))),
        Change("adam", optimizer: .adam(AdamSettings())), Change("adamw", optimizer: .adamw(AdamSettings())),
        Change("adagrad", optimizer: .adagrad(AdagradSettings())),
        Change("frozen") { settings, _ in settings.model.layers[0].isFrozen = true },
        Change("batch size") { settings, _ in settings.training.batchSize = 7 },
        Change("bound on the norm") { settings, _ in settings.training.gradientClipping = .norm(1) },
        Change("bound on values") { settings, _ in settings.training.gradientClipping = .value(1) },
        Change("bound on all norms") { settings, _ in settings.training.gradientClipping = .globalNorm(1) },
        Change("measured gradients") { settings, _ in settings.training.gradientNorms = .layers },
        Change("weights of classes") { settings, _ in settings.training.classWeight = .balanced },
        Change("squared error") { settings, _ in settings.training.loss = LossSettings(kind: .meanSquaredError) },
        Change("labels") { settings, _ in
            settings.target.encoding = .label
            settings.training.loss = LossSettings(kind: .sparseCategoricalCrossentropy)
        },
        Change("sparse inputs") { _, data in data.inputKind = .multiHot },
        Change("more inputs") { _, data in data.inputShape = [3] },
    ]

    @Test func allThePrograms() throws {
        var names: [String: String] = [try signature(nil): "no change"]
        for change in Self.programs {
            let known = names.updateValue(change.testDescription, forKey: try signature(change))
            #expect(known == nil, "\(change.testDescription) has the signature of \(known ?? "")")
        }
        #expect(names.count == Self.programs.count + 1)
    }
}

extension ModelSettings {
    /// These layers, and an output for the three classes of the blobs.
    fileprivate static func blobs(_ layers: [any LayerKind]) -> ModelSettings {
        ModelSettings(layers: (layers + [.dense(3, .softmax)] as [any LayerKind]).map { LayerSettings(kind: $0) })
    }
}
