/// What the work on an experiment looks like in words: the live lines and the lines that stay. Pure, so that layouts can be tested.
public struct ProgressText: Sendable {
    /// The experiment's name.
    public let name: String
    /// The names of the figures to show while a run trains; the last one is the one that decides.
    public let figures: [String]

    /// The work on an experiment of this name.
    public init(name: String, figures: [String]) {
        self.name = name
        self.figures = figures
    }

    /// One line for the whole and one for each worker, none wider than `columns`, no more than `rows`.
    public func live(_ schedule: Schedule, columns: Int, rows: Int) -> [String] {
        var lines = [whole(schedule, columns: columns)]
        let titles = schedule.workers.map { $0.run?.title.count ?? 0 }.max() ?? 0
        for (index, worker) in schedule.workers.enumerated() {
            let head = "  worker \(index + 1)  "
            lines.append(head + line(of: worker, titleWidth: titles, columns: columns - head.count))
        }
        if lines.count > max(2, rows) {
            let shown = max(2, rows) - 1
            lines = lines.prefix(shown) + ["  and \(lines.count - shown) more workers"]
        }
        return lines.map { Self.clipped($0, to: columns) }
    }

    private func logLine(of run: RunRequest) -> String { run.log.map { "\n  log: \($0)" } ?? "" }

    /// A line that stays.
    public func lasting(_ announcement: Announcement) -> String {
        switch announcement {
        case .finished(let run, let figures, let seconds):
            let decisive = self.figures.last.flatMap { name in figures.first { $0.name == name } }.map {
                if $0.value.isFinite { return "   \($0.name) \(spoken(figure: $0.value))" }
                return figures.contains { $0.name == "loss" && $0.value.isFinite } ? "   \($0.name) is not defined" : "   diverged"
            }
            return "✓ \(run.title)\(decisive ?? "")   \(spoken(seconds: seconds))"
        case .failed(let run, let message):
            return "✗ \(run.title): \(message)\(logLine(of: run))"
        case .triedAgain(let run, let message, let left):
            return "✗ \(run.title): \(message); tried again after the others\(left > 1 ? ", \(left) times at most" : "")\(logLine(of: run))"
        case .timeIsUp(let limit):
            return "time is up after \(limit): nothing more is started, the runs under way end at their next batch"
        case .memoryIsShort(let workers, let needed, let atHand):
            return "\(counted(workers, "worker")) at a time: one more would need \(needed), and all have \(atHand) of memory together"
        case .interrupted(let run):
            return "- \(run.title): interrupted"
        case .waiting(let runs):
            return "waiting for \(runs == 1 ? "1 run" : "\(runs) runs") that another process trains"
        case .stopping:
            return "stopping: the runs under way end at their next batch; Ctrl-C again ends them at once"
        }
    }

    private func whole(_ schedule: Schedule, columns: Int) -> String {
        let (finished, total) = (schedule.finishedCount, schedule.total)
        var counts = "\(finished) of \(total) finished, \(schedule.failures.count) failed"
        if let left = timeLeft(schedule), schedule.mood == .going { counts += ", \(spoken(seconds: left)) left" }
        if name.count + counts.count + 2 > columns, schedule.failures.isEmpty {
            counts = counts.replacing(", 0 failed", with: "")
        }
        let room = min(31, columns - name.count - counts.count - 4)
        return room >= 6 ? "\(name)  \(Self.bar(finished, of: total, width: room))  \(counts)" : "\(name)  \(counts)"
    }

    private func line(of worker: Schedule.WorkerState, titleWidth: Int, columns: Int) -> String {
        guard let run = worker.run else { return "–" }
        let title = Self.padded(run.title, to: titleWidth)
        switch worker {
        case .training(_, let latest?):
            if let layer = latest.layer { return "\(title)  \(layer), pass \(latest.epoch)/\(latest.epochs)" }
            let epochs = String(latest.epochs)
            let epoch = Self.leading(String(latest.epoch), to: epochs.count)
            let shown = figures.compactMap { name in latest.figures.first { $0.name == name } }.map {
                "   \($0.name) \(spoken(figure: $0.value))"
            }
            let whole = "\(title)  epoch \(epoch)/\(epochs)"
            // In a narrow window the figure that decides stays longest.
            let layouts = [shown + ["   \(spoken(seconds: latest.seconds)) an epoch"], shown, shown.suffix(1)].map { whole + $0.joined() }
            return layouts.first { $0.count <= columns } ?? layouts[2]
        case .canary: return "\(title)  first step"
        default: return "\(title)  starting"
        }
    }
}

// MARK: - Layout

extension ProgressText {
    static func bar(_ part: Int, of total: Int, width: Int) -> String {
        let halves = total > 0 ? min(2 * width, 2 * width * part / total) : 2 * width
        let full = String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
        return full + String(repeating: "─", count: width - full.count)
    }

    static func clipped(_ line: String, to columns: Int) -> String {
        line.count <= columns ? line : columns > 1 ? line.prefix(columns - 1) + "…" : String(line.prefix(max(0, columns)))
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func leading(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
