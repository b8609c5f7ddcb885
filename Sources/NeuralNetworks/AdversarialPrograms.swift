import Settings
import TensorEngine

/// Which of two networks that learn against each other make a step.
public enum AdversarialSides: Hashable, Sendable {
    /// The one that tells made examples from real ones.
    case discriminator
    /// The one that makes them.
    case generator
    /// Both: first the one that tells, then, judged by it as it is now, the one that makes, on the same made examples.
    case both

    var trainsDiscriminator: Bool { self != .generator }
    var trainsGenerator: Bool { self != .discriminator }
}

/// A compiled step of an adversarial pair, and where its results are.
public struct AdversarialStep {
    private let program: Program
    private let sides: AdversarialSides
    private let schedules: [(settings: LearningRateSettings, optimizer: OptimizerState)]

    fileprivate init(
        _ program: Program, _ sides: AdversarialSides, schedules: [(settings: LearningRateSettings, optimizer: OptimizerState)]
    ) {
        self.program = program
        self.sides = sides
        self.schedules = schedules
    }

    /// Makes the step with the real examples that `rows` names and the noise that stands in its room.
    public func run(rows: UnsafePointer<Int32>) {
        for (settings, optimizer) in schedules { optimizer.learningRate = Float(settings.rate(at: optimizer.iteration)) }
        program.run(rows: rows)
    }

    /// The discriminator's loss before the step; nil where it makes none.
    public var discriminatorLoss: Float? { sides.trainsDiscriminator ? program.output(0)[0] : nil }

    /// The generator's loss before its step, by the discriminator as that is by then; nil where it makes none.
    public var generatorLoss: Float? {
        sides.trainsGenerator ? program.output(sides.trainsDiscriminator ? 3 : 0)[0] : nil
    }

    /// The mean of what the discriminator says of the real and of the made examples before the step; nil where it makes none.
    public var judgements: (real: Float, made: Float)? {
        sides.trainsDiscriminator ? (program.output(1)[0], program.output(2)[0]) : nil
    }
}

/// The programs that train two networks against each other on one store, each with an optimizer of its own.
public final class AdversarialPrograms {
    /// The networks.
    public let pair: AdversarialPair
    /// Parameters of both, and what the optimizers carry along.
    public let store: ParameterStore
    /// How far the optimizers have come.
    public let discriminatorOptimizer: OptimizerState, generatorOptimizer: OptimizerState
    private let settings: TrainingSettings
    private let inputs: ExampleTables.Inputs
    private let labels: LabelTable?
    private let seed: Int
    private let images: ImageShape?
    private let fusing: Bool
    private var rooms: [Int: Rooms] = [:]
    private var steps: [Key: AdversarialStep] = [:]
    private var judgements: [Int: Program] = [:]
    private var examples: [Int: Program] = [:]

    private struct Key: Hashable {
        let batch: Int
        let sides: AdversarialSides
    }

    /// What is written anew before each step on batches of a size.
    public struct Rooms: Sendable {
        /// The noise that examples are made from, `[batch, noise]`.
        public let noise: NumberRoom
        /// Where between a real example and a made one the discriminator's slope is looked at, from 0, the made one, to 1: `[batch, 1]`.
        public let places: NumberRoom
        /// The classes of examples that are made without a step, as ones and zeros: `[batch, classes]`.
        public let classes: NumberRoom
    }

    /// Programs on a store.
    ///
    /// - Parameters:
    ///   - labels: the classes of the rows, where the networks are told of them.
    ///   - images: what a row of the inputs is, where images are padded, or the settings have them changed.
    /// - Throws: `ShapeError` when a row of the inputs, or a label, is no such.
    public init(
        _ pair: AdversarialPair, store: ParameterStore, training settings: TrainingSettings, inputs: ExampleTables.Inputs,
        labels: LabelTable? = nil, seed: Int, images: ImageShape? = nil, fusing: Bool = true
    ) throws(ShapeError) {
        try inputs.check()
        if let labels { try ExampleTables.Targets.labels(labels, classes: pair.classes).check() }
        self.pair = pair
        self.store = store
        self.settings = settings
        self.inputs = inputs
        self.labels = labels
        self.seed = seed
        self.images = images
        self.fusing = fusing
        generatorOptimizer = OptimizerState(learningRate: Float(settings.optimizer.learningRate.rate(at: 0)))
        discriminatorOptimizer = OptimizerState(learningRate: Float(settings.optimizerOfDiscriminator.learningRate.rate(at: 0)))
    }

    /// What is written before each step on `batch` examples.
    public func rooms(batch: Int) -> Rooms {
        if let known = rooms[batch] { return known }
        let made = Rooms(
            noise: NumberRoom([batch, pair.noise]), places: NumberRoom([batch, 1]), classes: NumberRoom([batch, max(pair.classes, 1)]))
        rooms[batch] = made
        return made
    }

    /// Frees what training alone needs, programs and what the optimizers carry along.
    public func endTraining() {
        steps = [:]
        store.keep(only: pair.parameters.map(\.path))
    }

    // MARK: - Use

    /// The program that judges `batch` real examples; its first output is the mean of what the discriminator says.
    public func judgement(batch: Int) throws(ShapeError) -> Program {
        if let known = judgements[batch] { return known }
        var builder = NetworkBuilder(graph: Graph(), phase: .inference)
        let rows = try builder.graph.batchRows(batch)
        let real = try examples(of: rows, settings.augmentValidation, seed: nil, in: &builder.graph)
        let judged = try pair.judgement(of: real, classes(of: rows, in: &builder.graph), in: &builder)
        let mean = try settings.loss.meanJudgement(judged, in: &builder.graph)
        let program = try Program.compile(builder.graph, outputs: [mean], parameters: store)
        judgements[batch] = program
        return program
    }

    /// The program that makes `batch` examples, its first output, from the noise and the classes in their rooms; its second is the mean of what the discriminator
    /// says of them.
    public func making(batch: Int) throws(ShapeError) -> Program {
        if let known = examples[batch] { return known }
        var builder = NetworkBuilder(graph: Graph(), phase: .inference)
        let rooms = rooms(batch: batch)
        let noise = try builder.graph.numbers(in: rooms.noise)
        let classes = pair.classes > 0 ? try builder.graph.numbers(in: rooms.classes) : nil
        let made = try pair.examples(from: noise, classes, in: &builder)
        let judged = try pair.judgement(of: made, classes, in: &builder)
        let mean = try settings.loss.meanJudgement(judged, in: &builder.graph)
        let program = try Program.compile(builder.graph, outputs: [made, mean], parameters: store)
        examples[batch] = program
        return program
    }

    // MARK: - Steps

    /// A step of some sides on `batch` real examples and as many made ones.
    public func step(batch: Int, _ sides: AdversarialSides) throws(ShapeError) -> AdversarialStep {
        let key = Key(batch: batch, sides: sides)
        if let known = steps[key] { return known }
        var builder = NetworkBuilder(graph: Graph(), phase: .training(seed: seed))
        let rows = try builder.graph.batchRows(batch)
        let classes = try classes(of: rows, in: &builder.graph)
        let made = try pair.examples(from: builder.graph.numbers(in: rooms(batch: batch).noise), classes, in: &builder)
        let ofGenerator = builder.parameters
        var outputs: [Value] = []
        var optimizers: [(settings: OptimizerSettings, state: OptimizerState)] = []
        if sides.trainsDiscriminator {
            outputs += try trainDiscriminator(rows, made, classes, in: &builder)
            optimizers.append((settings.optimizerOfDiscriminator, discriminatorOptimizer))
        }
        if sides.trainsGenerator {
            builder.graph.optimizer = optimizers.count
            outputs.append(try trainGenerator(ofGenerator, made, classes, in: &builder))
            optimizers.append((settings.optimizer, generatorOptimizer))
        }
        let program = try Program.compile(
            builder.graph, outputs: outputs, parameters: store, optimizer: optimizers[0].state, others: optimizers.dropFirst().map(\.state),
            fusing: fusing)
        let step = AdversarialStep(
            program, sides, schedules: optimizers.map { ($0.settings.learningRate, $0.state) }.filter { $0.0.isSchedule })
        steps[key] = step
        return step
    }

    /// Adds the discriminator's step to a graph: its loss, and the means of what it says of real and of made examples.
    private func trainDiscriminator(
        _ rows: Value, _ made: Value, _ classes: Value?, in builder: inout NetworkBuilder
    ) throws(ShapeError) -> [Value] {
        let real = try examples(of: rows, settings.augment, seed: seed, in: &builder.graph)
        let others = builder.parameters.count
        let onReal = try pair.judgement(of: real, classes, in: &builder)
        let parameters = Array(builder.parameters[others...])
        let onMade = try pair.judgement(of: made, classes, in: &builder)
        var loss = try settings.loss.ofDiscriminator(real: onReal, made: onMade, in: &builder.graph)
        if let weight = settings.loss.adversarial.gradientPenalty {
            let places = try builder.graph.numbers(in: rooms(batch: rows.shape.count).places)
            let between = try builder.graph.add(made, builder.graph.multiply(builder.graph.subtract(real, made), places))
            let judged = try pair.judgement(of: between, classes, in: &builder)
            loss = try builder.graph.add(
                loss, settings.loss.slopePenalty(of: judged, at: between, weight: weight, in: &builder.graph))
        }
        let means = [
            try settings.loss.meanJudgement(onReal, in: &builder.graph), try settings.loss.meanJudgement(onMade, in: &builder.graph),
        ]
        let whole = try train(parameters, on: loss, by: settings.optimizerOfDiscriminator, discriminatorOptimizer, in: &builder.graph)
        if let limit = settings.loss.adversarial.clip {
            builder.graph.afterUpdates()
            for parameter in parameters where parameter.isTrained {
                let value = try builder.graph.parameter(parameter.path, parameter.shape)
                let cut = try builder.graph.clipMagnitude(value, limit: Float(limit))
                try builder.graph.update(value, with: cut, by: Assignment())
            }
        }
        builder.graph.afterUpdates()
        return [whole] + means
    }

    /// Adds the generator's step to a graph: its loss.
    private func trainGenerator(
        _ parameters: [ParameterSpecification], _ made: Value, _ classes: Value?, in builder: inout NetworkBuilder
    ) throws(ShapeError) -> Value {
        let judged = try pair.judgement(of: made, classes, in: &builder)
        let loss = try settings.loss.ofGenerator(made: judged, in: &builder.graph)
        return try train(parameters, on: loss, by: settings.optimizer, generatorOptimizer, in: &builder.graph)
    }

    /// Adds the changes of parameters by a loss, to which their penalties are added.
    private func train(
        _ parameters: [ParameterSpecification], on loss: Value, by optimizer: OptimizerSettings, _ state: OptimizerState,
        in graph: inout Graph
    ) throws(ShapeError) -> Value {
        var loss = loss
        for parameter in parameters {
            if let penalty = try parameter.penalty?.of(parameter.value, in: &graph) { loss = try graph.add(loss, penalty) }
        }
        let trained = parameters.filter(\.isTrained)
        var gradients = try graph.gradients(of: loss, for: trained.map(\.value))
        if let clipping = settings.gradientClipping { gradients = try clipping.apply(to: gradients, in: &graph) }
        for (parameter, gradient) in zip(trained, gradients) {
            try graph.update(parameter, with: gradient, by: optimizer.rule, of: state, in: store)
        }
        return loss
    }

    // MARK: - Real examples

    /// The real examples that `rows` names, `[batch, numbers]`.
    private func examples(
        of rows: Value, _ changes: AugmentationSettings?, seed: Int?, in graph: inout Graph
    ) throws(ShapeError) -> Value {
        try inputs.signal(rows, as: .dense([pair.exampleCount]), augmentation: images?.gathering(changes, seed: seed), in: &graph)
            .numbers(in: &graph)
    }

    /// The classes of the examples that `rows` names, as ones and zeros; nil where the networks are not told.
    private func classes(of rows: Value, in graph: inout Graph) throws(ShapeError) -> Value? {
        guard let labels, pair.classes > 0 else { return nil }
        return try graph.oneHot(graph.gather(labels, rows), classes: pair.classes)
    }
}

extension TrainingSettings {
    /// How the weights of the discriminator follow the gradient.
    var optimizerOfDiscriminator: OptimizerSettings { discriminatorOptimizer ?? optimizer }
}
