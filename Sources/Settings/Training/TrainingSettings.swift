import Documents

/// How a network is trained.
public struct TrainingSettings: Hashable, Sendable {
    /// What training makes small.
    public var loss: LossSettings
    /// How the weights follow the gradient.
    public var optimizer: OptimizerSettings
    /// How the weights of the discriminator of an adversarial pair follow theirs; `nil`: as the generator's do.
    public var discriminatorOptimizer: OptimizerSettings?
    /// How many steps the networks of an adversarial pair make in turn.
    public var steps: AdversarialSteps
    /// The classifier of real rows that judges the examples which the run makes; `nil`: none.
    public var judge: StartSettings?
    /// Examples a step; the last batch of an epoch may be smaller.
    public var batchSize: Int
    /// Passes over the train rows.
    public var epochs: Int
    /// What is reported besides the loss.
    public var metrics: [Metric]
    /// Where two classes are told apart; `nil`: the one of the larger probability is said.
    public var threshold: ThresholdSettings?
    /// When to stop before the last epoch; `nil`: never.
    public var earlyStopping: EarlyStoppingSettings?
    /// When to lower the learning rate; `nil`: never.
    public var reduceOnPlateau: PlateauSettings?
    /// A bound on gradients; `nil`: none.
    public var gradientClipping: GradientClippingSettings?
    /// How much examples of a class count; `nil`: all the same.
    public var classWeight: ClassWeightSettings?
    /// Which sizes of gradients are among the figures of an epoch.
    public var gradientNorms: GradientNormSettings
    /// How images are changed at random while they train; `nil`: not at all.
    public var augment: AugmentationSettings?
    /// How the images that validate and test are changed, each in one way; `nil`: not at all.
    public var augmentValidation: AugmentationSettings?
    /// Where the weights come from; `nil`: they are drawn.
    public var continueFrom: StartSettings?
    /// The layers whose weights stay as they are, beside those that are not trainable by their own settings; `nil`: none.
    public var freeze: LayerChoice?
    /// Clusters of a layer's outputs at the end, with figures; `nil`: none.
    public var clusters: ClusterSettings?
    /// How layers are trained one by one, without labels, before the whole; `nil`: not at all.
    public var pretrain: PretrainSettings?
    /// How many train rows the whole is trained on; `nil`: all.
    public var labelled: Int?
    /// Files for TensorBoard; `nil`: none. It decides nothing of a run.
    public var tensorBoard: TensorBoardSettings?

    /// Training; the defaults are those of Keras.
    public init(
        loss: LossSettings, optimizer: OptimizerSettings = .rmsprop(RMSpropSettings()), batchSize: Int = 32, epochs: Int = 1,
        metrics: [Metric] = [], threshold: ThresholdSettings? = nil,
        earlyStopping: EarlyStoppingSettings? = nil, reduceOnPlateau: PlateauSettings? = nil,
        gradientClipping: GradientClippingSettings? = nil, classWeight: ClassWeightSettings? = nil,
        gradientNorms: GradientNormSettings = .off, augment: AugmentationSettings? = nil, augmentValidation: AugmentationSettings? = nil,
        continueFrom: StartSettings? = nil, freeze: LayerChoice? = nil, clusters: ClusterSettings? = nil, pretrain: PretrainSettings? = nil,
        labelled: Int? = nil, tensorBoard: TensorBoardSettings? = nil, discriminatorOptimizer: OptimizerSettings? = nil,
        steps: AdversarialSteps = AdversarialSteps(), judge: StartSettings? = nil
    ) {
        self.loss = loss
        self.optimizer = optimizer
        self.batchSize = batchSize
        self.epochs = epochs
        self.metrics = metrics
        self.threshold = threshold
        self.earlyStopping = earlyStopping
        self.reduceOnPlateau = reduceOnPlateau
        self.gradientClipping = gradientClipping
        self.classWeight = classWeight
        self.gradientNorms = gradientNorms
        self.augment = augment
        self.augmentValidation = augmentValidation
        self.continueFrom = continueFrom
        self.freeze = freeze
        self.clusters = clusters
        self.pretrain = pretrain
        self.labelled = labelled
        self.tensorBoard = tensorBoard
        self.discriminatorOptimizer = discriminatorOptimizer
        self.steps = steps
        self.judge = judge
    }
}

// MARK: - In the file

extension TrainingSettings {
    private static let usual = TrainingSettings(loss: LossSettings(kind: .meanSquaredError))

    package static let schema = Record<TrainingSettings>(
        "training",
        Field("loss", \.loss, LossSettings.schema, doc: "What training makes small."),
        Field(
            "optimizer", \.optimizer, OptimizerSettings.schema, default: usual.optimizer, misnomers: ["optimiser"],
            doc: "How the weights follow the gradient."),
        Field(
            "batch_size", \.batchSize, .integer(.atLeast(1, upTo: 1_000_000)), default: usual.batchSize, misnomers: ["batch"],
            doc: "Examples a step; the last batch of an epoch may be smaller."),
        Field("epochs", \.epochs, .integer(.atLeast(1, upTo: 1_000_000)), default: usual.epochs, doc: "Passes over the train rows."),
        Field(
            "metrics", \.metrics, Metric.listSchema, default: usual.metrics, misnomers: ["metric"],
            doc: "What is reported besides the loss."),
        Field(
            optional: "threshold", \.threshold, ThresholdSettings.schema, misnomers: ["decision_threshold", "cutoff"],
            doc:
                "Where two classes are told apart: the positive one is said where its probability is above it, in accuracy, balanced_accuracy, precision, "
                + "recall, f1, matthews_correlation, cohen_kappa and by ablate predict. A number, or f1 or youden: chosen on the validation rows of each "
                + "run, never on test; the figure threshold tells it, and train figures are at one half then."),
        Field(optional: "early_stopping", \.earlyStopping, EarlyStoppingSettings.schema, doc: "When to stop before the last epoch."),
        Field(
            optional: "reduce_on_plateau", \.reduceOnPlateau, PlateauSettings.schema, misnomers: ["reduce_lr_on_plateau"],
            doc: "When to lower the learning rate. The rate of each epoch, learning_rate, is then among the figures."),
        Field(
            optional: "gradient_clipping", \.gradientClipping, GradientClippingSettings.schema, misnomers: ["clipnorm", "clipvalue"],
            doc: "A bound on gradients before they are used."),
        Field(
            optional: "class_weight", \.classWeight, ClassWeightSettings.schema, misnomers: ["class_weights"],
            doc: "How much examples of a class count in training: a number by the class's name, 1 for those without; or balanced, rows / "
                + "(classes · rows of the class)."),
        Field(
            optional: "gradient_norms", { $0.gradientNorms == .off ? nil : $0.gradientNorms }, GradientNormSettings.schema,
            doc:
                "Whether the L2 norm of each layer's gradient, its mean over the epoch's updates, is among the figures: grad_norm/layer_1, …; with steps "
                + "for each recurrent layer also that of the gradient to what it reads at each step of the sequence: step_grad_norm/layer_2/1, …"
        ),
        Field(
            optional: "augment", \.augment, AugmentationSettings.schema, misnomers: ["augmentation", "data_augmentation"],
            doc: "How images are changed at random while they train, each anew in every epoch; those that validate or test are not."),
        Field(
            optional: "augment_validation", \.augmentValidation, AugmentationSettings.schema, misnomers: ["augment_test"],
            doc:
                "How the images that validate and test are changed, each in one way, the same for all seeds: to see what a network makes of such images."
        ),
        Field(
            optional: "continue_from", \.continueFrom, StartSettings.schema, misnomers: ["initial_weights", "resume_from"],
            doc: "The finished run or exported model whose weights it begins with, instead of drawn ones; the optimizer begins anew."),
        Field(
            optional: "freeze", \.freeze, LayerChoice.schema, misnomers: ["frozen"],
            doc:
                "The layers whose weights stay as they are: all-but-last, or a list of names. Batch normalization then uses its running figures, too."
        ),
        Field(
            optional: "clusters", \.clusters, ClusterSettings.schema, misnomers: ["kmeans"],
            doc:
                "When training has ended, clusters of what a layer gives for the train rows, by k-means; purity, adjusted_rand and silhouette of "
                + "validation and test rows are then among the figures of the end, the first two where classes are known."),
        Field(
            optional: "pretrain", \.pretrain, PretrainSettings.schema, misnomers: ["pretraining"],
            doc:
                "Trains the sigmoid layers from the first on one by one, without labels and on all train rows, each as a restricted Boltzmann machine on what "
                + "those before it give; then the whole is trained: a deep belief network. The error of each, pretrain_error/layer_1, …, is among the figures."
        ),
        Field(
            optional: "labelled", \.labelled, .integer(.atLeast(1, upTo: 1_000_000_000)), misnomers: ["labeled", "labels"],
            doc:
                "How many train rows the whole is trained on, as many of each class: the first ones; all unless written. Pretraining needs no labels and takes all."
        ),
        Field(
            optional: "tensorboard", \.tensorBoard, TensorBoardSettings.schema, identifying: false,
            doc:
                "Files for TensorBoard, as ablate run --tensorboard writes them: a folder, or settings. It decides nothing of a run: one that is "
                + "finished is not trained again for it."),
        Field(
            optional: "discriminator_optimizer", \.discriminatorOptimizer, OptimizerSettings.schema,
            doc:
                "How the weights of the discriminator of an adversarial pair follow the gradient, where not as the generator's: as optimizer says."
        ),
        Field(
            "steps", \.steps, AdversarialSteps.schema, unlessWritten: usual.steps,
            doc: "How many steps the networks of an adversarial pair make in turn"),
        Field(
            optional: "judge", \.judge, StartSettings.judgeSchema,
            doc:
                "A classifier that a run of its own trained on real rows: it tells, at the end, how well its classes are seen in 2,000 made examples, and how "
                + "many of them."),
        build: {
            loss, optimizer, batchSize, epochs, metrics, threshold, stopping, plateau, clipping, weights, gradientNorms, augment,
            augmentValidation, start, freeze, clusters, pretrain, labelled, tensorBoard, discriminatorOptimizer, steps, judge
            in
            TrainingSettings(
                loss: loss, optimizer: optimizer, batchSize: batchSize, epochs: epochs, metrics: metrics, threshold: threshold,
                earlyStopping: stopping, reduceOnPlateau: plateau, gradientClipping: clipping, classWeight: weights,
                gradientNorms: gradientNorms ?? .off, augment: augment, augmentValidation: augmentValidation,
                continueFrom: start, freeze: freeze, clusters: clusters, pretrain: pretrain, labelled: labelled, tensorBoard: tensorBoard,
                discriminatorOptimizer: discriminatorOptimizer, steps: steps, judge: judge)
        }
    ).schema
}
