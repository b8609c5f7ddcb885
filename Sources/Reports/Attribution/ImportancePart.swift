import Experiments
import Settings
import Statistics

/// Which settings of a random search mattered, and where the best are to be expected.
extension Comparison {
    /// Settings that foretell a smaller share of the differences than this tell nothing.
    private static let leastExplained = 0.1
    /// Of settings with a smaller share nothing more is told.
    private static let leastShare = 0.05

    func importancePart(_ search: Design.Search) -> String? {
        guard let found = importance(of: search), let first = found.settings.first else { return nil }
        guard found.explained >= Self.leastExplained else {
            return "The settings explain too little of the differences to say which mattered."
        }
        return [importanceSentences(found, first), importanceTable(found), importanceNote(found)].joined(separator: "\n\n")
    }

    /// Which settings of a search mattered; nil where there are too few points.
    func importance(of search: Design.Search) -> SearchImportance? {
        let byName = Dictionary(results.map { ($0.name, $0) }) { first, _ in first }
        return SearchImportance(search, values: { byName[$0]?.sample(figure.name)?.mean }, higherIsBetter: goal == .maximize)
    }

    private func importanceSentences(_ found: SearchImportance, _ first: SearchImportance.Setting) -> String {
        // Where trees disagree on the order, none is called the first.
        let lowest = first.share.mean - first.share.deviation
        let isClear = found.settings.dropFirst().allSatisfy { $0.share.mean + $0.share.deviation < lowest }
        let leading = found.settings.filter { $0.share.mean >= Self.leastShare }.prefix(Self.mostNames)
        let shares = leading.map { "\($0.name) (\(Self.percent($0.share)))" }
        var sentences = [
            isClear || leading.isEmpty
                ? "**\(first.name) mattered most, with \(Self.percent(first.share)) of what the settings explain.**"
                : "**Of what the settings explain, most is due to \(enumeration(shares)).**"
        ]
        let region = found.settings.filter { $0.best != nil && $0.share.mean >= Self.leastShare }.prefix(Self.mostNames).map {
            "\($0.name) \($0.best ?? "")"
        }
        if !region.isEmpty {
            sentences.append(
                "The best region is \(enumeration(region)), where \(digits(figure.name).text(found.expected)) is expected on average.")
        }
        if let (one, other, share) = found.pair, share.mean >= 0.1, share.mean > 2 * share.deviation {
            sentences.append("\(one) and \(other) interact: \(Self.percent(share)) is due to both together.")
        }
        return sentences.joined(separator: " ")
    }

    private func importanceTable(_ found: SearchImportance) -> String {
        var table = MarkdownTable([
            .init("setting"), .init("share", .right), .init("tried"), .init("best points"), .init(figureWords),
        ])
        table.rows = found.settings.map { setting in
            let matters = setting.share.mean >= Self.leastShare
            return [
                setting.name, Self.percent(setting.share), setting.tried, matters ? setting.best ?? "anywhere" : "–",
                matters ? Self.words(setting.tendency) : "–",
            ]
        }
        return table.text
    }

    private func importanceNote(_ found: SearchImportance) -> String {
        var sentences = [
            "Exploratory: a forest of trees on the mean figures of \(counted(found.points, "configuration")) (functional analysis of variance, Hutter et al. 2014).",
            "Of configurations that a tree has not seen, the settings predict \(Self.percent(found.explained)) of the differences.",
            "Shares are means ± standard deviations over trees; the rest to 100 % is due to interactions.",
        ]
        if let name = found.conditional.first {
            sentences.append(
                "Left out, since not every configuration has it: \(([name] + found.conditional.dropFirst()).map(\.asMarkdownCode).joined(separator: ", "))."
            )
        }
        return sentences.joined(separator: " ")
    }

    private static func percent(_ share: Double) -> String { "\(Digits(decimals: 0).text(100 * share)) %" }

    private static func percent(_ share: ImportanceForest.Estimate) -> String {
        let digits = Digits(decimals: 0)
        return "\(digits.text(100 * share.mean)) ± \(digits.text(100 * share.deviation)) %"
    }

    private static func words(_ tendency: SearchImportance.Tendency) -> String {
        switch tendency {
        case .rises: "increases with it"
        case .falls: "decreases with it"
        case .highestBetween: "highest in between"
        case .lowestBetween: "lowest in between"
        case .none: "–"
        }
    }
}
