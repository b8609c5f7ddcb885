import Experiments
import RunStore

/// The best of a sweep, trained again on seeds that did not choose them: their own comparison, by these seeds alone.
extension Comparison {
    /// Nil where there are none, or none of their runs is finished.
    static func finalists(of experiment: Experiment, _ survey: Survey) -> Comparison? {
        guard experiment.finalists != nil else { return nil }
        let fresh = Set(experiment.freshSeeds)
        let theirs = survey.filter { fresh.contains($0.seed) }
        let names = Set(theirs.runs.map(\.specification.variant))
        let chosen = experiment.variants.indices.dropFirst().filter { names.contains(experiment.variants[$0].name) }
        guard !chosen.isEmpty else { return nil }
        return try? Comparison(experiment: experiment.ofFinalists(chosen), survey: theirs, areFinalists: true)
    }

    /// The winner by fresh seeds, and what the search itself found.
    var finalistsClauses: [String]? {
        guard let final = finalists.first else { return nil }
        let fresh =
            "This rests on \(unit.count(final.experiment.seeds.count)) that the search did not use, on which "
            + (final.results.count == 2 ? "its best was" : "its \(final.results.count - 1) best were") + " trained again."
        return final.comparedClauses + [fresh, "In the search itself: " + mainClause.replacing("**", with: "")]
    }

    /// Nil for an experiment without finalists.
    var finalistsSection: String? {
        guard let settings = experiment.finalists else { return nil }
        let seeds = experiment.freshSeeds
        let numbers =
            seeds.count > 1 && seeds[seeds.count - 1] - seeds[0] == seeds.count - 1
            ? "\(seeds[0]) to \(seeds[seeds.count - 1])" : enumeration(seeds.map(String.init))
        guard let final = finalists.first else {
            let best = settings.top == 1 ? "The best of the search is" : "The \(settings.top) best of the search are"
            return "## Finalists\n\n\(best) to be trained again, with the baseline, on the fresh seeds \(numbers): that is not done yet."
        }
        let best = final.results.count == 2 ? "The best of the search" : "The \(final.results.count - 1) best of the search"
        let what =
            "\(best) and the baseline, trained again on the seeds \(numbers), which the search did not use. "
            + "The search's own figures flatter its best, which it chose on the same seeds. These do not, except that the examples are the same."
        return ["## Finalists", what, final.variantTable, final.tableNote].joined(separator: "\n\n")
    }
}
