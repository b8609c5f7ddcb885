import TensorEngine
import TestSupport
import Testing

/// Compiled programs of random graphs, fused and not, against the interpreter.
@Suite struct RandomGraphTests {
    /// The largest difference to the interpreter, measured by the value's own size or, for values near 0, by a tenth of the largest value's.
    static let tolerance = 1e-5

    @Test(arguments: [1, 2, 7, 128], 1...12)
    func outputsAndGradients(batch: Int, seed: Int) throws {
        var random = try awayFromKinks(seed: seed * 1000 + batch, batch: batch)
        let outputs = try [random.loss] + random.differentiate()
        let values = try random.point.values(of: random.graph)
        let expected = outputs.map { values[$0.index].elements }
        for fusing in [false, true] {
            let found = try compiledOutputs(of: random.graph, outputs, at: random.point, fusing: fusing)
            try expectClose(found, expected, "seed \(seed), fusing \(fusing)")
        }
    }

    static let rules: [(name: String, rule: any UpdateRule)] = [
        ("descent", gradientDescent()),
        ("momentum", gradientDescent(momentum: 0.9)),
        ("Nesterov", gradientDescent(momentum: 0.9, nesterov: true)),
        ("RMSprop", rmsprop(epsilon: 1e-2)),
        ("RMSprop with momentum", rmsprop(momentum: 0.5, epsilon: 1e-2)),
        ("RMSprop, centred", rmsprop(epsilon: 1e-2, centered: true)),
        ("RMSprop, centred, with momentum", rmsprop(momentum: 0.5, epsilon: 1e-2, centered: true)),
        ("Adam", adam(epsilon: 1e-3)),
        ("Adam with weight decay", adam(epsilon: 1e-3, weightDecay: 0.1)),
        ("Adagrad", adagrad(epsilon: 1e-2)),
        ("a moving average", MovingAverage(momentum: 0.9)),
    ]

    @Test(arguments: RandomGraphTests.rules.indices, [1, 7, 128])
    func trainingSteps(ruleIndex: Int, batch: Int) throws {
        let (name, rule) = Self.rules[ruleIndex]
        let rate = 0.01
        for seed in 1...3 {
            var random = try RandomGraph(seed: seed * 77 + batch, batch: batch, isSmooth: true)
            let gradients = try random.update(by: rule)
            var plain = random.point
            var updates = random.parameters.map { PlainUpdate(rule, learningRate: rate, count: $0.shape.count) }
            let compiled = try [false, true].map { try Steps(random, fusing: $0, rate: rate) }
            var numbers = SeededNumbers(seed: seed)
            for step in 1...4 {
                plain.step = step
                plain.rows = (0..<batch).map { _ in Int.random(in: 0..<RandomGraph.tableRows, using: &numbers) }
                let values = try plain.values(of: random.graph)
                for (place, parameter) in random.parameters.enumerated() {
                    let path = "parameter \(place)"
                    var weights = try #require(plain.parameters[path])
                    try updates[place].apply(to: &weights, gradient: values[gradients[place].index].elements)
                    try #require(weights.count == parameter.shape.count)
                    plain.parameters[path] = weights
                }
                for steps in compiled {
                    steps.program.run(rows: plain.rows.map { Int32($0) })
                    let found = try random.parameters.indices.map { try steps.parameter($0, random.parameters[$0].shape) }
                    let expected = random.parameters.indices.map { plain.parameters["parameter \($0)"] ?? [] }
                    try expectClose(found, expected, "\(name), seed \(seed), step \(step), fusing \(steps.fusing)")
                }
            }
        }
    }

    /// A program that trains, and its parameters.
    private struct Steps {
        let program: Program
        let store = ParameterStore()
        let fusing: Bool

        init(_ random: RandomGraph, fusing: Bool, rate: Double) throws {
            self.fusing = fusing
            let optimizer = OptimizerState(learningRate: Float(rate))
            try load(random.point, into: store, for: random.graph)
            program = try Program.compile(random.graph, outputs: [random.loss], parameters: store, optimizer: optimizer, fusing: fusing)
        }

        func parameter(_ place: Int, _ shape: Shape) throws -> [Double] {
            try store.elements("parameter \(place)", shape).map(Double.init)
        }
    }

    /// A graph whose derivatives do not hang on the last bits.
    private func awayFromKinks(seed: Int, batch: Int) throws -> RandomGraph {
        for attempt in 0..<50 {
            let random = try RandomGraph(seed: seed + attempt * 100_000, batch: batch)
            let distance = try random.point.distanceToKink(of: random.graph, random.point.values(of: random.graph))
            if distance > 1e-6 { return random }
        }
        throw NoSuchGraph()
    }

    private struct NoSuchGraph: Error {}

    private func expectClose(_ found: [[Double]], _ expected: [[Double]], _ when: String) throws {
        let largest = expected.map(norm).max() ?? 0
        for (place, pair) in try paired(found, expected).enumerated() {
            let error = norm(try paired(pair.0, pair.1).map { $0 - $1 }) / (norm(pair.1) + 0.1 * largest)
            #expect(error < Self.tolerance, "\(when), value \(place): \(error)")
        }
    }
}
