import Settings
import TensorEngine

/// What a kind of layer does. Every type in ``LayerSettings/kinds`` is one.
public protocol Layer: LayerKind {
    /// Adds the layer to the graph of `builder`, and declares its parameters there.
    ///
    /// - Throws: `ShapeError` when the layer cannot take the signal's shape.
    func apply(to signal: Signal, in builder: inout NetworkBuilder) throws(ShapeError) -> LayerOutput

    /// Whether its outputs stand at the steps of its inputs, so that those that are to be left out stay the same.
    static var keepsSteps: Bool { get }
}

extension Layer {
    /// No.
    public static var keepsSteps: Bool { false }
}

/// Whether a network is being trained or used: some layers differ.
public enum Phase: Sendable, Hashable {
    /// The weights are being changed, in a run of this seed.
    case training(seed: Int)
    /// The weights are what they are.
    case inference
}

/// A tensor that a layer has declared.
public struct ParameterSpecification: Sendable {
    /// The layer's name and the role, such as `dense_1/kernel`.
    public let path: String
    /// The layer's name.
    public let layer: String
    /// Sizes.
    public let shape: Shape
    /// Its first values.
    public let initializer: Initializer
    /// The elements that begin at 1 instead.
    public let ones: Range<Int>
    /// What its size adds to the loss.
    public let penalty: PenaltySettings?
    /// Whether it follows the gradient.
    public let isTrained: Bool
    /// Its place in the graph that it was declared in.
    let value: Value
}

/// A graph that layers add themselves to, one after another, and what they declare on the way.
public struct NetworkBuilder {
    /// The graph so far.
    public var graph: Graph
    /// Whether the network is being trained or used.
    public let phase: Phase
    /// The name of the layer that is being added: of its parameters and of its streams of random numbers.
    public internal(set) var layer = ""
    /// Whether that layer stays as it is.
    public internal(set) var isFrozen = false
    /// Which steps of what the layer is given it is to leave out, by 0: `[batch, steps]`.
    public internal(set) var mask: Value?
    /// What the layers have declared, from input to output.
    public private(set) var parameters: [ParameterSpecification] = []

    /// A builder that goes on with `graph`.
    init(graph: Graph, phase: Phase) {
        self.graph = graph
        self.phase = phase
    }

    /// Whether the layer that is being added works as in training.
    public var isTraining: Bool { phase != .inference && !isFrozen }

    /// Declares a tensor of the layer that is being added, and gives its value in the graph.
    ///
    /// - Parameters:
    ///   - ones: elements that begin at 1, whatever the initializer.
    ///   - isTrained: false for figures that do not follow the gradient.
    public mutating func parameter(
        _ role: String, _ shape: Shape, _ initializer: Initializer, ones: Range<Int> = 0..<0, penalty: PenaltySettings? = nil,
        isTrained: Bool = true
    ) throws(ShapeError) -> Value {
        let path = layer + "/" + role
        let value = try graph.parameter(path, shape)
        parameters.append(
            ParameterSpecification(
                path: path, layer: layer, shape: shape, initializer: initializer, ones: ones, penalty: penalty,
                isTrained: isTrained && !isFrozen,
                value: value))
        return value
    }

    /// Applies `body` to the numbers as a matrix, all axes but the innermost folded into one, and unfolds what it gives.
    public mutating func asRows(
        _ x: Value, _ body: (Value, inout NetworkBuilder) throws(ShapeError) -> LayerOutput
    ) throws(ShapeError) -> LayerOutput {
        guard x.shape.rank > 2 else { return try body(x, &self) }
        let rows = try body(graph.reshape(x, to: [x.shape.rows, x.shape.columns]), &self)
        let shape = Shape(Array(x.shape.dimensions.dropLast()) + [rows.output.shape.columns])
        let logits = try rows.logits.map { logits throws(ShapeError) in
            LayerOutput.Logits(value: try graph.reshape(logits.value, to: shape), activation: logits.activation)
        }
        return LayerOutput(output: try graph.reshape(rows.output, to: shape), logits: logits)
    }
}
