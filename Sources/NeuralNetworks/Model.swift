import Metrics
import TensorEngine

/// The examples that programs are compiled for.
public struct ExampleTables: Sendable {
    /// What a network sees.
    public enum Inputs: Sendable {
        /// Rows of numbers.
        case dense(FloatTable)
        /// Multi-hot rows.
        case sparse(SparseTable)
    }

    /// What a network should give.
    public enum Targets: Sendable {
        /// A class number a row.
        case labels(LabelTable, classes: Int)
        /// Rows of numbers.
        case values(FloatTable)
    }

    /// What a network sees.
    public let inputs: Inputs
    /// What it should give.
    public let targets: Targets
    /// How often each row counts in training, one number a row; nil counts all once.
    public let weights: FloatTable?

    /// Inputs and targets of the same rows.
    public init(inputs: Inputs, targets: Targets, weights: FloatTable? = nil) {
        self.inputs = inputs
        self.targets = targets
        self.weights = weights
    }
}

/// A network with its loss and optimizer, and the programs that train and use it on a set of examples.
///
/// A batch of another size is another program; all share the parameters in ``store``.
public final class Model {
    /// The layers.
    public let network: Network
    /// What training makes small.
    public let loss: Loss
    /// How the weights follow the gradient.
    public let optimizer: Optimizer
    /// Parameters and the optimizer's state.
    public let store: ParameterStore
    private let examples: ExampleTables
    private let seed: Int
    private let fusing: Bool
    private let measuresGradients: Bool
    private var programs: [ProgramKey: BatchProgram] = [:]

    private struct ProgramKey: Hashable {
        let batch: Int
        let purpose: Purpose
    }

    private enum Purpose: Hashable {
        case train
        case evaluate
    }

    /// A model with fresh parameters for `seed`.
    ///
    /// - Parameters:
    ///   - fusing: whether kernels are fused; without, the same numbers come out to rounding, more slowly.
    ///   - measuresGradients: whether training steps tell ``BatchProgram/gradientNorms``; gradients are then kept whole, which costs time.
    /// - Throws: `ShapeError` when a label names no class, or a multi-hot row no column.
    public init(
        network: Network, loss: Loss, optimizer: Optimizer, examples: ExampleTables, seed: Int, fusing: Bool = true,
        measuresGradients: Bool = false
    ) throws(ShapeError) {
        self.network = network
        self.loss = loss
        self.optimizer = optimizer
        self.examples = examples
        self.seed = seed
        self.fusing = fusing
        self.measuresGradients = measuresGradients
        try examples.check()
        store = ParameterStore()
        store.learningRate = Float(optimizer.learningRate)
        try network.initialize(store, seed: seed)
    }

    /// A program and where its results are.
    public struct BatchProgram {
        let program: Program

        let store: ParameterStore
        let schedule: LearningRateSchedule?

        init(program: Program, meaning: OutputMeaning, measured: [String], store: ParameterStore, schedule: LearningRateSchedule?) {
            self.program = program
            self.meaning = meaning
            self.measured = measured
            self.store = store
            self.schedule = schedule
        }

        /// Runs the program for a batch; a training step takes the learning rate of its place in the schedule, where there is one.
        public func run(rows: UnsafePointer<Int32>) {
            if let schedule { store.learningRate = Float(schedule.rate(at: store.iteration)) }
            program.run(rows: rows)
        }

        /// Examples a run.
        public var batch: Int { program.batch }

        /// The mean loss of the batch.
        public var loss: Float { program.output(0)[0] }

        /// What metrics compare with the targets, `[batch, width]`: the logits of a softmax in training, whose order is the same, else the outputs.
        public var scores: UnsafeBufferPointer<Float> { program.output(1) }

        /// What ``scores`` are.
        public let meaning: OutputMeaning

        /// The layers whose gradients are measured, from input to output.
        let measured: [String]

        /// The L2 norm of the gradient of each layer's trained tensors, before clipping; empty where gradients are not measured.
        public var gradientNorms: [(layer: String, norm: Double)] {
            measured.enumerated().map { ($0.element, Double(program.output($0.offset + 2)[0]).squareRoot()) }
        }
    }

    /// Frees what training alone needs, programs and the optimizer's state; the parameters stay. A program that is asked for afterwards begins anew.
    public func endTraining() {
        programs = [:]
        store.keep(only: network.parameters.map(\.path))
    }

    /// The program of one training step on `batch` examples.
    public func trainingStep(batch: Int) throws(ShapeError) -> BatchProgram { try program(batch, .train) }

    /// The program that applies the network to `batch` examples and gives loss and outputs.
    public func evaluation(batch: Int) throws(ShapeError) -> BatchProgram { try program(batch, .evaluate) }

    private func program(_ batch: Int, _ purpose: Purpose) throws(ShapeError) -> BatchProgram {
        let key = ProgramKey(batch: batch, purpose: purpose)
        if let known = programs[key] { return known }
        var graph = Graph()
        let rows = try graph.batchRows(batch)
        let input: Signal
        switch examples.inputs {
        case .dense(let table): input = .dense(try graph.gather(table, rows))
        case .sparse(let table): input = .sparse(table, rows: rows)
        }
        let targets: BatchTargets
        switch examples.targets {
        case .labels(let table, let classes): targets = .labels(try graph.gather(table, rows), classes: classes)
        case .values(let table): targets = .values(try graph.gather(table, rows))
        }
        let output = try network.build(on: input, in: &graph, phase: purpose == .train ? .training(seed: seed) : .inference)
        var weights: Value?
        if purpose == .train, let table = examples.weights { weights = try graph.gather(table, rows) }
        var mean = try loss.mean(of: output, targets: targets, weights: weights, in: &graph)
        let parameters = try parameterValues(in: &graph)
        for (specification, value) in parameters {
            if let penalty = try specification.penalty.of(value, in: &graph) { mean = try graph.add(mean, penalty) }
        }
        var scores = output.output
        var meaning = loss.outputMeaning
        var squares: [(layer: String, value: Value)] = []
        if purpose == .train {
            if let logits = output.logits, logits.activation == .softmax { (scores, meaning) = (logits.value, .softmaxLogits) }
            let specifications = parameters.filter { $0.0.isTrained }.map { $0.0 }
            let trained = parameters.filter { $0.0.isTrained }.map { $0.1 }
            var gradients = try graph.gradients(of: mean, for: trained)
            if measuresGradients { squares = try squaredNorms(of: gradients, specifications, in: &graph) }
            if let clipping = optimizer.clipping { gradients = try clipping.apply(to: gradients, in: &graph) }
            for (parameter, gradient) in zip(trained, gradients) {
                try graph.update(parameter, with: gradient, by: optimizer.rule)
            }
        }
        let compiled = BatchProgram(
            program: try Program.compile(graph, outputs: [mean, scores] + squares.map(\.value), parameters: store, fusing: fusing),
            meaning: meaning,
            measured: squares.map(\.layer), store: store,
            schedule: purpose == .train ? optimizer.schedule : nil)
        programs[key] = compiled
        return compiled
    }

    /// The sum of a layer's squared gradient, for each layer in order.
    private func squaredNorms(
        of gradients: [Value], _ parameters: [ParameterSpecification], in graph: inout Graph
    ) throws(ShapeError) -> [(layer: String, value: Value)] {
        var sums: [(layer: String, value: Value)] = []
        for (parameter, gradient) in zip(parameters, gradients) {
            let layer = String(parameter.path.prefix { $0 != "/" })
            let square = try graph.sum(graph.square(gradient))
            if let place = sums.firstIndex(where: { $0.layer == layer }) {
                sums[place].value = try graph.add(sums[place].value, square)
            } else {
                sums.append((layer, square))
            }
        }
        return sums
    }

    /// The parameters as the network's layers have put them into a graph.
    private func parameterValues(in graph: inout Graph) throws(ShapeError) -> [(ParameterSpecification, Value)] {
        var values: [String: Value] = [:]
        for node in graph.nodes {
            if case let source as Parameter = node.operation { values[source.path] = node.output }
        }
        return network.parameters.compactMap { specification in values[specification.path].map { (specification, $0) } }
    }
}
