import Documents

/// What is wrong in the cells of one column: the first findings, and how many cells are like them.
struct CellFindings {
    /// So many cells of a column are shown.
    private static let mostShown = 5

    /// Each is put into words when it is asked for: a wide table may have findings in thousands of columns, of which few are told.
    private var shown: [() -> Diagnostic] = []
    private var count = 0

    var isEmpty: Bool { count == 0 }

    /// Counts a cell, and keeps what is to be said of it while there is room.
    mutating func add(_ finding: @autoclosure @escaping () -> Diagnostic) {
        count += 1
        if shown.count < Self.mostShown { shown.append(finding) }
    }

    /// The findings; the last one tells how many more cells there are.
    var all: [Diagnostic] {
        let found = shown.map { $0() }
        guard count > found.count, var last = found.last else { return found }
        let more = count - found.count
        last.message += "; so it is in \(more) more \(more == 1 ? "cell" : "cells") of the column"
        return found.dropLast() + [last]
    }

    /// Throws what was found.
    func check() throws(Diagnostics) {
        if !isEmpty { throw Diagnostics(all) }
    }
}

/// What is wrong in several columns: the findings of the first of them, and how many more there are.
struct ColumnFindings {
    private var columns: [[Diagnostic]] = []
    private var more = 0

    /// Whether so much is wrong that what else is found is only counted.
    var isFull: Bool { columns.count >= CSVReader.mostFindings }

    /// Runs what reads one column, and keeps what it throws as `Diagnostics`.
    mutating func collect<Result>(_ body: () throws -> Result) throws -> Result? {
        do {
            return try body()
        } catch let findings as Diagnostics {
            add(findings.all)
            return nil
        }
    }

    /// Keeps what is wrong in a column, or counts the column.
    mutating func add(_ findings: @autoclosure () -> [Diagnostic]) {
        if isFull { more += 1 } else { columns.append(findings()) }
    }

    /// Throws what was found in the order of the files: the first finding of every column, then the others, as long as there is room.
    func check() throws(Diagnostics) {
        guard !columns.isEmpty else { return }
        let most = columns.map(\.count).max() ?? 0
        let inTurn = (0..<most).flatMap { place in columns.compactMap { place < $0.count ? $0[place] : nil } }
        var findings = Diagnostics(Array(inTurn.prefix(CSVReader.mostFindings)))
        findings.all = findings.sorted
        if more > 0, let last = findings.all.indices.last {
            findings.all[last].message += "; \(more) more \(more == 1 ? "column has" : "columns have") such cells"
        }
        throw findings
    }
}
