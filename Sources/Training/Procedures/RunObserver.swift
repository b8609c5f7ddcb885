import TensorEngine

/// Looks at a run between its epochs and changes nothing of it.
package protocol RunObserver: AnyObject {
    /// The run begins, or goes on after these epochs of earlier attempts.
    func begin(after history: [EpochFigures])
    /// An epoch has ended, with this learning rate. `weights` gives where the parameters lie; they are to be read before the call returns.
    func observe(_ figures: EpochFigures, learningRate: Float, weights: () throws -> [TensorPlace])
}
