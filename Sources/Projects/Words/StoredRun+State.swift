import RunStore

extension StoredRun {
    /// The first file of a finished run that is no longer what it was.
    public var anyDamage: DamagedFile? { record.status == .finished ? damage(checking: .changes) : nil }

    /// Whether the loss was no longer a finite number when training ended.
    public var isDiverged: Bool { record.status == .finished && record.stopped == "diverged" }

    /// One word, that of the plan; a finished run that diverged says so.
    public var state: String {
        switch record.status {
        case .running: isBeingTrained ? "running" : "interrupted"
        case .finished where anyDamage != nil: "damaged"
        case .finished: isDiverged ? "diverged" : "finished"
        case .failed: "failed"
        case .interrupted: "interrupted"
        }
    }
}
