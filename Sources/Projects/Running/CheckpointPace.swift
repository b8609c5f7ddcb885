/// When the next checkpoint is due.
package struct CheckpointPace {
    /// The least time between two.
    let interval: Duration
    private var due: ContinuousClock.Instant

    /// The first is due an interval after the start.
    package init(interval: Duration, from start: ContinuousClock.Instant) {
        self.interval = interval
        due = start + interval
    }

    package func isDue(at now: ContinuousClock.Instant) -> Bool { now >= due }

    /// Takes in how long one took: at most a hundredth of the time goes into them.
    package mutating func note(from begun: ContinuousClock.Instant, to ended: ContinuousClock.Instant) {
        due = ended + max(interval, begun.duration(to: ended) * 100)
    }
}
