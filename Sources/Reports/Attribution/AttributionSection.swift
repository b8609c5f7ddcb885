import Experiments
import Settings
import Statistics

/// What single settings do, where variants were put together so that it can be told.
extension Comparison {
    var attributionSection: String? {
        let parts = experiment.designs.compactMap { design -> String? in
            switch design {
            case .grid(let grid): effectsPart(grid)
            case .leaveOneOut(let components): worthPart(components)
            case .search(let search): importancePart(search)
            }
        }
        return parts.isEmpty ? nil : "## What each setting does\n\n" + parts.joined(separator: "\n\n")
    }

    /// The figure that variants are compared by, as it stands in sentences.
    var figureWords: String { words(figure).asMarkdown }

    /// A difference with its interval, both as sizes: of a finding, whose interval lies on one side of 0.
    func size(_ judgement: Judgement) -> String {
        let mean = judgement.estimate.mean
        guard let interval = judgement.interval else { return differenceDigits.text(abs(mean)) }
        let size = mean < 0 ? Interval(lower: -interval.upper, upper: -interval.lower) : interval
        return differenceDigits.text(abs(mean), size, isSigned: false)
    }

    /// The cells of a judgement in a table: difference with interval, p.
    func cells(_ judgement: Judgement) -> [String] { [cell(judgement), judgement.p.map(Self.pCell) ?? "–"] }

    /// How effects were judged, for a family of so many.
    func judgedSentence(_ basis: DifferenceEstimate.Basis?, family: Int) -> String? {
        let holm = family > 1 ? "; p and intervals are adjusted for \(grouped(family)) effects (Holm)" : ""
        return switch basis {
        case .seedsAndExamples: "Effects are tested for the variation of seeds and examples\(holm)."
        case .folds:
            "Effects are judged with Nadeau and Bengio's correction for \(unit.isOfNewSplits ? "splits" : "folds"), a heuristic\(holm)."
        case .examples: "Intervals cover the variation over examples alone, and nothing is tested: there are too few seeds."
        case .seeds: "Intervals cover the variation over \(unit.word)s alone, and nothing is tested: that over examples is not known."
        case nil: nil
        }
    }
}

extension Judgement {
    /// Whether it says better or worse.
    var isFinding: Bool { verdict == .better || verdict == .worse }
}
