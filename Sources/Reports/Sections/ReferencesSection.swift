import Experiments
import Statistics

/// What the notes print beside what the runs gave.
extension Comparison {
    var referencesSection: String? {
        guard !experiment.references.isEmpty else { return nil }
        var table = MarkdownTable([.init("figure"), .init("notes", .right), .init("ours", .right), .init("agrees")])
        let findings = experiment.references.map(finding)
        for finding in findings { table.rows.append([finding.label, finding.reference, finding.ours, finding.verdict]) }
        let decided = findings.compactMap(\.agrees)
        let summary = decided.isEmpty ? "" : "\(decided.count { $0 }) of \(decided.count) agree. "
        let rule =
            "A figure of the notes agrees when it lies where one more run of ours would, with 95 % probability (Student's t over \(unit.word)s)."
        return ["## Beside the notes", table.text, summary + rule].joined(separator: "\n\n")
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
                label: label, reference: "\(reference.value)", ours: "–", verdict: "no finished run has this figure", agrees: nil)
        }
        let digits = Digits([sample])
        let printed = reference.value.description.split(separator: ".").last.map(\.count) ?? 0
        let value = Digits(decimals: max(min(digits.decimals, 4), reference.value == reference.value.rounded() ? 0 : printed)).text(
            reference.value)
        let (verdict, agrees) = verdict(of: reference.value, sample: sample, digits: digits)
        return Finding(label: label, reference: value, ours: digits.text(sample), verdict: verdict, agrees: agrees)
    }

    private func verdict(of value: Double, sample: Sample, digits: Digits) -> (String, Bool?) {
        if unit == .fold { return ("needs two seeds: folds do not tell how much another run would differ", nil) }
        guard let interval = sample.predictionInterval() else { return ("needs two seeds", nil) }
        let agrees = interval.contains(value)
        return ("\(agrees ? "yes" : "no") (one more run: \(digits.text(interval.lower)) to \(digits.text(interval.upper)))", agrees)
    }
}
