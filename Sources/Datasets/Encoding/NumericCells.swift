import Documents

/// A column of cells read as numbers.
enum NumericCells {
    /// The numbers of all rows; every cell that is none is a finding.
    static func numbers(table: Table, column: Int) throws(Diagnostics) -> [Double] {
        var numbers: [Double] = []
        numbers.reserveCapacity(table.rowCount)
        var findings: [Diagnostic] = []
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            do {
                numbers.append(try NumberParser.number(table.rawBytes(of: cell)))
            } catch {
                if findings.count < CSVReader.mostFindings { findings.append(finding(error, cell, table: table, column: column)) }
            }
        }
        guard findings.isEmpty else { throw Diagnostics(findings) }
        return numbers
    }

    /// What to subtract and what to divide by, from the rows that train. The divisor is 1 where all their numbers are equal.
    static func scaling(_ numbers: [Double], _ scale: Scale, fittedOn rows: [Int32]) -> (shift: Double, divisor: Double) {
        guard let first = rows.first else { return (0, 1) }
        switch scale {
        case .none:
            return (0, 1)
        case .minMax:
            var low = numbers[Int(first)]
            var high = low
            for row in rows {
                low = min(low, numbers[Int(row)])
                high = max(high, numbers[Int(row)])
            }
            return (low, high > low && (high - low).isFinite ? high - low : 1)
        case .standard:
            let count = Double(rows.count)
            let mean = rows.reduce(0) { $0 + numbers[Int($1)] / count }
            let variance = rows.reduce(0) { $0 + (numbers[Int($1)] - mean) * (numbers[Int($1)] - mean) / count }
            let isConstant = rows.allSatisfy { numbers[Int($0)] == numbers[Int(first)] }
            let deviation = variance.squareRoot()
            return isConstant ? (numbers[Int(first)], 1) : (mean, deviation > 0 && deviation.isFinite ? deviation : 1)
        }
    }

    private static func finding(_ problem: NumberParser.Problem, _ cell: Table.Cell, table: Table, column: Int) -> Diagnostic {
        let text = TablePlaces.shown(table.text(of: cell) ?? String(decoding: table.rawBytes(of: cell), as: UTF8.self))
        let name = table.columns[column]
        let range = Int(cell.start)..<Int(cell.start) + cell.length
        let expected = "in the column \"\(name)\", where a number was expected"
        let (message, help): (String, String?) =
            switch problem {
            case .empty: ("found an empty cell \(expected)", "fill it in, or drop the column")
            case .notANumber: ("found \"\(text)\" \(expected)", "encode the column as label or one-hot, or drop it")
            case .notFinite: ("found \"\(text)\" \(expected)", "write a number between -3.4e38 and 3.4e38")
            case .decimalComma: ("found \"\(text)\" \(expected)", "write a point instead of the comma")
            }
        return TablePlaces(file: table.file, bytes: table.bytes.bytes).diagnostic(message, at: range, help: help)
    }
}
