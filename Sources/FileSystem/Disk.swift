/// Where folders and files lie: the operating system's, or an imitation of it in memory.
public struct Disk: Hashable, Sendable {
    let calls: any FileCalls

    /// Folders and files that rest on these calls.
    package init(_ calls: any FileCalls) { self.calls = calls }

    /// The operating system's.
    public static let system = Disk(SystemCalls())

    /// Whether both are one.
    public static func == (one: Disk, other: Disk) -> Bool { one.calls === other.calls }

    /// Which one it is.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(calls)) }
}
