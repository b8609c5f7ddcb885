import ArgumentParser
import Documents
import FoundationEssentials
import Projects
import RunStore
import Scheduling

/// `ablate list`: the project's experiments, or runs by what they are.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the experiments of the project, or runs: those of an experiment, those for which something holds.",
        discussion: """
            Without arguments the experiments are listed. With the name of one, or any option about runs, runs are:

              ablate list reuters-width --sort -val_accuracy --limit 10
              ablate list --where 'val_accuracy > 0.8 and training.batch_size == 128' --columns variant,seed,val_accuracy

            A condition compares (==, !=, <, <=, >, >=, in [a, b], contains "text") and joins by and, or, not. It knows final figures, settings by their paths or the \
            ends of these, and the facts \(RunFacts.all.map(\.name).joined(separator: ", ")); none is what is not there.
            """)

    @Argument(help: "Experiments whose runs are listed.")
    var experiments: [String] = []

    @Flag(help: "List the runs of all experiments.")
    var runs = false

    @Option(name: .customLong("where"), help: ArgumentHelp("Only runs for which this holds.", valueName: "condition"))
    var condition: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("What to sort by, the largest first behind a minus: -val_accuracy,seed.", valueName: "names"))
    var sort: [String] = []

    @Option(help: ArgumentHelp("What to show of each run, separated by commas.", valueName: "names"))
    var columns: String?

    @Option(help: ArgumentHelp("At most this many runs.", valueName: "count"))
    var limit: Int?

    @Option(help: ArgumentHelp("table, csv, json or md.", valueName: "form"))
    var format = Listing.Format.table

    @OptionGroup var folders: FolderOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit \(limit): expected 1 or more") }
        if let columns, Self.names(in: columns).isEmpty {
            throw ValidationError("--columns \"\(columns)\": expected names, separated by commas")
        }
    }

    func run() throws {
        let workspace = Workspace(try Project.current(), folders, takesRecordedFeatures: true)
        if experiments.isEmpty, !runs, condition == nil, sort.isEmpty, columns == nil, limit == nil {
            try listExperiments(of: workspace)
        } else {
            try listRuns(of: workspace)
        }
    }

    // MARK: - Runs

    private func listRuns(of workspace: Workspace) throws {
        let condition = try condition.map { text throws(Diagnostics) in
            do throws(Condition.Problem) { return try Condition(text) } catch { throw error.diagnostics(in: text) }
        }
        let withRuns = workspace.experimentsWithRuns
        let known = withRuns + workspace.project.files.map(\.name).filter { !withRuns.contains($0) }
        for name in experiments where !known.contains(name) {
            throw Refusal("there is no experiment \"\(name)\"", help: Suggestion.help(for: name, among: known, called: "there are"))
        }
        let listed = try workspace.runs(of: experiments.isEmpty ? withRuns : experiments)
        Output.warn(listed.warnings)
        guard !listed.runs.isEmpty else {
            Output.message("no runs yet\n")
            if format != .table { Output.result(Listing(columns: []).text(as: format, of: "runs")) }
            return
        }
        let chosen = columns.map(Self.names)
        var query = RunQuery(columns: chosen ?? usualColumns(listed, condition))
        query.condition = condition
        query.order = order
        query.limit = limit
        let answer = try query.answer(among: listed.runs)
        Output.result(Listing(answer, omittingEmptyColumns: chosen == nil).text(as: format, of: "runs"))
        if answer.rows.count < answer.matching { Output.message("\(answer.rows.count) of \(answer.matching) runs shown\n") }
        if answer.matching == 0 { Output.message("none of \(counted(listed.runs.count, "run")) matches\n") }
    }

    private var order: [RunQuery.Key] { sort.flatMap(Self.names).map(RunQuery.Key.init) }

    private static func names(in text: String) -> [String] { text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty } }

    /// What tells runs apart, the figures that choose, and all that is asked about.
    private func usualColumns(_ listed: ListedRuns, _ condition: Condition?) -> [String] {
        let figures = listed.metrics.filter { metric in listed.runs.contains { $0.record.figures[metric] != nil } }
        let asked = (condition?.names.map(\.name) ?? []) + order.map(\.name)
        let isOneExperiment = Set(listed.runs.map(\.record.experiment)).count == 1
        let names =
            ["run"] + (isOneExperiment ? [] : ["experiment"]) + ["variant", "seed", "fold", "repeat", "state"] + asked + figures + [
                "seconds"
            ]
            + ["removed", "running_on", "running_since", "last_heard"]
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    // MARK: - Experiments

    private func listExperiments(of workspace: Workspace) throws {
        let files = workspace.project.files
        guard !files.isEmpty else {
            Output.message("\(Files.spoken(workspace.project.experiments)): no experiments yet\n")
            return
        }
        var listing = Listing(columns: ["experiment", "runs", "finished", "diverged", "question"])
        var problems: [any Error] = []
        for (name, file) in files {
            do {
                let experiment = try workspace.experiment(file)
                let runs = try workspace.survey(of: experiment).runs
                let finished = runs.compactMap { run -> StoredRun? in
                    if case .finished(let stored) = run.state { stored } else { nil }
                }
                let diverged = finished.count(where: \.isDiverged)
                listing.add([
                    .text(name), .number(Double(runs.count)), .number(Double(finished.count)),
                    diverged > 0 ? .number(Double(diverged)) : .none, .text(experiment.title),
                ])
            } catch {
                problems.append(error)
                listing.add([.text(name), .none, .none, .none, .text("(see below)")])
            }
        }
        Output.warn(workspace.notesOnFeatures)
        Output.result(listing.withoutEmptyColumns.text(as: format, of: "experiments"))
        for problem in problems where !(problem is Refusal) { _ = Verdict.pronounce(problem, outcome: "") }
        // What the whole project lacks is told once.
        var told: Set<String> = []
        for case let refusal as Refusal in problems where told.insert(refusal.message).inserted { _ = Verdict.pronounce(refusal) }
        if !told.isEmpty { throw ExitCode.wrongInput }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(String(drop { $0 == " " }).reversed().drop { $0 == " " }.reversed())
    }
}
