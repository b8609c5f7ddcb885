import Documents
import RunStore
import TensorEngine
import Training

/// A state that lies in a checkpoint.
final class StateInCheckpoint: KeptState {
    let state: TrainingState
    let tensors: [StateTensor]
    private let checkpoint: UsableCheckpoint

    /// Nil for a checkpoint whose parts are not those of a state.
    init?(_ checkpoint: UsableCheckpoint) {
        self.checkpoint = checkpoint
        let entries = checkpoint.checkpoint.tensors
        let place = checkpoint.checkpoint.place
        guard let written: WrittenState = try? checkpoint.checkpoint.state.decoded(), let history = entries.first,
            history.name == "history",
            history.elementBytes == 8, history.shape == [place.epoch, written.columns]
        else { return nil }
        var numbers = [Double](repeating: 0, count: place.epoch * written.columns)
        do { try numbers.withUnsafeMutableBytes { try checkpoint.readNext(into: $0) } } catch { return nil }
        state = written.state(history: numbers, epochs: place.epochs)
        tensors = entries.dropFirst().compactMap {
            $0.elementBytes == 4 ? StateTensor(name: $0.name, shape: TensorEngine.Shape($0.shape)) : nil
        }
        guard tensors.count == entries.count - 1 else { return nil }
    }

    func readNext(into buffer: UnsafeMutableRawBufferPointer) throws { try checkpoint.readNext(into: buffer) }
}

extension StateTensor {
    /// Such as `present:dense_1/kernel`.
    var nameInCheckpoint: String { "\(role.rawValue):\(path)" }

    fileprivate init?(name: String, shape: TensorEngine.Shape) {
        guard let colon = name.firstIndex(of: ":"), let role = Role(rawValue: String(name[..<colon])) else { return nil }
        self.init(role, path: String(name[name.index(after: colon)...]), shape: shape)
    }
}

/// What a checkpoint holds of a state besides tensors. A change of it is another ``Checkpoint/version``.
struct WrittenState: Codable {
    struct Stopping: Codable {
        var best: Double?
        var bestEpoch: Int
        var waited: Int
    }

    struct Plateau: Codable {
        var best: Double?
        var waited: Int
        var resting: Int
    }

    struct Optimizer: Codable {
        var iteration: Int
        /// The bits of the learning rate.
        var rate: UInt32
    }

    struct Pretrained: Codable {
        var layer: String
        var epoch: Int
        var epochs: Int
        var error: Double
    }

    /// The figures' names, in the order of the history's columns; the last column holds the epochs' seconds.
    var figures: [String]
    var seconds: Double
    var stopping: Stopping?
    var plateau: Plateau?
    var optimizers: [Optimizer]
    var pretraining: [Pretrained]

    var columns: Int { figures.count + 1 }

    /// A state in this form, and the numbers of its history, row by row.
    static func written(_ state: TrainingState) -> (state: WrittenState, history: [Double]) {
        let written = WrittenState(
            figures: state.history.last?.figures.map(\.name) ?? [], seconds: state.seconds,
            stopping: state.earlyStopping.map { Stopping(best: $0.best, bestEpoch: $0.bestEpoch, waited: $0.waited) },
            plateau: state.plateau.map { Plateau(best: $0.best, waited: $0.waited, resting: $0.resting) },
            optimizers: state.optimizers.map { Optimizer(iteration: $0.iteration, rate: $0.learningRate.bitPattern) },
            pretraining: state.pretraining.map { Pretrained(layer: $0.layer, epoch: $0.epoch, epochs: $0.epochs, error: $0.error) })
        return (written, state.history.flatMap { $0.figures.map(\.value) + [$0.seconds] })
    }

    /// The state, with the numbers of its history.
    func state(history numbers: [Double], epochs: Int) -> TrainingState {
        var state = TrainingState()
        state.history = stride(from: 0, to: numbers.count, by: columns).enumerated().map { row, start in
            EpochFigures(
                epoch: row + 1, epochs: epochs, figures: Array(zip(figures, numbers[start...]).map { (name: $0, value: $1) }),
                seconds: numbers[start + figures.count])
        }
        if let stopping {
            var seen = EarlyStopping.State()
            (seen.best, seen.bestEpoch, seen.waited) = (stopping.best, stopping.bestEpoch, stopping.waited)
            state.earlyStopping = seen
        }
        if let plateau {
            var seen = PlateauWatch.State()
            (seen.best, seen.waited, seen.resting) = (plateau.best, plateau.waited, plateau.resting)
            state.plateau = seen
        }
        state.optimizers = optimizers.map { OptimizerProgress(iteration: $0.iteration, learningRate: Float(bitPattern: $0.rate)) }
        state.pretraining = pretraining.map {
            PretrainedEpoch(layer: $0.layer, epoch: $0.epoch, epochs: $0.epochs, error: $0.error)
        }
        state.seconds = seconds
        return state
    }
}
