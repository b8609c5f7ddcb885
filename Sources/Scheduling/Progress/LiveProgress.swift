import Processes
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Progress on a terminal: live lines redrawn in place, with what stays said above them. The cursor is hidden meanwhile and comes back on
/// every exit that a process can see.
public struct LiveProgress: ProgressDisplay {
    private let view: ProgressText
    private let terminal: Terminal
    private var drawn = 0
    private var lastDrawn: Duration?

    /// Redrawing more often than this helps nobody.
    private static var interval: Duration { .milliseconds(50) }

    /// Shows the work on this terminal.
    public init(_ view: ProgressText, on terminal: Terminal) {
        self.view = view
        self.terminal = terminal
        atexit {
            if cursorIsHidden.load(ordering: .relaxed) { _ = writeAll(LiveProgress.showCursor.utf8, to: STDERR_FILENO) }
        }
        cursorIsHidden.store(true, ordering: .relaxed)
        terminal.write(Self.hideCursor)
    }

    /// Writes the line above the live ones.
    public mutating func announce(_ announcement: Announcement, _ schedule: Schedule, elapsed: Duration) {
        let text = view.lasting(announcement)
        draw(schedule, elapsed: elapsed, above: terminal.hasColours ? Self.coloured(text) : text)
    }

    /// Redraws the live lines, unless that was just done.
    public mutating func refresh(_ schedule: Schedule, elapsed: Duration) {
        if let lastDrawn, elapsed - lastDrawn < Self.interval { return }
        draw(schedule, elapsed: elapsed, above: nil)
    }

    /// Takes the live lines away and gives the cursor back.
    public mutating func end() {
        terminal.write(eraser + Self.showCursor)
        cursorIsHidden.store(false, ordering: .relaxed)
        drawn = 0
    }

    private mutating func draw(_ schedule: Schedule, elapsed: Duration, above: String?) {
        let size = terminal.size
        let lines = view.live(schedule, columns: size.columns - 1, rows: size.rows - 1)
        let text = eraser + (above.map { $0 + "\n" } ?? "") + lines.joined(separator: "\n") + "\n"
        terminal.write(text)
        drawn = lines.count
        lastDrawn = elapsed
    }

    /// Goes back to the first live line and clears from there.
    private var eraser: String {
        drawn > 0 ? "\r\u{1B}[\(drawn)A\u{1B}[J" : "\r\u{1B}[K"
    }

    private static let hideCursor = "\u{1B}[?25l"
    private static let showCursor = "\u{1B}[?25h"

    private static func coloured(_ line: String) -> String {
        let colour: String
        switch line.first {
        case "✓": colour = "32"
        case "✗": colour = "31"
        default: return line
        }
        return "\u{1B}[\(colour)m\(line.prefix(1))\u{1B}[0m\(line.dropFirst())"
    }
}

/// What the process must make good when it leaves in the middle.
private let cursorIsHidden = Atomic<Bool>(false)
