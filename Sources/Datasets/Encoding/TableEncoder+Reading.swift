import Settings

extension TableEncoder {
    /// The cells of the target and of the inputs.
    static func read(
        _ table: Table, inputs: [ColumnSettings], target request: ColumnSettings
    ) throws -> (target: ColumnCells, inputs: [ColumnCells]) {
        guard request.encoding.isForTargets else {
            throw DatasetError.wrongEncoding(
                column: request.column, encoding: request.encoding.name,
                expected: "label, one-hot, numeric, or multi-hot with a separator")
        }
        var findings = ColumnFindings()
        let target: ColumnCells?
        if request.isNoColumn {
            target = .nothing
        } else {
            let targetColumn = try table.index(of: request.column)
            target = try findings.collect {
                // Figures leave out rows without a label that no training sees.
                try request.encoding.cells(of: targetColumn, in: table, isEmptyAllowed: request.encoding == .inputs, isTarget: true)
            }
        }
        var cells: [ColumnCells] = []
        let columns = try inputs.map { input in
            let column = try table.index(of: input.column)
            let encoding = input.encoding.chosen(for: column, of: table)
            return (
                column: column, encoding: encoding, isEmptyAllowed: input.missing != .error,
                isAutomatic: input.encoding.isAutomatic && encoding.isNumeric
            )
        }
        for (input, one) in zip(inputs, columns) where input.encoding.isAutomatic && one.encoding == .oneHot() {
            if ColumnScan.hasManyDates(one.column, in: table) { throw DatasetError.datesByAuto(column: input.column) }
        }
        let numeric = columns.filter { $0.encoding.isNumeric }
        let numbers = NumericCells.numbers(
            table: table,
            columns: numeric.map {
                NumericCells.Column(column: $0.column, isEmptyAllowed: $0.isEmptyAllowed, isAutomatic: $0.isAutomatic)
            })
        for one in columns {
            let numbers = one.encoding.isNumeric ? numbers[one.column] : nil
            if findings.isFull {
                if numbers?.isWrong == true { findings.add([]) }
                continue
            }
            let read = try findings.collect {
                if let numbers {
                    let read = try numbers.result(of: table)
                    try one.encoding.scale.logarithm?.check(read.numbers, column: one.column, of: table)
                    return ColumnCells.numbers(read.numbers, mark: read.marked)
                }
                return try one.encoding.cells(of: one.column, in: table, isEmptyAllowed: one.isEmptyAllowed)
            }
            if let read { cells.append(read) }
        }
        try findings.check()
        guard let target else { throw DatasetError.noInputs }
        return (target, cells)
    }
}
