/// Limits of time and memory, by the seconds and bytes that a schedule is told.
extension Schedule {
    /// How long a worker has been at its order.
    struct Watch: Sendable {
        var seconds = 0.0
        /// Why it was told to leave the run, in the words of the run's error.
        var excess: String?
        /// How long ago.
        var secondsSince = 0.0
    }

    /// How long a worker that was told to leave its run may take for it before it is killed.
    private static var grace: Double { 5 }
    /// How long all workers may take when no further run is started; the user, who can say more, is waited for.
    private static var graceOfAll: Double { 30 }

    /// Some time has passed.
    mutating func pass(_ seconds: Double) -> [Action] {
        secondsInAll += seconds
        if let limit = rules.maxTime, mood == .going, secondsInAll >= limit.seconds {
            isOutOfTime = true
            return [.announce(.timeIsUp(limit))] + stop()
        }
        if mood == .stopping, !wasInterrupted {
            secondsOfStopping += seconds
            if secondsOfStopping >= Self.graceOfAll { return killAll() }
        }
        return mood == .going ? workers.indices.flatMap { pass(seconds, worker: $0) } : []
    }

    private mutating func pass(_ seconds: Double, worker: Int) -> [Action] {
        guard workers[worker].run != nil else { return [] }
        watches[worker].seconds += seconds
        if watches[worker].excess != nil {
            watches[worker].secondsSince += seconds
            return watches[worker].secondsSince >= Self.grace ? [.kill(worker: worker + 1)] : []
        }
        guard let limit = rules.timeout, watches[worker].seconds >= limit.seconds else { return [] }
        watches[worker].excess = "timed out after \(limit)"
        return [.send(.stop, worker: worker + 1)]
    }

    /// A worker has so many bytes of memory for itself. One that has too many is killed: it may take more before it comes to a good moment.
    mutating func weigh(_ bytes: Double, worker: Int) -> [Action] {
        guard let limit = rules.memoryOfWorker, bytes > limit.bytes, mood == .going, workers.indices.contains(worker),
            workers[worker].run != nil, watches[worker].excess == nil
        else { return [] }
        watches[worker].excess = "took \(MemorySize(bytes: bytes)) of memory, more than a worker may (\(limit), --memory)"
        return [.kill(worker: worker + 1)]
    }

    /// Whether the run is known beforehand to need more memory than a worker may take.
    func needsTooMuch(_ run: RunRequest) -> Bool {
        rules.memoryOfWorker.map { run.memory > $0.bytes } ?? false
    }

    /// Whether the run fits beside those under way; alone any does.
    func fits(_ run: RunRequest) -> Bool {
        let busy = workers.compactMap(\.run)
        return busy.isEmpty || busy.reduce(run.memory) { $0 + $1.memory } <= rules.memory.bytes
    }

    /// Kills every worker that there is.
    mutating func killAll() -> [Action] {
        mood = .killing
        return workers.indices.filter { workers[$0] != .absent }.map { .kill(worker: $0 + 1) }
    }
}
