import TensorEngine

extension ExampleTables.Targets {
    /// Tests once what kernels rely on at every step: that labels name classes.
    ///
    /// - Throws: `ShapeError` at the first that does not.
    func check() throws(ShapeError) {
        guard case .labels(let table, let classes) = self else { return }
        for row in 0..<table.rows where !(0..<classes).contains(Int(table.labels[row])) {
            throw ShapeError(
                operation: "label \(table.labels[row]) of row \(row)", shapes: [[classes]], expected: "a class from 0 to \(classes - 1)")
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
