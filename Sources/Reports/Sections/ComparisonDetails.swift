import Statistics

/// What the intervals of the table of variants rest on, for those who check them.
extension Comparison {
    /// Nil where nothing was tested.
    var comparisonDetails: String? {
        let tested = shown.compactMap { index in judgement(of: index).flatMap { $0.p == nil ? nil : (index: index, estimate: $0.estimate) }
        }
        guard !tested.isEmpty else { return nil }
        let hasParts = tested.contains { $0.estimate.seedsPart != nil }
        let flips = tested.map { signFlips(of: $0.index) }
        let hasFlips = flips.contains { $0 != nil }
        var columns: [MarkdownTable.Column] = [.init("variant"), .init("standard error", .right)]
        if hasParts { columns += [.init("of \(unit.word)s", .right), .init("of examples", .right)] }
        columns += [.init("degrees of freedom", .right), .init("effect size", .right), .init("p alone", .right)]
        if hasFlips { columns.append(.init("p by sign flips", .right)) }
        var table = MarkdownTable(columns)
        for ((index, estimate), flip) in zip(tested, flips) {
            var row = [results[index].code, significant(estimate.standardError, digits: 2)]
            if hasParts {
                row += [estimate.seedsPart, estimate.examplesPart].map { $0.map { significant($0.squareRoot(), digits: 2) } ?? "–" }
            }
            row += [
                Digits(decimals: 1).text(estimate.degreesOfFreedom), estimate.effectSize.map(Digits(decimals: 2).signed) ?? "–",
                estimate.p.map(Self.pCell) ?? "–",
            ]
            if hasFlips { row.append(flip.map { Self.pCell($0.p) } ?? "–") }
            table.rows.append(row)
        }
        let pair = basis == .folds ? unit.isOfNewSplits ? "split" : "fold" : unit.word
        let words =
            "Effect size: the mean difference in standard deviations of the \(pair)s' differences (Cohen's d_z). p alone: not adjusted for other comparisons."
            + (hasFlips
                ? " p by sign flips: a permutation test of the \(unit.word)s' differences; it assumes no normal distribution and ignores the variation over examples."
                : "")
        return details("Comparisons in detail", [table.folded("variants"), words])
    }

    /// A test of the differences of seeds by their signs, from 8 pairs on; folds share train rows, so that theirs are not free to turn.
    func signFlips(of index: Int) -> SignFlips? {
        guard !unit.isOfSplits else { return nil }
        return differences(of: index).flatMap { SignFlips($0.values) }
    }
}
