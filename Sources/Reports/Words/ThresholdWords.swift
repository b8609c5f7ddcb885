import Metrics
import Settings
import Statistics

/// Where two classes are told apart, where not by the larger probability.
extension Comparison {
    /// A sentence on the thresholds of the baseline and of the best; none where neither has one.
    var thresholdSentences: [String] {
        let told = (best == 0 ? [0] : [0, best]).map { results[$0] }.filter { $0.variant.trial.settings.training.threshold != nil }
        guard let first = told.first, let name = first.positiveClass else { return [] }
        let said = "The class \(name.asMarkdown) is predicted where its probability is above"
        var chosen: [String] = []
        var criteria: [String] = []
        var given: [String] = []
        for result in told {
            switch result.variant.trial.settings.training.threshold {
            case .given(let threshold)?: given.append("\(threshold)" + (hasVariants ? " (\(result.code))" : ""))
            case .chosen(let criterion)?:
                guard let sample = result.sample(Figures.threshold) else { continue }
                let digits = Digits(decimals: 2)
                let range =
                    sample.count > 1
                    ? ", \(digits.text(sample.minimum)) to \(digits.text(sample.maximum)) over \(unit.count(sample.count))" : ""
                chosen.append(digits.text(sample.mean) + range + (hasVariants ? " (\(result.code))" : ""))
                if !criteria.contains(criterion.words) { criteria.append(criterion.words) }
            case nil: break
            }
        }
        var sentences: [String] = []
        if !given.isEmpty { sentences.append("\(said) \(enumeration(given)).") }
        if !chosen.isEmpty {
            sentences.append(
                "\(said) a threshold that each run chose on its validation rows by \(enumeration(criteria)): \(enumeration(chosen)). Test figures use "
                    + "it; validation figures at it are a little too good, since it was chosen by the same rows.")
        }
        return sentences
    }
}

extension ThresholdCriterion {
    /// Such as `the largest F1`.
    fileprivate var words: String {
        switch self {
        case .f1: "the largest F1"
        case .youden: "the largest sum of both classes' recalls"
        }
    }
}
