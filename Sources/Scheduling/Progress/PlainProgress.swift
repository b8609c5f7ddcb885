/// Progress where nothing can be redrawn: one plain line for each thing that happened.
public struct PlainProgress: ProgressDisplay {
    private let view: ProgressText
    private let terminal: Terminal

    /// Shows the work on this stream.
    public init(_ view: ProgressText, on terminal: Terminal) {
        self.view = view
        self.terminal = terminal
    }

    /// Writes the line, with the count of finished runs behind a run's end.
    public mutating func announce(_ announcement: Announcement, _ schedule: Schedule, elapsed: Duration) {
        let count = "   (\(schedule.finishedCount) of \(schedule.total))"
        let isEnd = if case .finished = announcement { true } else { false }
        terminal.write(view.lasting(announcement) + (isEnd ? count : "") + "\n")
    }

    /// Nothing: a log is no place for what only moves.
    public mutating func refresh(_ schedule: Schedule, elapsed: Duration) {}

    /// Nothing.
    public mutating func end() {}
}
