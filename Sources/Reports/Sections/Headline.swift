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
        let sentences =
            (hasVariants ? finalistsClauses ?? comparedClauses : [singleAnswer])
            + [nestedSelectionClause, plainMethodClause].compactMap(\.self)
        return (sentences + lossClauses + [functionAnswer, gradientAnswer, stoppingAnswer, overfittingAnswer].compactMap(\.self)).joined(
            separator: " ")
    }

    /// Why the losses that variants are compared by do not rank them.
    private var lossClauses: [String] {
        guard hasVariants else { return [] }
        guard figure.quantity == "loss" else { return [scaleClause].compactMap(\.self) }
        let reservation = results.lazy.compactMap { $0.variant.trial.settings.training.loss.kind.reservation }.first
        let others = withOtherLosses
        let formulas =
            others.isEmpty
            ? nil
            : "**\(names(others, limit: 20)) \(others.count == 1 ? "minimizes" : "minimize") another loss function or penalty: losses do not "
                + "compare with the baseline's.** Select a metric that is the same for all."
        return [reservation.map { "**\($0)**" }, formulas, scaleClause].compactMap(\.self)
    }

    // MARK: - One variant

    private var singleAnswer: String {
        guard let sample = baseline.sample(figure.name) else { return "" }
        let mean = "**\(words(figure).asMarkdown.capitalized) is \(Digits([sample]).text(sample))**"
        let over =
            (sample.count > 1 ? ", mean ± standard deviation over \(unit.count(sample.count))" : ", from a single \(unit.word)")
            + samplingClause(baseline, figure)
        return mean + over + ([testClause(baseline), chanceClause].compactMap { $0 }.map { "; " + $0 }).joined() + "."
    }

    /// The same quantity on test, where variants were not compared on test already.
    func testClause(_ result: VariantResult) -> String? {
        guard figure.part != .test, let sample = result.sample(figure.onTest.name) else { return nil }
        return "\(words(figure.onTest).asMarkdown) \(Digits([sample]).text(sample))\(samplingClause(result, figure.onTest))"
    }

    /// For example ` (standard error from the 400 examples: 0.021)`; empty where that is not known.
    func samplingClause(_ result: VariantResult, _ figure: FigureName) -> String {
        result.samplingError(figure).map { " (\($0.words))" } ?? ""
    }

    /// What guessing gives.
    var chanceClause: String? {
        guard figure.metric?.isShareOfHits == true, let chance else { return nil }
        let digits = Digits(decimals: 3)
        return "guessing gives \(digits.text(chance.guessed)), the majority class \(digits.text(chance.mostFrequent))"
    }

    // MARK: - Several variants

    /// So many names stand in a sentence.
    static let mostNames = 3

    /// Names of variants, or what is said of each, in a sentence: ``mostNames`` where the report has more variants than its tables leave open.
    func names(_ items: [String], limit: Int) -> String {
        enumeration(items, limit: hasManyVariants ? Self.mostNames : limit)
    }

    var hasManyVariants: Bool { results.count > MarkdownTable.openRows + 1 }

    /// The answer, and what is to be said of the other variants.
    var comparedClauses: [String] { [mainClause] + followingClauses }

    var mainClause: String {
        guard let sample = bestResult.sample(figure.name, of: commonUnits) ?? bestResult.sample(figure.name) else { return "" }
        let mean = "\(digits(figure.name).text(sample))\(placeClause(sample.count))\(samplingClause(bestResult, figure))"
        let quantity = words(figure).asMarkdown
        let equals = results.indices.filter { $0 != best && isEqualToBest($0) }
        if !equals.isEmpty {
            let names = ([best] + equals).sorted().map { results[$0].code }
            return "**\(enumeration(names, limit: Self.mostNames)) tie for the best \(quantity), \(mean).**"
        }
        if experiment.isSweep, !areFinalists { return searchClause(mean) }
        if best == 0 { return "**The baseline has the best \(quantity), \(mean).**" }
        if let winner = bestOf(.better) { return winnerClause(winner) + (winner == best ? "" : " \(bestMeanClause(mean))") }
        let has = judgement(of: best).map { $0.verdict == .undecided || $0.verdict == .same } == true
        return has
            ? "**No variant is shown to be better than the baseline.** \(bestMeanClause(mean))"
            : "**\(bestMeanClause(mean, isLoose: false))**"
    }

    /// What a search found: the best mean of so many, and how it stands to the baseline.
    private func searchClause(_ mean: String) -> String {
        let measured = results.count { !$0.figures(figure.name).isEmpty }
        let who = best == 0 ? "the baseline" : bestResult.code
        let tried = counted(measured, "configuration")
        let head = "**Of \(tried), \(who) has the best \(words(figure).asMarkdown), \(mean)\(correctedClause).**"
        guard best != 0, let difference = differences(of: best) else { return head }
        return "\(head) The difference from the baseline is \(judgement(of: best).map(spoken) ?? differenceDigits.signed(difference.mean))."
    }

    /// The best of the variants with a verdict; nil when there are none.
    private func bestOf(_ verdict: Verdict) -> Int? {
        ranking.first { judgement(of: $0)?.verdict == verdict }
    }

    /// For example `wide is better than the baseline: validation accuracy 0.813 ± 0.006 against 0.801 ± 0.005 over 5 seeds.`
    private func winnerClause(_ index: Int) -> String {
        let shared = Set(results[index].figures(figure.name).keys).intersection(baseline.figures(figure.name).keys)
        guard let judgement = judgement(of: index), let own = results[index].sample(figure.name, of: shared),
            let base = baseline.sample(figure.name, of: shared)
        else {
            return ""
        }
        let digits = digits(figure.name)
        let isOfAll = [results[index], baseline].allSatisfy { $0.figures(figure.name).count == shared.count }
        let over =
            (isOfAll ? placeClause(own.count) : " over the \(unit.count(own.count)) that both have")
            + samplingClause(results[index], figure)
        return "**\(results[index].code) is better than the baseline: \(words(figure).asMarkdown) \(digits.text(own)) against "
            + "\(digits.text(base))\(over).** The difference is \(spoken(judgement))."
    }

    private func bestMeanClause(_ mean: String, isLoose: Bool = true) -> String {
        let which = isLoose ? "the best mean" : "the best"
        let head = "\(bestResult.code) has \(which) \(words(figure).asMarkdown), \(mean)"
        guard let difference = differences(of: best) else { return head + "." }
        let isOfAll = difference.count == bestResult.figures(figure.name).count
        let over = isOfAll ? "" : " over the \(unit.count(difference.count)) that both have"
        return "\(head); against the baseline \(judgement(of: best).map(spoken) ?? differenceDigits.signed(difference.mean))\(over)."
    }

    /// The difference alone.
    func signed(_ judgement: Judgement) -> String {
        differenceDigits.signed(judgement.estimate.mean, in: judgement.interval)
    }

    /// The difference, its interval and p: `+0.003 [−0.004, +0.010], p = 0.21`.
    func spoken(_ judgement: Judgement) -> String { spoken(judgement, differenceDigits) }

    func spoken(_ judgement: Judgement, _ digits: Digits) -> String {
        cell(judgement, digits) + (judgement.p.map { ", \(pText($0))" } ?? "")
    }

    /// For example `p = 0.012`, `p < 0.001`.
    func pText(_ p: Double) -> String {
        let cell = Self.pCell(p)
        return cell.hasPrefix("<") ? "p \(cell)" : "p = \(cell)"
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
            return ["The baseline \(why), so no variant can be compared with it."] + divergedClause(results.dropFirst())
        }
        return leftOutClause + tieClause + verdictClauses + divergedClause(results[...])
    }

    /// Whom the best cannot be told from, where the verdicts do not say so.
    private var tieClause: [String] {
        guard best == 0, let bestOnes else { return [] }
        let names = bestOnes.subtracting([0]).sorted().filter { !isEqualToBest($0) && judgement(of: $0)?.verdict != .undecided }.map {
            results[$0].code
        }
        return names.isEmpty ? [] : ["It cannot be distinguished from \(enumeration(names, limit: Self.mostNames))."]
    }

    private var verdictClauses: [String] {
        let digits = differenceDigits
        let told: Set<Int> = [best, bestOf(.better) ?? best]
        func listed(_ verdict: Verdict, all: Bool = false) -> [String] {
            shown.filter { judgement(of: $0)?.verdict == verdict && (all || !told.contains($0)) }.map { index in
                "\(results[index].code) (\(judgement(of: index).map(signed) ?? "–"))"
            }
        }
        let better = listed(.better)
        let undecided = shown.filter { judgement(of: $0)?.verdict == .undecided }
        let isOnlyBest = undecided == [best]
        var clauses: [String] = []
        func add(_ head: String, _ names: [String]) {
            if !names.isEmpty { clauses.append("\(head): \(enumeration(names, limit: Self.mostNames)).") }
        }
        if experiment.isSweep, judgements.count > Self.mostSweepNames { return [countClause].compactMap(\.self) + wantClause }
        add("Also better than the baseline", better)
        add("Worse than the baseline", listed(.worse))
        if let margin = experiment.selection.margin {
            add(
                "Practically equivalent, within \(Digits(decimals: digits.decimals).text(margin)) of the baseline",
                listed(.same, all: true))
        }
        add("Identical to the baseline in every \(unit.word)", listed(.identical))
        if let shown = smallestShown(undecided.compactMap(judgement)) {
            let others = undecided.filter { $0 != best }
            let names = enumeration(others.map { results[$0].code }, limit: Self.mostNames)
            clauses.append(isOnlyBest || others.isEmpty ? "\(shown.capitalized)." : "Undecided: \(names); \(shown).")
        }
        return clauses + wantClause
    }

    /// Of more points of a sweep than this only counts are told.
    private static let mostSweepNames = 8

    /// For example `Of 100 variants 4 are better than the baseline, 28 worse and 68 undecided.`
    private var countClause: String? {
        let verdicts: [(Verdict, String)] = [
            (.better, "better than the baseline"), (.worse, "worse"), (.same, "practically equivalent"), (.undecided, "undecided"),
            (.identical, "identical"),
        ]
        let counts = verdicts.compactMap { verdict, words -> String? in
            let count = judgements.values.count { $0.verdict == verdict }
            return count == 0 ? nil : "\(grouped(count)) \(count == 1 ? "is" : "are") \(words)"
        }
        guard !counts.isEmpty else { return nil }
        return "Of the \(isShortened ? "best " : "")\(counted(judgements.count, "variant")), \(enumeration(counts))."
    }

    /// The smallest difference that the tests would have found with a power of 80 %, each at its own level of the family.
    func smallestShown(_ judgements: [Judgement]) -> String? {
        let sizes = judgements.compactMap { $0.p == nil ? nil : $0.estimate.smallestDetectable(level: $0.level ?? Judgement.level) }.filter(
            \.isFinite)
        guard let least = sizes.min(), let most = sizes.max() else { return nil }
        let digits = differenceDigits.telling([least])
        let (low, high) = (digits.text(least), digits.text(most))
        return "the smallest detectable difference is \(low == high ? high : "\(low) to \(high)") (80 % power)"
    }

    /// Why some or all are not called better or worse.
    private var wantClause: [String] {
        func names(_ want: Verdict.Want) -> [String] {
            shown.filter { index in
                if let judgement = judgement(of: index) { return judgement.verdict == .none(want) }
                // A single pair has no estimate at all.
                return want == .seeds && differences(of: index) != nil
            }.map { results[$0].code }
        }
        let compared = shown.count { differences(of: $0) != nil }
        func clause(_ want: Verdict.Want, _ reason: String) -> String? {
            let names = names(want)
            if names.isEmpty { return nil }
            return names.count == compared
                ? "\(reason): no variant is called better or worse."
                : "\(reason) for \(enumeration(names, limit: Self.mostNames)): no verdict."
        }
        let most = shown.compactMap { differences(of: $0)?.count }.max() ?? 0
        let few = most == 1 ? "One \(unit.word) has no spread to judge by" : "Two \(unit.word)s or fewer are too few"
        return [
            clause(.seeds, few), clause(.examples, "The variation over examples is not known"),
            clause(.look, "The runs of the first look are not all finished"),
            clause(.spread, "All paired differences are equal, so they have no spread to judge by"),
        ].compactMap(\.self)
    }

    /// Who was left out of the choice of the best, for want of seeds (or folds) that the others have.
    private var leftOutClause: [String] {
        let isPartial = { (result: VariantResult) in
            let count = result.figures(figure.name).count
            return count > 0 && count < result.plannedUnits
        }
        guard !isPartial(bestResult) else { return [] }
        let partial = results.filter(isPartial).map { "\($0.code) (\($0.figures(figure.name).count) of \(unit.count($0.plannedUnits)))" }
        return partial.isEmpty ? [] : ["Left out of the choice of the best, with missing \(unit.word)s: \(names(partial, limit: 8))."]
    }

    /// The variants of which no run came to a figure.
    private func divergedClause(_ results: ArraySlice<VariantResult>) -> [String] {
        let diverged = results.filter { !$0.runs.isEmpty && $0.runs.allSatisfy(\.isDiverged) }.map(\.code)
        return diverged.isEmpty ? [] : ["Diverged in every \(unit.word): \(names(diverged, limit: 8))."]
    }
}
