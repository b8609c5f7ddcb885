import Settings
import Statistics

/// What the best of a search is worth without the luck of having been chosen.
extension Comparison {
    /// So many of the best are chosen from again: any other has no chance to be.
    private static let mostChosenFrom = 200

    /// Nil but for a search without folds of which all predictions of the compared figure are there, for the same rows.
    static func corrected(
        best: Int, among ranking: [Int], in results: [VariantResult], _ figure: FigureName, _ goal: Goal
    ) -> BestOfMany? {
        let rivals = ([0] + ranking).filter { $0 != best && !results[$0].figures(figure.name).isEmpty }
        guard !rivals.isEmpty, results[best].unit == .seed(folds: nil) else { return nil }
        let chosen =
            [best]
            + rivals.sorted { left, right in
                switch (results[left].sample(figure.name)?.mean, results[right].sample(figure.name)?.mean) {
                case (let a?, let b?) where a != b: goal.prefers(a, to: b)
                default: left < right
                }
            }.prefix(mostChosenFrom - 1)
        var rows: [Int32]?
        var scores: [[Double]] = []
        for index in chosen {
            guard let own = results[index].meanContributions(figure), own.rows == rows ?? own.rows else { return nil }
            rows = own.rows
            scores.append(own.values)
        }
        return BestOfMany(scores: scores, higherIsBetter: goal == .maximize)
    }

    /// For example `, 0.830 corrected for the choice`; empty where that is not known.
    var correctedClause: String {
        corrected.map { ", \(networkDigits(figure.name).text($0.corrected)) corrected for the choice" } ?? ""
    }

    /// How the corrected figure was found.
    var correctedSentences: [String] {
        guard let corrected else { return [] }
        let tried = counted(results.count { !$0.figures(figure.name).isEmpty }, "configuration")
        return [
            "The best of \(tried) looks better than it is; corrected, its \(figureWords) is \(networkDigits(figure.name).text(corrected.corrected)).",
            "The correction chooses the best again on examples drawn with replacement, and scores it on the others (Tsamardinos et al. 2018).",
        ]
    }
}

extension VariantResult {
    /// What each example contributes to a figure, as a mean over seeds; nil where a seed's predictions are missing or of other rows.
    fileprivate func meanContributions(_ figure: FigureName) -> (rows: [Int32], values: [Double])? {
        let own = contributions(figure)
        let seeds = figures(figure.name).keys.sorted()
        guard let first = seeds.first.flatMap({ own[$0] }) else { return nil }
        var sums = [Double](repeating: 0, count: first.rows.count)
        for seed in seeds {
            guard let mine = own[seed], mine.rows == first.rows else { return nil }
            for place in sums.indices { sums[place] += mine.values[place] }
        }
        return (first.rows, sums.map { $0 / Double(seeds.count) })
    }
}
