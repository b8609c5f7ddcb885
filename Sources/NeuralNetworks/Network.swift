import RandomNumbers
import Settings
import TensorEngine

/// A chain of layers over inputs of a known shape.
public struct Network: Sendable {
    /// A layer and what the network calls it.
    public struct NamedLayer: Sendable {
        /// The name, unique in its network: of parameters and streams of random numbers.
        public let name: String
        /// What the layer is.
        public let layer: any Layer
        /// Whether its parameters stay as they are.
        public let isFrozen: Bool

        /// A layer called `name`.
        public init(_ name: String, _ layer: any Layer, isFrozen: Bool = false) {
            self.name = name
            self.layer = layer
            self.isFrozen = isFrozen
        }
    }

    /// From input to output.
    public let layers: [NamedLayer]
    /// What an example is to the first layer.
    public let input: ExampleInput
    /// The shape of an example after each layer, without the batch.
    public let shapes: [Shape]
    /// Whether its output is a sequence of which some steps do not count.
    private let hidesSteps: Bool
    /// Whether what its layers give is part of the loss.
    private let addsLosses: Bool
    /// Its layers, from input to output; of a block those that it holds.
    public let builtLayers: [BuiltLayer]
    /// The tensors of all layers, from input to output.
    public let parameters: [ParameterSpecification]

    /// A chain, which is built once to learn its shapes and parameters.
    ///
    /// - Throws: ``LayerProblem`` at the first layer that cannot take what the one before it gives, and for a chain of none.
    public init(_ layers: [NamedLayer], input: ExampleInput) throws(LayerProblem) {
        self.layers = layers
        self.input = input
        var shapes: [Shape] = []
        var builder = NetworkBuilder(graph: Graph(), phase: .inference)
        do {
            let rows = try builder.graph.batchRows(1)
            _ = try Self.chain(layers, on: input.signal(rows, in: &builder.graph), in: &builder) { shapes.append($0) }
        } catch {
            throw LayerProblem(place: shapes.count, inner: builder.inner.isEmpty ? nil : builder.inner, error: error)
        }
        self.shapes = shapes
        hidesSteps = builder.mask != nil
        addsLosses = !builder.losses.isEmpty
        builtLayers = builder.layers
        parameters = builder.parameters
    }

    /// The shape that comes out for an example.
    public var outputShape: Shape { shapes.last ?? input.shape }

    /// The network in two: first the layers that give the same for an example in every epoch, since they are frozen or have nothing to train and chance has no
    /// part in them, then the others. Nil where no frozen layer stands at the front, or none is left behind it.
    public func dividedBehindFrozen() throws(LayerProblem) -> (front: Network, rest: Network)? {
        let end = layers.firstIndex { $0.layer.isRandom || !parameters(of: $0).allSatisfy(\.isFrozen) } ?? layers.count
        guard end < layers.count, layers[..<end].contains(where: { !parameters(of: $0).isEmpty }) else { return nil }
        // A kernel in front that is used behind, too, stays with both.
        let names = Set(layers[..<end].map(\.name))
        guard !layers[end...].contains(where: { $0.layer.kernelSource.map(names.contains) ?? false }) else { return nil }
        let front = try Network(Array(layers[..<end]), input: input)
        // What they add to the loss is part of it, and what they hide of a sequence is known to them alone.
        guard !front.parameters.contains(where: { $0.penalty != nil }), !front.addsLosses, !front.hidesSteps else { return nil }
        return (front, try Network(Array(layers[end...]), input: .dense(shapes[end - 1])))
    }

    /// The network that ends with the layer at a place.
    public func upTo(_ place: Int) throws(LayerProblem) -> Network { try Network(Array(layers[...place]), input: input) }

    /// How many numbers are trained.
    public var parameterCount: Int { parameters.reduce(0) { $0 + ($1.isTrained ? $1.shape.count : 0) } }

    /// The tensors of one layer.
    public func parameters(of layer: NamedLayer) -> [ParameterSpecification] { parameters.filter { $0.layer == layer.name } }

    /// The tensors of one layer, or of one layer of a block.
    public func parameters(of layer: BuiltLayer) -> [ParameterSpecification] {
        parameters.filter { $0.path.hasPrefix(layer.path + "/") }
    }

    /// Adds the network to a graph.
    func build(on signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput {
        try Self.chain(layers, on: signal, in: &builder) { _ in }
    }

    private static func chain(
        _ layers: [NamedLayer], on input: Signal, in builder: inout NetworkBuilder, _ onShape: (Shape) -> Void
    ) throws(ShapeError) -> LayerOutput {
        var signal = input
        var last: LayerOutput?
        for layer in layers {
            (builder.layer, builder.isFrozen) = (layer.name, layer.isFrozen)
            let output = try builder.add(layer.layer, to: signal)
            signal = .dense(output.output)
            onShape(signal.shape)
            last = output
        }
        guard let last else { throw ShapeError(operation: "network", shapes: [input.shape], expected: "at least one layer") }
        return last
    }

    /// Writes the first values of all parameters. Each draws from a stream of its own, so that a change of one layer leaves the others' values.
    public func initialize(_ store: ParameterStore, seed: Int) throws(ShapeError) {
        for parameter in parameters {
            let stream = RandomStream(seed: seed, stream: .`init`, path: parameter.path)
            let elements = try store.declare(parameter.path, parameter.shape)
            parameter.initializer.fill(elements, shape: parameter.shape, from: stream)
            for place in parameter.ones { elements[place] = 1 }
        }
    }
}

/// A layer that does not fit the one before it.
public struct LayerProblem: Error, CustomStringConvertible {
    /// The layer's place, from 0.
    public let place: Int
    /// The layer within it that does not fit, where it is a block: `layer_2`, `projection`.
    public let inner: String?
    /// What does not fit.
    public let error: ShapeError

    /// The layer, counted from 1, and what does not fit.
    public var description: String { "layer \(place + 1)\(inner.map { ", \($0) of the block" } ?? ""): \(error)" }
}
