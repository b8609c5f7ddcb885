import FoundationEssentials

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
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return -1 }
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[0], 3)
        for stream in [STDOUT_FILENO, STDERR_FILENO] { posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0) }
        let words = ["sh", "-c", "(trap '' HUP INT QUIT TERM; exec <&3; read _; /bin/rm -rf -- \"$1\") &", "ablate-watch", folder]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        let code = posix_spawn(&process, "/bin/sh", &actions, nil, &arguments, &environment)
        close(ends[0])
        guard code == 0 else {
            close(ends[1])
            return -1
        }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return ends[1]
    }
}
