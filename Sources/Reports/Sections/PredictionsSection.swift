import Experiments
import RunStore
import Statistics

/// What the networks answer for the rows that the experiment asks about, and, where they are linear, which function they are.
extension Comparison {
    var predictionsSection: String? {
        guard !experiment.askedRows.isEmpty else { return nil }
        let asked = results.filter { predictions.variants[$0.name]?.runs.isEmpty == false }
        guard !asked.isEmpty else { return nil }
        var table = MarkdownTable([.init("answered by")] + experiment.askedRows.map { .init($0.name.asMarkdown, .right) })
        for result in asked { table.rows.append([result.code] + experiment.askedRows.indices.map { answerCell(of: result, row: $0) }) }
        if let kind = predictions.variants[baseline.name]?.kind {
            for method in predictions.methods {
                table.rows.append(
                    [spoken(method: method.name)]
                        + method.predictions.map { answer in answerText(of: [answer], kind) })
            }
        }
        return ["## Predictions", predictionsIntroduction, table.text, rowsList].joined(separator: "\n\n")
    }

    /// The answer of one run for a row, as a figure: see ``AskedRowPredictions/number(_:_:)``.
    func number(answering figure: String, by run: ReportedRun, of result: VariantResult) -> Double? {
        guard let row = experiment.askedRows.firstIndex(where: { $0.figure == figure }), let found = predictions.variants[result.name],
            let answer = found.runs[run.specification.identity], answer.indices.contains(row)
        else { return nil }
        return AskedRowPredictions.number(answer[row], found.kind)
    }

    // MARK: - Words

    private var predictionsIntroduction: String {
        let spread =
            unitCount > 1 ? ", mean ± standard deviation over the \(unit.word)s, which leaves out the variation over train rows" : ""
        switch predictions.variants[baseline.name]?.kind ?? results.compactMap({ predictions.variants[$0.name]?.kind }).first {
        case .classes(let names, let areProbabilities, let positive)? where names.count == 2 && names.indices.contains(positive):
            let noun = areProbabilities ? "Probability" : "Score"
            return "\(noun) that \(predictions.target.asMarkdown) is \(names[positive].asMarkdown)\(spread)."
        case .classes(_, let areProbabilities, _)?:
            return "The class of \(predictions.target.asMarkdown) with its \(areProbabilities ? "probability" : "score")\(spread)."
        case .severalLabels(_, let areProbabilities)?:
            let noun = areProbabilities ? "probabilities" : "scores"
            return "The labels of \(predictions.target.asMarkdown) above one half, with their \(noun)\(spread)."
        case .values?, nil: return "\(predictions.target.capitalized.asMarkdown), in its own unit\(spread)."
        }
    }

    private func answerCell(of result: VariantResult, row: Int) -> String {
        guard let found = predictions.variants[result.name] else { return "–" }
        let predictions = meansByUnit(of: result) { run in
            found.runs[run.specification.identity].flatMap { $0.indices.contains(row) ? $0[row] : nil }
        }
        return answerText(of: predictions, found.kind)
    }

    /// What runs give, place by place, a mean over the runs of each unit (a seed's folds).
    private func meansByUnit(of result: VariantResult, _ numbers: (ReportedRun) -> [Double]?) -> [[Double]] {
        Dictionary(grouping: result.runs) { unit.number(of: $0.specification) }.sorted { $0.key < $1.key }.compactMap { _, runs in
            let found = runs.compactMap(numbers)
            guard let first = found.first else { return nil }
            return first.indices.map { place in found.reduce(0) { $0 + ($1.indices.contains(place) ? $1[place] : 0) } / Double(found.count)
            }
        }
    }

    private func answerText(of runs: [[Double]], _ kind: AskedRowPredictions.Kind) -> String {
        func text(_ numbers: [Double]) -> String { Sample(numbers).map(readableText) ?? "–" }
        if case .severalLabels(let names, _) = kind {
            let labels = names.indices.compactMap { index -> String? in
                let own = runs.compactMap { $0.indices.contains(index) ? $0[index] : nil }
                return own.reduce(0, +) > 0.5 * Double(own.count) ? "\(names[index].asMarkdown): \(text(own))" : nil
            }
            return labels.isEmpty ? "none" : labels.joined(separator: ", ")
        }
        guard case .classes(let names, _, _) = kind, names.count != 2 else {
            return text(runs.compactMap { AskedRowPredictions.number($0, kind) })
        }
        let sums = names.indices.map { index in runs.reduce(0) { $0 + ($1.indices.contains(index) ? $1[index] : 0) } }
        guard let best = sums.indices.max(by: { (sums[$0], $1) < (sums[$1], $0) }) else { return "–" }
        return "\(names[best].asMarkdown): \(text(runs.compactMap { $0.indices.contains(best) ? $0[best] : nil }))"
    }

    /// A spread that four digits do not show is none to a reader.
    private func readableText(_ sample: Sample) -> String {
        let readable = Sample([sample.mean]).map { Digits([$0]) } ?? Digits([sample])
        guard let deviation = sample.standardDeviation, readable.text(deviation).contains(where: { ("1"..."9").contains($0) }) else {
            return readable.text(sample.mean)
        }
        return Digits([sample]).text(sample)
    }

    private var rowsList: String {
        experiment.askedRows.map { row in
            "- \(row.name.asMarkdown): "
                + row.cells.map { "\($0.column) \($0.text.isEmpty ? "(empty)" : $0.text)".asMarkdown }.joined(separator: ", ")
        }.joined(separator: "\n")
    }

    // MARK: - Linear networks

    var functionSection: String? {
        let linear = results.compactMap { result in predictions.variants[result.name]?.function.map { (result, $0) } }
            .filter { result, function in result.runs.contains { function.runs[$0.specification.identity] != nil } }
        guard !linear.isEmpty else { return nil }
        var columns: [String] = []
        for (_, function) in linear { columns += function.columns.filter { !columns.contains($0) } }
        var table = MarkdownTable([.init("function")] + columns.map { .init("· " + $0.asMarkdown, .right) } + [.init("constant", .right)])
        for (result, function) in linear {
            let runs = meansByUnit(of: result) { function.runs[$0.specification.identity] }
            table.rows.append([result.code] + cells(of: function, columns) { place in runs.map { $0[place] } })
            if let exact = function.exact {
                table.rows.append(["\(result.code), exact"] + cells(of: function, columns) { place in [exact[place]] })
            }
        }
        let exact = linear.contains { $0.1.exact != nil } ? "; exact: least squares on the same train rows" : ""
        return [
            "## Learned functions",
            "\(predictions.target.asMarkdown) = Σ coefficient · column + constant, in the columns' and the target's own units\(exact).",
            table.text,
        ].joined(separator: "\n\n")
    }

    /// How near training came to exact least squares, for the headline: the constant or coefficient that is furthest off, by its own size.
    var functionAnswer: String? {
        let distances = results.flatMap { result -> [Double] in
            guard let function = predictions.variants[result.name]?.function, let exact = function.exact else { return [] }
            let runs = result.runs.compactMap { function.runs[$0.specification.identity] }
            return runs.flatMap { zip($0, exact).filter { $0.1 != 0 }.map { abs(($0 - $1) / $1) } }
        }
        guard let furthest = distances.max(), furthest.isFinite else { return nil }
        return "**No constant or coefficient of a linear network is farther from exact least squares than "
            + "\(significant(furthest * 100, digits: 1)) % of its size**, in any run."
    }

    private func cells(
        of function: AskedRowPredictions.LinearFunction, _ columns: [String], _ numbers: (Int) -> [Double]
    ) -> [String] {
        func text(_ place: Int) -> String { Sample(numbers(place)).map(readableText) ?? "–" }
        return columns.map { column in function.columns.firstIndex(of: column).map { text($0 + 1) } ?? "–" } + [text(0)]
    }
}
