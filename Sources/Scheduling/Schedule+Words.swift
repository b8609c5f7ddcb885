/// What a schedule is told, what it answers, and what it says of its workers.
extension Schedule {
    /// What happened.
    public enum Input: Sendable, Hashable {
        /// A worker told something.
        case event(WorkerEvent, from: Int)
        /// A worker has gone.
        case ended(WorkerEnding, worker: Int)
        /// The user asked to stop; the second time means at once.
        case interrupted
        /// Some time has passed: what others held may be free, and limits may be reached.
        case passed(seconds: Double)
        /// A worker has so many bytes of memory for itself.
        case memory(bytes: Double, worker: Int)
    }

    /// What to do about it.
    public enum Action: Sendable, Hashable {
        /// Start a worker of this number.
        case start(worker: Int)
        /// Pass an order to a worker that was started.
        case send(Order, worker: Int)
        /// Close the worker's input; it is no longer needed.
        case dismiss(worker: Int)
        /// End the worker's process group at once.
        case kill(worker: Int)
        /// Tell the user.
        case announce(Announcement)
    }

    /// What a worker is to do.
    public enum Order: Sendable, Hashable {
        /// Try one step of this run; nothing of it is kept.
        case canary(RunRequest)
        /// Train this run to its end.
        case train(RunRequest)
        /// Leave the run at hand.
        case stop
    }

    /// What a worker is doing.
    public enum WorkerState: Sendable, Hashable {
        /// There is no process.
        case absent
        /// A process waits for its next job.
        case idle
        /// Tries one step of a run.
        case canary(RunRequest)
        /// Trains a run; the latest epoch when there was one.
        case training(RunRequest, latest: EpochProgress?)
        /// Told that it is no longer needed.
        case leaving
    }

    /// The latest epoch of a run under way.
    public struct EpochProgress: Sendable, Hashable {
        /// The epoch that has ended, from 1.
        public let epoch: Int
        /// How many there may be.
        public let epochs: Int
        /// Its figures.
        public let figures: [Figure]
        /// What it took.
        public let seconds: Double
        /// The layer whose passes are counted, as long as layers are trained by themselves.
        public var layer: String?
    }

    /// How far the will to go on has sunk.
    public enum Mood: Sendable, Hashable {
        /// Runs are started as workers come free.
        case going
        /// No further run is started; those under way are told to stop.
        case stopping
        /// Workers are killed.
        case killing
    }

    /// A run that failed and why.
    public struct Failure: Sendable, Hashable {
        /// The run.
        public let run: RunRequest
        /// The words of its error.
        public let message: String
    }
}

extension Schedule.WorkerState {
    /// The run that the worker has in hand.
    public var run: RunRequest? {
        switch self {
        case .canary(let run), .training(let run, _): run
        case .absent, .idle, .leaving: nil
        }
    }
}
