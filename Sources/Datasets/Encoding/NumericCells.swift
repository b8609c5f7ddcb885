import Documents

/// A column of cells read as numbers.
enum NumericCells {
    /// The largest number that a `Float` holds.
    private static let largest = Double(Float.greatestFiniteMagnitude)

    /// The numbers of all rows; every cell that is none is a finding. Where an empty cell is allowed, it is not a number.
    static func numbers(table: Table, column: Int, isEmptyAllowed: Bool = false) throws(Diagnostics) -> [Double] {
        if let numbers = table.numbers?.column(column), numbers.allSatisfy({ abs($0) <= largest }) { return numbers }
        let (table, column) = table.withCells(of: column)
        var numbers: [Double] = []
        numbers.reserveCapacity(table.rowCount)
        var findings: [Diagnostic] = []
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            if isEmptyAllowed, table.isEmpty(cell) {
                numbers.append(.nan)
                continue
            }
            do {
                numbers.append(try NumberParser.number(table.rawBytes(of: cell)))
            } catch {
                if findings.count < CSVReader.mostFindings { findings.append(finding(error, cell, table: table, column: column)) }
            }
        }
        guard findings.isEmpty else { throw Diagnostics(findings) }
        return numbers
    }

    /// Whether every cell that is not empty is a number, and one is.
    static func areNumbers(table: Table, column: Int) -> Bool {
        if table.numbers != nil { return true }
        var count = 0
        for row in 0..<table.rowCount {
            let cell = table[row, column]
            if table.isEmpty(cell) { continue }
            guard (try? NumberParser.number(table.rawBytes(of: cell))) != nil else { return false }
            count += 1
        }
        return count > 0
    }

    /// Puts into empty cells what stands for them, and gives it as text.
    static func fill(_ numbers: inout [Double], _ missing: MissingCells, column: String, fittedOn rows: [Int32]) throws(DatasetError)
        -> String?
    {
        let value: Double
        let text: String
        switch missing {
        case .error, .drop: return nil
        case .mean:
            let known = rows.map { numbers[Int($0)] }.filter { !$0.isNaN }
            guard !known.isEmpty else { throw .emptyColumn(column: column) }
            value = known.reduce(0) { $0 + $1 / Double(known.count) }
            text = "\(value)"
        case .mostFrequent:
            var counts: [Double: Int] = [:]
            for row in rows where !numbers[Int(row)].isNaN { counts[numbers[Int(row)], default: 0] += 1 }
            guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { throw .emptyColumn(column: column) }
            value = most.key
            text = "\(value)"
        case .value(let written):
            var copy = written
            let number = copy.withUTF8 { try? NumberParser.number(UnsafeRawBufferPointer($0)) }
            guard let number else {
                throw .wrongMissing(column: column, missing: "\"\(written)\"", expected: "a number, mean or most_frequent")
            }
            value = number
            text = written
        }
        for row in numbers.indices where numbers[row].isNaN { numbers[row] = value }
        return text
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
        let expected = "in the column \"\(table.columns[column])\", where a number was expected"
        let (message, help): (String, String?) =
            switch problem {
            case .empty:
                (
                    "found an empty cell \(expected)",
                    "fill it in, drop the column, or say what stands for it: missing: drop, mean, most_frequent or a number"
                )
            case .notANumber: ("found \"\(text)\" \(expected)", "encode the column as label or one-hot, or drop it")
            case .notFinite: ("found \"\(text)\" \(expected)", "write a number between -3.4e38 and 3.4e38")
            case .decimalComma: ("found \"\(text)\" \(expected)", "write a point instead of the comma")
            }
        return table.diagnostic(message, at: cell, help: help)
    }
}
