import Documents

/// What is wrong in the cells of one column: the first findings, and how many cells are like them.
struct CellFindings {
    /// So many cells of a column are shown.
    private static let mostShown = 5

    private(set) var shown: [Diagnostic] = []
    private var count = 0

    var isEmpty: Bool { count == 0 }

    /// Counts a cell, and keeps what is to be said of it while there is room.
    mutating func add(_ finding: @autoclosure () -> Diagnostic) {
        count += 1
        if shown.count < Self.mostShown { shown.append(finding()) }
    }

    /// The findings; the last one tells how many more cells there are.
    var all: [Diagnostic] {
        guard count > shown.count, var last = shown.last else { return shown }
        let more = count - shown.count
        last.message += "; so it is in \(more) more \(more == 1 ? "cell" : "cells") of the column"
        return shown.dropLast() + [last]
    }

    /// Throws what was found.
    func check() throws(Diagnostics) {
        if !isEmpty { throw Diagnostics(all) }
    }
}

/// What is wrong in several columns.
struct ColumnFindings {
    private var columns: [[Diagnostic]] = []

    /// Runs what reads one column, and keeps what it throws as `Diagnostics`.
    mutating func collect<Result>(_ body: () throws -> Result) throws -> Result? {
        do {
            return try body()
        } catch let findings as Diagnostics {
            columns.append(findings.all)
            return nil
        }
    }

    /// Throws what was found in the order of the files: the first finding of every column, then the others, as long as there is room.
    func check() throws(Diagnostics) {
        guard !columns.isEmpty else { return }
        let most = columns.map(\.count).max() ?? 0
        let inTurn = (0..<most).flatMap { place in columns.compactMap { place < $0.count ? $0[place] : nil } }
        var findings = Diagnostics(Array(inTurn.prefix(CSVReader.mostFindings)))
        findings.all = findings.sorted
        throw findings
    }
}
