/// What a value's elements are: numbers to compute with, or whole numbers that name rows and classes.
public enum ElementType: Hashable, Sendable {
    /// 32-bit floating point.
    case float32
    /// 32-bit signed integer.
    case int32
}

/// One result in a graph, known by its place and shape; it has numbers only while a program runs.
public struct Value: Hashable, Sendable {
    /// The place of the node that makes it.
    public let index: Int
    /// Its shape.
    public let shape: Shape
    /// What its elements are.
    public let type: ElementType
}

/// A computation as data: each node applies an operation to earlier values, so that the order of nodes is an order of execution.
///
/// Shapes are static and checked when a node is added. Nothing is computed here: a ``Program`` compiled from the graph does that.
public struct Graph: Sendable {
    /// An operation applied to earlier values.
    public struct Node: Sendable {
        /// What is applied.
        public let operation: any Operation
        /// What it is applied to.
        public let inputs: [Value]
        /// What it gives.
        public let output: Value
    }

    /// A change of a parameter at the end of a step.
    public struct ParameterUpdate: Sendable {
        /// How the parameter changes.
        public let rule: any UpdateRule
        /// The parameter.
        public let parameter: Value
        /// The parameter's name in the ``ParameterStore``.
        public let path: String
        /// The gradient of the loss with respect to the parameter.
        public let gradient: Value
        /// Whose step it is: a place among the optimizers that the program is compiled for.
        public let optimizer: Int
    }

    /// All nodes, inputs before what is computed from them.
    public private(set) var nodes: [Node] = []
    /// The changes of parameters that a step makes.
    public private(set) var updates: [ParameterUpdate] = []
    /// The parameters by path: each is one value, whoever asks for it.
    public internal(set) var parameters: [String: Value] = [:]
    /// The numbers of the examples of the batch, once they were asked for.
    public internal(set) var rows: Value?
    /// Whose steps and learning rates are declared from here on: a place among the optimizers that the program is compiled for.
    public var optimizer = 0
    /// The nodes at which ``afterUpdates()`` was called.
    private(set) var boundaries: [Int] = []

    /// An empty graph.
    public init() {}

    /// Adds a node and gives its value.
    ///
    /// - Throws: ``ShapeError`` when the operation cannot take these shapes.
    public mutating func add(_ operation: any Operation, _ inputs: [Value] = []) throws(ShapeError) -> Value {
        let shape = try operation.shape(of: inputs.map(\.shape))
        let output = Value(index: nodes.count, shape: shape, type: operation.elementType)
        nodes.append(Node(operation: operation, inputs: inputs, output: output))
        return output
    }

    /// Declares that a step changes `parameter` by `rule`, from `gradient`, after everything that reads the parameter.
    ///
    /// - Throws: ``ShapeError`` when the gradient has not the parameter's shape, or `parameter` is no parameter.
    public mutating func update(_ parameter: Value, with gradient: Value, by rule: any UpdateRule) throws(ShapeError) {
        guard parameter.shape == gradient.shape else {
            throw ShapeError(
                operation: "update", shapes: [parameter.shape, gradient.shape], expected: "a gradient of the parameter's shape")
        }
        guard let path = (node(of: parameter).operation as? Parameter)?.path else {
            throw ShapeError(operation: "update", shapes: [parameter.shape], expected: "a parameter, not the result of an operation")
        }
        updates.append(ParameterUpdate(rule: rule, parameter: parameter, path: path, gradient: gradient, optimizer: optimizer))
    }

    /// Lets what is added from here on run after the changes that were declared so far: a parameter that is asked for again is the changed one, with a
    /// value of its own.
    public mutating func afterUpdates() {
        boundaries.append(nodes.count)
        parameters = [:]
    }

    /// How many times ``afterUpdates()`` was called before the node at a place was added.
    func stage(of node: Int) -> Int { boundaries.count { $0 <= node } }

    /// The node that makes `value`.
    public func node(of value: Value) -> Node { nodes[value.index] }
}
