/// A run that is wanted. Scheduling knows no tensors: what to train is looked up and written into a job's file when a worker is free for it,
/// so a request holds only what it takes to choose among requests and to speak of them.
public struct RunRequest: Sendable, Hashable, Identifiable {
    /// The run's identity in the store.
    public let id: String
    /// How people know it: `wide, seed 3`.
    public let title: String
    /// Where the run's log is, as shown to people; nil where nothing is written.
    public internal(set) var log: String?
    /// Estimated work, in any unit that is the same for all runs of an experiment.
    public let work: Double
    /// Runs with equal architectures run the same program, so one step of one of them proves all of them.
    public let architecture: String

    /// About how many bytes a worker takes that trains it.
    public let memory: Double

    /// A run with its log and estimates of its work and memory.
    public init(id: String, title: String, log: String?, work: Double, architecture: String, memory: Double = 0) {
        self.memory = memory
        self.id = id
        self.title = title
        self.log = log
        self.work = work
        self.architecture = architecture
    }
}
