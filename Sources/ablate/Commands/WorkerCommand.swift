import ArgumentParser
import Projects
import Scheduling

/// `ablate worker`: trains what it is told on standard input; started by `ablate run`, not by people.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Trains the runs that it is told on standard input.", shouldDisplay: false)

    func run() {
        let session = WorkerSession()
        let trainer = Trainer(session, checkpointInterval: Environment.checkpointInterval)
        session.serve { command in
            switch command {
            case .canary(let job): trainer.tryFirstStep(of: job)
            case .train(let job): trainer.train(job)
            case .stop: .interrupted
            }
        }
    }
}
