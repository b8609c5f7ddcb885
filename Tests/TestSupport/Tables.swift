import TensorEngine

/// Memory for a table of a test.
private final class Memory<Element: BitwiseCopyable>: @unchecked Sendable {
    let start: UnsafeMutablePointer<Element>

    init(_ elements: [Element]) {
        start = .allocate(capacity: max(elements.count, 1))
        start.initialize(from: elements, count: elements.count)
    }

    deinit { start.deallocate() }
}

extension FloatTable {
    /// A table that keeps a copy of `values`.
    public static func holding(_ values: [Float], columns: Int) -> FloatTable {
        let memory = Memory(values)
        return FloatTable(elements: memory.start, rows: values.count / columns, columns: columns, owner: memory)
    }
}

extension LabelTable {
    /// Labels in a copy.
    public static func holding(_ labels: [Int32]) -> LabelTable {
        let memory = Memory(labels)
        return LabelTable(labels: memory.start, rows: labels.count, owner: memory)
    }
}

extension TokenTable {
    /// Rows of whole numbers in a copy.
    public static func holding(_ tokens: [Int32], length: Int) -> TokenTable {
        let memory = Memory(tokens)
        return TokenTable(tokens: memory.start, rows: tokens.count / length, length: length, owner: memory)
    }
}

extension SparseTable {
    /// Sparse rows in a copy: of ones, or of these numbers, row by row.
    public static func holding(_ rows: [[Int32]], values: [Float]? = nil, columns: Int) -> SparseTable {
        let offsets = Memory(rows.reduce(into: [Int32(0)]) { $0.append(($0.last ?? 0) + Int32($1.count)) })
        let numbers = Memory(rows.flatMap { $0 })
        let values = values.map { Memory($0) }
        final class All: Sendable {
            let parts: [any AnyObject & Sendable]
            init(_ parts: [any AnyObject & Sendable]) { self.parts = parts }
        }
        return SparseTable(
            offsets: offsets.start, columnNumbers: numbers.start, values: values?.start, rows: rows.count, columns: columns,
            owner: All([offsets, numbers] + (values.map { [$0] } ?? [])))
    }
}
