import Datasets
import Experiments
import Reports
import RunStore

extension PreparedExperiment {
    /// Writes the report beside the runs and says where it is, or only prints it when it is an `excerpt`: the experiment's report on disk
    /// must stay. The runs of all variants that are left count, also those that were not asked for.
    ///
    /// Returns how many of the runs that were asked for are not finished. A report on disk is replaced by one of as many runs or more: nobody else writes
    /// one meanwhile, and while some run cannot be read none is written.
    func report(excerpt: ReportExcerpt?) throws -> Int {
        try excerpt == nil ? store.whileReporting(on: experiment.name) { try writeReport(nil) } : writeReport(excerpt)
    }

    private func writeReport(_ excerpt: ReportExcerpt?) throws -> Int {
        let specifications = Plan(experiment).runs.map { variants[$0.variant].specification(of: $0, experiment: experiment.name) }
        let report: Report
        var survey = store.survey(specifications, checking: checking)
        survey.warnings += plainMethodWarnings
        let unusable = survey.runs.compactMap { run -> DamagedFile? in
            if case .unusable(let file) = run.state { file } else { nil }
        }
        if excerpt == nil, let first = unusable.first {
            throw Refusal(
                "no report is written: it would lack \(counted(unusable.count, "run")) that may be finished and cannot be read: \(first)",
                exitCode: .runFailed)
        }
        let predictions = try workspace.predictions(of: experiment, survey: survey)
        do throws(ReportRefusal) {
            report = try Report(
                experiment: experiment, survey: survey, plainMethods: keptPlainMethods, predictions: predictions, dataNotices: dataNotices,
                command: excerpt == nil ? command : Self.ownCommand, excerpt: excerpt)
        } catch {
            throw Refusal(error.description, exitCode: .runFailed)
        }
        if excerpt != nil {
            Output.result(report.markdown)
        } else {
            let path = Files.spoken(try report.write(to: store.output(of: experiment.name)))
            Output.result(Environment.standardOutput.isLive ? "→ \(path)\n" : "\(path)\n")
        }
        let asked = Set(runs.map(\.specification.identity))
        return survey.runs.count { run in
            if case .finished = run.state { false } else { asked.contains(run.specification.identity) }
        }
    }

    /// What must be known of the data and of what is made of them, in sentences; where it is so for some variants alone, with their names.
    private var dataNotices: [DataNotice] {
        var found: [(sentence: String, isOfData: Bool, variants: [String])] = []
        for fitted in variants {
            for (sentence, isOfData) in fitted.notices {
                if let place = found.firstIndex(where: { $0.sentence == sentence }) {
                    found[place].variants.append(fitted.variant.name)
                } else {
                    found.append((sentence, isOfData, [fitted.variant.name]))
                }
            }
        }
        return found.map {
            DataNotice(sentence: $0.sentence, variants: $0.variants.count == variants.count ? [] : $0.variants, isOfData: $0.isOfData)
        }
    }

    /// What a reader types to get the same report.
    private var command: String {
        let file = Files.absolute(experiment.file)
        guard file == "\(workspace.project.experiments)/\(experiment.name).yaml" else { return "ablate run \(experiment.file.shellWord)" }
        return Files.isFile(workspace.project.root + "/Makefile")
            ? "make experiment NAME=\(experiment.name.shellWord)" : "ablate run \(experiment.name.shellWord)"
    }

    /// This very command line, as a shell takes it.
    private static var ownCommand: String {
        (["ablate"] + CommandLine.arguments.dropFirst()).map(\.shellWord).joined(separator: " ")
    }
}
