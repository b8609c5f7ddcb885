import Settings
import TensorEngine

/// Two networks that learn against each other: one makes examples from noise, the other tells them from real ones.
public struct AdversarialPair: Sendable {
    /// From noise, and behind it the class as ones and zeros where there are classes, to an example.
    public let generator: Network
    /// From an example, with the class behind it, to one number.
    public let discriminator: Network
    /// How many random numbers an example is made from.
    public let noise: Int
    /// How many classes both are told of; 0: none.
    public let classes: Int

    /// A pair whose layers are called apart.
    public init(generator: Network, discriminator: Network, noise: Int, classes: Int = 0) {
        self.generator = generator
        self.discriminator = discriminator
        self.noise = noise
        self.classes = classes
    }

    /// How many numbers an example has.
    public var exampleCount: Int { discriminator.input.shape.count - classes }

    /// The tensors of both, the generator's first.
    public var parameters: [ParameterSpecification] { generator.parameters + discriminator.parameters }

    /// Writes the first values of all parameters.
    public func initialize(_ store: ParameterStore, seed: Int) throws(ShapeError) {
        try generator.initialize(store, seed: seed)
        try discriminator.initialize(store, seed: seed)
    }

    /// Adds the generator to a graph: examples `[batch, numbers]` from noise `[batch, noise]`.
    package func examples(from noise: Value, _ classes: Value?, in builder: inout NetworkBuilder) throws(ShapeError) -> Value {
        let output = try build(generator, on: noise, classes, in: &builder).output
        return try builder.graph.reshape(output, to: [noise.shape.rows, exampleCount])
    }

    /// Adds the discriminator to a graph, on examples `[batch, numbers]`: `[batch, 1]`.
    package func judgement(of examples: Value, _ classes: Value?, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try build(discriminator, on: examples, classes, in: &builder)
    }

    private func build(
        _ network: Network, on rows: Value, _ classes: Value?, in builder: inout NetworkBuilder
    ) throws(ShapeError) -> LayerOutput {
        let batch = rows.shape.dimensions[0]
        let joined = try classes.map { classes throws(ShapeError) in try builder.graph.joinColumns(rows, classes) } ?? rows
        return try network.build(
            on: .dense(builder.graph.reshape(joined, to: Shape([batch] + network.input.shape.dimensions))), in: &builder)
    }
}

extension AdversarialPair {
    /// Tests whether the slope of the discriminator has a gradient of its own.
    ///
    /// - Throws: `ShapeError` with the operation that has none.
    public func checkSlopes() throws(ShapeError) {
        var builder = NetworkBuilder(graph: Graph(), phase: .training(seed: 0))
        let input = try builder.graph.numbers(in: NumberRoom([2, discriminator.input.shape.count]))
        let score = try judgement(of: input, nil, in: &builder)
        let slopes = try builder.graph.gradients(of: builder.graph.sum(score.output), for: [input])[0]
        _ = try builder.graph.gradients(
            of: builder.graph.sum(builder.graph.square(slopes)), for: builder.parameters.filter(\.isTrained).map(\.value))
    }
}
