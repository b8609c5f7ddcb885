import TensorEngine

extension ExampleTables.Targets {
    /// Tests once what kernels rely on at every step: that labels name classes.
    ///
    /// - Throws: `ShapeError` at the first that does not.
    func check() throws(ShapeError) {
        func check(_ label: Int32, _ row: Int, below classes: Int) throws(ShapeError) {
            guard !(0..<classes).contains(Int(label)) else { return }
            throw ShapeError(operation: "label \(label) of row \(row)", shapes: [[classes]], expected: "a class from 0 to \(classes - 1)")
        }
        switch self {
        case .labels(let table, let classes):
            for row in 0..<table.rows { try check(table.labels[row], row, below: classes) }
        case .steps(let table, let classes):
            for place in 0..<table.rows * table.length { try check(table.tokens[place], place / table.length, below: classes) }
        case .values: break
        }
    }
}

extension ExampleTables.Inputs {
    /// Tests once what kernels rely on at every step: that sparse rows name columns, and whole numbers words.
    ///
    /// - Throws: `ShapeError` at the first that does not.
    func check() throws(ShapeError) {
        switch self {
        case .dense: break
        case .sparse(let table):
            let end = Int(table.offsets[table.rows])
            for place in 0..<end where !(0..<table.columns).contains(Int(table.columnNumbers[place])) {
                throw ShapeError(
                    operation: "column \(table.columnNumbers[place]) of a sparse row", shapes: [[table.columns]],
                    expected: "a column from 0 to \(table.columns - 1)")
            }
        case .tokens(let table, let vocabulary):
            for place in 0..<table.rows * table.length where !(0..<vocabulary).contains(Int(table.tokens[place])) {
                throw ShapeError(
                    operation: "word \(table.tokens[place]) of row \(place / table.length)", shapes: [[vocabulary]],
                    expected: "a word from 0 to \(vocabulary - 1)")
            }
        }
    }
}
