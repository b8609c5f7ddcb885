import ArgumentParser
import Datasets
import Documents
import Experiments

/// `ablate validate`: every error of every file at once.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Tells every error of experiment files, with its place and a suggestion.")

    @Argument(help: "Experiments: paths, or stems of files in experiments/.")
    var experiments: [String]

    @OptionGroup var folders: FolderOptions

    func run() throws {
        var findings = Diagnostics()
        var refusals: [any Error] = []
        for experiment in experiments {
            do {
                try check(experiment)
            } catch let error as Diagnostics {
                findings.all += error.all
            } catch {
                refusals.append(error)
            }
        }
        if !findings.all.isEmpty { Verdict.show(findings, outcome: "") }
        for refusal in refusals { _ = Verdict.pronounce(refusal) }
        guard findings.errorCount == 0, refusals.isEmpty else { throw ExitCode.wrongInput }
    }

    /// The file alone, then its networks on its data. Data that cannot be had leaves the networks unchecked, and is told.
    private func check(_ name: String) throws {
        let (file, project) = try Project.locate(name)
        let experiment = try loadExperiment(file, project: project)
        do {
            _ = try FittedVariant.all(of: experiment, workspace: Workspace(project, folders))
        } catch let error as DatasetError where error.isUnavailable {
            Output.message("ablate: warning: \(file): its networks were not checked: \(error)\n")
        }
        Output.result("\(file): \(counted(Plan(experiment).runs.count, "run")), no error\n")
    }
}

extension DatasetError {
    /// Whether the data are right as named and only cannot be had now.
    fileprivate var isUnavailable: Bool {
        if case .unavailable = self { true } else { false }
    }
}
