import FoundationEssentials

/// The memory that a program may use at most.
public struct MachineMemory: Sendable, Hashable {
    /// In bytes.
    public let bytes: Double

    /// So many bytes.
    public init(bytes: Double) { self.bytes = bytes }

    /// No limit at all.
    public static let unlimited = MachineMemory(bytes: .infinity)

    /// What the machine has, or what its control group leaves of it (Linux, both versions of control groups).
    public static let atHand: MachineMemory = {
        let memberships = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        let limits = limitFiles(memberships).compactMap { limit(in: try? String(contentsOfFile: $0, encoding: .utf8)) }
        return MachineMemory(bytes: limits.reduce(Double(ProcessInfo.processInfo.physicalMemory), min))
    }()

    /// The files that may hold a limit, for the lines of `/proc/self/cgroup`: a group's own and those of all groups around it.
    package static func limitFiles(_ memberships: String) -> [String] {
        memberships.split(separator: "\n").flatMap { line -> [String] in
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return [] }
            let isSecondVersion = parts[0] == "0" && parts[1].isEmpty
            guard isSecondVersion || parts[1].split(separator: ",").contains("memory") else { return [] }
            let root = isSecondVersion ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
            let groups = parts[2].split(separator: "/")
            return (0...groups.count).map { depth in
                ([root] + groups.prefix(depth).map(String.init)).joined(separator: "/")
                    + (isSecondVersion ? "/memory.max" : "/memory.limit_in_bytes")
            }
        }
    }

    /// The bytes that such a file names; nil for `max`.
    package static func limit(in text: String?) -> Double? {
        text?.split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
    }
}
