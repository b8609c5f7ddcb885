import TensorEngine

/// A way to train a trial, prepared on the examples of a run: it gives epochs and tells their figures, its weights, its predictions, and all that
/// decides how it goes on. Runs, stores, schedulers and reports know no more of it.
protocol TrainingProcedure: AnyObject {
    /// Makes an epoch, the first being 1, and gives its figures in a constant order; nil when it was stopped in the middle.
    func epoch(_ number: Int, shouldStop: () -> Bool) throws -> [(name: String, value: Double)]?

    /// How many passes come before the first epoch and are told by themselves.
    var preparatoryEpochs: Int { get }

    /// Makes such a pass, the first being 1; nil when it was stopped in the middle.
    func prepare(_ number: Int, shouldStop: () -> Bool) throws -> PretrainedEpoch?

    /// η of the steps to come, where one rate rules them all.
    var learningRate: Float { get set }

    /// Where the parameters lie that a run keeps.
    func weights() throws -> [TensorPlace]

    /// Puts parameters in the place of the present ones.
    func restore(_ weights: [StoredTensor]) throws

    /// The figures and predictions of the end, with the weights as they are.
    func closing() throws -> (figures: [(name: String, value: Double)], predictions: [PartPredictions])

    /// Examples that it made to be seen, at the end and on the way.
    func pictures() throws -> [MadePictures]

    /// Frees what training alone needs; only the weights are asked for afterwards.
    func end()

    /// The parameters as a result holds them, without a copy on the way: they may be most of the memory.
    func result() throws -> [TrainedParameter]

    /// Where all tensors lie that decide how training goes on: parameters, and what optimizers carry along.
    func tensors() throws -> [TensorPlace]

    /// Where such a tensor of a state is to be read to; it is made when it is not there yet.
    func place(of path: String, _ shape: Shape) throws -> UnsafeMutableRawBufferPointer

    /// How far the optimizers have come, always in the same order.
    var optimizers: [OptimizerProgress] { get set }
}

extension TrainingProcedure {
    /// None.
    func pictures() -> [MadePictures] { [] }

    /// None.
    var preparatoryEpochs: Int { 0 }

    /// Nothing.
    func prepare(_ number: Int, shouldStop: () -> Bool) throws -> PretrainedEpoch? { nil }
}
