import Processes

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What the far end of a stream can show.
public struct Terminal: Sendable, Hashable {
    /// Lines can be redrawn in place.
    public let isLive: Bool
    /// Colours are welcome.
    public let hasColours: Bool
    private let descriptor: Int32

    /// Looks at the stream and at `TERM` and `NO_COLOR` (any value but an empty one counts).
    public init(descriptor: Int32, environment: [String: String]) {
        self.descriptor = descriptor
        isLive = isatty(descriptor) == 1 && (environment["TERM"] ?? "dumb") != "dumb"
        hasColours = isLive && (environment["NO_COLOR"] ?? "").isEmpty
    }

    /// Columns and rows as they are now; 80 by 24 when the terminal does not tell.
    public var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Writes text as it is. What a closed stream misses is lost: showing progress must not end the work.
    public func write(_ text: String) {
        _ = writeAll(text.utf8, to: descriptor)
    }
}
