import TensorEngine

/// Whether a network is being trained or used: some layers differ.
public enum Phase: Sendable, Hashable {
    /// The weights are being changed, in a run of this seed.
    case training(seed: Int)
    /// The weights are what they are.
    case inference
}

/// What flows from layer to layer while a network is built into a graph.
public enum Signal: Sendable {
    /// Numbers, `[batch, width]`.
    case dense(Value)
    /// The multi-hot rows of a table that the batch names; only a first layer sees these.
    case sparse(SparseTable, rows: Value)

    /// Numbers an example.
    public var width: Int {
        switch self {
        case .dense(let value): value.shape.columns
        case .sparse(let table, _): table.columns
        }
    }

    /// The numbers of a signal that is not multi-hot rows.
    ///
    /// - Throws: `ShapeError` of a layer of this kind on multi-hot rows.
    func numbers(for kind: String) throws(ShapeError) -> Value {
        guard case .dense(let x) = self else {
            throw ShapeError(operation: kind, shapes: [[width]], expected: "a dense layer before it, to take the multi-hot input")
        }
        return x
    }
}

/// A tensor as a layer declares it.
public struct ParameterSpecification: Sendable {
    /// The layer's name and the role, such as `dense_1/kernel`.
    public let path: String
    /// Sizes.
    public let shape: Shape
    /// Its first values.
    public let initializer: Initializer
    /// What its size adds to the loss.
    public let penalty: Penalty
    /// Whether it follows the gradient.
    public let isTrained: Bool

    /// A tensor of a layer.
    public init(path: String, shape: Shape, initializer: Initializer, penalty: Penalty = Penalty(), isTrained: Bool = true) {
        self.path = path
        self.shape = shape
        self.initializer = initializer
        self.penalty = penalty
        self.isTrained = isTrained
    }
}

/// What a layer leaves.
public struct LayerOutput: Sendable {
    /// The layer's output.
    public let output: Value
    /// What a softmax or sigmoid was applied to, when the output is nothing but that: losses are more exact from it.
    public let logits: Logits?

    /// The argument of a last activation.
    public struct Logits: Sendable {
        /// The argument, of the output's shape.
        public let value: Value
        /// ``Activation/softmax`` or ``Activation/sigmoid``.
        public let activation: Activation
    }
}

/// A step of a network with its trained tensors.
public protocol Layer: Sendable {
    /// The name, unique in its network.
    var name: String { get }

    /// What the layer is called in a file, such as `dense`.
    var kind: String { get }

    /// How many numbers an example it gives, from `inputs` numbers.
    func outputWidth(for inputs: Int) -> Int

    /// The tensors for `inputs` numbers an example.
    func parameters(for inputs: Int) -> [ParameterSpecification]

    /// Adds the layer to a graph.
    ///
    /// - Throws: `ShapeError` when the layer cannot take the signal's shape.
    func apply(to signal: Signal, in graph: inout Graph, phase: Phase) throws(ShapeError) -> LayerOutput
}
