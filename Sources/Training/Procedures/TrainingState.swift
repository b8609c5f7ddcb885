import TensorEngine

/// How far a run has come between two epochs, all but the numbers of its tensors. With those, and the same trial, data and seed, it goes on to the
/// same bits: random streams follow from the seed and the epoch.
package struct TrainingState: Sendable {
    /// What passes over single layers have made, in their order.
    package var pretraining: [PretrainedEpoch] = []
    /// The figures so far, a row an epoch.
    package var history: [EpochFigures] = []
    /// What early stopping has seen, where there is some.
    package var earlyStopping: EarlyStopping.State?
    /// What is known of a plateau, where the rate is lowered on one.
    package var plateau: PlateauWatch.State?
    /// The optimizers, in the procedure's order.
    package var optimizers: [OptimizerProgress] = []
    /// The seconds of training that led here, in all attempts.
    package var seconds = 0.0

    /// Before the first epoch.
    package init() {}
}

/// How far an optimizer has come.
package struct OptimizerProgress: Sendable, Hashable {
    /// Steps made.
    package let iteration: Int
    /// η of the next step.
    package let learningRate: Float

    package init(iteration: Int, learningRate: Float) {
        self.iteration = iteration
        self.learningRate = learningRate
    }

    /// How far an optimizer has come now.
    init(_ optimizer: OptimizerState) {
        self.init(iteration: optimizer.iteration, learningRate: optimizer.learningRate)
    }

    /// Puts an optimizer there.
    func restore(_ optimizer: OptimizerState) {
        optimizer.iteration = iteration
        optimizer.learningRate = learningRate
    }
}

/// A tensor that belongs to a state.
package struct StateTensor: Sendable, Hashable {
    /// What it is to the run.
    package enum Role: String, Sendable {
        /// A parameter as it is, or what an optimizer carries along.
        case present
        /// A parameter of the best epoch, where its weights are to be kept.
        case best
    }

    package let role: Role
    /// Its path in the store.
    package let path: String
    package let shape: Shape

    package init(_ role: Role, path: String, shape: Shape) {
        self.role = role
        self.path = path
        self.shape = shape
    }
}

/// A state to be kept. Its tensors are not copied: they are to be read before the call that brings it returns.
package struct TrainingSnapshot {
    package let state: TrainingState
    package let tensors: [(tensor: StateTensor, bytes: UnsafeRawBufferPointer)]

    package init(state: TrainingState, tensors: [(tensor: StateTensor, bytes: UnsafeRawBufferPointer)]) {
        self.state = state
        self.tensors = tensors
    }
}

/// A state that was kept.
package protocol KeptState {
    var state: TrainingState { get }
    /// Its tensors, in the order in which they are read.
    var tensors: [StateTensor] { get }
    /// Reads the bytes of the next tensor.
    func readNext(into buffer: UnsafeMutableRawBufferPointer) throws
}

/// Keeps states of a run, so that it can go on after an end at any moment.
package protocol StateKeeper: AnyObject {
    /// The state to go on from; nil begins at the beginning.
    var kept: (any KeptState)? { get }
    /// Hears that the kept state cannot be gone on from: the run begins at the beginning.
    func reject(because error: any Error)
    /// Whether it wants the state of this moment, between two epochs; `isLeaving` when the run makes no further epoch now.
    func wantsState(isLeaving: Bool) -> Bool
    /// Keeps the state.
    func keep(_ snapshot: TrainingSnapshot)
}
