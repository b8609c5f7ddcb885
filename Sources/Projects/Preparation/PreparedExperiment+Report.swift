import Datasets
import Experiments
import Reports
import RunStore
import Scheduling

/// What a report tells whoever asked for it, besides itself.
public struct ReportNews: Sendable {
    /// How many of the runs that were asked for are not finished.
    public var unfinished: Int
    /// What the report lacks and does not say, in sentences.
    public var warnings: [String]
}

extension PreparedExperiment {
    /// Writes the experiment's report beside the runs and answers where it is. The runs of all variants that are left count, also those that
    /// were not asked for. A report on disk is replaced by one of as many runs or more: nobody else writes one meanwhile, and while some run
    /// cannot be read none is written.
    public func writeReport(as format: ReportFormat = .markdown) throws -> (path: String, news: ReportNews) {
        try store.whileReporting(on: experiment.name) {
            let survey = try surveyOfAllVariants()
            let unusable = survey.runs.compactMap { run -> DamagedFile? in
                if case .unusable(let file) = run.state { file } else { nil }
            }
            if let first = unusable.first {
                throw Refusal(
                    "no report is written: it would lack \(counted(unusable.count, "run")) that may be finished and cannot be read: \(first)",
                    cause: .failure)
            }
            keepDescriptions()
            let (report, news) = try report(of: survey, excerpt: nil, as: format, command: command)
            return (try report.write(to: store.output(of: experiment.name), as: format), news)
        }
    }

    /// The report as a text, of a part of the experiment or of a changed one: the experiment's report on disk stays. `command` is what a
    /// reader types to get the same.
    public func excerpt(
        _ excerpt: ReportExcerpt, as format: ReportFormat, command: String
    ) throws -> (text: String, news: ReportNews) {
        var excerpt = excerpt
        if experiment.baseline.origin != .baseline {
            excerpt = ReportExcerpt(
                sentence: excerpt.sentence
                    + " The baseline is left out, since its features are not made: \(experiment.baseline.name) stands in its place, and is called so.",
                keepsSettings: excerpt.keepsSettings)
        }
        let (report, news) = try report(of: surveyOfAllVariants(), excerpt: excerpt, as: format, command: command)
        return (report.text(as: format), news)
    }

    /// What the finished runs say of the experiment's claims, and how many of the runs are not finished.
    public func claimFindings() throws -> (findings: [ClaimFinding], unfinished: Int) {
        let (report, news) = try report(of: surveyOfAllVariants(), excerpt: nil, as: .markdown, command: command)
        return (report.claims, news.unfinished)
    }

    private func surveyOfAllVariants() throws -> Survey {
        let finished = runs.compactMap { if case .finished(let stored) = $0.state { stored } else { nil } }
        var survey = try workspace.stagedSurvey(
            of: experiment, bases: variants.map(\.basis), store: store, checking: checking, known: finished
        ).survey
        survey.warnings += plainMethodWarnings
        return survey
    }

    private func report(
        of survey: Survey, excerpt: ReportExcerpt?, as format: ReportFormat, command: String
    ) throws -> (Report, ReportNews) {
        let (predictions, warnings) = try workspace.predictions(of: experiment, survey: survey)
        let report: Report
        do throws(ReportRefusal) {
            report = try Report(
                experiment: experiment, survey: survey, plainMethods: keptPlainMethods, predictions: predictions, layers: layers(of:),
                pictures: reportPictures,
                dataNotices: dataNotices, absentData: absentData, command: command, excerpt: excerpt, as: format)
        } catch {
            throw Refusal(error.description, cause: .failure)
        }
        let asked = Set(runs.map(\.specification.identity))
        let unfinished = survey.runs.count { run in
            if case .finished = run.state { false } else { asked.contains(run.specification.identity) }
        }
        return (report, ReportNews(unfinished: unfinished, warnings: warnings))
    }

    /// The network of a variant.
    private func layers(of variant: String) -> [LayerFacts] {
        (variants.first { $0.variant.name == variant }?.trial.layers ?? []).map {
            LayerFacts(
                kind: ($0.isInner ? "in a block: " : "") + $0.kind, shape: $0.shape, parameters: $0.parameters,
                multiplications: $0.multiplications)
        }
    }

    /// The data sets that are not at hand, as the file names them: the runs were found by the contents in their records.
    public var absentData: [String] {
        var seen: Set<String> = []
        return variants.compactMap(\.absentData).filter { seen.insert($0).inserted }
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
}
