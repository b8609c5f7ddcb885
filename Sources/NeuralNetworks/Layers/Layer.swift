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

    /// Whether what it gives at a step may depend on later ones.
    var seesLaterSteps: Bool { get }

    /// How many numbers of an example training keeps beside what the layer gives, or takes on the way back beside the gradient of that.
    func numbersBeside(output: Shape, input: Shape) -> Double
}

extension Layer {
    /// No.
    public static var keepsSteps: Bool { false }

    /// Unless it takes each step by itself.
    public var seesLaterSteps: Bool { !Self.keepsSteps }

    /// None.
    public func numbersBeside(output: Shape, input: Shape) -> Double { 0 }
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
    /// The layer's name and the role, such as `dense_1/kernel`; of a layer of a block both names, such as `layer_3/layer_1/kernel`.
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
    /// Whether it stays as it is, whatever is trained.
    public let isFrozen: Bool
    /// Its place in the graph that it was declared in.
    package let value: Value
}

/// A layer as it stands in a network; a layer of a block by itself.
public struct BuiltLayer: Sendable {
    /// The network's name of it, such as `layer_3`, or `layer_3/layer_1` for a layer of a block.
    public let path: String
    /// What the layer is.
    public let layer: any Layer
    /// The shape of an example before the layer, and after it, without the batch.
    public let input: Shape, output: Shape
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
    /// What the layer within that one is called, which is being added; empty for the layer itself.
    private(set) var inner = ""
    /// What recurrent layers read, `[steps, batch, numbers]`, by the layer's path; twice where one reads in both directions.
    private(set) var sequences: [(path: String, value: Value)] = []
    /// The layers that were added, from input to output: of a block those that it holds.
    public private(set) var layers: [BuiltLayer] = []
    /// What the layers have declared, from input to output.
    public private(set) var parameters: [ParameterSpecification] = []
    /// What layers add to the loss beside the sizes of their parameters: scalars, means over the examples of the batch, in training and in use alike.
    private(set) var losses: [Value] = []

    /// A builder that goes on with `graph`.
    package init(graph: Graph, phase: Phase) {
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
        let path = path + "/" + role
        let value = try graph.parameter(path, shape)
        parameters.append(
            ParameterSpecification(
                path: path, layer: layer, shape: shape, initializer: initializer, ones: ones, penalty: penalty,
                isTrained: isTrained && !isFrozen, isFrozen: isFrozen, value: value))
        return value
    }

    /// How many examples the batch has.
    public var examples: Int { graph.rows?.shape.count ?? 1 }

    /// Adds a scalar, a mean over the examples of the batch, to the loss.
    public mutating func addLoss(_ value: Value) { losses.append(value) }

    /// The name of what is being added, such as `layer_3`, or `layer_3/layer_1` for a layer of a block.
    public var path: String { inner.isEmpty ? layer : layer + "/" + inner }

    /// Notes what the layer that is being added reads step by step.
    mutating func reads(_ sequence: Value) {
        if !sequences.contains(where: { $0.value == sequence }) { sequences.append((path, sequence)) }
    }

    /// Adds a layer to the chain that is being built.
    mutating func add(_ layer: any Layer, to signal: Signal) throws(ShapeError) -> LayerOutput {
        let known = layers.count
        let output = try layer.apply(to: signal, in: &self)
        if layers.count == known {
            layers.append(BuiltLayer(path: path, layer: layer, input: signal.shape, output: Signal.dense(output.output).shape))
        }
        mask = output.mask ?? (type(of: layer).keepsSteps ? mask : nil)
        return output
    }

    /// Adds a layer of the one that is being added.
    mutating func add(_ layer: any Layer, called name: String, isFrozen: Bool, to signal: Signal) throws(ShapeError) -> LayerOutput {
        let before = (inner, self.isFrozen)
        (inner, self.isFrozen) = (inner.isEmpty ? name : inner + "/" + name, isFrozen || self.isFrozen)
        let output = try add(layer, to: signal)
        (inner, self.isFrozen) = before
        return output
    }

    /// The mask as a column beside the rows of all steps, `[batch · steps, 1]`.
    mutating func maskColumn() throws(ShapeError) -> Value? {
        try mask.map { mask throws(ShapeError) in try graph.reshape(mask, to: [mask.shape.count, 1]) }
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
