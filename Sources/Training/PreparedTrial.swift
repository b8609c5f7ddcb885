import Datasets
import NeuralNetworks
import Settings

/// The version of what the engine computes: it grows whenever the same settings would give other figures, so that old runs count as stale.
public let resultsVersion = 4

/// A trial that fits its data: its network, and what it costs. A class, since there are as many as a sweep has points.
public final class PreparedTrial: Sendable {
    /// What was asked for.
    public let settings: TrialSettings
    /// The layers, as wide as the data make them.
    public let network: Network
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
    private let storedInputsPerRow: Double

    /// A layer as plans and reports show it.
    public struct LayerSummary: Sendable, Hashable {
        /// `layer_1`, …, `output`.
        public let name: String
        /// What it is called in a file, such as `dense`.
        public let kind: String
        /// The shape that it gives for an example.
        public let shape: [Int]
        /// Numbers that it trains.
        public let parameters: Int
    }

    init(settings: TrialSettings, network: Network, data: DatasetSummary, signature: String, notices: [String] = []) {
        self.settings = settings
        self.signature = signature
        self.notices = notices
        self.network = network
        parameters = network.parameterCount
        layers = zip(network.layers, network.shapes).map { layer, shape in
            LayerSummary(
                name: layer.name, kind: layer.layer.key, shape: shape.dimensions,
                parameters: network.parameters(of: layer).reduce(0) { $0 + $1.shape.count })
        }
        let need = MemoryNeed(settings, network: network, data: data)
        (memory, dataMemory, answerBytes) = (need.total - need.data, need.data, need.answers)
        trainRows = data.trainCount
        validationRows = data.validationCount
        storedInputsPerRow =
            data.isSparse ? Double(data.storedInputs) / Double(max(data.rowCount, 1)) : Double(data.featureCount)
    }

    /// Multiplications and additions of one training step, an example: forward, and twice that backward.
    public var operationsPerExample: Double {
        let sizes = network.shapes.map { Double($0.count) }
        return zip(zip(layers, network.layers), zip([storedInputsPerRow] + sizes, sizes)).reduce(0) { sum, layer in
            let ((summary, named), (inputs, outputs)) = layer
            guard summary.parameters > 0 else { return sum }
            // A window's kernel is used once at each of its places.
            let kernel = network.parameters(of: named).first { $0.shape.rank > 2 }?.shape
            return sum + 6 * (kernel.map { $0.size * outputs / Double($0.columns) } ?? inputs * outputs)
        }
    }

    /// About how long a run takes on one core, in seconds: for the order of runs and for the eye, no promise.
    ///
    /// A typical core does 60 billion operations a second on these networks, and a step costs some microseconds whatever its size.
    public var estimatedSeconds: Double {
        let batch = Double(settings.training.batchSize)
        let rows = Double(trainRows) + Double(validationRows) / 3
        let steps = (Double(trainRows) / batch).rounded(.up)
        return Double(settings.training.epochs) * (rows * operationsPerExample / 60e9 + steps * 8e-6)
    }
}
