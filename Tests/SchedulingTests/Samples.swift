import Scheduling

/// A run whose title is its identity.
func sampleRun(_ id: String, work: Double = 1, architecture: String = "a", memory: Double = 0) -> RunRequest {
    RunRequest(id: id, title: id, log: "\(id)/log.txt", work: work, architecture: architecture, memory: memory)
}

extension WorkerEvent {
    static let done = WorkerEvent.finished(figures: [Figure("loss", 0.5)], seconds: 1)
}

extension RunEnding {
    static let done = RunEnding.finished(figures: [Figure("loss", 0.5)], seconds: 1)
}
