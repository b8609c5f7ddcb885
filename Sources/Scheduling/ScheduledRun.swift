/// One run that a worker can be asked to train. Scheduling knows no tensors: what to train stands in the job's file, which only the worker reads.
public struct ScheduledRun: Sendable, Hashable, Identifiable {
    /// The run's identity in the store.
    public let id: String
    /// How people know it: `wide, seed 3`.
    public let title: String
    /// The file with what the worker needs to know.
    public let job: String
    /// Where the run's log is, as shown to people.
    public let log: String
    /// How many epochs it may take.
    public let epochs: Int
    /// Estimated work, in any unit that is the same for all runs of a sweep.
    public let work: Double
    /// Runs with equal architectures run the same program, so one step of one of them proves all of them.
    public let architecture: String

    /// A run with its job's file, its log and an estimate of its work.
    public init(id: String, title: String, job: String, log: String, epochs: Int, work: Double, architecture: String) {
        self.id = id
        self.title = title
        self.job = job
        self.log = log
        self.epochs = epochs
        self.work = work
        self.architecture = architecture
    }
}

/// A number with its name, such as `val_accuracy`. Names keep the order in which the worker gave them.
public struct Figure: Sendable, Hashable, Codable {
    /// Keras's name of the figure.
    public let name: String
    /// Its value; not a number where it is not defined. When training diverged, none is a number, the loss neither.
    public let value: Double

    /// A named value.
    public init(_ name: String, _ value: Double) {
        self.name = name
        self.value = value
    }
}
