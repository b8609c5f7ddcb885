import Experiments
import RunStore

/// One page of all experiments: every figure of the notes beside ours, with links to the reports. The same store gives the same bytes.
public struct ResultsPage: Sendable {
    /// The page; its links start from the folder that holds the experiments' folders.
    public let markdown: String

    /// An experiment and how its runs stand in the store.
    public struct Entry {
        let experiment: Experiment
        let survey: Survey
        let plainMethods: [PlainMethodRecord]
        let predictions: AskedRowPredictions

        /// An experiment, how its runs stand in the store, what methods without a network reach, and what is answered for its rows.
        public init(
            experiment: Experiment, survey: Survey, plainMethods: [PlainMethodRecord] = [],
            predictions: AskedRowPredictions = AskedRowPredictions()
        ) {
            self.experiment = experiment
            self.survey = survey
            self.plainMethods = plainMethods
            self.predictions = predictions
        }

        /// Whether there is something to tell.
        public var hasFinishedRuns: Bool { finished > 0 }

        fileprivate var finished: Int { survey.runs.count { if case .finished = $0.state { true } else { false } } }
    }

    /// The page of some experiments, in the given order. Those without a finished run are named as such.
    public init(_ entries: [Entry]) {
        let parts = Part.explained(entries.map(Part.init))
        let decided = parts.flatMap(\.decided)
        var table = MarkdownTable([.init("experiment"), .init("question"), .init("agree", .right)])
        for part in parts { table.rows.append([part.link, part.experiment.title.asMarkdown, part.agreement]) }
        let count = decided.isEmpty ? "" : "**\(decided.count { $0 }) of \(decided.count) figures of the notes agree with ours.** "
        let why = Self.reasons(parts)
        let rule = Comparison.rule(deciding: decided.count, unit: .seed(folds: nil))
        let head = ["# What the notes print beside what we found", count + why + rule, table.text]
        markdown = (head + parts.map(\.section)).joined(separator: "\n\n") + "\n"
    }

    /// How many of the figures that do not agree have a reason.
    private static func reasons(_ parts: [Part]) -> String {
        let reasons = parts.flatMap(\.findings).compactMap(\.reason)
        func count(_ kind: Comparison.Reason.Kind) -> Int { reasons.count { $0.kind == kind } }
        guard !reasons.isEmpty else { return "" }
        let missed = parts.flatMap(\.decided).count { !$0 }
        let left = missed - reasons.count
        let words: [(count: Int, one: String, more: String, rest: String)] = [
            (
                count(.agrees), "agrees", "agree",
                "once the known reason is removed, in the experiment of the last column"
            ),
            (count(.narrow), "misses", "miss", "narrowly there, by no more than chance"), (count(.told), "is", "are", "explained in words"),
            (left, "has", "have", "no such reason: below the table stands whether chance explains it"),
        ]
        let clauses = words.filter { $0.count > 0 }.map { "\($0.count) \($0.count == 1 ? $0.one : $0.more) \($0.rest)" }
        return (missed == 1 ? "Of the other one, " : "Of the \(missed) others, ") + clauses.joined(separator: "; ") + ". "
    }

    /// Writes the page as `README.md` into the results folder and returns its path.
    @discardableResult
    public func write(to folder: String) throws(StoreError) -> String {
        try OutputFolder(root: folder).write(markdown, as: "README.md")
        return folder + "/README.md"
    }
}

/// What the page says of one experiment.
private struct Part {
    let experiment: Experiment
    /// Nil without a finished run.
    let comparison: Comparison?
    private(set) var findings: [Comparison.Finding]
    let finished: Int
    let planned: Int

    init(_ entry: ResultsPage.Entry) {
        experiment = entry.experiment
        comparison = try? Comparison(
            experiment: entry.experiment, survey: entry.survey, plainMethods: entry.plainMethods, predictions: entry.predictions)
        findings = comparison?.findings ?? []
        finished = entry.finished
        planned = entry.survey.runs.count
    }

    var decided: [Bool] { findings.compactMap(\.agrees) }

    /// The parts with reasons beside the figures that do not agree: where the same figure of the notes stands in the experiment that is to show
    /// the reason, and agrees there. So a reason is found and not believed.
    static func explained(_ parts: [Part]) -> [Part] {
        let byName = Dictionary(parts.map { ($0.experiment.name, $0) }) { first, _ in first }
        return parts.map { part in
            guard let reason = part.experiment.disagreements else { return part }
            guard let name = reason.shownBy else { return part.explainedInWords }
            guard name != part.experiment.name, let other = byName[name] else { return part }
            var part = part
            for place in part.findings.indices where part.findings[place].agrees == false {
                part.findings[place].reason = other.reason(for: part.findings[place].reference)
            }
            return part
        }
    }

    /// The part with the reason of the file beside every figure that does not agree.
    private var explainedInWords: Part {
        var part = self
        for place in findings.indices where findings[place].agrees == false {
            part.findings[place].reason = .init(text: "see below", kind: .told)
        }
        return part
    }

    /// What this part has beside the same figure of the notes; nil where it disagrees, too, and by more than luck.
    private func reason(for reference: Reference) -> Comparison.Reason? {
        let same = findings.filter {
            $0.reference.figure == reference.figure && $0.reference.epoch == reference.epoch && $0.reference.value == reference.value
        }
        guard let found = same.first(where: { $0.agrees == true }) ?? same.first(where: { $0.agrees == false }) else { return nil }
        let link = "[\(experiment.name.asMarkdown)](\(experiment.name.asMarkdownPath)/report.md): \(found.ours)"
        if found.agrees == true { return .init(text: "agrees in \(link)", kind: .agrees) }
        return found.isTooFarForLuck(among: decided.count) ? nil : .init(text: "misses narrowly in \(link)", kind: .narrow)
    }

    /// What is to be said of the figures that do not agree.
    private var disagreements: [String] {
        let isShown = findings.contains { $0.reason != nil }
        let reason = experiment.disagreements.map { found in
            isShown || found.shownBy == nil
                ? "**Why figures disagree:** \(found.because.asMarkdown)."
                : "The reason looked for, \(found.because.asMarkdown), shows in none of the figures."
        }
        let luck = Comparison.luckSentence(findings)
        let rest = luck.map { isShown ? "Without such a reason, \($0)" : $0 }
        return [decided.contains(false) ? reason : nil, rest].compactMap(\.self)
    }

    var link: String {
        let path = experiment.name.asMarkdownPath
        return "[\(experiment.name.asMarkdown)](\(comparison == nil ? "../experiments/\(path).yaml" : "\(path)/report.md"))"
    }

    var agreement: String {
        if comparison == nil { return "not run" }
        let missing = finished < planned ? " (\(finished) of \(planned) runs)" : ""
        return (findings.isEmpty ? "–" : "\(decided.count { $0 }) of \(findings.count)") + missing
    }

    var section: String {
        guard let comparison else { return ["## \(experiment.name.asMarkdown)", "No run is finished."].joined(separator: "\n\n") }
        let title = "*[\(experiment.title.asMarkdown)](\(experiment.name.asMarkdownPath)/report.md)*"
        let parts = ["## \(experiment.name.asMarkdown)", title, comparison.headline, comparison.notesQuote]
        let table = findings.isEmpty ? nil : Comparison.table(of: findings).text
        return (parts + [table]).compactMap(\.self).joined(separator: "\n\n") + disagreements.map { "\n\n" + $0 }.joined()
    }
}
