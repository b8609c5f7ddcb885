import RunStore
import Settings
import Statistics

/// The table of variants, and what its marks mean.
extension Comparison {
    func variantsSection(figures: [ReportFigure], hasListing: Bool) -> String {
        var parts = ["## \(hasVariants ? "Variants" : "Figures")", variantTable, shortenedNote(hasListing) + tableNote]
        parts += [meanings].compactMap(\.self)
        parts += figures.paragraphs("differences", "line", "heatmap", "frontier")
        parts += [comparisonDetails].compactMap(\.self)
        return parts.joined(separator: "\n\n")
    }

    var variantTable: String {
        let columns = tableColumns
        var table = MarkdownTable(columns.map(\.column))
        for index in shown { table.rows.append(columns.map { $0.cell(index) }) }
        return table.folded("variants")
    }

    private typealias TableColumn = (column: MarkdownTable.Column, cell: (Int) -> String)

    private var tableColumns: [TableColumn] {
        var columns: [TableColumn] = [(.init("variant"), { isBold($0) ? "**\(results[$0].code)**" : results[$0].code })]
        let changes = Dictionary(uniqueKeysWithValues: shown.map { ($0, self.changes(of: results[$0])) })
        if changes.values.contains(where: { !$0.parts.isEmpty }) {
            columns.append(
                (
                    .init("what changes"),
                    { index in
                        guard let changes = changes[index] else { return "" }
                        return changes.parts.isEmpty ? changes.otherWidths ?? changes.text : changes.text.asMarkdown
                    }
                ))
        }
        let networks = Dictionary(uniqueKeysWithValues: shown.map { ($0, NetworkDescription(results[$0].variant.trial)) })
        if !hasVariants || Set(networks.values.map(\.hiddenWidths)).count > 1 {
            columns.append((.init(NetworkDescription.widthWords(Array(networks.values))), { networks[$0]?.hiddenWidths ?? "" }))
        }
        columns.append((.init("parameters", .right), { results[$0].runs.first?.record.parameters.map(grouped) ?? "–" }))
        columns.append(figureColumn(figure, isCompared: true))
        if hasVariants {
            let interval = review == nil ? ", 95 % interval" : ", interval of its look"
            columns.append((.init("against baseline" + (hasIntervals ? interval : ""), .right), differenceCell))
            if testedCount > 0 {
                columns.append((.init("p", .right), { judgement(of: $0)?.p.map(Self.pCell) ?? "–" }))
                columns.append((.init("verdict"), { judgement(of: $0)?.verdict.words ?? "–" }))
            }
        }
        columns += otherFigures.map { figureColumn($0, isCompared: false) }
        columns.append((.init("train time", .right), trainTime))
        columns.append((.init(unit.word + "s", .right), unitCell))
        return columns
    }

    private func figureColumn(_ figure: FigureName, isCompared: Bool) -> TableColumn {
        let digits = digits(figure.name)
        return (
            .init(words(figure).asMarkdown, .right),
            { index in
                guard let sample = results[index].sample(figure.name) else { return "–" }
                return isCompared && isBold(index) ? "**\(digits.text(sample))**" : digits.text(sample)
            }
        )
    }

    /// What else is measured on the same part, the loss last; without other variants the train and test figures, too.
    private var otherFigures: [FigureName] {
        let names = Set(results.flatMap(\.runs).flatMap { $0.record.figures.keys } + results.flatMap(\.runs).flatMap(\.history.columns))
        let told = names.subtracting(["epoch", "seconds", Figures.chanceAccuracy, Figures.learningRate, Figures.threshold]).filter {
            !$0.hasPrefix(Figures.gradientNormPrefix) && !$0.hasPrefix(Figures.stepGradientNormPrefix)
        }
        let all = (told + OwnFigure.gaps(among: told)).map(FigureName.init)
        let order: [FigureName.Part] = [.validation, .test, .train]
        return all.filter { $0 != figure && ($0.part == figure.part || !hasVariants) }.sorted { left, right in
            if left.part != right.part { return (order.firstIndex(of: left.part) ?? 0) < (order.firstIndex(of: right.part) ?? 0) }
            if (left.quantity == "loss") != (right.quantity == "loss") { return right.quantity == "loss" }
            return left.name < right.name
        }
    }

    private func isBold(_ index: Int) -> Bool {
        hasVariants && (bestOnes ?? [best]).contains(index)
    }

    private var hasIntervals: Bool { judgements.values.contains { $0.interval != nil } }

    private func differenceCell(_ index: Int) -> String {
        judgement(of: index).map(cell) ?? differences(of: index).map { differenceDigits.signed($0.mean) } ?? "–"
    }

    /// A difference with its interval: `+0.003 [−0.004, +0.010]`.
    func cell(_ judgement: Judgement) -> String { cell(judgement, differenceDigits) }

    func cell(_ judgement: Judgement, _ digits: Digits) -> String {
        judgement.interval.map { digits.text(judgement.estimate.mean, $0) } ?? digits.signed(judgement.estimate.mean)
    }

    static func pCell(_ p: Double) -> String { p < 0.001 ? "< 0.001" : Digits(decimals: p < 0.0995 ? 3 : 2).text(p) }

    /// How many seeds (or folds) have the compared figure, and of how many where some lack it.
    private func unitCell(_ index: Int) -> String {
        let (count, planned) = (results[index].figures(figure.name).count, results[index].plannedUnits)
        return count == planned ? String(count) : "\(count) of \(planned)"
    }

    private func trainTime(_ index: Int) -> String {
        Sample(results[index].runs.compactMap(\.record.timings?.train)).map { duration($0.mean) } ?? "–"
    }

    // MARK: - Below the table

    /// What the table leaves out, and where it stands.
    private func shortenedNote(_ hasListing: Bool) -> String {
        guard isShortened else { return experiment.isSweep ? "The baseline, then the variants, the best first. " : "" }
        let place = hasListing ? " [figures/variants.csv](figures/variants.csv) has all of them." : ""
        return "The baseline, then the best \(Self.listedCount) of \(grouped(results.count - 1)) variants, the best first.\(place) "
    }

    private var pairsClause: String {
        guard hasVariants else { return "" }
        let counts = Set(results.map { $0.figures(figure.name).count })
        if counts.count == 1 { return ", the same \(unit.word)s for every variant" }
        return
            " at most. Differences are over the \(unit.word)s that a variant shares with the baseline; the best is chosen over the "
            + "\(unit.count(commonUnits.count)) that all complete variants have"
    }

    /// What those figures of the table tell, and what they cannot, that are no metrics.
    private var meanings: String? {
        var told: Set<String> = []
        let lines = ([figure] + otherFigures).compactMap { figure -> String? in
            guard let own = figure.own, let meaning = own.meaning, told.insert(own.name).inserted else { return nil }
            return "- \(own.words.capitalized): \(meaning)"
        }
        return lines.isEmpty ? nil : "What these figures tell:\n\n" + lines.joined(separator: "\n")
    }

    var tableNote: String {
        var sentences: [String] = []
        if unitCount > 1 {
            sentences.append("Mean ± standard deviation over \(unit.count(unitCount))\(pairsClause).")
        } else {
            sentences.append("One \(unit.word): no spread is known.")
        }
        sentences += samplingSentence
        if goal == .minimize { sentences.append("For \(words(figure).asMarkdown), lower is better.") }
        if hasVariants {
            sentences += judgementSentences
            sentences.append(
                bestOnes == nil
                    ? "Bold: the best mean."
                    : "Bold: the best mean and all that cannot be distinguished from it; they include the truly best with 95 % confidence.")
        }
        if figure.part == .test, FigureName(experiment.selection.metric).part == .validation {
            sentences.append("There are no validation rows: variants are compared on test.")
        } else if figure.name != experiment.selection.metric {
            sentences.append(
                "The runs have no \(words(FigureName(experiment.selection.metric)).asMarkdown): they are compared by \(words(figure).asMarkdown)."
            )
        }
        sentences += thresholdSentences + correctedSentences
        if hasVariants, let tests = testSentence { sentences.append(tests) }
        return sentences.joined(separator: " ")
    }

    /// What the luck of the examples does to each mean of the table, which the spread over seeds does not tell.
    private var samplingSentence: [String] {
        guard hasVariants else { return [] }
        let found = shown.filter { $0 == 0 || $0 == best || judgements[$0] != nil }.compactMap { results[$0].samplingError(figure) }
        guard let least = found.min(by: { $0.standardError < $1.standardError }),
            let most = found.max(by: { $0.standardError < $1.standardError })
        else { return [] }
        let digits = Digits(spread: least.standardError)
        let (low, high) = (digits.text(least.standardError), digits.text(most.standardError))
        let range = low == high ? "a standard error of \(high) to each mean" : "standard errors of \(low) to \(high) to the means"
        return ["Sampling of the \(grouped(most.examples)) examples adds \(range)."]
    }

    /// How differences were judged, and what would settle those that are undecided.
    private var judgementSentences: [String] {
        var sentences: [String] = []
        let holm = testedCount > 1 ? "; p and intervals are adjusted for \(grouped(results.count - 1)) comparisons (Holm)" : ""
        switch basis {
        case .seedsAndExamples:
            sentences.append("Differences are paired by seed and example, and tested for the variation of both\(holm).")
        case .folds:
            sentences.append(
                unit.isOfNewSplits
                    ? "Every seed has its own split, so differences are paired by split. Nadeau and Bengio's correction, a heuristic, allows for shared train rows\(holm)."
                    : "Differences are paired by fold. Nadeau and Bengio's correction, a heuristic, allows for shared train rows\(holm)."
            )
        case .examples:
            sentences.append("Intervals cover the variation over examples alone: there are too few seeds for theirs.")
        case .seeds:
            let why =
                figure.part == .train
                ? "Predictions of train rows are not stored" : "Predictions of the same examples are not stored for all"
            sentences.append("\(why): intervals cover the variation over \(unit.word)s alone.")
        case nil: break
        }
        if experiment.isSweep, !areFinalists, testedCount > 0 {
            sentences.append("The comparisons of a search are exploratory: none was specified beforehand.")
        }
        return sentences + lackSentences
    }

    /// What would settle the undecided differences: seeds or examples.
    private var lackSentences: [String] {
        let undecided = shown.compactMap { index in
            judgement(of: index).flatMap { $0.verdict == .undecided ? (name: results[index].code, estimate: $0.estimate) : nil }
        }
        guard basis == .seedsAndExamples, !undecided.isEmpty else { return [] }
        var seeds: [String] = []
        var examples: [String] = []
        for (name, estimate) in undecided {
            switch estimate.seedsToSettle() {
            case .seeds(let count): seeds.append("\(name) (\(grouped(count)))")
            case .examples: examples.append(name)
            default: break
            }
        }
        var sentences: [String] = []
        if !seeds.isEmpty {
            sentences.append("Seeds that would settle the comparison, if the difference is as estimated: \(names(seeds, limit: 5)).")
        }
        if !examples.isEmpty {
            sentences.append("More examples are needed, not more seeds: \(names(examples, limit: 5)).")
        }
        return sentences
    }

    /// Test figures of the baseline and of the best: they never choose a winner.
    private var testSentence: String? {
        let chosen = best == 0 ? [0] : [0, best]
        let digits = digits(figure.onTest.name)
        let tests = chosen.compactMap { index in
            results[index].sample(figure.onTest.name).map { sample in
                let error = results[index].samplingError(figure.onTest).map { ", \($0.words)" } ?? ""
                return "\(digits.text(sample)) (\(results[index].code)\(error))"
            }
        }
        let chance = chanceClause.map { "; \($0)" } ?? ""
        if figure.part == .test { return chanceClause.map { "\($0.capitalized)." } }
        return tests.isEmpty
            ? nil : "Chosen on \(figure.part.rawValue); \(words(figure.onTest).asMarkdown): \(enumeration(tests))\(chance)."
    }
}
