/// What the user is told once, as it happens.
public enum Announcement: Sendable, Hashable {
    /// A run is in the store.
    case finished(ScheduledRun, figures: [Figure], seconds: Double)
    /// A run ended by an error.
    case failed(ScheduledRun, message: String)
    /// A run was stopped before its end.
    case interrupted(ScheduledRun)
    /// The first wish to stop was heard.
    case stopping
    /// Nothing is left but so many runs that other processes train.
    case waiting(runs: Int)
}
