import Foundation
import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// A training of a small network by another library, as the scripts beside the fixtures describe it.
struct Fixture: Decodable, Sendable, CustomTestStringConvertible {
    struct Tensor: Decodable, Sendable {
        let shape: [Int]
        let values: [Float]
    }

    struct NamedTensor: Decodable, Sendable {
        let name: String
        let shape: [Int]
        let values: [Float]
    }

    final class LayerDescription: Decodable, Sendable {
        let kind: String
        let name: String?
        let layer: LayerDescription?
        let mergeMode: String?
        let outputDim: Int?
        let maskZero: Bool?
        let embeddingsRegularizer: PenaltyDescription?
        let recurrentRegularizer: PenaltyDescription?
        let recurrentActivation: String?
        let returnSequences: Bool?
        let goBackwards: Bool?
        let resetAfter: Bool?
        let units: Int?
        let activation: String?
        let useBias: Bool?
        let momentum: Double?
        let epsilon: Double?
        let kernelRegularizer: PenaltyDescription?
        let biasRegularizer: PenaltyDescription?
        let trainable: Bool?
        let filters: Int?
        let kernelSize: [Int]?
        let strides: [Int]?
        let dilationRate: [Int]?
        let padding: String?
        let poolSize: [Int]?
        let targetShape: [Int]?
        let groups: Int?
        let depthMultiplier: Int?
        let size: [Int]?
        let interpolation: String?
        let margins: [[Int]]?
        let stddev: Double?
        let clip: [Double]?
        let rate: Double?
        let klWeight: Double?
        let of: String?
        let contractiveRegularizer: Double?
        let activityRegularizer: ActivityDescription?
    }

    struct PenaltyDescription: Decodable, Sendable {
        let l1: Double
        let l2: Double
    }

    struct ActivityDescription: Decodable, Sendable {
        struct Sparsity: Decodable, Sendable {
            let target: Double
            let weight: Double
        }

        let l1: Double?
        let l2: Double?
        let kl: Sparsity?

        var settings: ActivityPenaltySettings {
            ActivityPenaltySettings(l1: l1 ?? 0, l2: l2 ?? 0, sparsity: kl.map { .init(target: $0.target, weight: $0.weight) })
        }
    }

    /// A number, or a schedule.
    enum RateDescription: Decodable, Sendable {
        case constant(Double)
        case schedule(ScheduleDescription)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let rate = try? container.decode(Double.self) {
                self = .constant(rate)
            } else {
                self = .schedule(try container.decode(ScheduleDescription.self))
            }
        }
    }

    struct ScheduleDescription: Decodable, Sendable {
        let kind: String
        let initialLearningRate: Double?
        let decaySteps: Int?
        let decayRate: Double?
        let staircase: Bool?
        let alpha: Double?
        let warmupTarget: Double?
        let warmupSteps: Int?
        let boundaries: [Int]?
        let values: [Double]?
    }

    struct NetworkDescription: Decodable, Sendable {
        let inputs: Int
        /// Inputs are whole numbers below it.
        let words: Int?
        let layers: [LayerDescription]
    }

    struct LossDescription: Decodable, Sendable {
        let kind: String
        let fromLogits: Bool?
        let delta: Double?
        let reduction: String?
    }

    struct OptimizerDescription: Decodable, Sendable {
        let kind: String
        let learningRate: RateDescription
        let momentum: Double?
        let nesterov: Bool?
        let rho: Double?
        let epsilon: Double?
        let centered: Bool?
        let beta1: Double?
        let beta2: Double?
        let weightDecay: Double?
        let initialAccumulatorValue: Double?
        let clipnorm: Double?
        let clipvalue: Double?
        let globalClipnorm: Double?
    }

    struct Batch: Decodable, Sendable {
        let x: Tensor?
        let rows: [[Int32]]?
        let y: Tensor?
        let labels: [Int32]?

        var count: Int { x?.shape[0] ?? rows?.count ?? 0 }
    }

    let name: String
    let network: NetworkDescription
    let loss: LossDescription
    let optimizer: OptimizerDescription
    let batches: [Batch]
    let classWeight: [String: Float]?
    let initial: [NamedTensor]
    let losses: [Double]
    let firstOutput: Tensor
    let lastOutput: Tensor
    let after1: [NamedTensor]
    let after10: [NamedTensor]

    var testDescription: String { name }

    /// All cases of a file beside this one.
    static func cases(_ file: String) throws -> [Fixture] { try cases(file, of: Fixture.self) }

    /// All cases of a file of another form.
    static func cases<Case: Decodable>(_ file: String, of type: Case.Type) throws -> [Case] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(FixtureFile<Case>.self, from: Data(contentsOf: folder.appending(path: file))).cases
    }
}

/// A file of fixtures, whatever its cases are.
private struct FixtureFile<Case: Decodable>: Decodable {
    let cases: [Case]
}

// MARK: - As a model of ours

extension Fixture {
    func makeLayers() throws -> [Network.NamedLayer] {
        try network.layers.map { layer in
            let kind: any Layer
            switch layer.kind {
            case "dense": kind = try Self.dense(layer)
            case "embedding":
                kind = EmbeddingSettings(
                    outputDim: try #require(layer.outputDim), maskZero: layer.maskZero ?? false,
                    regularizer: Self.penalty(layer.embeddingsRegularizer))
            case "one_hot": kind = OneHotSettings()
            case "simple_rnn", "lstm", "gru": kind = try #require(try Self.recurrent(layer) as? any Layer)
            case "bidirectional":
                let modes: [String: BidirectionalSettings.MergeMode] = ["concat": .concat, "sum": .sum, "mul": .mul, "ave": .ave]
                kind = BidirectionalSettings(
                    try Self.recurrent(#require(layer.layer)), mergeMode: try #require(modes[layer.mergeMode ?? "concat"]))
            case "time_distributed": kind = TimeDistributedSettings(try Self.dense(#require(layer.layer)))
            case "batch_normalization":
                kind = BatchNormalizationSettings(momentum: try #require(layer.momentum), epsilon: try #require(layer.epsilon))
            case "conv2d":
                kind = Conv2DSettings(
                    filters: try #require(layer.filters), kernelSize: try #require(Self.extent(layer.kernelSize)),
                    strides: try #require(Self.extent(layer.strides)), padding: layer.padding == "same" ? .same : .valid,
                    dilationRate: try #require(Self.extent(layer.dilationRate)), groups: layer.groups ?? 1,
                    activation: try Self.activation(layer.activation),
                    useBias: layer.useBias ?? true, kernelRegularizer: Self.penalty(layer.kernelRegularizer),
                    biasRegularizer: Self.penalty(layer.biasRegularizer), activityRegularizer: layer.activityRegularizer?.settings)
            case "gaussian_noise":
                kind = GaussianNoiseSettings(deviation: try #require(layer.stddev), clip: layer.clip.map { $0[0]...$0[1] })
            case "masking_noise": kind = MaskingNoiseSettings(rate: try #require(layer.rate))
            case "variational":
                kind = VariationalSettings(units: try #require(layer.units), divergenceWeight: try #require(layer.klWeight))
            case "dense_transposed":
                kind = DenseTransposedSettings(of: try #require(layer.of), activation: try Self.activation(layer.activation))
            case "max_pooling2d": kind = MaxPooling2DSettings(Self.pooling(layer))
            case "average_pooling2d": kind = AveragePooling2DSettings(Self.pooling(layer))
            case "global_max_pooling2d": kind = GlobalMaxPooling2DSettings()
            case "global_average_pooling2d": kind = GlobalAveragePooling2DSettings()
            case "flatten": kind = FlattenSettings()
            case "reshape": kind = ReshapeSettings(try #require(layer.targetShape))
            case "layer_normalization": kind = LayerNormalizationSettings(epsilon: try #require(layer.epsilon))
            case "conv1d":
                let paddings: [String: SequencePadding] = ["valid": .valid, "same": .same, "causal": .causal]
                kind = Conv1DSettings(
                    filters: try #require(layer.filters), kernelSize: try #require(layer.kernelSize?.first),
                    strides: try #require(layer.strides?.first), padding: try #require(paddings[layer.padding ?? ""]),
                    dilationRate: try #require(layer.dilationRate?.first), groups: layer.groups ?? 1, weights: try Self.weights(layer))
            case "conv2d_transpose":
                kind = Conv2DTransposeSettings(
                    filters: try #require(layer.filters), kernelSize: try #require(Self.extent(layer.kernelSize)),
                    strides: try #require(Self.extent(layer.strides)), padding: layer.padding == "same" ? .same : .valid,
                    dilationRate: Self.extent(layer.dilationRate) ?? Extent(1, 1), weights: try Self.weights(layer))
            case "depthwise_conv2d":
                kind = DepthwiseConv2DSettings(
                    kernelSize: try #require(Self.extent(layer.kernelSize)), strides: try #require(Self.extent(layer.strides)),
                    padding: layer.padding == "same" ? .same : .valid, depthMultiplier: layer.depthMultiplier ?? 1,
                    dilationRate: try #require(Self.extent(layer.dilationRate)), weights: try Self.weights(layer))
            case "max_pooling1d": kind = MaxPooling1DSettings(Self.sequencePooling(layer))
            case "average_pooling1d": kind = AveragePooling1DSettings(Self.sequencePooling(layer))
            case "global_max_pooling1d": kind = GlobalMaxPooling1DSettings()
            case "global_average_pooling1d": kind = GlobalAveragePooling1DSettings()
            case "up_sampling2d":
                kind = UpSampling2DSettings(
                    size: try #require(Self.extent(layer.size)), interpolation: layer.interpolation == "bilinear" ? .bilinear : .nearest)
            case "zero_padding2d":
                let margins = try #require(layer.margins)
                kind = ZeroPadding2DSettings(rows: margins[0], columns: margins[1])
            default:
                try #require(layer.kind == "activation")
                kind = ActivationSettings(try Self.activation(layer.activation))
            }
            return Network.NamedLayer(try #require(layer.name), kind, isFrozen: layer.trainable == false)
        }
    }

    private static func dense(_ layer: LayerDescription) throws -> DenseSettings {
        DenseSettings(
            units: .count(try #require(layer.units)), activation: try activation(layer.activation), useBias: layer.useBias ?? true,
            kernelRegularizer: penalty(layer.kernelRegularizer), biasRegularizer: penalty(layer.biasRegularizer),
            activityRegularizer: layer.activityRegularizer?.settings, contractiveRegularizer: layer.contractiveRegularizer)
    }

    private static func recurrent(_ layer: LayerDescription) throws -> any RecurrentKind {
        var settings = RecurrentSettings(units: try #require(layer.units))
        settings.activation = try activation(layer.activation ?? "tanh")
        settings.useBias = layer.useBias ?? true
        settings.kernelRegularizer = penalty(layer.kernelRegularizer)
        settings.recurrentRegularizer = penalty(layer.recurrentRegularizer)
        settings.biasRegularizer = penalty(layer.biasRegularizer)
        settings.returnSequences = layer.returnSequences ?? false
        settings.goBackwards = layer.goBackwards ?? false
        let gates = try activation(layer.recurrentActivation ?? "sigmoid")
        switch layer.kind {
        case "lstm": return LSTMSettings(settings, recurrentActivation: gates)
        case "gru": return GRUSettings(settings, recurrentActivation: gates, resetAfter: layer.resetAfter ?? true)
        default: return SimpleRNNSettings(settings)
        }
    }

    /// What an example is to the first layer.
    func exampleInput(isMultiHot: Bool) -> ExampleInput {
        if let words = network.words { return .tokens(length: network.inputs, vocabulary: words) }
        return isMultiHot ? .sparse(columns: network.inputs) : .dense([network.inputs])
    }

    private static func extent(_ sizes: [Int]?) -> Extent? { sizes.map { Extent($0[0], $0[1]) } }

    private static func weights(_ layer: LayerDescription) throws -> WeightSettings {
        WeightSettings(activation: try activation(layer.activation), useBias: layer.useBias ?? true)
    }

    private static func sequencePooling(_ layer: LayerDescription) -> SequencePoolingSettings {
        SequencePoolingSettings(
            poolSize: layer.poolSize?.first ?? 2, strides: layer.strides?.first, padding: layer.padding == "same" ? .same : .valid)
    }

    private static func pooling(_ layer: LayerDescription) -> PoolingSettings {
        var pooling = PoolingSettings(strides: extent(layer.strides), padding: layer.padding == "same" ? .same : .valid)
        if let size = extent(layer.poolSize) { pooling.poolSize = size }
        return pooling
    }

    private static func penalty(_ description: PenaltyDescription?) -> PenaltySettings? {
        description.map { PenaltySettings(l1: $0.l1, l2: $0.l2) }
    }

    private static func activation(_ name: String?) throws -> Activation {
        let known: [String: Activation] = [
            "linear": .linear, "relu": .relu, "sigmoid": .sigmoid, "tanh": .tanh, "softmax": .softmax, "leaky_relu": .leakyRelu(slope: 0.2),
            "elu": .elu, "selu": .selu, "gelu": .gelu, "silu": .silu, "softplus": .softplus,
        ]
        return try #require(known[name ?? "linear"], "\(name ?? "")")
    }

    func makeOptimizer() throws -> OptimizerSettings {
        let o = optimizer
        let rate: LearningRateSettings =
            switch o.learningRate {
            case .constant(let constant): .constant(constant)
            case .schedule(let description): try description.makeSchedule()
            }
        switch o.kind {
        case "sgd": return .sgd(SGDSettings(learningRate: rate, momentum: o.momentum ?? 0, nesterov: o.nesterov ?? false))
        case "rmsprop":
            return .rmsprop(
                RMSpropSettings(
                    learningRate: rate, rho: try #require(o.rho), momentum: o.momentum ?? 0, epsilon: try #require(o.epsilon),
                    centered: o.centered ?? false))
        case "adagrad":
            return .adagrad(
                AdagradSettings(
                    learningRate: rate, initialAccumulator: try #require(o.initialAccumulatorValue), epsilon: try #require(o.epsilon)))
        default:
            try #require(["adam", "adamw", "adamax"].contains(o.kind))
            let adam = AdamSettings(
                learningRate: rate, beta1: try #require(o.beta1), beta2: try #require(o.beta2), epsilon: try #require(o.epsilon))
            if o.kind == "adamw" { return .adamw(adam, weightDecay: try #require(o.weightDecay)) }
            return o.kind == "adam" ? .adam(adam) : .adamax(adam)
        }
    }

    var clipping: GradientClippingSettings? {
        optimizer.clipnorm.map { .norm($0) } ?? optimizer.clipvalue.map { .value($0) } ?? optimizer.globalClipnorm.map { .globalNorm($0) }
    }

    /// All batches, one below the other. With `labels`, one-hot targets become class numbers.
    func makeTables(denseRows: Bool = false, labels: Bool = false) throws -> ExampleTables {
        let plain = try makePlainTables(denseRows: denseRows, labels: labels)
        guard let classWeight else { return plain }
        let weights = batches.flatMap { batch -> [Float] in
            let width = batch.y?.shape.last ?? 1
            return (0..<batch.count).map { row in
                let label =
                    batch.labels.map { Int($0[row]) }
                    ?? (0..<width).first { (batch.y?.values[row * width + $0] ?? 0) == 1 }.map { width == 1 ? 1 : $0 } ?? 0
                return classWeight[String(label)] ?? 1
            }
        }
        return ExampleTables(inputs: plain.inputs, targets: plain.targets, weights: .holding(weights, columns: 1))
    }

    private func makePlainTables(denseRows: Bool, labels: Bool) throws -> ExampleTables {
        let inputs: ExampleTables.Inputs
        let count = batches.reduce(0) { $0 + $1.count }
        if let first = batches.first, first.rows != nil {
            let rows = batches.flatMap { $0.rows ?? [] }
            if denseRows {
                var values = [Float](repeating: 0, count: count * network.inputs)
                for (place, row) in rows.enumerated() { for column in row { values[place * network.inputs + Int(column)] = 1 } }
                inputs = .dense(.holding(values, columns: network.inputs))
            } else {
                inputs = .sparse(.holding(rows, columns: network.inputs))
            }
        } else if let words = network.words {
            inputs = .tokens(.holding(batches.flatMap { $0.x?.values.map { Int32($0) } ?? [] }, length: network.inputs), vocabulary: words)
        } else {
            inputs = .dense(.holding(batches.flatMap { $0.x?.values ?? [] }, columns: network.inputs))
        }
        if let width = batches.first?.y?.shape.last {
            let values = batches.flatMap { $0.y?.values ?? [] }
            if labels {
                let numbers = (0..<count).map { row in
                    Int32((0..<width).max { values[row * width + $0] < values[row * width + $1] } ?? 0)
                }
                return ExampleTables(inputs: inputs, targets: .labels(.holding(numbers), classes: width))
            }
            return ExampleTables(inputs: inputs, targets: .values(.holding(values, columns: width)))
        }
        let output = try Network(makeLayers(), input: exampleInput(isMultiHot: false)).outputShape
        let classes = output.columns
        let numbers = batches.flatMap { $0.labels ?? [] }
        if output.rank > 1 {
            return ExampleTables(inputs: inputs, targets: .steps(.holding(numbers, length: output.rows), classes: classes))
        }
        if classes == 1 {
            return ExampleTables(inputs: inputs, targets: .values(.holding(numbers.map(Float.init), columns: 1)))
        }
        return ExampleTables(inputs: inputs, targets: .labels(.holding(numbers), classes: classes))
    }

    /// Whether every target is one class or another.
    var hasOneHotTargets: Bool {
        guard loss.kind == "categorical_crossentropy" else { return false }
        return batches.allSatisfy { $0.y?.values.allSatisfy { $0 == 0 || $0 == 1 } ?? false }
    }

    /// The rows of a step, counted from 0.
    func rows(ofStep step: Int) -> [Int32] {
        let batch = step % batches.count
        let start = batches[..<batch].reduce(0) { $0 + $1.count }
        return (start..<start + batches[batch].count).map(Int32.init)
    }
}

extension Fixture.ScheduleDescription {
    func makeSchedule() throws -> LearningRateSettings {
        switch kind {
        case "exponential_decay":
            return .exponentialDecay(
                initial: try #require(initialLearningRate), steps: try #require(decaySteps), rate: try #require(decayRate),
                staircase: staircase ?? false)
        case "cosine_decay":
            return .cosineDecay(
                initial: try #require(initialLearningRate), steps: try #require(decaySteps), alpha: alpha ?? 0, warmupTarget: warmupTarget,
                warmupSteps: warmupSteps ?? 0)
        default:
            try #require(kind == "piecewise_constant", "\(kind)")
            return .piecewiseConstant(boundaries: try #require(boundaries), values: try #require(values))
        }
    }
}

extension Fixture.LossDescription {
    func make() throws -> LossSettings {
        let kinds: [String: LossKind] = ["mse": .meanSquaredError, "mae": .meanAbsoluteError]
        let kind = try #require(kinds[kind] ?? LossKind(rawValue: kind), "\(kind)")
        return LossSettings(kind: kind, fromLogits: fromLogits ?? false, delta: delta ?? 1, sumsOutputs: reduction == "sum")
    }
}

extension ExampleTables.Inputs {
    /// Whether the rows are multi-hot.
    var isMultiHot: Bool { if case .sparse = self { true } else { false } }
}
