/// Shows the work on an experiment to the user.
public protocol ProgressDisplay {
    /// Something happened that stays said.
    mutating func announce(_ announcement: Announcement, _ schedule: Schedule, elapsed: Duration)
    /// Something moved, or time passed.
    mutating func refresh(_ schedule: Schedule, elapsed: Duration)
    /// Nothing follows.
    mutating func end()
}
