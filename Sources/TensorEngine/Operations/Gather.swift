/// Rows of numbers outside the engine, such as the features of a data set: read-only, and alive as long as `owner`.
public struct FloatTable: @unchecked Sendable {
    /// Row-major elements.
    public let elements: UnsafePointer<Float>
    /// The number of rows.
    public let rows: Int
    /// Elements a row.
    public let columns: Int
    /// Whatever keeps the memory.
    public let owner: AnyObject

    /// A table over memory that `owner` keeps.
    public init(elements: UnsafePointer<Float>, rows: Int, columns: Int, owner: AnyObject) {
        self.elements = elements
        self.rows = rows
        self.columns = columns
        self.owner = owner
    }
}

/// A class number for each row, outside the engine: read-only, and alive as long as `owner`.
public struct LabelTable: @unchecked Sendable {
    /// One class number a row, from 0.
    public let labels: UnsafePointer<Int32>
    /// The number of rows.
    public let rows: Int
    /// Whatever keeps the memory.
    public let owner: AnyObject

    /// Labels over memory that `owner` keeps.
    public init(labels: UnsafePointer<Int32>, rows: Int, owner: AnyObject) {
        self.labels = labels
        self.rows = rows
        self.owner = owner
    }
}

/// Rows of whole numbers outside the engine, each of which stands for a word: read-only, and alive as long as `owner`.
public struct TokenTable: @unchecked Sendable {
    /// Row-major numbers, from 0.
    public let tokens: UnsafePointer<Int32>
    /// The number of rows.
    public let rows: Int
    /// Numbers a row.
    public let length: Int
    /// Whatever keeps the memory.
    public let owner: AnyObject

    /// Tokens over memory that `owner` keeps.
    public init(tokens: UnsafePointer<Int32>, rows: Int, length: Int, owner: AnyObject) {
        self.tokens = tokens
        self.rows = rows
        self.length = length
        self.owner = owner
    }
}

/// The table's rows that a batch names: `[batch]` → `[batch, columns]`. The table is data: no gradient flows into it.
package struct GatherRows: KernelOperation {
    package let table: FloatTable
    /// How the rows, which are images then, are changed on the way.
    package var augmentation: ImageAugmentation?
    package var name: String { "gather" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 1 else { throw mismatch(inputs, expected: "row numbers of shape [batch]") }
        if let images = augmentation, images.height * images.width * images.channels != table.columns {
            throw mismatch(
                inputs,
                expected: "rows of \(images.height) x \(images.width) x \(images.channels) numbers, of which the table has \(table.columns)"
            )
        }
        return Shape([inputs[0].count, augmentation?.paddedCount ?? table.columns])
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.hold(table.owner)
        if let augmentation {
            emitter.add(
                GatherImagesKernel(
                    table: table.elements, rows: inputs[0].integers, batch: output.shape.rows, columns: table.columns,
                    streams: AugmentationStreams(augmentation), step: UnsafePointer(emitter.step), result: output.floats))
            return
        }
        emitter.add(
            GatherRowsKernel(
                table: table.elements, rows: inputs[0].integers, batch: output.shape.rows, columns: table.columns, result: output.floats))
    }
}

struct GatherRowsKernel: Kernel {
    let table: UnsafePointer<Float>
    let rows: UnsafePointer<Int32>
    let batch: Int
    let columns: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        for example in 0..<batch {
            (result + example * columns).update(from: table + Int(rows[example]) * columns, count: columns)
        }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// The class numbers of a batch: `[batch]` → `[batch]`.
package struct GatherLabels: KernelOperation {
    package let table: LabelTable
    package var name: String { "gather labels" }
    package var elementType: ElementType { .int32 }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 1 else { throw mismatch(inputs, expected: "row numbers of shape [batch]") }
        return inputs[0]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.hold(table.owner)
        emitter.add(
            GatherLabelsKernel(table: table.labels, rows: inputs[0].integers, batch: output.shape.count, result: output.integers))
    }
}

struct GatherLabelsKernel: Kernel {
    let table: UnsafePointer<Int32>
    let rows: UnsafePointer<Int32>
    let batch: Int
    let result: UnsafeMutablePointer<Int32>

    func run() {
        for example in 0..<batch { result[example] = table[Int(rows[example])] }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// The rows of whole numbers that a batch names: `[batch]` → `[batch, length]`.
package struct GatherTokens: KernelOperation {
    package let table: TokenTable
    package var name: String { "gather tokens" }
    package var elementType: ElementType { .int32 }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank == 1 else { throw mismatch(inputs, expected: "row numbers of shape [batch]") }
        return [inputs[0].count, table.length]
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.hold(table.owner)
        emitter.add(
            GatherTokensKernel(
                table: table.tokens, rows: inputs[0].integers, batch: output.shape.rows, length: table.length, result: output.integers))
    }
}

struct GatherTokensKernel: Kernel {
    let table: UnsafePointer<Int32>
    let rows: UnsafePointer<Int32>
    let batch: Int
    let length: Int
    let result: UnsafeMutablePointer<Int32>

    func run() {
        for example in 0..<batch { (result + example * length).update(from: table + Int(rows[example]) * length, count: length) }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

/// Whole numbers, such as labels, as rows of zeros with a one at the number: `[…]` → `[…, classes]`. No gradient flows into them.
package struct OneHot: KernelOperation {
    package let classes: Int
    package var name: String { "one-hot" }

    package func shape(of inputs: [Shape]) throws(ShapeError) -> Shape {
        guard inputs.count == 1, inputs[0].rank >= 1 else { throw mismatch(inputs, expected: "whole numbers") }
        return Shape(inputs[0].dimensions + [classes])
    }

    package func gradients(inputs: [Value], output: Value, upstream: Value, in graph: inout Graph) -> [Value?] { [nil] }

    func emit(_ emitter: Emitter, inputs: [Operand], output: Operand) {
        emitter.add(OneHotKernel(labels: inputs[0].integers, count: output.shape.rows, classes: classes, result: output.floats))
    }
}

struct OneHotKernel: Kernel {
    let labels: UnsafePointer<Int32>
    let count: Int
    let classes: Int
    let result: UnsafeMutablePointer<Float>

    func run() {
        result.update(repeating: 0, count: count * classes)
        for place in 0..<count { result[place * classes + Int(labels[place])] = 1 }
    }

    static let function: KernelFunction = { $0.assumingMemoryBound(to: Self.self).pointee.run() }
}

extension Graph {
    /// The rows of `table` that `rows` names, `[batch, columns]`, padded and changed as images where `augmentation` says how. Plain rows that the graph has
    /// gathered already are those.
    public mutating func gather(
        _ table: FloatTable, _ rows: Value, augmentation: ImageAugmentation? = nil
    ) throws(ShapeError) -> Value {
        let known = nodes.first { node in
            guard augmentation == nil, let gather = node.operation as? GatherRows, gather.augmentation == nil else { return false }
            return gather.table.elements == table.elements && gather.table.columns == table.columns
                && node.inputs.map(\.index) == [rows.index]
        }
        if let known { return known.output }
        return try add(GatherRows(table: table, augmentation: augmentation), [rows])
    }

    /// The labels of the examples that `rows` names, `[batch]`.
    public mutating func gather(_ table: LabelTable, _ rows: Value) throws(ShapeError) -> Value {
        try add(GatherLabels(table: table), [rows])
    }

    /// The whole numbers of the examples that `rows` names, `[batch, length]`.
    public mutating func gather(_ table: TokenTable, _ rows: Value) throws(ShapeError) -> Value {
        try add(GatherTokens(table: table), [rows])
    }

    /// Whole numbers `[…]` below `classes` as one-hot rows `[…, classes]`.
    public mutating func oneHot(_ labels: Value, classes: Int) throws(ShapeError) -> Value { try add(OneHot(classes: classes), [labels]) }
}
