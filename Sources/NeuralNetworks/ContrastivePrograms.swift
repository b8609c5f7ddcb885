import RandomNumbers
import Settings
import TensorEngine

/// The programs that train a restricted Boltzmann machine by contrastive divergence and judge it, a program for each size of batch; all share the tensors in a
/// store.
public final class ContrastivePrograms {
    /// The machine.
    public let machine: BoltzmannMachine
    /// Its tensors, what the optimizer carries along, and persistent chains.
    public let store: ParameterStore
    /// How far the optimizer has come.
    public let optimizer: OptimizerState
    private let settings: OptimizerSettings
    private let contrast: ContrastiveDivergenceSettings
    private let inputs: ExampleTables.Inputs
    /// The bits of each row by which it is judged, where visible units are 0 or 1.
    private let bits: TokenTable?
    private let chains: Int
    private let seed: Int
    private let fusing: Bool
    private var trainingSteps: [Int: Program] = [:]
    private var judgements: [Int: Program] = [:]

    /// Programs on a store that holds the machine's tensors; persistent chains are made there, all of whose hidden units are off at first.
    ///
    /// - Parameters:
    ///   - bits: of each row the bits that are turned for its pseudo-likelihood.
    ///   - chains: how many chains there are, where they are persistent.
    ///   - fusing: whether kernels are fused; without, the same numbers come out to rounding, more slowly.
    /// - Throws: `ShapeError` when a sparse row names no column.
    public init(
        _ machine: BoltzmannMachine, store: ParameterStore, contrast: ContrastiveDivergenceSettings, optimizer settings: OptimizerSettings,
        inputs: ExampleTables.Inputs, bits: TokenTable? = nil, chains: Int, seed: Int, fusing: Bool = true
    ) throws(ShapeError) {
        try inputs.check()
        self.machine = machine
        self.store = store
        self.contrast = contrast
        self.settings = settings
        self.inputs = inputs
        self.bits = bits
        self.chains = chains
        self.seed = seed
        self.fusing = fusing
        optimizer = OptimizerState(named: "", learningRate: Float(settings.learningRate.rate(at: 0)))
        if contrast.persistent { try store.declare(machine.chains, [chains, machine.hiddenUnits]) }
    }

    /// Makes a training step on the examples that `rows` names.
    public func train(on rows: UnsafeBufferPointer<Int32>) throws(ShapeError) {
        guard let first = rows.baseAddress else { return }
        let program = try trainingStep(batch: rows.count)
        if settings.learningRate.isSchedule { optimizer.learningRate = Float(settings.learningRate.rate(at: optimizer.iteration)) }
        program.run(rows: first)
    }

    private func trainingStep(batch: Int) throws(ShapeError) -> Program {
        if let known = trainingSteps[batch] { return known }
        var graph = Graph()
        let v = try visible(of: graph.batchRows(batch), in: &graph)
        let machine = try self.machine.values(in: &graph)
        let chains = contrast.persistent ? try graph.parameter(self.machine.chains, [chains, self.machine.hiddenUnits]) : nil
        let found = try contrast.gradients(of: machine, on: v, chains: chains, seed: seed, path: self.machine.layer, in: &graph)
        var kernel = found.kernel
        if let penalty = try self.machine.penalty?.of(machine.kernel, in: &graph) {
            kernel = try graph.add(kernel, graph.gradients(of: penalty, for: [machine.kernel])[0])
        }
        let rule = settings.rule
        for (path, value, gradient) in [
            (self.machine.kernel, machine.kernel, kernel), (self.machine.bias, machine.bias, found.bias),
            (self.machine.visibleBias, machine.visibleBias, found.visibleBias),
        ] {
            try graph.update(value, called: path, with: gradient, by: rule, of: optimizer, in: store)
        }
        if let chains, let next = found.chains { try graph.update(chains, with: next, by: Assignment()) }
        let program = try Program.compile(graph, outputs: [], parameters: store, optimizer: optimizer, fusing: fusing)
        trainingSteps[batch] = program
        return program
    }

    // MARK: - Judging

    /// What a batch of rows is to the machine.
    public struct Judgement {
        /// The mean of v under p(v | h) for h = p(h | v), `[rows, visible]`.
        public let reconstructions: UnsafeBufferPointer<Float>
        /// Σ (v - reconstruction)² of each row.
        public let squaredErrors: UnsafeBufferPointer<Float>
        /// F(v) of each row.
        public let freeEnergies: UnsafeBufferPointer<Float>
        /// F of each row with its units at 0 or 1, whichever is nearer; of numbers, F as it is.
        public let freeEnergiesOfStates: UnsafeBufferPointer<Float>
        /// The mean of ln p(vᵢ | all others) over the bits i of each row by which it is judged, units at 0 or 1; nothing without such.
        public let bitLikelihoods: UnsafeBufferPointer<Float>?
    }

    /// Judges the examples that `rows` names; what is given holds until the next call.
    public func judge(_ rows: UnsafeBufferPointer<Int32>) throws(ShapeError) -> Judgement {
        let program = try judgement(batch: rows.count)
        if let first = rows.baseAddress { program.run(rows: first) }
        return Judgement(
            reconstructions: program.output(0), squaredErrors: program.output(1), freeEnergies: program.output(2),
            freeEnergiesOfStates: program.output(3), bitLikelihoods: bits == nil ? nil : program.output(4))
    }

    private func judgement(batch: Int) throws(ShapeError) -> Program {
        if let known = judgements[batch] { return known }
        var graph = Graph()
        let rows = try graph.batchRows(batch)
        let v = try visible(of: rows, in: &graph)
        let machine = try machine.values(in: &graph)
        let sums = try machine.sums(v, in: &graph)
        let reconstruction = try machine.visible(graph.sigmoid(sums), in: &graph)
        let squares = try graph.sumOfColumns(graph.square(graph.subtract(reconstruction, v)))
        var outputs = [reconstruction, squares, try machine.freeEnergy(v, sums: sums, in: &graph)]
        switch machine.visible {
        case .gaussian: outputs.append(outputs[2])
        case .bernoulli:
            let states = try graph.step(graph.subtract(v, graph.constant(0.5)))
            let sums = try machine.sums(states, in: &graph)
            outputs.append(try machine.freeEnergy(states, sums: sums, in: &graph))
            guard let bits else { break }
            let gains = try graph.flipGains(
                of: states, sums: sums, kernel: machine.kernel, visibleBias: machine.visibleBias, bits: graph.gather(bits, rows))
            outputs.append(try graph.scale(graph.sumOfColumns(graph.softplus(gains)), by: -1 / Float(bits.length)))
        }
        let program = try Program.compile(graph, outputs: outputs, parameters: store, fusing: fusing)
        judgements[batch] = program
        return program
    }

    private func visible(of rows: Value, in graph: inout Graph) throws(ShapeError) -> Value {
        try inputs.signal(rows, as: .dense([machine.visibleUnits]), in: &graph).numbers(in: &graph)
    }

    // MARK: - Examples of its own

    /// What the machine believes in: the means of the visible units of so many chains, example by example, after `steps` steps h → v → h with drawn states from
    /// hidden units that are on or off by chance.
    public func generated(_ count: Int, steps: Int) throws(ShapeError) -> [Float] {
        let path = machine.layer + "/generated"
        let states = try store.declare(path, [count, machine.hiddenUnits])
        var stream = RandomStream(seed: seed, stream: .gibbs, path: path)
        for place in states.indices { states[place] = stream.uniformFloat() < 0.5 ? 1 : 0 }
        var graph = Graph()
        let machine = try machine.values(in: &graph)
        let hidden = try graph.parameter(path, [count, self.machine.hiddenUnits])
        let mean = try machine.visible(hidden, in: &graph)
        let visible = try machine.drawn(mean, seed: seed, path: path + "/visible", in: &graph)
        let next = try graph.bernoulli(machine.hidden(visible, in: &graph), seed: seed, path: path + "/hidden")
        try graph.update(hidden, with: next, by: Assignment())
        let program = try Program.compile(graph, outputs: [mean], parameters: store, fusing: fusing)
        for _ in 0...steps { program.run() }
        return Array(program.output(0))
    }

    /// Frees what training alone needs; the tensors of `kept` stay.
    public func endTraining(keeping kept: Network) {
        trainingSteps = [:]
        judgements = [:]
        store.keep(only: kept.parameters.map(\.path))
    }
}
