import Experiments
import Reports
import RunStore

extension Outlook {
    /// Writes the report beside the runs and says where it is, or only prints it when `printing`: for less than the whole experiment, whose
    /// report on disk must stay. The runs of all variants that are left count, also those that were not asked for.
    func report(printing: Bool) throws {
        let specifications = Plan(experiment).runs.map { variants[$0.variant].specification(of: $0, experiment: experiment.name) }
        let report: Report
        do {
            report = try Report(
                experiment: experiment, survey: store.survey(specifications), command: "make experiment NAME=\(experiment.name)")
        } catch {
            throw Refusal(error.description, exitCode: .runFailed)
        }
        if printing {
            Output.result(report.markdown)
        } else {
            let path = Files.spoken(try report.write(to: store.experimentFolder(experiment.name)))
            Output.result(Environment.standardOutput.isLive ? "→ \(path)\n" : "\(path)\n")
        }
    }
}
