import ArgumentParser
import Experiments
import Projects
import Reports
import Scheduling
import Settings

/// `ablate index`: one page of all experiments.
struct IndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Writes results/README.md: every figure of the notes beside ours, from finished runs.")

    @OptionGroup var folders: FolderOptions

    func run() throws {
        let project = try Project.current()
        let workspace = Workspace(project, folders, takesRecordedFeatures: true)
        try workspace.checkResults()
        var entries: [ResultsPage.Entry] = []
        var code: ExitCode?
        for (_, file) in project.files {
            do {
                let experiment = try workspace.experiment(file)
                let survey = try workspace.survey(of: experiment)
                // Only references to predictions need those of the runs.
                let needsPredictions = experiment.references.contains { $0.figure.hasPrefix(AskedRow.figurePrefix) }
                let (predictions, warnings) =
                    needsPredictions ? try workspace.predictions(of: experiment, survey: survey) : (AskedRowPredictions(), [])
                Output.warn(warnings)
                let digests = survey.runs.first?.specification.digests
                let plainMethods = digests.map { workspace.keptPlainMethods(of: experiment, digests: $0) } ?? []
                entries.append(
                    ResultsPage.Entry(experiment: experiment, survey: survey, plainMethods: plainMethods, predictions: predictions))
            } catch {
                code = Verdict.pronounce(error)
            }
        }
        Output.warn(workspace.notesOnFeatures)
        let page = ResultsPage(entries)
        guard entries.contains(where: { $0.hasFinishedRuns }) else {
            throw Refusal("no experiment has a finished run; start one with: ablate run NAME", cause: .failure)
        }
        Output.result(Files.spoken(try page.write(to: workspace.results)) + "\n")
        if let code { throw code }
    }
}
