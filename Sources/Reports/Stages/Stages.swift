import Experiments
import RunStore
import Settings

/// Which runs an experiment wants now, where that follows from what became of earlier ones: seeds that are added where a comparison is open, then the best
/// points of a sweep once more on fresh seeds. It follows from the finished runs in the store alone, so whoever goes on comes to the same.
public struct Stages: Sendable {
    /// How comparisons stand to which seeds are added.
    public let review: SeedReview?
    /// The variants that are trained again, the best first; nil before all other runs are finished.
    public let finalists: [Int]?

    /// - Parameter survey: all runs that may come to be wanted, but for the finalists'.
    public init(_ experiment: Experiment, survey: Survey) {
        guard experiment.isInStages else {
            (review, finalists) = (nil, nil)
            return
        }
        var warnings: [StoreWarning] = []
        let unit = ComparisonUnit(experiment)
        let results = VariantResult.all(of: experiment, survey: survey, unit: unit, &warnings)
        guard let (figure, goal) = Comparison.comparedFigure(experiment.selection, in: results.flatMap(\.runs)) else {
            review = SeedReview(experiment, results, figure: nil)
            finalists = nil
            return
        }
        let review = SeedReview(experiment, results, figure: (figure, goal))
        self.review = review
        let kept = review.map { review in results.indices.map { results[$0].keeping(seeds: review.counts[$0]) } } ?? results
        guard let settings = experiment.finalists, kept.allSatisfy(\.absent.isEmpty), review?.next == nil else {
            finalists = nil
            return
        }
        // Means compare over the seeds that all have.
        let common = kept.dropFirst().reduce(kept[0].units) { $0.intersection($1.units) }
        let ranked = kept.indices.dropFirst().compactMap { index in
            kept[index].sample(figure.name, of: common).map { (index: index, mean: $0.mean) }
        }
        let best = ranked.sorted { $0.mean == $1.mean ? $0.index < $1.index : goal.prefers($0.mean, to: $1.mean) }
        finalists = best.prefix(settings.top).map(\.index)
    }

    /// Whether a run of ``Plan/init(_:)`` is wanted now.
    public func wants(_ run: PlannedRun) -> Bool {
        review.map { run.seed <= $0.counts[run.variant] } ?? true
    }
}

extension SeedReview {
    /// Nil for an experiment that adds no seeds.
    init?(_ experiment: Experiment, _ results: [VariantResult], figure: (name: FigureName, goal: Goal)?) {
        guard let growth = experiment.growth else { return nil }
        self.init(
            growth, levels: LookLevels(growth), variants: results.count, goal: figure?.goal ?? experiment.selection.goal,
            margin: experiment.selection.margin,
            isWhole: { variant, seeds in
                let finished = Set(results[variant].runs.map(\.specification.seed))
                return (1...seeds).allSatisfy(finished.contains)
            },
            estimate: { variant, seeds in
                figure.flatMap { results[variant].estimate($0.name, against: results[0], of: Set(1...seeds)) }
            })
    }
}
