import CSpawn

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Another program that this process has started: in a process group of its own, so that Ctrl-C on the terminal reaches only the parent, and
/// with no descriptor but the three streams that it is given. Signals are as a shell gives them: none is blocked or ignored.
///
/// Whoever starts it asks for its ``ending()`` until there is one; nothing else waits for it, and no thread is started.
public struct ChildProcess: Sendable {
    /// What one of its standard streams is.
    public enum Stream: Sendable, Hashable {
        /// That of this process.
        case inherited
        /// Nothing: reading it ends at once, what is written is lost.
        case nothing
        /// This open descriptor; it stays the caller's to close.
        case descriptor(Int32)
    }

    /// Its number, which is that of its group as well.
    public let id: Int32

    /// Starts `program`, a path or a name that is looked for in PATH. `environment` holds `name=value` entries; nil stands for that of this process.
    public init(
        _ program: String, _ arguments: [String], input: Stream = .nothing, output: Stream = .inherited, errors: Stream = .inherited,
        environment: [String]? = nil
    ) throws(StartFault) {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (stream, number) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
            switch stream {
            case .inherited: break
            case .nothing: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", number == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0)
            case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            }
        }
        var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        #if canImport(Glibc)
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
        #else
        flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        for (stream, number) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO)] where stream == .inherited {
            posix_spawn_file_actions_addinherit_np(&actions, number)
        }
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGQUIT] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)

        var process = pid_t()
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = (environment ?? []).map { strdup($0) } + [nil]
        defer { for word in words + variables { free(word) } }
        let code =
            environment == nil
            ? posix_spawnp(&process, program, &actions, &attributes, &words, environ)
            : posix_spawnp(&process, program, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw StartFault(code: code) }
        id = process
    }

    /// Ends it at once, with all that it has started.
    public func kill() {
        #if canImport(Glibc)
        _ = Glibc.kill(-id, SIGKILL)
        #else
        _ = Darwin.kill(-id, SIGKILL)
        #endif
    }

    /// The bytes of memory that it has for itself, without those of mapped files; nil where the system does not tell.
    public var memory: Int? {
        // The kernel gives files below /proc no length; a line at a time is read whatever they say.
        guard let file = fopen("/proc/\(id)/status", "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split { $0.isWhitespace }
            if words.first == "RssAnon:", words.count > 1 { return Int(words[1]).map { $0 * 1024 } }
        }
        return nil
    }

    /// How it ended, once it has; its number may belong to another process from then on.
    public func ending() -> Ending? {
        var status: Int32 = 0
        return waitpid(id, &status, WNOHANG) == id ? Ending(status) : nil
    }

    /// Waits until it has ended.
    public func waitForEnding() -> Ending {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return Ending(status)
    }

    /// How a process came to its end.
    public enum Ending: Sendable, Hashable {
        /// It left with this exit code.
        case exited(code: Int)
        /// A signal ended it.
        case killed(signal: Int)

        fileprivate init(_ status: Int32) {
            let signal = status & 0x7F
            self = signal == 0 ? .exited(code: Int(status >> 8 & 0xFF)) : .killed(signal: Int(signal))
        }
    }
}

/// Why a process could not be started.
public struct StartFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system's number for it.
    public let code: Int32

    /// Whether there is no such program.
    public var isAbsence: Bool { code == ENOENT }

    /// The system's words for it.
    public var description: String { String(cString: strerror(code)) }
}
