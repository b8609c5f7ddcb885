/// What has become of a run in this sweep.
public enum RunEnding: Sendable, Hashable {
    /// Trained to its end, with its final figures and seconds.
    case finished(figures: [Figure], seconds: Double)
    /// Ended by an error, with its words.
    case failed(message: String)
    /// Told to stop before its end.
    case interrupted
}

/// Decides which runs are wanted, given what has become of the earlier ones. A fixed plan wants its runs whatever happens;
/// a search or adaptive seeds look at the outcomes first. Must be pure: the same outcomes give the same runs.
public typealias RunChoice = @Sendable (_ outcomes: [ScheduledRun.ID: RunEnding]) -> [ScheduledRun]

/// The choice of a fixed plan: every run of it.
public func everyRun(of plan: [ScheduledRun]) -> RunChoice {
    { _ in plan }
}

/// The runs to start next, in order: what `choice` wants, without those that have an outcome or are under way, the longest first, so that
/// no long run is left to the end while other workers idle. Equal work keeps the choice's own order.
public func next(
    _ choice: RunChoice, outcomes: [ScheduledRun.ID: RunEnding], underWay: Set<ScheduledRun.ID>
) -> [ScheduledRun] {
    var seen = underWay
    let missing = choice(outcomes).filter { outcomes[$0.id] == nil && seen.insert($0.id).inserted }
    return missing.enumerated().sorted { left, right in
        left.element.work != right.element.work ? left.element.work > right.element.work : left.offset < right.offset
    }.map(\.element)
}

/// One run of each distinct architecture, the first of each, but for the architectures of the runs that get the first workers: their first steps are
/// tried before the sweep starts, while a fault of the others shows as soon as it has started.
public func canaries(of runs: [ScheduledRun], workers: Int) -> [ScheduledRun] {
    var seen = Set(runs.prefix(workers).map(\.architecture))
    return runs.filter { seen.insert($0.architecture).inserted }
}
