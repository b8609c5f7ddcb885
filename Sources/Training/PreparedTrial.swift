import Datasets
import NeuralNetworks
import Settings

/// The version of what the engine computes: it grows whenever the same settings would give other figures, so that old runs count as stale.
public let resultsVersion = 8

/// A trial that fits its data: its network, and what it costs. A class, since there are as many as a sweep has points.
public final class PreparedTrial: Sendable {
    /// What was asked for.
    public let settings: TrialSettings
    /// The layers, as wide as the data make them.
    public let network: Network
    /// The network with the one that it learns against, where it makes examples from noise.
    public let pair: AdversarialPair?
    /// How many numbers are trained.
    public let parameters: Int
    /// A line for each layer.
    public let layers: [LayerSummary]
    /// The rows that train and those that validate.
    public let trainRows: Int
    /// The rows that are evaluated after each epoch.
    public let validationRows: Int
    /// What its user must know of it, in sentences.
    public let notices: [String]
    /// About how many bytes training takes, the data aside, which all workers of a machine share.
    public let memory: Double
    /// About how many bytes the data take.
    public let dataMemory: Double
    /// How many bytes the answers for validation and test examples take: of each its row, its target and its outputs.
    public let answerBytes: Double
    /// Equal for trials whose first step runs the same program, but for the numbers that fill it: one of them tried proves all.
    public let signature: String

    /// A layer as plans and reports show it.
    public struct LayerSummary: Sendable, Hashable {
        /// `layer_1`, …, `output`; of a layer of a block both names, `layer_3/layer_1`.
        public let name: String
        /// Whether it is a layer of a block.
        public let isInner: Bool
        /// What it is called in a file, such as `dense`.
        public let kind: String
        /// The shape that it gives for an example.
        public let shape: [Int]
        /// Its numbers.
        public let parameters: Int
        /// Multiplications for one example on the way forward.
        public let multiplications: Double
    }

    init(
        settings: TrialSettings, network: Network, pair: AdversarialPair? = nil, data: DatasetSummary, signature: String,
        notices: [String] = []
    ) {
        self.settings = settings
        self.signature = signature
        self.notices = notices
        self.network = network
        self.pair = pair
        let networks = [network] + (pair.map { [$0.discriminator] } ?? [])
        parameters = networks.reduce(0) { $0 + $1.parameterCount }
        let storedInputs =
            data.isSparse ? Double(data.storedInputs) / Double(max(data.rowCount, 1)) : Double(data.featureCount)
        layers = networks.flatMap { network in
            network.builtLayers.enumerated().map { place, built in
                let parameters = network.parameters(of: built)
                var kernels = parameters.filter { $0.path.hasSuffix("kernel") }.reduce(0) { $0 + $1.shape.size }
                if built.layer.kernelSource != nil { kernels += Double(built.input.columns) * Double(built.output.columns) }
                // Of sparse rows only what is stored is multiplied.
                if place == 0, data.isSparse { kernels *= storedInputs / Double(max(built.input.count, 1)) }
                let uses = built.layer.usesOfKernels(input: built.input.dimensions, output: built.output.dimensions)
                return LayerSummary(
                    name: built.path, isInner: !network.layers.contains { $0.name == built.path }, kind: built.layer.key,
                    shape: built.output.dimensions,
                    parameters: parameters.reduce(0) { $0 + $1.shape.count }, multiplications: kernels * Double(uses))
            }
        }
        let needs = networks.map { MemoryNeed(settings, network: $0, data: data) }
        memory = needs.reduce(0) { $0 + $1.total - $1.data }
        (dataMemory, answerBytes) = (needs[0].data, pair == nil ? needs[0].answers : 0)
        trainRows = data.trainCount
        validationRows = data.validationCount
    }

    /// Multiplications and additions of one training step, an example: forward, and twice that backward; of a chain down and up, once more for each step.
    ///
    /// A discriminator sees real and made examples in its own step, and made ones in the generator's.
    public var operationsPerExample: Double {
        let loss = settings.training.loss
        let products = loss.kind == .contrastiveDivergence ? Self.productsOfChain(loss.contrast.steps) : 3
        let own = layers.reduce(0) { $0 + 2 * products * $1.multiplications }
        return own + layers.dropFirst(pair == nil ? layers.count : network.builtLayers.count).reduce(0) { $0 + 6 * $1.multiplications }
    }

    /// All tensors that a run keeps.
    public var tensors: [ParameterSpecification] { pair?.parameters ?? network.parameters }

    /// How often a kernel is multiplied by a batch: up, down and up for each step, and the gradients of both ends.
    private static func productsOfChain(_ steps: Int) -> Double { Double(2 * steps + 3) }

    /// Seconds of the passes over single layers, as in ``estimatedSeconds``.
    private var estimatedPretrainingSeconds: Double {
        guard let pretrain = settings.training.pretrain else { return 0 }
        let names = settings.model.layerNames
        let pretrained = Set(settings.trainedModel.pretrainedPlaces.map { names[$0] })
        let operations = layers.reduce(0) {
            pretrained.contains($1.name) ? $0 + 2 * Self.productsOfChain(pretrain.steps) * $1.multiplications : $0
        }
        let steps = (Double(trainRows) / Double(pretrain.batchSize)).rounded(.up) * Double(pretrained.count)
        return Double(pretrain.epochs) * (Double(trainRows) * operations / 60e9 + steps * 8e-6)
    }

    /// About how long a run takes on one core, in seconds: for the order of runs and for the eye, no promise.
    ///
    /// A typical core does 60 billion operations a second on these networks, and a step costs some microseconds whatever its size.
    public var estimatedSeconds: Double {
        let batch = Double(settings.training.batchSize)
        let trained = Double(min(trainRows, settings.training.labelled ?? trainRows))
        let rows = trained + Double(validationRows) / 3
        let steps = (trained / batch).rounded(.up)
        return Double(settings.training.epochs) * (rows * operationsPerExample / 60e9 + steps * 8e-6) + estimatedPretrainingSeconds
    }
}
