import ArgumentParser
import Projects
import RunStore

/// `ablate list`: the project's experiments.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the experiments of the project.")

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let project = try Project.current()
        let workspace = Workspace(project, folders)
        let files = project.files
        guard !files.isEmpty else {
            Output.message("\(Files.spoken(project.experiments)): no experiments yet\n")
            return
        }
        var table = TextTable([("experiment", .left), ("runs", .right), ("finished", .right), ("question", .left)])
        var problems: [any Error] = []
        for (name, file) in files {
            do {
                let experiment = try project.experiment(file)
                let runs = try workspace.specifications(of: experiment)
                let finished = workspace.store.survey(runs).runs.compactMap { run -> StoredRun? in
                    if case .finished(let stored) = run.state { stored } else { nil }
                }
                let diverged = finished.count(where: \.isDiverged)
                table.add([
                    name, String(runs.count), String(finished.count) + (diverged > 0 ? ", \(diverged) diverged" : ""), experiment.title,
                ])
            } catch {
                problems.append(error)
                table.add([name, "–", "–", "(see below)"])
            }
        }
        Output.result(table.lines.joined(separator: "\n") + "\n")
        for problem in problems where !(problem is Refusal) { _ = Verdict.pronounce(problem, outcome: "") }
        // What the whole project lacks is told once.
        var told: Set<String> = []
        for case let refusal as Refusal in problems where told.insert(refusal.message).inserted { _ = Verdict.pronounce(refusal) }
        if !told.isEmpty { throw ExitCode.wrongInput }
    }
}
