import Metrics
import Settings
import TensorEngine

/// A compiled program of a network, and where its results are.
public struct NetworkProgram {
    private let program: Program
    private let hasLoss: Bool
    private let schedule: (settings: LearningRateSettings, optimizer: OptimizerState)?
    private let measured: [MeasuredGradients]

    /// What ``scores`` are.
    public let meaning: OutputMeaning

    fileprivate init(
        _ program: Program, meaning: OutputMeaning, hasLoss: Bool, measured: [MeasuredGradients] = [],
        schedule: (settings: LearningRateSettings, optimizer: OptimizerState)? = nil
    ) {
        self.program = program
        self.meaning = meaning
        self.hasLoss = hasLoss
        self.measured = measured
        self.schedule = schedule
    }

    /// Runs the program for a batch; a training step takes the learning rate of its place in the schedule, where there is one.
    public func run(rows: UnsafePointer<Int32>) {
        if let (settings, optimizer) = schedule { optimizer.learningRate = Float(settings.rate(at: optimizer.iteration)) }
        program.run(rows: rows)
    }

    /// Examples a run.
    public var batch: Int { program.batch }

    /// What metrics compare with the targets, `[batch, width]`: the logits of a softmax in training, whose order is the same, else the outputs.
    public var scores: UnsafeBufferPointer<Float> { program.output(0) }

    /// The mean loss of the batch; not a number for a program without one.
    public var loss: Float { hasLoss ? program.output(1)[0] : .nan }

    /// The L2 norms of gradients before clipping, by the names of their figures: of each layer's trained tensors, from input to output, and of what recurrent
    /// layers read at each step; empty where gradients are not measured.
    public var gradientNorms: [(figure: String, norm: Double)] {
        measured.enumerated().flatMap { place, measured in
            zip(measured.figures, program.output(place + 2)).map { ($0, Double($1).squareRoot()) }
        }
    }
}

/// The programs that apply a network to the inputs of a set of examples, a program for each size of batch; the parameters lie in a store.
public final class InferencePrograms {
    private let network: Network
    private let store: ParameterStore
    private let inputs: ExampleTables.Inputs
    private let images: ImageShape?
    private let loss: LossSettings
    private let machine: BoltzmannMachine?
    private var programs: [Int: NetworkProgram] = [:]

    /// Programs for a network that was trained under `loss`, which says what its outputs are; `images` is what a row of dense inputs is, where they are padded.
    /// With a `machine`, which the network then is, they go on to what that gives of its visible units again.
    ///
    /// - Throws: `ShapeError` when a sparse row names no column, or a whole number no word.
    public init(
        _ network: Network, store: ParameterStore, inputs: ExampleTables.Inputs, images: ImageShape? = nil, loss: LossSettings,
        backThrough machine: BoltzmannMachine? = nil
    ) throws(ShapeError) {
        try inputs.check()
        self.network = network
        self.store = store
        self.inputs = inputs
        self.images = images
        self.loss = loss
        self.machine = machine
    }

    /// The program for `batch` examples.
    public func program(batch: Int) throws(ShapeError) -> NetworkProgram {
        if let known = programs[batch] { return known }
        var builder = NetworkBuilder(graph: Graph(), phase: .inference)
        let rows = try builder.graph.batchRows(batch)
        let input = try inputs.signal(
            rows, as: network.input, augmentation: images?.gathering(nil, seed: nil), in: &builder.graph)
        var output = try network.build(on: input, in: &builder).output
        if let machine { output = try machine.values(in: &builder.graph).visible(output, in: &builder.graph) }
        let compiled = NetworkProgram(
            try Program.compile(builder.graph, outputs: [output], parameters: store), meaning: loss.outputMeaning, hasLoss: false)
        programs[batch] = compiled
        return compiled
    }
}

/// The programs that train and evaluate a network on examples whose targets are known: one loss, one optimizer.
///
/// A batch of another size is another program; all share the parameters in ``store``.
public final class SupervisedPrograms {
    /// The layers.
    public let network: Network
    /// Parameters, and what the optimizer carries along.
    public let store: ParameterStore
    /// How far the optimizer has come.
    public let optimizer: OptimizerState
    private let settings: TrainingSettings
    private let examples: ExampleTables
    private let seed: Int
    private let images: ImageShape?
    private let fusing: Bool
    private var programs: [Key: NetworkProgram] = [:]

    private struct Key: Hashable {
        let batch: Int
        let isTraining: Bool
    }

    /// Programs on a store; of the settings, loss, optimizer, clipping and whether gradients are measured count, which then are kept whole and
    /// cost time.
    ///
    /// - Parameters:
    ///   - images: what a row of dense inputs is, where images are padded, or the settings have them changed.
    ///   - fusing: whether kernels are fused; without, the same numbers come out to rounding, more slowly.
    /// - Throws: `ShapeError` when a label names no class, or a sparse row no column.
    public init(
        _ network: Network, store: ParameterStore, training settings: TrainingSettings, examples: ExampleTables, seed: Int,
        images: ImageShape? = nil, fusing: Bool = true
    ) throws(ShapeError) {
        try examples.inputs.check()
        try examples.targets.check()
        self.network = network
        self.store = store
        self.settings = settings
        self.examples = examples
        self.seed = seed
        self.images = images
        self.fusing = fusing
        optimizer = OptimizerState(learningRate: Float(settings.optimizer.learningRate.rate(at: 0)))
    }

    /// Frees what training alone needs, programs and what the optimizer carries along; the parameters of `kept` stay. A program that is asked for afterwards
    /// begins anew.
    public func endTraining(keeping kept: Network) {
        programs = [:]
        store.keep(only: kept.parameters.map(\.path))
    }

    /// The program of one training step on `batch` examples.
    public func trainingStep(batch: Int) throws(ShapeError) -> NetworkProgram { try program(Key(batch: batch, isTraining: true)) }

    /// The program that applies the network to `batch` examples and gives loss and outputs.
    public func evaluation(batch: Int) throws(ShapeError) -> NetworkProgram { try program(Key(batch: batch, isTraining: false)) }

    /// The graph of a batch up to its loss, with what layers and parameters add to it.
    package func built(batch: Int, isTraining: Bool) throws(ShapeError) -> Built {
        let key = Key(batch: batch, isTraining: isTraining)
        var builder = NetworkBuilder(graph: Graph(), phase: key.isTraining ? .training(seed: seed) : .inference)
        let rows = try builder.graph.batchRows(key.batch)
        let changes = key.isTraining ? settings.augment : settings.augmentValidation
        let input = try examples.inputs.signal(
            rows, as: network.input,
            augmentation: images?.gathering(changes, seed: key.isTraining ? seed : nil), in: &builder.graph)
        let targets = try examples.targets.values(rows, in: &builder.graph)
        let output = try network.build(on: input, in: &builder)
        var graph = builder.graph
        var weights: Value?
        if key.isTraining, let table = examples.weights { weights = try graph.gather(table, rows) }
        var mean = try settings.loss.mean(of: output, targets: targets, weights: weights, in: &graph)
        for parameter in builder.parameters {
            if let penalty = try parameter.penalty?.of(parameter.value, in: &graph) { mean = try graph.add(mean, penalty) }
        }
        for loss in builder.losses { mean = try graph.add(mean, loss) }
        return Built(
            graph: graph, output: output, loss: mean, trained: builder.parameters.filter(\.isTrained), sequences: builder.sequences)
    }

    /// A graph up to its loss.
    package struct Built {
        /// The graph.
        package let graph: Graph
        /// What the network gives.
        package let output: LayerOutput
        /// The loss, a scalar.
        package let loss: Value
        /// The tensors that follow its gradient.
        package let trained: [ParameterSpecification]
        /// What recurrent layers read.
        fileprivate let sequences: [(path: String, value: Value)]
    }

    private func program(_ key: Key) throws(ShapeError) -> NetworkProgram {
        if let known = programs[key] { return known }
        let built = try built(batch: key.batch, isTraining: key.isTraining)
        let compiled =
            key.isTraining
            ? try trainingStep(of: built.loss, built.output, built.trained, built.sequences, built.graph)
            : NetworkProgram(
                try Program.compile(
                    built.graph, outputs: [built.output.output, built.loss], parameters: store, optimizer: optimizer, fusing: fusing),
                meaning: settings.loss.outputMeaning, hasLoss: true)
        programs[key] = compiled
        return compiled
    }

    private func trainingStep(
        of loss: Value, _ output: LayerOutput, _ trained: [ParameterSpecification], _ sequences: [(path: String, value: Value)],
        _ graph: Graph
    ) throws(ShapeError) -> NetworkProgram {
        var graph = graph
        var (scores, meaning) = (output.output, settings.loss.outputMeaning)
        if let logits = output.logits, logits.activation == .softmax { (scores, meaning) = (logits.value, .softmaxLogits) }
        let read = settings.gradientNorms == .steps ? sequences : []
        let all = try graph.gradients(of: loss, for: trained.map(\.value) + read.map(\.value))
        var gradients = Array(all.prefix(trained.count))
        var measured: [MeasuredGradients] = []
        if settings.gradientNorms != .off { measured = try MeasuredGradients.ofLayers(trained, gradients, in: &graph) }
        measured += try MeasuredGradients.ofSteps(read.map(\.path), Array(all.dropFirst(trained.count)), in: &graph)
        if let clipping = settings.gradientClipping { gradients = try clipping.apply(to: gradients, in: &graph) }
        for (parameter, gradient) in zip(trained, gradients) {
            try graph.update(parameter, with: gradient, by: settings.optimizer.rule, of: optimizer, in: store)
        }
        let program = try Program.compile(
            graph, outputs: [scores, loss] + measured.map(\.squares), parameters: store, optimizer: optimizer, fusing: fusing)
        let rate = settings.optimizer.learningRate
        return NetworkProgram(
            program, meaning: meaning, hasLoss: true, measured: measured, schedule: rate.isSchedule ? (rate, optimizer) : nil)
    }
}

extension ExampleTables.Targets {
    /// The targets of the examples that `rows` names.
    fileprivate func values(_ rows: Value, in graph: inout Graph) throws(ShapeError) -> BatchTargets {
        switch self {
        case .labels(let table, let classes): .labels(try graph.gather(table, rows), classes: classes)
        case .steps(let table, let classes): .labels(try graph.gather(table, rows), classes: classes)
        case .values(let table): .values(try graph.gather(table, rows))
        }
    }
}
