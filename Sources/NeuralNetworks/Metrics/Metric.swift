/// A figure of how well outputs meet targets, over all examples of an epoch or of a part of the split.
///
/// A figure that is not defined, such as the ROC AUC of examples of one class, is not a number; a precision, recall or F1 whose
/// denominator is 0 is 0, as in scikit-learn.
public enum Metric: Hashable, Sendable {
    /// The share of examples whose class is found: the largest output, or for one output whether its probability is above 0.5
    /// (the margin of a hinge: above 0).
    case accuracy
    /// The share of outputs that lie on the target's side of a threshold: above it for 1, else 0.
    case binaryAccuracy(threshold: Double)
    /// The share of examples whose class is among the `k` largest outputs.
    case topKAccuracy(k: Int)
    /// Of the examples that are predicted to be of a class, the share that is.
    case precision(ClassAverage)
    /// Of the examples that are of a class, the share that is predicted to be.
    case recall(ClassAverage)
    /// 2 · precision · recall / (precision + recall).
    case f1(ClassAverage)
    /// The probability that an example of one of two classes, the second unless given, has a higher score for it than one of the other; ties count half.
    case rocAUC(of: Int = 1)
    /// The mean of -ln p of the right class, p held within 1.2e-7 of 0 and 1.
    case logLoss
    /// The mean of |y - t|, in the target's own unit.
    case meanAbsoluteError
    /// The mean of (y - t)², in the square of the target's own unit.
    case meanSquaredError
    /// The root of the mean of (y - t)², in the target's own unit.
    case rootMeanSquaredError
    /// 1 - Σ (y - t)² / Σ (t - mean t)², the mean over the values of an example. Where the targets are all equal, 1 when they are met and else 0.
    case r2
}

/// Of which classes a precision, recall or F1 is.
public enum ClassAverage: Hashable, Sendable {
    /// Of one class, by its number; of two classes, 1 is the second.
    case one(Int)
    /// The plain mean over the classes that occur or are predicted, as in scikit-learn.
    case macro
    /// All classes' counts together; then all three figures are the share of hits.
    case micro
}
