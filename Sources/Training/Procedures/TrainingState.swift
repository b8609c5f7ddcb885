import TensorEngine

/// How far a run has come, between two epochs. Written and read again, with the same trial, data and seed, the run goes on to the same bits.
package struct TrainingState: Sendable, Codable {
    /// The figures so far, a row an epoch.
    package var history: [EpochFigures] = []
    /// What early stopping has seen, where there is some.
    package var earlyStopping: EarlyStopping.State?
    /// What is known of a plateau, where the rate is lowered on one.
    package var plateau: PlateauWatch.State?
    /// The weights of the best epoch, where these are to be kept.
    package var bestWeights: [StoredTensor]?
    /// Parameters and optimizers; nil before training has begun.
    package var procedure: ProcedureState?

    /// Before the first epoch.
    package init() {}
}

/// Everything that decides how a training procedure goes on: parameters, what optimizers carry along, and how far these have come.
package struct ProcedureState: Sendable, Hashable, Codable {
    /// An optimizer.
    package struct Optimizer: Sendable, Hashable, Codable {
        /// Steps made.
        package let iteration: Int
        /// The bits of η.
        package let learningRate: UInt32
    }

    /// All tensors of the store.
    package let tensors: [StoredTensor]
    /// The optimizers, in the procedure's order.
    package let optimizers: [Optimizer]
}
