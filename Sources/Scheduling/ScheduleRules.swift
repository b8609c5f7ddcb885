/// What the user asked of a schedule, and what there is to share.
public struct ScheduleRules: Sendable, Hashable {
    /// There are never more workers; one at least.
    public var workers: Int
    /// Whether the first failure stops the others.
    public var failFast: Bool
    /// How often a run that failed is tried again, after all others, unless its input is to blame (``FailureCause``).
    public var retries: Int
    /// How long a run, or the first step of one, may take.
    public var timeout: TimeSpan?
    /// How long all of it may take.
    public var maxTime: TimeSpan?
    /// How much memory a worker may take.
    public var memoryOfWorker: MemorySize?
    /// How much memory the workers may take together, as estimated; a run that needs more is trained alone.
    public var memory: MemorySize

    /// One worker, and no limits, unless told.
    public init(
        workers: Int = 1, failFast: Bool = false, retries: Int = 0, timeout: TimeSpan? = nil, maxTime: TimeSpan? = nil,
        memoryOfWorker: MemorySize? = nil, memory: MemorySize = MemorySize(bytes: .infinity)
    ) {
        self.workers = max(1, workers)
        self.failFast = failFast
        self.retries = retries
        self.timeout = timeout
        self.maxTime = maxTime
        self.memoryOfWorker = memoryOfWorker
        self.memory = memory
    }
}

/// What is to blame for a failure.
public enum FailureCause: String, Sendable, Hashable, Codable {
    /// The settings or the data: the same would happen again.
    case input
    /// The machine, or chance: a crash, a kill, a full disk, too little time or memory.
    case circumstances
}
