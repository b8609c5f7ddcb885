import RandomNumbers
import TensorEngine

/// A chain of layers over inputs of a known width.
public struct Network: Sendable {
    /// From input to output.
    public let layers: [any Layer]
    /// Numbers an example that the first layer sees.
    public let inputWidth: Int

    /// A chain; layers' names are unique.
    public init(layers: [any Layer], inputWidth: Int) {
        self.layers = layers
        self.inputWidth = inputWidth
    }

    /// Numbers an example after each layer.
    public var widths: [Int] {
        var width = inputWidth
        return layers.map { layer in
            width = layer.outputWidth(for: width)
            return width
        }
    }

    /// The tensors of all layers, from input to output.
    public var parameters: [ParameterSpecification] {
        zip(layers, [inputWidth] + widths).flatMap { layer, width in layer.parameters(for: width) }
    }

    /// How many numbers are trained.
    public var parameterCount: Int { parameters.reduce(0) { $0 + ($1.isTrained ? $1.shape.count : 0) } }

    /// Adds the network to a graph.
    ///
    /// - Throws: `ShapeError` when a layer cannot take what the one before it gives, or when there is no layer.
    public func build(on input: Signal, in graph: inout Graph, phase: Phase) throws(ShapeError) -> LayerOutput {
        var signal = input
        var last: LayerOutput?
        for layer in layers {
            let output = try layer.apply(to: signal, in: &graph, phase: phase)
            signal = .dense(output.output)
            last = output
        }
        guard let last else { throw ShapeError(operation: "network", shapes: [[inputWidth]], expected: "at least one layer") }
        return last
    }

    /// Writes the first values of all parameters. Each draws from a stream of its own, so that a change of one layer leaves the others' values.
    public func initialize(_ store: ParameterStore, seed: Int) throws(ShapeError) {
        for parameter in parameters {
            let stream = RandomStream(seed: seed, stream: .`init`, path: parameter.path)
            parameter.initializer.fill(try store.declare(parameter.path, parameter.shape), shape: parameter.shape, from: stream)
        }
    }
}
