import RunStore
import Statistics

/// Methods without a network on the same rows, beside the network that was chosen.
extension Comparison {
    func plainBaselinesSection(_ baselines: [BaselineRecord]) -> String? {
        guard !experiment.baselines.isEmpty else { return nil }
        let title = "### Plain baselines"
        guard !baselines.isEmpty else { return "\(title)\n\nThey are not computed yet: run the experiment." }
        let figures = plainFigures(baselines)
        var table = MarkdownTable([.init("method")] + figures.map { .init($0.words, .right) })
        for network in best == 0 ? [baseline] : [baseline, bestResult] {
            table.rows.append(
                ["\(network.name) (network)"] + figures.map { figure in network.sample(figure.name).map(digits(figure.name).text) ?? "–" })
        }
        for baseline in baselines where !baseline.figures.isEmpty {
            table.rows.append(
                [Self.spoken(method: baseline.name)]
                    + figures.map { figure in sample(of: figure, in: baseline).map(digits(figure.name).text) ?? "–" })
        }
        let notes = baselines.compactMap { baseline in
            baseline.note.map { "\(Self.spoken(method: baseline.name).capitalized) is missing: it \($0.asMarkdown)." }
        }
        let same = "Methods without a network, fitted on the same train rows with the baseline's encodings"
        let spread = baselines.contains { $0.figures.count > 1 } ? "; mean ± standard deviation over folds." : "; they know no seed."
        return ([title, table.text, ([same + spread] + notes).joined(separator: " ")]).joined(separator: "\n\n")
    }

    /// The compared figure, the others of its part, then those on test.
    private func plainFigures(_ baselines: [BaselineRecord]) -> [FigureName] {
        let names = Set(baselines.flatMap(\.figures).flatMap(\.keys)).map(FigureName.init)
        func rank(_ name: FigureName) -> (Int, Int, String) {
            (name == figure ? 0 : name.part == figure.part ? 1 : 2, name.quantity == figure.quantity ? 0 : 1, name.name)
        }
        return names.sorted { rank($0) < rank($1) }
    }

    private func sample(of figure: FigureName, in baseline: BaselineRecord) -> Sample? {
        Sample(baseline.figures.compactMap { $0[figure.name] }.filter(\.isFinite))
    }

    /// What a method is called in words.
    static func spoken(method name: String) -> String {
        switch name {
        case "majority": "majority class"
        case "mean": "mean of the targets"
        case "linear": "least squares"
        case "logistic": "logistic regression"
        case "nearest_neighbours": "5 nearest neighbours"
        default: name
        }
    }
}
