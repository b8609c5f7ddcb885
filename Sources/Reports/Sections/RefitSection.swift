import Settings
import Statistics

/// The runs that trained on all rows beside those of the folds (`split.refit`).
extension Comparison {
    /// Nil where the experiment has none.
    var refitSection: String? {
        let own = shown.map { results[$0] }.filter { $0.variant.trial.settings.split.refit }
        guard !own.isEmpty else { return nil }
        let text =
            "Beside the folds, one run a seed trained on all rows that the folds take by turns; `ablate export` and `ablate predict` take these runs. "
            + "Nothing above is of them."
        let isTested = own.contains { $0.refits.contains { $0.figure(figure.onTest.name) != nil } }
        var table = MarkdownTable(
            [.init("variant"), .init("finished", .right)]
                + (isTested ? [.init(words(figure.onTest).asMarkdown, .right), .init("mean of the folds' runs", .right)] : []))
        for result in own {
            var row = [result.code, "\(result.refits.count) of \(experiment.seeds.count)"]
            if isTested {
                let sample = Sample(result.refits.compactMap { $0.figure(figure.onTest.name) })
                let folds = result.sample(figure.onTest.name)
                let digits = Digits([sample, folds].compactMap(\.self))
                row += [sample.map(digits.text) ?? "–", folds.map { digits.text($0.mean) } ?? "–"]
            }
            table.rows.append(row)
        }
        return ["## Trained on all rows", text, table.folded("variants")].joined(separator: "\n\n")
    }
}
