import Documents
import Processes
import Scheduling

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where results and messages go: results to standard output, everything else to standard error. Names and cells from a user's files may hold
/// anything: nothing in them acts on a terminal.
enum Output {
    /// Writes a result. A reader that has gone (as `head` goes) ends the program quietly; a full disk ends it with a message.
    static func result(_ text: String) {
        guard !writeAll(text.printable.utf8, to: STDOUT_FILENO) else { return }
        let code = errno
        if code != EPIPE { message("ablate: error: cannot write to standard output: \(String(cString: strerror(code)))\n") }
        exit(code == EPIPE ? 0 : 1)
    }

    /// Writes a message. One that nobody can read is lost.
    static func message(_ text: String) {
        styled(text.printable)
    }

    /// Writes warnings, a line each.
    static func warn(_ warnings: [some CustomStringConvertible]) {
        for warning in warnings { message("ablate: warning: \(warning)\n") }
    }

    /// Writes a message with marks for a terminal in it; whatever came from outside is printable already.
    static func styled(_ text: String) {
        _ = writeAll(text.utf8, to: STDERR_FILENO)
    }
}
