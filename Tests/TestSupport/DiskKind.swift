/// Where folders of a test lie: what holds on the operating system's disk holds in memory.
public enum DiskKind: CaseIterable, Sendable {
    /// The operating system's.
    case disk
    /// A ``MemoryDisk``.
    case memory
}
