extension SplitColumns {
    /// The columns of a table. Values by which parts take their rows must stand in some row of the `whole` table, from which rows may have been left out.
    init(_ table: Table, whole: Table) {
        self.init(
            hasValue: { column, values in
                try CategoryCells(table: table, column: table.index(of: column), isEmptyAllowed: true).haveOne(of: values, whole: whole)
            },
            groups: { column in
                let cells = try CategoryCells(table: table, column: table.index(of: column), isEmptyAllowed: true)
                if let empty = cells.numbers.firstIndex(of: -1) {
                    throw DatasetError.rowWithoutGroup(column: column, row: Int(table.fileRows?[empty] ?? Int32(empty)) + 1)
                }
                return RowGroups(
                    ofRow: cells.classNumbers, names: cells.known(in: (0..<Int32(table.rowCount)).map { $0 }, and: nil), column: column)
            }, order: { try OrderCells.numbers(of: table, column: table.index(of: $0)) })
    }
}
