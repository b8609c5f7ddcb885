import TensorEngine

/// The examples that programs are compiled for.
public struct ExampleTables: Sendable {
    /// What a network sees.
    public enum Inputs: Sendable {
        /// Rows of numbers.
        case dense(FloatTable)
        /// Rows of which only what is not 0 is stored, such as multi-hot ones.
        case sparse(SparseTable)
        /// Rows of whole numbers below `vocabulary`, each of which stands for a word.
        case tokens(TokenTable, vocabulary: Int)
    }

    /// What a network should give.
    public enum Targets: Sendable {
        /// A class number a row.
        case labels(LabelTable, classes: Int)
        /// A class number for each step of a row.
        case steps(TokenTable, classes: Int)
        /// Rows of numbers.
        case values(FloatTable)
    }

    /// What a network sees.
    public let inputs: Inputs
    /// What it should give.
    public let targets: Targets
    /// How often each row counts in training, one number a target; nil counts all once.
    public let weights: FloatTable?

    /// Inputs and targets of the same rows.
    public init(inputs: Inputs, targets: Targets, weights: FloatTable? = nil) {
        self.inputs = inputs
        self.targets = targets
        self.weights = weights
    }
}

extension ExampleTables.Inputs {
    /// The signal of the examples that `rows` names, each of the shape of `input`; images are changed as `augmentation` says.
    ///
    /// - Throws: `ShapeError` when the table's rows are not as long.
    func signal(
        _ rows: Value, as input: ExampleInput, augmentation: ImageAugmentation? = nil, in graph: inout Graph
    ) throws(ShapeError) -> Signal {
        switch self {
        case .dense(let table):
            let numbers = try graph.gather(table, rows, augmentation: augmentation)
            return .dense(try graph.reshape(numbers, to: Shape(rows.shape.dimensions + input.shape.dimensions)))
        case .sparse(let table): return .sparse(table, rows: rows)
        case .tokens(let table, let vocabulary): return .tokens(try graph.gather(table, rows), vocabulary: vocabulary)
        }
    }
}

extension ExampleInput {
    /// Examples of this kind without any numbers, to build shapes on.
    func signal(_ rows: Value, in graph: inout Graph) throws(ShapeError) -> Signal {
        switch self {
        case .dense(let shape): .dense(try graph.broadcast(graph.constant(0), to: Shape(rows.shape.dimensions + shape.dimensions)))
        case .sparse(let columns): .sparse(.empty(columns: columns), rows: rows)
        case .tokens(let length, let vocabulary): .tokens(try graph.gather(.empty(length: length), rows), vocabulary: vocabulary)
        }
    }
}

extension SparseTable {
    /// No rows of so many columns.
    fileprivate static func empty(columns: Int) -> SparseTable {
        let nothing = Nothing()
        return SparseTable(offsets: nothing.start, columnNumbers: nothing.start, rows: 0, columns: columns, owner: nothing)
    }
}

extension TokenTable {
    /// No rows of so many numbers.
    fileprivate static func empty(length: Int) -> TokenTable {
        let nothing = Nothing()
        return TokenTable(tokens: nothing.start, rows: 0, length: length, owner: nothing)
    }
}

/// The end of no rows.
private final class Nothing: @unchecked Sendable {
    let start: UnsafeMutablePointer<Int32>

    init() {
        start = .allocate(capacity: 1)
        start.initialize(to: 0)
    }

    deinit { start.deallocate() }
}
