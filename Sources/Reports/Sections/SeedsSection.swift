import Experiments

/// Where seeds are added: the looks, and how each comparison ended.
extension Comparison {
    /// Nil where every variant has the same seeds.
    var seedsSection: String? {
        guard let review, hasVariants else { return nil }
        let rows = shown.filter { $0 != 0 }
        var table = MarkdownTable([.init("variant"), .init("seeds", .right), .init("level", .right), .init("how it ended")])
        for index in rows {
            let standing = review.standings[index]
            let level = judgement(of: index)?.level.map { Digits(decimals: 4).text($0) } ?? "–"
            table.rows.append([
                results[index].code, standing.seeds.map(String.init) ?? "–", level,
                standing.ending?.words ?? (standing.seeds == nil ? "not looked at yet" : "open"),
            ])
        }
        let looks = enumeration(review.looks.map(String.init))
        let rule =
            "Seeds were added where the comparison with the baseline was open, at looks that the experiment fixes beforehand: \(looks) seeds. "
            + "The levels keep the chance of any false verdict near 5 % over all looks and comparisons. "
            + "The p of the table above is scaled so that the level of its look is 0.05."
        return (["## Seeds", rule, table.text] + [earlyNote(review, rows), nextNote(review)].compactMap(\.self)).joined(separator: "\n\n")
    }

    /// Who stops at a large difference has luck in it.
    private func earlyNote(_ review: SeedReview, _ rows: [Int]) -> String? {
        let early = rows.filter { index in
            let standing = review.standings[index]
            return (standing.ending == .better || standing.ending == .worse) && standing.seeds != review.looks.last
        }
        guard !early.isEmpty else { return nil }
        return "After an early stop an estimate tends to be a little too large: \(names(early.map { results[$0].code }, limit: 10))."
    }

    private func nextNote(_ review: SeedReview) -> String? {
        guard let next = review.next else { return nil }
        return "Still open: \(names(review.open.map { results[$0].code }, limit: 10)). The next look has \(next) seeds."
    }

    /// For example `{from: 4, to: 20}`, or the seeds themselves.
    var seedsText: String {
        if let growth = experiment.growth { return "{from: \(growth.from), to: \(growth.to)}" }
        return experiment.seeds.map(String.init).joined(separator: ", ")
    }
}
