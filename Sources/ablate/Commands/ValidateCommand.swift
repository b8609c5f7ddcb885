import ArgumentParser
import Datasets
import Documents
import Experiments
import Projects
import Scheduling

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
        var unchecked: [String: [String]] = [:]
        for experiment in experiments {
            do {
                if let missing = try check(experiment) { unchecked[missing.dataset, default: []].append(missing.file) }
            } catch let error as Diagnostics {
                findings.all += error.all
            } catch {
                refusals.append(error)
            }
        }
        for (dataset, files) in unchecked.sorted(by: { $0.key < $1.key }) {
            Output.message(
                "ablate: warning: without the data set \"\(dataset)\" these networks were not checked: \(files.joined(separator: ", "))\n"
                    + "to get it: ablate data fetch \(dataset)\n")
        }
        if !findings.all.isEmpty { Verdict.show(findings, outcome: "") }
        for refusal in refusals { _ = Verdict.pronounce(refusal) }
        guard findings.errorCount == 0, refusals.isEmpty else { throw ExitCode.wrongInput }
    }

    /// The file alone, then its networks on its data, and whether there are the runs that its own start from. Answers with the data set that is not at hand, when there is one; nothing is downloaded.
    private func check(_ name: String) throws -> (dataset: String, file: String)? {
        let (file, project) = try Project.locate(name)
        let experiment = try project.experiment(file)
        var missing: String?
        do {
            let workspace = Workspace(project, folders, isOffline: true)
            try workspace.check(try workspace.matched(experiment))
        } catch DatasetError.unavailable(let dataset, _, _, _, _, _) {
            missing = dataset
        } catch let wanted as FeaturesWanted {
            Output.message(
                "ablate: warning: the networks of \(file) were not checked: its features are what \(wanted.title) makes, \(wanted.state)\n"
            )
        }
        let more = experiment.isInStages ? " to begin with" : ""
        Output.result("\(file): \(counted(Plan(experiment.withoutStages).runs.count, "run"))\(more), no error\n")
        return missing.map { ($0, file) }
    }
}
