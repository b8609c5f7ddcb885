#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What tells a process from all others, here and on other machines: numbers of processes are used again, names of machines are given twice.
public struct ProcessIdentity: Hashable, Sendable {
    /// The machine's name, for people.
    public let host: String
    /// The start of the machine, which no two have in common; containers on one machine share it, as they share its locks.
    public let boot: String
    /// The processes among which the number counts: a container has numbers of its own.
    public let space: String
    /// The process's number.
    public let process: Int
    /// When the process was started, in the machine's own units since its start; 0 where that is not known.
    public let started: Int

    /// All of it, as given.
    public init(host: String, boot: String, space: String, process: Int, started: Int) {
        (self.host, self.boot, self.space, self.process, self.started) = (host, boot, space, process, started)
    }

    /// This process.
    public static let own = ProcessIdentity(
        host: hostName, boot: SystemCalls.readStart() ?? "unknown", space: ownSpace, process: Int(getpid()),
        started: start(of: Int(getpid())) ?? 0)

    /// Whether the process has certainly gone, as seen by `other`, which must be at work now: false for those that it cannot see.
    func hasGone(asSeenBy other: ProcessIdentity) -> Bool {
        guard boot == other.boot, space == other.space else { return false }
        if kill(Int32(truncatingIfNeeded: process), 0) != 0, errno == ESRCH { return true }
        guard started > 0, let now = Self.start(of: process) else { return false }
        return now != started
    }

    /// The machine's name.
    public static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static var ownSpace: String {
        var name = [CChar](repeating: 0, count: 256)
        let length = readlink("/proc/self/ns/pid", &name, name.count)
        return String(decoding: name.prefix(max(0, length)).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The twenty-second field of `/proc/PROCESS/stat`; the second is a name in brackets, which may hold anything.
    private static func start(of process: Int) -> Int? {
        guard let line = firstLine(of: "/proc/\(process)/stat"), let bracket = line.lastIndex(of: ")") else { return nil }
        let fields = line[line.index(after: bracket)...].split(separator: " ")
        return fields.count > 19 ? Int(fields[19]) : nil
    }

    private static func firstLine(of path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 4096)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        return String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(separator: "\n").first.map(
            String.init)
    }
}

extension ProcessIdentity: CustomStringConvertible {
    /// For example `process 4711 on node7`.
    public var description: String { "process \(process) on \(host)" }
}
