import ArgumentParser
import Documents
import Projects
import Reports
import Scheduling

/// `ablate check`: whether the claims of experiments hold, by their finished runs.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Tells whether each claim under expect holds, by the finished runs.",
        discussion: """
            Nothing is trained. Exit code 1: a claim fails, or runs are missing; with --strict also where one is undecided.
            """)

    @Argument(help: "Experiments: paths, or stems of files in experiments/; all experiments with claims unless given.")
    var experiments: [String] = []

    @Flag(name: .long, help: "Count undecided claims as failed.")
    var strict = false

    @OptionGroup var folders: FolderOptions

    func run() throws {
        var code: ExitCode?
        let names = experiments.isEmpty ? try withClaims() : experiments
        if names.isEmpty { Output.message("no experiment makes a claim: write some under expect\n") }
        // What is wrong with one experiment keeps nobody from hearing of the others.
        for name in names {
            do {
                if try !check(name) { code = code ?? .runFailed }
            } catch {
                code = Verdict.pronounce(error, outcome: "")
            }
        }
        if let code { throw code }
    }

    /// All experiments of the project that make claims, or may make some: of a file that cannot be read nobody knows.
    private func withClaims() throws -> [String] {
        let project = try Project.current()
        return project.files.filter { (try? project.experiment($0.path).claims.isEmpty) != true }.map(\.name)
    }

    private func check(_ name: String) throws -> Bool {
        let (file, project) = try Project.locate(name)
        let workspace = Workspace(project, folders, takesRecordedFeatures: true)
        let prepared = try PreparedExperiment(file: file, workspace: workspace, store: workspace.store, checking: .changes)
        guard !prepared.experiment.claims.isEmpty else {
            Output.result("\(prepared.experiment.name): no claims\n")
            return true
        }
        Output.warn(workspace.notesOnFeatures)
        let (findings, unfinished) = try prepared.claimFindings()
        for finding in findings {
            let mark =
                switch finding.verdict {
                case .holds: "✓"
                case .fails: "✗"
                case .undecided: "?"
                }
            Output.result(
                "\(mark) \(prepared.experiment.name): \(finding.text.printableLine)   \(finding.verdict.rawValue): \(finding.evidence)\n")
        }
        if unfinished > 0 {
            Output.message(
                "ablate: error: \(prepared.experiment.name): \(counted(unfinished, "run")) not finished; train them first: ablate run \(name.shellWord)\n"
            )
        }
        return unfinished == 0 && !findings.contains { $0.verdict == .fails || strict && $0.verdict == .undecided }
    }
}
