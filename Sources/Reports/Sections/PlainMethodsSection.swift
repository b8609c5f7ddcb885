import RunStore
import Settings
import Statistics

/// Methods without a network on the same rows, beside the network that was chosen.
extension Comparison {
    var plainMethodsSection: String? {
        guard !experiment.baselines.isEmpty else { return nil }
        let title = "### Plain baselines"
        guard !plainMethods.isEmpty else { return "\(title)\n\nNot computed yet: run the experiment." }
        var table = MarkdownTable([.init("method")])
        let networks = best == 0 ? [baseline] : [baseline, bestResult]
        let places = plainMethods.indices.filter { !plainMethods[$0].figures.isEmpty }
        table.rows =
            networks.map { ["\($0.code) (network)"] } + places.map { [spoken(method: plainMethods[$0].name)] }
        for (place, figure) in plainFigures(plainMethods).enumerated() {
            let digits = networkDigits(figure.name)
            let cells =
                networks.map { $0.sample(figure.name) } + places.map { plainSample(of: figure, in: plainMethods[$0]) }
            table.append(.init(words(figure).asMarkdown, .right), cells.map { $0.map(digits.text) ?? "–" })
            if place == 0, figure == self.figure { appendComparisons(of: places, beside: networks.count, to: &table) }
        }
        let notes = plainMethods.compactMap { method in
            method.note.map { note in
                let isMissing = method.figures.isEmpty ? "is missing: it " : ""
                return "\(spoken(method: method.name).capitalized) \(isMissing)\(note.asMarkdown)."
            }
        }
        let same = "Methods without a network, fitted on the same train rows with the baseline's encodings"
        let sentences = [same + spreadWords(plainMethods)] + [plainJudgedSentence].compactMap(\.self) + notes
        return [title, table.text, sentences.joined(separator: " ")].joined(separator: "\n\n")
    }

    /// The differences to the baseline, then to the best network where that is another.
    private func appendComparisons(of places: [Int], beside networks: Int, to table: inout MarkdownTable) {
        let none = [String](repeating: "–", count: networks)
        func append(_ judgements: [Judgement?], to name: String) {
            let judged = places.map { judgements[$0] }
            guard judged.contains(where: { $0 != nil }) else { return }
            let interval = judged.contains { $0?.interval != nil } ? ", 95 % interval" : ""
            table.append(.init("against \(name)\(interval)", .right), none + judged.map { $0.map { cell($0, plainDigits) } ?? "–" })
            guard judged.contains(where: { $0?.p != nil }) else { return }
            table.append(.init("p", .right), none + judged.map { $0?.p.map(Self.pCell) ?? "–" })
            table.append(.init("verdict"), none + judged.map { $0?.verdict.words ?? "–" })
        }
        append(plainComparisons.withBaseline, to: "baseline")
        if best != 0 { append(plainComparisons.withBest, to: bestResult.code) }
    }

    /// The digits for differences between a method and a network, whose spread is that of the network.
    private var plainDigits: Digits { hasVariants ? differenceDigits : digits(figure.name) }

    /// How the differences were judged.
    private var plainJudgedSentence: String? {
        let judgements = plainComparisons.withBaseline.compactMap(\.self)
        let count = judgements.count { $0.p != nil }
        let holm = count > 1 ? "; p and intervals are adjusted for \(count) comparisons (Holm)" : ""
        let pairs = "all pairs of a method and a network (Bonferroni)"
        let chosen =
            best != 0 && count > 0
            ? " The best was chosen by these figures, so each p against \(bestResult.code) is adjusted for \(pairs)." : ""
        let differences = "Differences are method minus network"
        switch judgements.first?.estimate.basis {
        case .seedsAndExamples:
            return "\(differences), paired by example for each seed, and tested for the variation of both\(holm).\(chosen)"
        case .folds:
            return "\(differences), paired by fold, with Nadeau and Bengio's correction\(holm).\(chosen)"
        case .examples:
            return "\(differences); intervals cover the variation over examples alone: there are too few seeds for theirs."
        case .seeds:
            return
                "\(differences); predictions of the same examples are not stored for both: intervals cover the variation over seeds alone."
        case nil: return nil
        }
    }

    /// The compared figure, the others of its part, then those on test.
    private func plainFigures(_ methods: [PlainMethodRecord]) -> [FigureName] {
        let names = Set(methods.flatMap(\.figures).flatMap(\.keys)).map(FigureName.init)
        func rank(_ name: FigureName) -> (Int, Int, String) {
            (name == figure ? 0 : name.part == figure.part ? 1 : 2, name.quantity == figure.quantity ? 0 : 1, name.name)
        }
        return names.filter { $0.name != Figures.threshold }.sorted { rank($0) < rank($1) }
    }

    /// A method's figure: over folds where runs are compared by folds, else its mean alone, since a spread over folds is none over seeds.
    private func plainSample(of figure: FigureName, in method: PlainMethodRecord) -> Sample? {
        let all = Sample(method.figures.compactMap { $0[figure.name] }.filter(\.isFinite))
        return unit == .fold ? all : all.flatMap { Sample([$0.mean]) }
    }

    /// What ± says, for each kind of row.
    private func spreadWords(_ methods: [PlainMethodRecord]) -> String {
        let hasFolds = methods.contains { $0.figures.count > 1 }
        if unit == .fold { return ". Mean ± standard deviation over folds, of networks and methods alike." }
        let networks = unitCount > 1 ? "; ± of networks is the standard deviation over \(unit.count(unitCount))" : ""
        return (hasFolds ? "; their figures are means over the folds" : "; they depend on no seed") + networks
            + ". The variation over examples is theirs as well."
    }

    /// The method without a network that beats every network, or those that the best network cannot be told from, for the headline.
    var plainMethodClause: String? {
        guard let network = bestResult.sample(figure.name, of: commonUnits) ?? bestResult.sample(figure.name) else { return nil }
        typealias Found = (name: String, mean: Double, judgement: Judgement?)
        let methods = plainMethods.indices.compactMap { place -> Found? in
            plainSample(of: figure, in: plainMethods[place]).map {
                (spoken(method: plainMethods[place].name), $0.mean, plainComparisons.withBest[place])
            }
        }.sorted { goal.prefers($0.mean, to: $1.mean) }
        let digits = networkDigits(figure.name)
        func head(_ method: Found, _ verb: String) -> String {
            "**\(method.name.capitalized), without a network, \(verb) \(digits.text(method.mean)).**"
        }
        if let winner = methods.first(where: { $0.judgement?.verdict == .better }), let judgement = winner.judgement {
            return "\(head(winner, "is better:")) The difference from \(spokenBest) is \(spoken(judgement, plainDigits))."
        }
        let equals = methods.filter { [.undecided, .same, .identical].contains($0.judgement?.verdict) }
        if let first = equals.first, let judgement = first.judgement {
            if equals.count == 1 {
                return "**\(first.name.capitalized), without a network, cannot be distinguished from \(spokenBest): "
                    + "\(digits.text(first.mean)).** The difference is \(spoken(judgement, plainDigits))."
            }
            let names = enumeration(equals.map { "\($0.name) (\(digits.text($0.mean)))" }, limit: Self.mostNames)
            return "**\(spokenBest.capitalized) cannot be distinguished from methods without a network: \(names).**"
        }
        // Too little is known of luck, but both figures can be said.
        return methods.first { goal.prefers($0.mean, to: network.mean) }.map { head($0, "has") }
    }

    private var spokenBest: String { best == 0 ? hasVariants ? "the baseline" : "the network" : bestResult.code }

    /// What a method is called in words.
    func spoken(method name: String) -> String { experiment.baselines.first { $0.name == name }?.words ?? name }
}
