import Scheduling

/// A run whose title is its identity.
func sampleRun(_ id: String, work: Double = 1, architecture: String = "a", epochs: Int = 2) -> ScheduledRun {
    ScheduledRun(id: id, title: id, job: "\(id).json", log: "\(id)/log.txt", epochs: epochs, work: work, architecture: architecture)
}

extension WorkerEvent {
    static let done = WorkerEvent.finished(figures: [Figure("loss", 0.5)], seconds: 1)
}
