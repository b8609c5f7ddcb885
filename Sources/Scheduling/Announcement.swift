/// What the user is told once, as it happens.
public enum Announcement: Sendable, Hashable {
    /// A run is in the store.
    case finished(RunRequest, figures: [Figure], seconds: Double)
    /// A run ended by an error.
    case failed(RunRequest, message: String)
    /// A run was stopped before its end.
    case interrupted(RunRequest)
    /// The first wish to stop was heard.
    case stopping
    /// Nothing is left but so many runs that other processes train.
    case waiting(runs: Int)
}
