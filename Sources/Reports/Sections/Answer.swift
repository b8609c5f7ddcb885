import Experiments
import Statistics

/// The question, the answer in a sentence with numbers, and what the figures are.
extension Comparison {
    func headSection(_ excerpt: ReportExcerpt?) -> String {
        ["# " + experiment.title.asMarkdown, excerpt.map { "**\($0.sentence.asMarkdown)**" }, answer, notesQuote].compactMap(\.self).joined(
            separator: "\n\n")
    }

    /// The experiment's own words, as a quotation.
    var notesQuote: String? {
        experiment.notes.map { notes in
            notes.asMarkdownLines.map { $0.isEmpty ? ">" : "> " + $0 }.joined(separator: "\n")
        }
    }

    var answer: String {
        let sentences = hasVariants ? [mainClause] + followingClauses : [singleAnswer]
        return (sentences + [functionAnswer, gradientAnswer, stoppingAnswer, overfittingAnswer].compactMap(\.self)).joined(separator: " ")
    }

    // MARK: - One variant

    private var singleAnswer: String {
        guard let sample = baseline.sample(figure.name) else { return "" }
        let mean = "**\(figure.words.capitalized) is \(Digits([sample]).text(sample))**"
        let over = sample.count > 1 ? ", mean ± standard deviation over \(unit.count(sample.count))" : ", from a single \(unit.word)"
        return mean + over + ([testClause(baseline), chanceClause].compactMap { $0 }.map { "; " + $0 }).joined() + "."
    }

    /// The same quantity on test, where variants were not compared on test already.
    func testClause(_ result: VariantResult) -> String? {
        guard figure.part != .test, let sample = result.sample(figure.onTest.name) else { return nil }
        return "\(figure.onTest.words) \(Digits([sample]).text(sample))"
    }

    /// What shuffled labels would give.
    var chanceClause: String? {
        guard figure.quantity == "accuracy", let chance = baseline.sample("chance_accuracy") else { return nil }
        return "by chance \(Digits(decimals: 3).text(chance.mean))"
    }

    // MARK: - Several variants

    private var mainClause: String {
        let digits = digits(figure.name)
        guard let sample = bestResult.sample(figure.name) else { return "" }
        let place = sample.count > 1 ? " over \(unit.count(sample.count))" : " from a single \(unit.word)"
        let mean = "\(digits.text(sample))\(place)"
        let ties = results.indices.filter { $0 != best && tiesWithBest($0) }.map { results[$0].name }
        let tied = ties.isEmpty ? "" : ", though not in every \(unit.word) ahead of \(enumeration(ties))"
        if best == 0 { return "**The baseline has the best \(figure.words), \(mean)\(tied).**" }
        let difference = differences(of: best).map { " (\(differenceDigits.signed($0)) against the baseline)" } ?? ""
        return "**\(bestResult.name) has the best \(figure.words), \(mean)\(difference)\(tied).**"
    }

    private var followingClauses: [String] {
        guard baseline.sample(figure.name) != nil else {
            let why = baseline.runs.isEmpty ? "has no finished run" : "diverged"
            return ["The baseline \(why), so there are no differences to it."] + divergedClause(results.dropFirst())
        }
        if unitCount < 2 { return ["One \(unit.word) tells nothing of luck; the differences may be no more than that."] }
        let digits = differenceDigits
        func listed(_ outcome: Outcome) -> [String] {
            results.indices.filter { $0 != best && self.outcome(of: $0) == outcome }.compactMap { index in
                differences(of: index).map { "\(results[index].name) (\(digits.signed($0.mean)))" }
            }
        }
        let sentences: [(String, [String])] = [
            ("Better than the baseline in every \(unit.word)", listed(.better)),
            ("Worse than the baseline in every \(unit.word)", listed(.worse)),
            ("Neither better nor worse in every \(unit.word)", listed(.mixed)),
        ]
        return sentences.filter { !$0.1.isEmpty }.map { "\($0.0): \(enumeration($0.1))." } + divergedClause(results[...])
    }

    /// The variants of which no run came to a figure.
    private func divergedClause(_ results: ArraySlice<VariantResult>) -> [String] {
        let names = results.filter { !$0.runs.isEmpty && $0.runs.allSatisfy(\.isDiverged) }.map(\.name)
        return names.isEmpty ? [] : ["Diverged in every \(unit.word): \(enumeration(names))."]
    }
}
