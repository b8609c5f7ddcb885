import Experiments
import Projects
import Reports
import Scheduling

/// What a plan says of runs that follow from others: seeds that are added, finalists.
extension PlanText {
    /// So many names stand in a line.
    private static let mostNames = 8

    var stages: [String] { seedLines + finalistLines }

    private var seedLines: [String] {
        guard let growth = prepared.experiment.growth, let review = prepared.stages.review, prepared.variants.count > 1 else { return [] }
        let looks = review.looks.map(String.init).joined(separator: ", ")
        guard review.standings.contains(where: { $0.seeds != nil }) else {
            return ["\(growth.from) seeds, up to \(growth.to) where the comparison with the baseline is open (looks at \(looks) seeds)"]
        }
        var lines: [String] = []
        let ended = review.standings.indices.compactMap { index -> String? in
            let standing = review.standings[index]
            guard let ending = standing.ending, let seeds = standing.seeds else { return nil }
            return "\(name(index)) (\(seeds) seeds: \(ending.words))"
        }
        if !ended.isEmpty { lines.append("ended: \(listed(ended))") }
        if let next = review.next {
            let seeds = review.open.compactMap { review.standings[$0].seeds }.max() ?? 0
            let runs = prepared.runs.count { $0.planned.seed > seeds && $0.planned.seed <= next }
            lines.append(
                "open after \(seeds) seeds: \(listed(review.open.map(name))); the next look is at \(next) seeds, \(counted(runs, "run")) more"
            )
        } else {
            lines.append("no comparison is open (looks at \(looks) seeds)")
        }
        return lines
    }

    private var finalistLines: [String] {
        let experiment = prepared.experiment
        guard let settings = experiment.finalists else { return [] }
        let fresh = experiment.freshSeeds
        if let chosen = prepared.stages.finalists {
            return [
                "finalists, with \(counted(fresh.count, "fresh seed")) from \(fresh.first ?? 0) on: \(listed(chosen.map(name))), baseline"
            ]
        }
        let count = min(settings.top, max(prepared.variants.count - 1, 0))
        let runs = (count + 1) * fresh.count * (experiment.folds ?? 1)
        let mean = prepared.variants.reduce(0) { $0 + prepared.seconds(of: $1) } / Double(max(prepared.variants.count, 1))
        let seconds = makespan(of: Array(repeating: mean, count: runs), workers: workers)
        let best = count == 1 ? "the best" : "the \(count) best"
        return [
            "then \(best) and the baseline with \(counted(fresh.count, "fresh seed")): \(counted(runs, "run")), about \(spoken(seconds: seconds))"
        ]
    }

    private func name(_ variant: Int) -> String { prepared.experiment.variants[variant].name }

    private func listed(_ names: [String]) -> String {
        names.prefix(Self.mostNames).joined(separator: ", ")
            + (names.count > Self.mostNames ? " and \(names.count - Self.mostNames) more" : "")
    }
}
