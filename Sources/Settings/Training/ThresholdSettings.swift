import Documents
import Metrics

/// Where two classes are told apart: the positive one is said where its probability is above a threshold.
public enum ThresholdSettings: Hashable, Sendable {
    /// Always the same.
    case given(Double)
    /// The one that is best on a run's validation rows, with the weights that it keeps.
    case chosen(ThresholdCriterion)
}

extension ThresholdSettings {
    /// The threshold of a run with these final figures.
    public func value(in figures: [String: Double]) -> Double? {
        switch self {
        case .given(let threshold): threshold
        case .chosen: figures[Figures.threshold]
        }
    }
}

// MARK: - In the file

extension ThresholdSettings {
    package static let schema = Schema<ThresholdSettings>.either(
        .enumeration(
            "threshold", Choosable("f1", .chosen(.f1), doc: "The one of the largest F1 on the validation rows."),
            Choosable("youden", .chosen(.youden), doc: "The one of the largest recall of both classes together on the validation rows.")),
        Schema<Double>.number(.from(0, below: 1)).mapped(
            to: { .given($0) }, from: { if case .given(let threshold) = $0 { threshold } else { 0 } }),
        writing: { if case .chosen = $0 { 0 } else { 1 } })
}
