/// Where folders and files lie: the operating system's, or an imitation of it in memory.
public struct Disk: Hashable, Sendable {
    let calls: any FileCalls

    /// Folders and files that rest on these calls.
    package init(_ calls: any FileCalls) { self.calls = calls }

    /// The operating system's.
    public static let system = Disk(SystemCalls())

    /// What tells this start of the machine from others: as long as it is the same, nothing that was written is lost, durable or not. Nil where nobody
    /// knows it, or where many files cannot be made durable at once (``Folder/syncAll()``).
    public var start: String? { calls.start }

    /// Whether both are one.
    public static func == (one: Disk, other: Disk) -> Bool { one.calls === other.calls }

    /// Which one it is.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(calls)) }
}
