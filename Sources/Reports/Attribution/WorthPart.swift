import Experiments
import Statistics

/// What each component of the baseline is worth beside the others: the comparison with the variant that lacks it, told from the baseline's side.
extension Comparison {
    func worthPart(_ components: [Design.Component]) -> String? {
        let worths = worths(of: components).map { (name: $0.component.asMarkdownCode, judgement: $0.judgement) }
        guard !worths.isEmpty else { return nil }

        var table = MarkdownTable([
            .init("component"), .init("\(figureWords) with it minus without it, 95 % interval", .right), .init("p", .right),
            .init("verdict"),
        ])
        table.rows = worths.map { [$0.name] + cells($0.judgement) + [Self.worthWords($0.judgement.verdict)] }
        let note =
            "The comparisons with the baseline, with the sign reversed. What a component is worth beside the others is not what it is worth alone."
        return [worthSentences(worths), table.text, note].joined(separator: "\n\n")
    }

    /// What each component is worth that can be judged, the best first.
    func worths(of components: [Design.Component]) -> [(component: String, judgement: Judgement)] {
        let places = Dictionary(results.indices.map { (results[$0].name, $0) }) { first, _ in first }
        return components.compactMap { component -> (component: String, judgement: Judgement)? in
            guard let place = places[component.without], let judgement = judgement(of: place) else { return nil }
            return (component.name, judgement.reversed)
        }.sorted { goal.prefers($0.judgement.estimate.mean, to: $1.judgement.estimate.mean) }
    }

    private func worthSentences(_ worths: [(name: String, judgement: Judgement)]) -> String {
        func listed(_ verdict: Verdict) -> String? {
            let found = worths.filter { $0.judgement.verdict == verdict }
            let names = found.map { "\($0.name) (\(signed($0.judgement)))" }
            return names.isEmpty ? nil : enumeration(names, limit: Self.mostNames)
        }
        var sentences: [String] = []
        if let helping = listed(.better) { sentences.append("Helpful beside the others: \(helping).") }
        if let harming = listed(.worse) { sentences.append("Harmful beside the others: \(harming).") }
        if sentences.isEmpty, worths.contains(where: { $0.judgement.p != nil }) {
            return "No component is shown to have an effect beside the others."
        }
        let open = worths.filter { [.undecided, .same].contains($0.judgement.verdict) }.map(\.name)
        if !open.isEmpty { sentences.append("Not shown to have an effect: \(enumeration(open, limit: Self.mostNames)).") }
        return sentences.isEmpty ? "What each component is worth cannot be judged yet." : sentences.joined(separator: " ")
    }

    private static func worthWords(_ verdict: Verdict) -> String {
        switch verdict {
        case .better: "helps"
        case .worse: "harms"
        default: verdict.words
        }
    }
}

extension Judgement {
    /// The same comparison the other way round.
    fileprivate var reversed: Judgement {
        let turned: Verdict =
            switch verdict {
            case .better: .worse
            case .worse: .better
            default: verdict
            }
        return Judgement(
            estimate: estimate.negated, p: p, interval: interval.map { Interval(lower: -$0.upper, upper: -$0.lower) }, verdict: turned)
    }
}
