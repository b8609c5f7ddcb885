import Projects
import RunStore
import Scheduling

/// Workers without processes: a run that is asked for lies in the store at once, finished, unless `faults` says how its worker ends.
struct StoreExecutor: Executor {
    private let faults: [String: WorkerEnding]
    private let canaryFault: String?
    private var news: [Schedule.Input] = []
    /// The runs that were trained, in their order, and the files of their jobs.
    let trained = Trained()

    final class Trained {
        var runs: [RunSpecification] = []
        var jobs: [String] = []
    }

    /// `faults` are known by the variant and the seed, such as `wide, seed 1`; every first step that is tried ends by `canaryFault`.
    init(faults: [String: WorkerEnding] = [:], canaryFault: String? = nil) {
        self.canaryFault = canaryFault
        self.faults = faults
    }

    mutating func start(_ worker: Int) -> String? { nil }

    mutating func send(_ order: WorkerOrder, to worker: Int) {
        switch order {
        case .stop: news.append(.event(.interrupted, from: worker))
        case .canary: news.append(.event(canaryFault.map { .failed(message: $0) } ?? .passed, from: worker))
        case .train(let path):
            do {
                let job = try Job(contentsOf: path)
                trained.runs.append(job.specification)
                trained.jobs.append(path)
                let writer = try job.runs.begin(job.specification, provenance: job.provenance)
                if let fault = faults["\(job.specification.variant), seed \(job.specification.seed)"] {
                    news.append(.ended(fault, worker: worker))
                    return
                }
                try writer.finish(
                    RunOutcome(
                        figures: ["val_loss": 0.5], history: History(columns: ["epoch", "loss"]), predictions: nil, weights: [],
                        parameters: 1,
                        keptEpoch: 1, stopped: nil, timings: Timings(train: 1, encode: 0, total: 2, peakMemory: 1)))
                news.append(.event(.finished(figures: [Figure("val_loss", 0.5)], seconds: 2), from: worker))
            } catch {
                news.append(.event(.failed(message: "\(error)"), from: worker))
            }
        }
    }

    mutating func dismiss(_ worker: Int) { news.append(.ended(.exited(code: 0), worker: worker)) }

    mutating func kill(_ worker: Int) { news.append(.ended(.killed(signal: 9), worker: worker)) }

    func memory(of worker: Int) -> Double? { nil }

    mutating func news(within patience: Duration) -> [Schedule.Input] {
        defer { news = [] }
        return news
    }
}

/// Shows nothing.
struct NoProgress: ProgressDisplay {
    func announce(_ announcement: Announcement, _ schedule: Schedule, elapsed: Duration) {}
    func refresh(_ schedule: Schedule, elapsed: Duration) {}
    func end() {}
}
