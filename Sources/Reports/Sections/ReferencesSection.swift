import Experiments
import Metrics
import Settings
import Statistics

/// What the notes print beside what the runs gave.
extension Comparison {
    var referencesSection: String? {
        guard !experiment.references.isEmpty else { return nil }
        let findings = findings
        let decided = findings.compactMap(\.agrees)
        let summary = decided.isEmpty ? "" : "\(decided.count { $0 }) of \(decided.count) agree. "
        let why = disagreementSentence(findings)
        let rule = summary + Self.rule(deciding: decided.count, unit: unit)
        return (["## Beside the notes", Self.table(of: findings).text, rule, why].compactMap(\.self)).joined(separator: "\n\n")
    }

    /// Why figures do not agree: the reason that was found, or how far luck goes. Nil when all agree.
    private func disagreementSentence(_ findings: [Finding]) -> String? {
        guard findings.contains(where: { $0.agrees == false }) else { return nil }
        guard let reason = experiment.disagreements else { return Self.luckSentence(findings) }
        let shown =
            reason.shownBy.map {
                " [\($0.asMarkdown)](../\($0.asMarkdownPath)/report.md) has the same figures beside runs without this difference."
            } ?? ""
        return "**Why figures disagree:** \(reason.because.asMarkdown).\(shown)"
    }

    /// Whether luck explains the figures that miss and have no reason: there must not be too many of them for 1 in 20, nor one so far off that
    /// luck would hardly bring it among so many figures. Nil when none is left.
    static func luckSentence(_ findings: [Finding]) -> String? {
        let decided = findings.count { $0.agrees != nil }
        let missed = findings.filter { $0.agrees == false && $0.reason == nil }
        guard !missed.isEmpty, let tail = Binomial(trials: decided, probability: 0.05)?.upperTail(missed.count) else { return nil }
        let chance = tail < 0.001 ? "less than 0.001" : Digits(decimals: tail < 0.095 ? 3 : 2).text(tail)
        let count =
            "\(missed.count) of \(decided) \(missed.count == 1 ? "misses" : "miss"), where chance alone gives as many or more with probability \(chance)"
        let far = missed.filter { $0.isTooFarForLuck(among: decided) }.map(\.label)
        let rough = " (roughly, since figures of one run are correlated)."
        if !far.isEmpty {
            let are = far.count == 1 ? "is" : "are"
            let named = far.prefix(4).joined(separator: "; ") + (far.count > 4 ? "; and \(far.count - 4) more" : "")
            return
                "\(count); but \(named) \(are) too far off for chance among \(counted(decided, "figure")), and no reason is known"
                + rough
        }
        return tail < 0.01
            ? "\(count): more than chance explains, and no reason is known" + rough
            : "\(count): no more than chance explains" + rough
    }

    /// Every figure of the notes beside ours.
    var findings: [Finding] { experiment.references.map(finding) }

    static func table(of findings: [Finding]) -> MarkdownTable {
        let hasReasons = findings.contains { $0.reason != nil }
        var table = MarkdownTable(
            [.init("figure"), .init("notes", .right), .init("ours", .right), .init("agrees")] + (hasReasons ? [.init("why not")] : []))
        for finding in findings {
            let reason = hasReasons ? [finding.reason?.text ?? ""] : []
            table.rows.append([finding.label, finding.printed, finding.ours, finding.verdict] + reason)
        }
        return table
    }

    /// When a figure agrees, in words.
    static func rule(deciding count: Int, unit: ComparisonUnit) -> String {
        "A figure of the notes agrees when it lies within the 95 % prediction interval for one more run (Student's t over \(unit.word)s)"
            + (count >= 10 ? "; by chance 1 in 20 would not." : ".")
    }

    struct Finding {
        let reference: Reference
        /// What it is of, as Markdown.
        let label: String
        let printed: String
        let ours: String
        let verdict: String
        /// Nil when it cannot be decided.
        let agrees: Bool?
        /// How probable it is that one more run of ours lies as far off as the notes' figure; nil without a spread.
        var probability: Double?
        /// Why it does not agree, where that is known.
        var reason: Reason?

        /// Whether one run of so many figures would hardly have a single one so far off: below 1 in 20 for all of them together.
        func isTooFarForLuck(among count: Int) -> Bool {
            (probability ?? 1) < 0.05 / Double(max(count, 1))
        }
    }

    /// Why a figure does not agree, as far as it is known.
    struct Reason {
        let text: String
        let kind: Kind

        enum Kind {
            /// The same figure of the notes agrees in the experiment that is to show the reason.
            case agrees
            /// It misses there by no more than luck.
            case narrow
            /// The reason is told in words alone.
            case told
        }
    }

    func finding(_ reference: Reference) -> Finding {
        let result = results.first { $0.name == reference.variant || $0.variant.aliases.contains(reference.variant) }
        let what = reference.confusionCell.map { words(of: $0, in: result) } ?? reference.figure
        let label =
            (hasVariants ? reference.variant.asMarkdownCode + ", " : "") + what.asMarkdown + (reference.epoch.map { ", epoch \($0)" } ?? "")
        let figures = result.map { self.figures(for: reference, of: $0) }
        let printed = printed(reference).text(reference.value)
        guard let sample = Sample((figures ?? [:]).sorted { $0.key < $1.key }.map(\.value)) else {
            let why = reference.figure == Figures.overfittingEpoch ? "no run overfits" : "no finished run has this figure"
            return Finding(reference: reference, label: label, printed: printed, ours: "–", verdict: why, agrees: nil)
        }
        // Counts that no run differs in are whole numbers.
        let isCount = reference.confusionCell != nil && sample.standardDeviation ?? 0 == 0
        let digits = isCount ? Digits(decimals: 0) : Digits([sample])
        var (verdict, agrees) = self.verdict(of: reference, sample: sample, digits: digits)
        let seeds = result.map { Set($0.runs.map(\.specification.seed)).count } ?? 0
        if reference.figure == Figures.overfittingEpoch, sample.count < seeds {
            verdict += "; \(seeds - sample.count) of \(seeds) seeds do not overfit"
        }
        return Finding(
            reference: reference, label: label, printed: printed, ours: digits.text(sample), verdict: verdict, agrees: agrees,
            probability: sample.probabilityOfDistance(reference.value))
    }

    /// A figure of the notes as ours have it, by seed or fold.
    private func figures(for reference: Reference, of result: VariantResult) -> [Int: Double] {
        if reference.figure == Figures.overfittingEpoch { return overfittingEpochs(of: result) }
        if let cell = reference.confusionCell {
            return result.figures { run in
                confusion(of: run, in: result).map { Double($0[true: cell.label, predicted: cell.predicted]) }
            }
        }
        return result.figures { run in
            if let answer = number(answering: reference.figure, by: run, of: result) { return answer }
            return reference.epoch.map { run.figure(reference.figure, epoch: $0) } ?? run.figure(reference.figure)
        }
    }

    // MARK: - Confusion matrices

    /// The confusion matrix of one run: of its test examples, else of its validation examples.
    private func confusion(of run: ReportedRun, in result: VariantResult) -> ConfusionCounts? {
        Classification(VariantResult(variant: result.variant, runs: [run], absent: [], unit: result.unit))?.confusion
    }

    private func words(of cell: (label: Int, predicted: Int), in result: VariantResult?) -> String {
        var names: [String] = []
        if case .classes(let recorded)? = result?.runs.compactMap(\.record.target).first { names = recorded }
        func name(_ index: Int) -> String { names.indices.contains(index) ? names[index] : "class \(index)" }
        return "confusion: "
            + (cell.label == cell.predicted ? "\(name(cell.label)) found" : "\(name(cell.label)) predicted as \(name(cell.predicted))")
    }

    private func verdict(of reference: Reference, sample: Sample, digits: Digits) -> (String, Bool?) {
        let value = reference.value
        if unit == .fold { return ("needs two seeds: folds do not tell how much another run would differ", nil) }
        guard let interval = sample.predictionInterval() else { return ("needs two seeds", nil) }
        let agrees = interval.contains(value)
        // What no run could give is not said of one more run.
        let shown = interval.clipped(to: FigureName(reference.figure).possible) ?? interval
        // A bound that reads like the figure itself would not show on which side the figure lies.
        var digits = digits
        while [shown.lower, shown.upper].contains(where: { $0 != value && digits.text($0) == digits.text(value) }), digits.decimals < 8 {
            digits = Digits(decimals: digits.decimals + 1)
        }
        return ("\(agrees ? "yes" : "no") (one more run: \(digits.text(shown.lower)) to \(digits.text(shown.upper)))", agrees)
    }

    /// As many decimals as the notes print for any figure of the kind: YAML does not tell 0.1050 from 0.105.
    private func printed(_ reference: Reference) -> Digits {
        let quantity = FigureName(reference.figure).quantity
        let decimals = experiment.references.filter { FigureName($0.figure).quantity == quantity }.map { reference in
            reference.value == reference.value.rounded() ? 0 : reference.value.description.split(separator: ".").last?.count ?? 0
        }
        return Digits(decimals: decimals.max() ?? 0)
    }
}
