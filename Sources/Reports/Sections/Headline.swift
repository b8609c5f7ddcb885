import Experiments
import Statistics

/// The question, the answer in a sentence with numbers, and what the figures are.
extension Comparison {
    func headSection(_ headline: String, _ excerpt: ReportExcerpt?) -> String {
        ["# " + experiment.title.asMarkdown, excerpt.map { "**\($0.sentence.asMarkdown)**" }, headline, notesQuote].compactMap(\.self)
            .joined(
                separator: "\n\n")
    }

    /// The experiment's own words, as a quotation.
    var notesQuote: String? {
        experiment.notes.map { notes in
            notes.asMarkdownLines.map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n")
        }
    }

    var headline: String {
        let sentences = (hasVariants ? [mainClause] + followingClauses : [singleAnswer]) + [plainMethodClause].compactMap(\.self)
        return (sentences + [functionAnswer, gradientAnswer, stoppingAnswer, overfittingAnswer].compactMap(\.self)).joined(separator: " ")
    }

    // MARK: - One variant

    private var singleAnswer: String {
        guard let sample = baseline.sample(figure.name) else { return "" }
        let mean = "**\(words(figure).asMarkdown.capitalized) is \(Digits([sample]).text(sample))**"
        let over = sample.count > 1 ? ", mean ± standard deviation over \(unit.count(sample.count))" : ", from a single \(unit.word)"
        return mean + over + ([testClause(baseline), chanceClause].compactMap { $0 }.map { "; " + $0 }).joined() + "."
    }

    /// The same quantity on test, where variants were not compared on test already.
    func testClause(_ result: VariantResult) -> String? {
        guard figure.part != .test, let sample = result.sample(figure.onTest.name) else { return nil }
        return "\(words(figure.onTest).asMarkdown) \(Digits([sample]).text(sample))"
    }

    /// What guessing gives.
    var chanceClause: String? {
        guard figure.metric?.isShareOfHits == true, let chance else { return nil }
        let digits = Digits(decimals: 3)
        return "by chance \(digits.text(chance.guessed)), the most frequent class alone \(digits.text(chance.mostFrequent))"
    }

    // MARK: - Several variants

    private var mainClause: String {
        guard let sample = bestResult.sample(figure.name, of: commonUnits) ?? bestResult.sample(figure.name) else { return "" }
        let mean = "\(digits(figure.name).text(sample))\(placeClause(sample.count))"
        let equals = results.indices.filter { $0 != best && isEqualToBest($0) }
        let ties = results.indices.filter { $0 != best && !equals.contains($0) && tiesWithBest($0) }.map { results[$0].name }
        let tied = ties.isEmpty ? "" : ", though not in every \(unit.word) ahead of \(enumeration(ties))"
        if !equals.isEmpty {
            let names = ([best] + equals).sorted().map { results[$0].name }
            return "**\(enumeration(names)) tie for the best \(words(figure).asMarkdown), \(mean)\(tied).**"
        }
        if best == 0 { return "**The baseline has the best \(words(figure).asMarkdown), \(mean)\(tied).**" }
        let difference =
            differences(of: best).map { difference in
                let isOfAll = difference.count == bestResult.figures(figure.name).count
                let over = isOfAll ? "" : " over the \(unit.count(difference.count)) that both have"
                return " (\(differenceDigits.signed(difference)) against the baseline\(over))"
            } ?? ""
        return "**\(bestResult.name) has the best \(words(figure).asMarkdown), \(mean)\(difference)\(tied).**"
    }

    /// Over what the headline's mean is taken, where that is not all that was planned, too.
    private func placeClause(_ count: Int) -> String {
        let most = results.map { $0.figures(figure.name).count }.max() ?? count
        let planned = bestResult.plannedUnits
        if count < min(most, planned) || count < most { return " over the \(unit.count(count)) that all variants have" }
        if count < planned { return " over \(count) of \(unit.count(planned))" }
        return count > 1 ? " over \(unit.count(count))" : " from a single \(unit.word)"
    }

    /// Whether the variant has the best one's figure to the last bit, in every unit.
    private func isEqualToBest(_ index: Int) -> Bool {
        guard let differences = results[index].differences(figure.name, to: bestResult), differences.count == commonUnits.count else {
            return false
        }
        return differences.values.allSatisfy { $0 == 0 }
    }

    private var followingClauses: [String] {
        guard baseline.sample(figure.name) != nil else {
            let why = baseline.runs.isEmpty ? "has no finished run" : "diverged"
            return ["The baseline \(why), so there are no differences to it."] + divergedClause(results.dropFirst())
        }
        if unitCount < 2 { return ["One \(unit.word) tells nothing of luck; the differences may be no more than that."] }
        let digits = differenceDigits
        func listed(_ outcome: Outcome) -> [String] {
            results.indices.filter { self.outcome(of: $0) == outcome && ($0 != best || outcome == .few) }.compactMap { index in
                differences(of: index).map { "\(results[index].name) (\(digits.signed($0.mean)))" }
            }
        }
        let few = results.indices.contains { outcome(of: $0) == .few && differences(of: $0)?.count == 1 } ? "one or two" : "two"
        let sentences: [(String, [String])] = [
            ("Better than the baseline in every \(unit.word)", listed(.better)),
            ("Worse than the baseline in every \(unit.word)", listed(.worse)),
            ("Neither better nor worse in every \(unit.word)", listed(.mixed)),
            ("The same as the baseline in every \(unit.word)", listed(.equal)),
            ("With \(few) \(unit.word)s in common with the baseline nothing is called better or worse", listed(.few)),
        ]
        return leftOutClause + sentences.filter { !$0.1.isEmpty }.map { "\($0.0): \(enumeration($0.1))." } + divergedClause(results[...])
    }

    /// Who was left out of the choice of the best, for want of seeds (or folds) that the others have.
    private var leftOutClause: [String] {
        let isPartial = { (result: VariantResult) in
            let count = result.figures(figure.name).count
            return count > 0 && count < result.plannedUnits
        }
        guard !isPartial(bestResult) else { return [] }
        let partial = results.filter(isPartial).map { "\($0.name) (\($0.figures(figure.name).count) of \(unit.count($0.plannedUnits)))" }
        return partial.isEmpty ? [] : ["Not compared with the best, for want of \(unit.word)s: \(enumeration(partial))."]
    }

    /// The variants of which no run came to a figure.
    private func divergedClause(_ results: ArraySlice<VariantResult>) -> [String] {
        let names = results.filter { !$0.runs.isEmpty && $0.runs.allSatisfy(\.isDiverged) }.map(\.name)
        return names.isEmpty ? [] : ["Diverged in every \(unit.word): \(enumeration(names))."]
    }
}
