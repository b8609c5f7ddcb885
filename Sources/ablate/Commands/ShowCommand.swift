import ArgumentParser
import Documents
import Experiments
import FoundationEssentials
import Projects
import RunStore
import Scheduling
import Settings

/// `ablate show`: an experiment's runs with their figures, or one run in detail.
struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows an experiment's finished runs, or one run in detail.")

    @Argument(help: "An experiment, or the first digits (4 or more) of a run's identity.")
    var subject: String

    @OptionGroup var folders: FolderOptions

    func run() throws {
        if let run = try storedRun() {
            Output.result(RunText(run).text)
            return
        }
        let (file, project) = try located()
        let workspace = Workspace(project, folders)
        let experiment = try project.experiment(file)
        var runs: [StoredRun] = []
        for (_, run) in workspace.store.inventory(of: experiment.name) {
            switch run {
            case .success(let run): runs.append(run)
            case .failure(let damage): Output.message("ablate: warning: \(StoreWarning(damage))\n")
            }
        }
        for case let damage? in runs.map(\.anyDamage) { Output.message("ablate: warning: \(StoreWarning(damage))\n") }
        guard !runs.isEmpty else { throw Refusal("\(experiment.name) has no runs yet", help: "ablate run \(subject)") }
        Output.result(text(of: runs, metric: experiment.selection.metric))
    }

    private func located() throws -> (file: String, project: Project) {
        if !Project.isPath(subject), let project = Project.containing(Files.currentFolder) {
            let names = project.files.map(\.name)
            guard names.contains(subject) else {
                throw Refusal(
                    "no experiment and no run begins with \"\(subject)\"",
                    help: Suggestion.help(for: subject, among: names, called: "experiments"))
            }
        }
        return try Project.locate(subject)
    }

    private func storedRun() throws -> StoredRun? {
        guard let project = Project.containing(Files.currentFolder) else { return nil }
        return try Workspace(project, folders).storedRun(beginning: subject)
    }

    private func text(of runs: [StoredRun], metric: String) -> String {
        var table = TextTable([
            ("run", .left), ("variant", .left), ("seed", .right), ("fold", .right), ("state", .left), (metric, .right), ("seconds", .right),
        ])
        let order = runs.sorted {
            ($0.record.variant, $0.record.seed, $0.record.fold ?? 0, $0.record.created) < (
                $1.record.variant, $1.record.seed, $1.record.fold ?? 0, $1.record.created
            )
        }
        for run in order {
            let record = run.record
            table.add([
                String(record.identity.hex.prefix(8)), record.variant, String(record.seed), record.foldWords ?? "–",
                run.state,
                record.figures[metric].flatMap { $0.isNaN && !run.isDiverged ? nil : spoken(figure: $0) } ?? "–",
                record.timings.map { spoken(figure: $0.total) } ?? "–",
            ])
        }
        return table.lines.joined(separator: "\n") + "\n" + (positiveNote(of: runs, metric: metric) ?? "")
    }

    /// Of which of two classes the figure is, where it is of one.
    private func positiveNote(of runs: [StoredRun], metric: String) -> String? {
        let known = runs.compactMap { run -> String? in
            guard let trial = Trial(canonical: run.record.settings.compactText) else { return nil }
            let isOfOne = trial.settings.training.metrics.contains { $0.isOfPositiveClass && metric.hasSuffix($0.figure) }
            guard isOfOne, case .classes(let names)? = run.record.target, names.count == 2 else { return nil }
            return names[trial.settings.target.positiveNumber(among: names)]
        }
        let classes = Set(known).sorted()
        return classes.isEmpty ? nil : "\(metric) is of the class \(classes.map { "\"\($0)\"" }.joined(separator: " or "))\n"
    }
}
