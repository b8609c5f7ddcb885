import Documents
import Foundation
import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// Rounds of an adversarial pair as PyTorch makes them, with the noise given.
struct AdversarialFixture: Decodable, Sendable, CustomTestStringConvertible {
    struct Tensor: Decodable, Sendable {
        let shape: [Int]
        let values: [Float]
    }

    struct Step: Decodable, Sendable {
        let sides: String
        let rows: [Int32]
        let noise: [Float]
        let places: [Float]
        let discriminatorLoss: Double?
        let generatorLoss: Double?
        let real: Double?
        let made: Double?
    }

    let name: String
    let model: String
    let training: String
    let shape: [Int]
    let classes: Int
    let x: [Float]
    let labels: [Int32]
    let initial: [String: Tensor]
    let steps: [Step]
    let last: [String: Tensor]

    var testDescription: String { name }

    private func decoded<Value>(_ text: String, _ schema: Schema<Value>) throws -> Value {
        var findings = Diagnostics()
        let node = try #require(Node.parse(Source(name: "fixture", text: text), into: &findings))
        var decoding = Decoding("the fixture")
        return try #require(schema.decode(node, &decoding), "\(decoding.findings)")
    }

    func settings() throws -> TrainingSettings { try decoded(training, TrainingSettings.schema) }

    /// The networks that the model's layers are.
    func pair() throws -> AdversarialPair {
        let model = try decoded(model, ModelSettings.schema)
        let opponent = try #require(model.opponent)
        func network(_ model: ModelSettings, _ names: [String], _ input: ExampleInput) throws -> Network {
            try Network(
                zip(names, model.layers).map { Network.NamedLayer($0, try #require($1.kind as? any Layer), isFrozen: $1.isFrozen) },
                input: input)
        }
        let judging = try #require(model.discriminator)
        return AdversarialPair(
            generator: try network(model, model.layerNames, .dense([opponent.noise + classes])),
            discriminator: try network(
                judging, judging.layerNames(behind: "discriminator/"),
                .dense(classes > 0 ? [shape.reduce(1, *) + classes] : Shape(shape))), noise: opponent.noise, classes: classes)
    }
}

/// Two networks that learn against each other.
@Suite struct AdversarialTests {
    private func isClose(_ ours: Double, _ theirs: Double) -> Bool { abs(ours - theirs) <= 1e-5 * max(1, abs(theirs)) }

    /// Ten rounds and more, by fused kernels and by plain ones.
    @Test(arguments: try Fixture.cases("adversarial.json", of: AdversarialFixture.self), [true, false])
    func stepsAreThoseOfPyTorch(_ fixture: AdversarialFixture, fusing: Bool) throws {
        let pair = try fixture.pair()
        let store = ParameterStore()
        try pair.initialize(store, seed: 1)
        #expect(Set(pair.parameters.map(\.path)) == Set(fixture.initial.keys))
        for (path, tensor) in fixture.initial {
            _ = try store.elements(path, Shape(tensor.shape)).update(fromContentsOf: tensor.values)
        }
        let programs = try AdversarialPrograms(
            pair, store: store, training: fixture.settings(), inputs: .dense(.holding(fixture.x, columns: pair.exampleCount)),
            labels: fixture.classes > 0 ? LabelTable.holding(fixture.labels) : nil, seed: 1, fusing: fusing)
        for (number, step) in fixture.steps.enumerated() {
            let rooms = programs.rooms(batch: step.rows.count)
            _ = rooms.noise.elements.update(fromContentsOf: step.noise)
            _ = rooms.places.elements.update(fromContentsOf: step.places)
            let sides: AdversarialSides = step.sides == "both" ? .both : step.sides == "generator" ? .generator : .discriminator
            let program = try programs.step(batch: step.rows.count, sides)
            program.run(rows: step.rows)
            let found = [
                program.discriminatorLoss.map(Double.init), program.generatorLoss.map(Double.init),
                program.judgements.map { Double($0.real) }, program.judgements.map { Double($0.made) },
            ]
            for (ours, theirs) in zip(found, [step.discriminatorLoss, step.generatorLoss, step.real, step.made]) {
                #expect((ours == nil) == (theirs == nil))
                if let ours, let theirs { #expect(isClose(ours, theirs), "step \(number + 1): \(ours), PyTorch \(theirs)") }
            }
        }
        #expect(programs.discriminatorOptimizer.iteration == fixture.steps.count { $0.sides != "generator" })
        #expect(programs.generatorOptimizer.iteration == fixture.steps.count { $0.sides != "discriminator" })
        for (path, tensor) in fixture.last {
            for (ours, theirs) in try paired(store.elements(path, Shape(tensor.shape)), tensor.values) {
                guard !isClose(Double(ours), Double(theirs)) else { continue }
                Issue.record("\(path) at the end: \(ours), PyTorch \(theirs)")
                break
            }
        }
    }

    /// The losses of both sides, by the parameters of both networks, the penalty of slopes included.
    @Test(
        arguments: try Fixture.cases("adversarial.json", of: AdversarialFixture.self).filter {
            // Batch normalization has figures of its own in use, whose gradients are tested by themselves.
            $0.shape.count == 1 && !$0.model.contains("batch_normalization")
        })
    func gradientsOfLossesAgreeWithCentralDifferences(_ fixture: AdversarialFixture) throws {
        let pair = try fixture.pair()
        let settings = try fixture.settings()
        let step = try #require(fixture.steps.first)
        for side in [AdversarialSides.discriminator, .generator] {
            var builder = NetworkBuilder(graph: Graph(), phase: .inference)
            let batch = step.rows.count
            let rooms = (
                noise: NumberRoom([batch, pair.noise]), real: NumberRoom([batch, pair.exampleCount]), places: NumberRoom([batch, 1])
            )
            _ = rooms.noise.elements.update(fromContentsOf: step.noise)
            _ = rooms.real.elements.update(fromContentsOf: fixture.x.prefix(batch * pair.exampleCount))
            _ = rooms.places.elements.update(fromContentsOf: step.places)
            let told = fixture.classes > 0 ? NumberRoom([batch, fixture.classes]) : nil
            let classes = try told.map { try builder.graph.numbers(in: $0) }
            let made = try pair.examples(from: builder.graph.numbers(in: rooms.noise), classes, in: &builder)
            let real = try builder.graph.numbers(in: rooms.real)
            let onMade = try pair.judgement(of: made, classes, in: &builder)
            var loss: Value
            if side == .generator {
                loss = try settings.loss.ofGenerator(made: onMade, in: &builder.graph)
            } else {
                loss = try settings.loss.ofDiscriminator(
                    real: pair.judgement(of: real, classes, in: &builder), made: onMade, in: &builder.graph)
                if let weight = settings.loss.adversarial.gradientPenalty {
                    let places = try builder.graph.numbers(in: rooms.places)
                    let between = try builder.graph.add(made, builder.graph.multiply(builder.graph.subtract(real, made), places))
                    let penalty = try settings.loss.slopePenalty(
                        of: pair.judgement(of: between, classes, in: &builder), at: between, weight: weight, in: &builder.graph)
                    loss = try builder.graph.add(loss, penalty)
                }
            }
            let point = Interpreter(
                parameters: fixture.initial.mapValues { $0.values.map(Double.init) }, rows: step.rows.map(Int.init))
            // A score's level does not matter to a difference of scores.
            let isLevel = settings.loss.kind == .wasserstein && side == .discriminator
            let parameters = try pair.parameters.filter { $0.isTrained && !(isLevel && $0.path == "discriminator/output/bias") }
                .map { try builder.graph.parameter($0.path, $0.shape) }
            let check = try GradientCheck(of: loss, for: parameters, in: builder.graph, at: point)
            #expect(check.errors.count == parameters.count)
            for (path, error) in check.errors { #expect(error < 1e-6, "\(side), \(path): \(error)") }
        }
    }

    /// An example depends on its noise alone, and on nothing that a step leaves.
    @Test func theSameNoiseMakesTheSameExamples() throws {
        let fixture = try #require(try Fixture.cases("adversarial.json", of: AdversarialFixture.self).first)
        let pair = try fixture.pair()
        let store = ParameterStore()
        try pair.initialize(store, seed: 3)
        let programs = try AdversarialPrograms(
            pair, store: store, training: fixture.settings(), inputs: .dense(.holding(fixture.x, columns: pair.exampleCount)), seed: 3)
        func made() throws -> [Float] {
            _ = programs.rooms(batch: 2).noise.elements.update(fromContentsOf: [1, -1, 0.5, 0, 0.25, 2, -2, 1])
            let program = try programs.making(batch: 2)
            program.run()
            return Array(program.output(0))
        }
        let first = try made()
        try programs.step(batch: 4, .discriminator).run(rows: [0, 1, 2, 3])
        #expect(try made() == first)
        try programs.step(batch: 4, .both).run(rows: [0, 1, 2, 3])
        #expect(try made() != first)
    }
}
