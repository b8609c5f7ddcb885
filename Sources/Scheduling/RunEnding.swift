/// What has become of a run.
public enum RunEnding: Sendable, Hashable {
    /// Trained to its end, with its final figures and the seconds that it took.
    case finished(figures: [Figure], seconds: Double)
    /// Ended by an error, with its words.
    case failed(message: String)
    /// Told to stop before its end.
    case interrupted
}

/// What has become of runs, by their identities: of those that stood in the store before, and of those that ended since.
public typealias Outcomes = [RunRequest.ID: RunEnding]
