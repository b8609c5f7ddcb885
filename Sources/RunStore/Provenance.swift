import FileSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Where and by what a run was made: nothing in it decides the result.
public struct Provenance: Hashable, Sendable {
    /// The commit of the project, when it is under git.
    public var commit: String?
    /// Whether the project's files were those of the commit when `ablate run` began, results and cached data apart; nil where nobody could tell, and in
    /// records of earlier versions of the program.
    public var isClean: Bool?
    /// The changes to the experiment's file with which the run was asked for, as they were written, such as `training.epochs=5`.
    public var changes: [String] = []
    /// The host's name.
    public var host: String
    /// The processor's name.
    public var processor: String
    /// Versions by name, such as `ablate`, `swift`, `oneDNN`.
    public var versions: [String: String]
    /// Where the random numbers came from; nil in records of earlier versions of the program.
    public var random: RandomSource?

    /// All of it, as given.
    public init(
        commit: String? = nil, isClean: Bool? = nil, host: String, processor: String, versions: [String: String] = [:],
        random: RandomSource? = nil
    ) {
        self.commit = commit
        self.isClean = isClean
        self.host = host
        self.processor = processor
        self.versions = versions
        self.random = random
    }

    /// This machine, and the commit that is checked out in the project's folder.
    public static func current(project: String, versions: [String: String]) -> Provenance {
        Provenance(commit: checkedOutCommit(project), host: hostName, processor: processorName, versions: versions)
    }
}

/// What names a run's random numbers besides its seed.
public struct RandomSource: Hashable, Sendable {
    /// The generator.
    public var generator: String
    /// The number of each named stream, which goes into its key.
    public var streams: [String: Int]

    /// A generator and its streams.
    public init(generator: String, streams: [String: Int]) {
        self.generator = generator
        self.streams = streams
    }
}

// MARK: - Machine

extension Provenance {
    /// The name of this machine.
    public static var hostName: String { ProcessIdentity.hostName }

    private static var processorName: String {
        #if os(Linux)
        // The kernel gives files below /proc no length, so the usual way of reading a whole file sees nothing.
        guard let file = fopen("/proc/cpuinfo", "r") else { return "unknown" }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            guard text.hasPrefix("model name"), let colon = text.firstIndex(of: ":") else { continue }
            return String(text[text.index(after: colon)...].drop { $0 == " " }.prefix { $0 != "\n" })
        }
        return "unknown"
        #else
        var name = [CChar](repeating: 0, count: 256)
        var length = name.count - 1
        guard sysctlbyname("machdep.cpu.brand_string", &name, &length, nil, 0) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        #endif
    }
}

// MARK: - Commit

extension Provenance {
    /// Reads what git keeps in its own files: starting git would take longer than a plan may.
    private static func checkedOutCommit(_ project: String) -> String? {
        guard let git = try? Folder(path: project + "/.git"), let head = line(of: "HEAD", in: git) else { return nil }
        guard head.hasPrefix("ref: ") else { return head }
        let reference = String(head.dropFirst(5))
        let parts = reference.split(separator: "/").map(String.init)
        if let name = parts.last, let folder = try? parts.dropLast().reduce(git, { try $0.folder($1) }),
            let commit = line(of: name, in: folder)
        {
            return commit
        }
        guard let packed = try? git.read("packed-refs") else { return nil }
        let lines = String(decoding: packed, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasSuffix(" " + reference) }.map { String($0.prefix { $0 != " " }) }
    }

    private static func line(of name: String, in folder: Folder) -> String? {
        guard let bytes = try? folder.read(name) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return line.isEmpty ? nil : line
    }
}
