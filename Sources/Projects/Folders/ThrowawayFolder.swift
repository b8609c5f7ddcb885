import FoundationEssentials
import Processes

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A folder for what nobody wants to keep. It goes with the program, whatever ends that: a process that is no child of the program waits for its end.
public struct ThrowawayFolder {
    /// Where it is.
    public let path: String
    /// The end of a pipe that closes with the program.
    private let lifeline: Int32

    /// Makes it, in the folder for temporary files.
    public init() throws {
        var template = Array("\(FileManager.default.temporaryDirectory.path)/ablate-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw Refusal(
                "cannot make a temporary folder in \(FileManager.default.temporaryDirectory.path): \(String(cString: strerror(errno)))")
        }
        path = String(cString: made)
        lifeline = Self.startWatch(over: path)
    }

    /// Removes it with all that is in it.
    public func remove() {
        try? FileManager.default.removeItem(atPath: path)
        close(lifeline)
    }

    /// Starts a shell that removes the folder as soon as nobody can write into the pipe any more, and gives the end that keeps it waiting; -1 where it
    /// cannot be started, and the folder is removed at the program's own end alone.
    private static func startWatch(over folder: String) -> Int32 {
        guard let pipe = try? Pipe() else { return -1 }
        defer { close(pipe.reading) }
        // The shell leaves at once; what it has left behind is nobody's child.
        let script = "exec 3<&0; (trap '' HUP INT QUIT TERM; exec <&3 3<&-; read _; /bin/rm -rf -- \"$1\") &"
        let shell = try? ChildProcess(
            "/bin/sh", ["-c", script, "ablate-watch", folder], input: .descriptor(pipe.reading), output: .nothing, errors: .nothing,
            environment: [])
        guard let shell else {
            close(pipe.writing)
            return -1
        }
        _ = shell.waitForEnding()
        return pipe.writing
    }
}
