import Datasets
import Metrics
import NeuralNetworks
import TensorEngine

/// The figures of one epoch, named as Keras names them: `loss`, `accuracy`, `val_loss`, `val_accuracy`, ….
public struct EpochFigures: Sendable {
    /// Counted from 1.
    public let epoch: Int
    /// How many epochs the trial asks for.
    public let epochs: Int
    /// Names and values, always in the same order within a run.
    public let figures: [(name: String, value: Double)]
    /// Wall time of the epoch with its validation.
    public let seconds: Double

    /// The figures of `epoch`, the first being 1.
    public init(epoch: Int, epochs: Int, figures: [(name: String, value: Double)], seconds: Double) {
        self.epoch = epoch
        self.epochs = epochs
        self.figures = figures
        self.seconds = seconds
    }
}

/// A trained parameter.
public struct TrainedParameter: Sendable {
    /// The layer and the role, such as `dense_1/kernel`.
    public let name: String
    /// Sizes, outermost first; a dense kernel is `[features, units]`.
    public let shape: [Int]
    /// Row-major values.
    public let values: [Float]

    /// A parameter whose values fill its shape.
    public init(name: String, shape: [Int], values: [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}

extension ParameterStore {
    /// The parameters of a network, as they are.
    func trainedParameters(of network: Network) throws(ShapeError) -> [TrainedParameter] {
        try network.parameters.map { parameter throws(ShapeError) in
            TrainedParameter(
                name: parameter.path, shape: parameter.shape.dimensions, values: Array(try elements(parameter.path, parameter.shape)))
        }
    }
}

/// What a run predicted for the examples of one part of the split.
public struct PartPredictions: Sendable {
    /// `validation` or `test`.
    public let part: String
    /// The examples' row numbers in the data set.
    public let rows: [Int32]
    /// The class number of each example, its target value (in training units), or a one or zero for each of several labels.
    public let targets: [Float]
    /// The network's outputs, `width` an example: probabilities for a softmax or sigmoid output.
    public let outputs: [Float]
    /// Outputs an example.
    public let width: Int

    /// What was answered for these places of targets, at least one, which stand in these rows of a data set.
    init(
        part: String, _ rows: UnsafeBufferPointer<Int32>, fileRows: [Int32], _ targets: MetricTargets, outputs: [Float]
    ) {
        self.part = part
        self.rows = fileRows
        self.targets = rows.flatMap { row -> [Float] in
            switch targets {
            case .labels(let labels): [Float(labels[Int(row)])]
            case .severalLabels(let ones, let labels): (0..<labels).map { ones[Int(row) * labels + $0] }
            case .values(let values, let width, _): (0..<width).map { values[Int(row) * width + $0] }
            }
        }
        self.outputs = outputs
        width = outputs.count / rows.count
    }
}

/// All that a finished run leaves.
public struct RunResult: Sendable {
    /// What passes over single layers have made before the first epoch, in their order.
    public let pretraining: [PretrainedEpoch]
    /// A row an epoch.
    public let history: [EpochFigures]
    /// The final figures, of the weights that are kept: the last epoch's, `test_…` where there is a test part, `chance_accuracy`
    /// (the share of hits when the test labels, or else the validation labels, are shuffled) for classes.
    public let figures: [(name: String, value: Double)]
    /// Validation first, then test.
    public let predictions: [PartPredictions]
    /// What it made to be seen.
    public let pictures: [MadePictures]
    /// The weights that are kept.
    public let weights: [TrainedParameter]
    /// The number of trained parameters.
    public let parameters: Int
    /// The epoch whose weights are kept; less than the last under early stopping that restores the best.
    public let keptEpoch: Int
    /// Wall time of training with its validation, without opening the data; earlier attempts included as far as their epochs count.
    public let trainingSeconds: Double
    /// Why training ended before its last epoch, where it did.
    public let stopped: StopReason?

    /// Whether the weights are those of the epoch in which training diverged: its figures mean nothing, also where they are still finite.
    public var isSpoilt: Bool { stopped == .diverged && keptEpoch >= history.count }
}

/// Why a run ended before its last epoch.
public enum StopReason: String, Sendable {
    /// The monitored figure no longer improved.
    case earlyStopping = "early stopping"
    /// The loss was no longer a finite number.
    case diverged = "diverged"
    /// Whoever asked for the run asked it to stop.
    case interrupted = "interrupted"
}

/// A setting that cannot be trained: which one, what is wrong, and what to do.
public struct PreparationProblem: Error, Hashable, CustomStringConvertible {
    /// The setting's path in the trial, such as `model.layers[2].units`.
    public let path: String
    /// What was found and what was expected.
    public let message: String
    /// What to do, in a few words.
    public let help: String?

    /// A problem at `path`.
    public init(path: String, message: String, help: String? = nil) {
        self.path = path
        self.message = message
        self.help = help
    }

    /// The path, the message and the help in one line.
    public var description: String { "\(path): \(message)" + (help.map { " (\($0))" } ?? "") }
}
