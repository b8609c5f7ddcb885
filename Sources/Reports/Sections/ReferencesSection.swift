import Experiments
import Statistics

/// What the notes print beside what the runs gave.
extension Comparison {
    var referencesSection: String? {
        guard !experiment.references.isEmpty else { return nil }
        let findings = findings
        let decided = findings.compactMap(\.agrees)
        let summary = decided.isEmpty ? "" : "\(decided.count { $0 }) of \(decided.count) agree. "
        return ["## Beside the notes", Self.table(of: findings).text, summary + Self.rule(deciding: decided.count, unit: unit)]
            .joined(separator: "\n\n")
    }

    /// Every figure of the notes beside ours.
    var findings: [Finding] { experiment.references.map(finding) }

    static func table(of findings: [Finding]) -> MarkdownTable {
        var table = MarkdownTable([.init("figure"), .init("notes", .right), .init("ours", .right), .init("agrees")])
        for finding in findings { table.rows.append([finding.label, finding.reference, finding.ours, finding.verdict]) }
        return table
    }

    /// When a figure agrees, in words.
    static func rule(deciding count: Int, unit: ComparisonUnit) -> String {
        "A figure of the notes agrees when it lies where one more run of ours would, with 95 % probability (Student's t over \(unit.word)s)"
            + (count >= 10 ? "; by luck alone 1 of 20 would not." : ".")
    }

    struct Finding {
        let label: String
        let reference: String
        let ours: String
        let verdict: String
        /// Nil when it cannot be decided.
        let agrees: Bool?
    }

    func finding(_ reference: Reference) -> Finding {
        let label = (hasVariants ? reference.variant + ", " : "") + reference.figure + (reference.epoch.map { ", epoch \($0)" } ?? "")
        let result = results.first { $0.name == reference.variant || $0.variant.aliases.contains(reference.variant) }
        let figures = result?.figures { run in
            reference.epoch.map { run.figure(reference.figure, epoch: $0) } ?? run.figure(reference.figure)
        }
        guard let sample = Sample((figures ?? [:]).sorted { $0.key < $1.key }.map(\.value)) else {
            return Finding(
                label: label, reference: printed(reference).text(reference.value), ours: "–", verdict: "no finished run has this figure",
                agrees: nil)
        }
        let digits = Digits([sample])
        let value = printed(reference).text(reference.value)
        let (verdict, agrees) = verdict(of: reference.value, sample: sample, digits: digits)
        return Finding(label: label, reference: value, ours: digits.text(sample), verdict: verdict, agrees: agrees)
    }

    private func verdict(of value: Double, sample: Sample, digits: Digits) -> (String, Bool?) {
        if unit == .fold { return ("needs two seeds: folds do not tell how much another run would differ", nil) }
        guard let interval = sample.predictionInterval() else { return ("needs two seeds", nil) }
        let agrees = interval.contains(value)
        // A bound that reads like the figure itself would not show on which side the figure lies.
        let isClose = [interval.lower, interval.upper].contains { digits.text($0) == digits.text(value) }
        let digits = isClose ? Digits(decimals: digits.decimals + 2) : digits
        return ("\(agrees ? "yes" : "no") (one more run: \(digits.text(interval.lower)) to \(digits.text(interval.upper)))", agrees)
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
