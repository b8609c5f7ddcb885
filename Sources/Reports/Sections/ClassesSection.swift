import Metrics
import RunStore

/// Which classes the chosen variant finds and which it takes for others, and the examples that it gets wrong most surely.
extension Comparison {
    /// As many classes as a matrix of all pairs stays readable for.
    private static let mostClassesOfAMatrix = 12
    private static let mostFrequent = 10
    private static let worst = 5
    private static let mostPairs = 10
    private static let mostExamples = 10

    func classesSection(figures: [ReportFigure]) -> String? {
        guard let found = Classification(bestResult) else { return nil }
        var parts = ["## Results by class", classesIntroduction(found)]
        if found.names.count <= Self.mostClassesOfAMatrix {
            parts += ["Confusion matrix, a row for each true class:", matrix(found), classTable(found, Array(found.names.indices))]
        } else {
            let listed = listedClasses(found)
            let mean = found.runs > 1 ? " (examples of a run, on average)" : ""
            parts += [
                classTable(found, listed.frequent + listed.worst), listedNote(listed, of: found), "Most often confused\(mean):",
                pairTable(found),
            ].compactMap { $0 }
        }
        parts += figures.paragraphs("confusion") + sureErrors(found) + figures.paragraphs("mistakes")
        let isOfImages = bestResult.variant.trial.settings.inputs.columns.contains { $0.image != nil }
        if isOfImages, !figures.isEmpty, figures.paragraphs("mistakes").isEmpty, !found.sureErrors(atMost: 1).isEmpty {
            parts.append("Their pictures need the data, which are not at hand.")
        }
        return parts.joined(separator: "\n\n")
    }

    private func classesIntroduction(_ found: Classification) -> String {
        let who = hasVariants ? "The \(found.part.rawValue) examples by \(bestResult.code)" : "The \(found.part.rawValue) examples"
        let count = found.examples.count
        let pooled = found.runs > 1 ? ", counted over \(counted(found.runs, "run"))" : ""
        return "\(who): \(grouped(count)), of \(counted(found.names.count, "class", "classes"))\(pooled)."
            + found.damaged.map { " Predictions were left out: \($0.fileAndReason.asMarkdown)." }.joined()
    }

    // MARK: - Tables

    private func matrix(_ found: Classification) -> String {
        var table = MarkdownTable([.init("true \\ predicted")] + found.names.map { .init($0.asMarkdown, .right) })
        for label in found.names.indices {
            let counts = found.names.indices.map { grouped(found.confusion[true: label, predicted: $0]) }
            table.rows.append([found.names[label].asMarkdown] + counts)
        }
        return table.text
    }

    private func classTable(_ found: Classification, _ labels: [Int]) -> String {
        let digits = Digits(decimals: 3)
        var table = MarkdownTable([
            .init("class"), .init("precision", .right), .init("recall", .right), .init("F1", .right), .init("examples", .right),
        ])
        let counts = found.confusion
        for label in labels {
            let shares = [counts.precision(label), counts.recall(label), counts.f1(label)]
            table.rows.append(
                [found.names[label].asMarkdown] + shares.map { counts.isPresent(label) ? digits.text($0) : "–" }
                    + [grouped(examples(of: label, found))])
        }
        return table.text
    }

    private func examples(of label: Int, _ found: Classification) -> Int {
        found.examples.count { $0.label == label }
    }

    /// The most frequent classes, and of the others those of the lowest F1.
    private func listedClasses(_ found: Classification) -> (frequent: [Int], worst: [Int]) {
        let present = found.names.indices.filter { found.confusion.support($0) > 0 }
        let byCount = present.sorted { (found.confusion.support($1), $0) < (found.confusion.support($0), $1) }
        let frequent = Array(byCount.prefix(Self.mostFrequent))
        let others = byCount.dropFirst(Self.mostFrequent)
        let byF1 = others.sorted { (found.confusion.f1($0), $0) < (found.confusion.f1($1), $1) }
        return (frequent, Array(byF1.prefix(Self.worst)))
    }

    private func listedNote(_ listed: (frequent: [Int], worst: [Int]), of found: Classification) -> String? {
        let unseen = found.names.indices.filter { found.confusion.support($0) == 0 }.count
        var sentences = ["The \(listed.frequent.count) most frequent classes"]
        if !listed.worst.isEmpty { sentences[0] += ", then the \(listed.worst.count) of the others with the lowest F1" }
        sentences[0] += "."
        if unseen > 0 { sentences.append("\(counted(unseen, "class", "classes")) without a \(found.part.rawValue) example.") }
        return sentences.joined(separator: " ")
    }

    private func pairTable(_ found: Classification) -> String {
        var table = MarkdownTable([
            .init("true class"), .init("predicted as"), .init("examples", .right), .init("share of the class", .right),
        ])
        for pair in found.confusion.mostConfused(Self.mostPairs) {
            let share = Double(pair.count) / Double(max(found.confusion.support(pair.label), 1))
            let mean = Digits(decimals: found.runs > 1 ? 1 : 0).text(Double(pair.count) / Double(max(found.runs, 1)))
            table.rows.append([
                found.names[pair.label].asMarkdown, found.names[pair.predicted].asMarkdown, mean,
                Digits(decimals: 0).text(share * 100) + " %",
            ])
        }
        return table.text
    }

    // MARK: - Examples

    private func sureErrors(_ found: Classification) -> [String] {
        let surest = found.sureErrors(atMost: Self.mostExamples)
        guard !surest.isEmpty else { return [] }
        var table = MarkdownTable([.init("row", .right), .init("true"), .init("predicted"), .init("probability", .right)])
        for (example, probability) in surest {
            table.rows.append([
                String(example.row + 1), found.names[example.label].asMarkdown, found.names[example.predicted].asMarkdown,
                Digits(decimals: 4).text(probability),
            ])
        }
        let mean = found.runs > 1 ? ", by the mean probability over the runs" : ""
        return ["Most confident errors\(mean) (rows of the data set are counted from 1):", table.text]
    }
}
