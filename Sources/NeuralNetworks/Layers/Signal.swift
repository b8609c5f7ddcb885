import Settings
import TensorEngine

/// What one example is to a network's first layer.
public enum ExampleInput: Sendable, Hashable {
    /// Numbers of this shape, without the batch: `[30]` for a row of a table, `[28, 28, 1]` for an image.
    case dense(Shape)
    /// A row of numbers of which only those that are not 0 are stored, such as a multi-hot one.
    case sparse(columns: Int)
    /// So many whole numbers below `vocabulary`, each of which stands for a word; 0 may stand for none.
    case tokens(length: Int, vocabulary: Int)

    /// The shape of an example, without the batch.
    public var shape: Shape {
        switch self {
        case .dense(let shape): shape
        case .sparse(let columns): [columns]
        case .tokens(let length, _): [length]
        }
    }

    /// Whether it is of whole numbers that stand for words.
    public var isOfWords: Bool { if case .tokens = self { true } else { false } }
}

/// What flows from layer to layer while a network is built into a graph.
public enum Signal: Sendable {
    /// Numbers, `[batch]` and the shape of an example.
    case dense(Value)
    /// The sparse rows of a table that the batch names; only a first layer sees these.
    case sparse(SparseTable, rows: Value)
    /// Whole numbers below `vocabulary`, `[batch, length]`; only a first layer sees these.
    case tokens(Value, vocabulary: Int)

    /// The shape of an example, without the batch.
    public var shape: Shape {
        switch self {
        case .dense(let value), .tokens(let value, _): Shape(Array(value.shape.dimensions.dropFirst()))
        case .sparse(let table, _): [table.columns]
        }
    }

    /// The whole numbers of a sequence of words, and below which number they are.
    ///
    /// - Throws: `ShapeError` for other numbers.
    func words(for key: String) throws(ShapeError) -> (tokens: Value, vocabulary: Int) {
        guard case .tokens(let tokens, let vocabulary) = self else {
            throw ShapeError(
                operation: key, shapes: [shape],
                expected: "a sequence of words, as the first layer of a network whose inputs are encoded as such")
        }
        return (tokens, vocabulary)
    }

    /// The numbers of a batch; those of sparse rows are written out with their zeros.
    ///
    /// - Throws: `ShapeError` where there are whole numbers that stand for words.
    func numbers(in graph: inout Graph) throws(ShapeError) -> Value {
        switch self {
        case .dense(let x): x
        case .sparse(let table, let rows): try graph.gather(table, rows)
        case .tokens:
            throw ShapeError(operation: "a sequence of words", shapes: [shape], expected: "an embedding or one_hot before this layer")
        }
    }
}

/// What a layer leaves.
public struct LayerOutput: Sendable {
    /// The layer's output.
    public let output: Value
    /// What a softmax or sigmoid was applied to, when the output is nothing but that: losses are more exact from it.
    public let logits: Logits?
    /// Which steps the layers behind are to leave out, by 0: `[batch, steps]`. Where it is nil, the mask that came in goes on if the layer
    /// ``Layer/keepsSteps``.
    public let mask: Value?

    /// The argument of a last activation.
    public struct Logits: Sendable {
        /// The argument, of the output's shape.
        public let value: Value
        /// ``Activation/softmax`` or ``Activation/sigmoid``.
        public let activation: Activation
    }

    /// An output, and what its softmax or sigmoid was applied to.
    public init(output: Value, logits: Logits?, mask: Value? = nil) {
        self.output = output
        self.logits = logits
        self.mask = mask
    }
}
