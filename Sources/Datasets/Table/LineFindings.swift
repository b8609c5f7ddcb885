import Documents

/// What is wrong with the lines of a file: the first findings, and how many lines are like them.
struct LineFindings {
    private var shown: [Diagnostic] = []
    private var count = 0

    /// Counts a line, and keeps what is to be said of it while there is room.
    mutating func add(_ finding: @autoclosure () -> Diagnostic) {
        count += 1
        if shown.count < CSVReader.mostFindings { shown.append(finding()) }
    }

    /// Throws what was found; the last finding tells how many more lines there are.
    func check() throws(Diagnostics) {
        guard var last = shown.last else { return }
        let more = count - shown.count
        if more > 0 { last.message += "; so it is with \(more) more \(more == 1 ? "line" : "lines")" }
        throw Diagnostics(shown.dropLast() + [last])
    }
}
