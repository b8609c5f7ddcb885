import Experiments
import Statistics

/// What each setting of a full grid does, and what two do together.
extension Comparison {
    func effectsPart(_ grid: Design.Grid) -> String? {
        let byName = Dictionary(results.map { ($0.name, $0) }) { first, _ in first }
        let cells = grid.cells.compactMap { byName[$0] }
        guard let factorial = Factorial(levels: grid.factors.map(\.levelCount)), cells.count == factorial.cells else { return nil }
        let missing = cells.filter { $0.figures(figure.name).isEmpty }.map(\.code)
        guard missing.isEmpty else {
            return "Effects need every combination, and there is no \(figureWords) of \(enumeration(missing, limit: Self.mostNames))."
        }
        guard let effects = effects(of: factorial, cells, grid) else { return nil }

        let words = FactorWords(factors: grid.factors)
        return [
            effectSentences(effects, words), mainTable(effects, words), effectsNote(effects, grid, factorial),
            interactionSentences(effects, words), interactionTable(effects, words),
        ].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// What the settings of a full grid do; nil where a cell lacks its figure.
    func effects(of grid: Design.Grid) -> FactorialEffects? {
        let byName = Dictionary(results.map { ($0.name, $0) }) { first, _ in first }
        let cells = grid.cells.compactMap { byName[$0] }
        return Factorial(levels: grid.factors.map(\.levelCount)).flatMap { $0.cells == cells.count ? effects(of: $0, cells, grid) : nil }
    }

    private func effects(of factorial: Factorial, _ cells: [VariantResult], _ grid: Design.Grid) -> FactorialEffects? {
        let base = grid.cells.firstIndex(of: baseline.name) ?? 0
        let bases = grid.factors.indices.map { factorial.level(of: $0, in: base) }
        return GridCells(cells, figure).flatMap { FactorialEffects(factorial, bases: bases, self, estimate: $0.estimate) }
    }

    // MARK: - One setting

    private func effectSentences(_ effects: FactorialEffects, _ words: FactorWords) -> String {
        let found = effects.mains.filter { $0.judgement.isFinding }
        var sentences = found.prefix(Self.mostNames).enumerated().map { place, effect in
            let verb = effect.judgement.estimate.mean > 0 ? "raises" : "lowers"
            let p = effect.judgement.p.map { ", \(pText($0))" } ?? ""
            return "\(words.step(effect.step)) \(verb) \(figureWords) by \(size(effect.judgement))\(p)."
        }
        if found.isEmpty, effects.family > 0 { sentences = ["No setting is shown to change \(figureWords) by itself."] }
        let open = effects.mains.filter { $0.judgement.verdict == .undecided }
        if let shown = smallestShown(open.map(\.judgement)) {
            let names = enumeration(open.map { words.step($0.step) }, limit: Self.mostNames)
            sentences.append("Undecided: \(names); \(shown).")
        }
        return sentences.joined(separator: " ")
    }

    private func mainTable(_ effects: FactorialEffects, _ words: FactorWords) -> String {
        var columns: [MarkdownTable.Column] = [.init(words.hasSettings ? "setting" : "change")]
        if words.hasSettings { columns.append(.init("step")) }
        columns += [.init("effect on \(figureWords), 95 % interval", .right), .init("p", .right), .init("verdict")]
        var table = MarkdownTable(columns)
        table.rows = effects.mains.map { effect in
            let name = words.name(effect.step)
            return [name] + (words.hasSettings ? [words.levels(effect.step)] : []) + cells(effect.judgement)
                + [effect.judgement.verdict.words]
        }
        return table.folded("steps")
    }

    private func effectsNote(_ effects: FactorialEffects, _ grid: Design.Grid, _ factorial: Factorial) -> String {
        let isOfChanges = grid.factors.allSatisfy { if case .change = $0 { true } else { false } }
        let half = factorial.cells / 2
        let meaning =
            isOfChanges
            ? "An effect is the mean of the \(grouped(half)) variants with a change minus that of the \(grouped(half)) without it."
            : "An effect is the mean of all variants after a step minus that of all before it, over every value of the other settings."
        let judged = judgedSentence(effects.mains.first?.judgement.estimate.basis, family: effects.family)
        let isCut = effects.interactions.isEmpty && grid.factors.count > 1
        let more = isCut ? "There are too many pairs of settings to test interactions." : nil
        return [meaning, judged, more].compactMap(\.self).joined(separator: " ")
    }

    // MARK: - Two settings

    private func interactionSentences(_ effects: FactorialEffects, _ words: FactorWords) -> String? {
        guard !effects.interactions.isEmpty, effects.family > 0 else { return nil }
        let found = effects.interactions.filter { $0.judgement.isFinding }
        let sentences = found.prefix(Self.mostNames).map { effect in
            let place = effect.judgement.estimate.mean > 0 ? "above" : "below"
            let p = effect.judgement.p.map { ", \(pText($0))" } ?? ""
            return
                "\(words.step(effect.first)) and \(words.step(effect.second)) together bring \(figureWords) \(size(effect.judgement)) \(place) "
                + "the sum of what each does alone\(p)."
        }
        guard sentences.isEmpty else { return sentences.joined(separator: " ") }
        let shown = smallestShown(effects.interactions.map(\.judgement)).map { "; \($0)" } ?? ""
        return "No two settings are shown to interact\(shown)."
    }

    private func interactionTable(_ effects: FactorialEffects, _ words: FactorWords) -> String? {
        guard !effects.interactions.isEmpty else { return nil }
        var table = MarkdownTable([
            .init("interaction"), .init("beyond the sum of both, 95 % interval", .right), .init("p", .right), .init("verdict"),
        ])
        table.rows = effects.interactions.map { effect in
            ["\(words.step(effect.first)), \(words.step(effect.second))"] + cells(effect.judgement) + [effect.judgement.verdict.words]
        }
        return table.rows.count > 12 ? details("\(table.rows.count) pairs of settings", [table.text]) : table.text
    }
}

/// How factors and their steps are called.
private struct FactorWords {
    let factors: [Design.Factor]

    var hasSettings: Bool {
        factors.contains { if case .setting = $0 { true } else { false } }
    }

    func name(_ step: Factorial.Step) -> String { factors[step.setting].name.asMarkdownCode }

    /// For example `64 → 512`.
    func levels(_ step: Factorial.Step) -> String {
        switch factors[step.setting] {
        case .change: "without → with"
        case .setting(_, let levels): "\(levels[step.base].asMarkdown) → \(levels[step.level].asMarkdown)"
        }
    }

    /// The change, or the setting with both of its values.
    func step(_ step: Factorial.Step) -> String {
        switch factors[step.setting] {
        case .change(let name): name.asMarkdownCode
        case .setting(let name, let levels): "\("\(name) \(levels[step.level])".asMarkdownCode) instead of \(levels[step.base].asMarkdown)"
        }
    }
}
