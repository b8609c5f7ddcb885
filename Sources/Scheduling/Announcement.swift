/// What the user is told once, as it happens.
public enum Announcement: Sendable, Hashable {
    /// A run is in the store.
    case finished(RunRequest, figures: [Figure], seconds: Double)
    /// A run ended by an error.
    case failed(RunRequest, message: String)
    /// A run ended by an error, and will be tried again, so many times at most.
    case triedAgain(RunRequest, message: String, left: Int)
    /// A run was stopped before its end.
    case interrupted(RunRequest)
    /// The first wish to stop was heard.
    case stopping
    /// The time for the whole is over.
    case timeIsUp(TimeSpan)
    /// So many workers work; with one more, for a run that needs so much, the memory at hand would not do.
    case memoryIsShort(workers: Int, needed: MemorySize, atHand: MemorySize)
    /// Nothing is left but so many runs that other processes train.
    case waiting(runs: Int)
}
