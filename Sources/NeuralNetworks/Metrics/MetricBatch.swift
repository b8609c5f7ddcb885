#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The targets of a data set as metrics read them.
public enum MetricTargets {
    /// A class number a row.
    case labels(UnsafePointer<Int32>)
    /// Numbers, `width` a row; a unit of them is `unit` of the target's own.
    case values(UnsafePointer<Float>, width: Int, unit: Double)
}

/// What the numbers are that a network gives for metrics.
public enum ScoreScale: Hashable, Sendable {
    /// The outputs as they are: probabilities after a softmax or sigmoid, else plain values.
    case outputs
    /// What a softmax is still to be applied to.
    case softmaxLogits
    /// What a sigmoid is still to be applied to.
    case sigmoidLogits
    /// Margins: above 0 for the second of two classes.
    case margins
}

extension ScoreScale {
    /// What one output is above for the second of two classes, a sigmoid applied where one is still to be.
    public var threshold: Double { self == .margins ? 0 : 0.5 }
}

/// Scores of some examples with what they should have been.
struct MetricBatch {
    /// `[rows.count, width]`.
    let scores: UnsafeBufferPointer<Float>
    let scale: ScoreScale
    /// The rows of the data set that the scores stand for.
    let rows: UnsafeBufferPointer<Int32>
    let targets: MetricTargets
    let width: Int
    /// Values and targets in 64 bits, a row of each for each of `rows`, where they are told so; then `scores` is empty.
    var exact: (values: UnsafeBufferPointer<Double>, targets: UnsafeBufferPointer<Double>)?

    /// How many classes the scores tell apart.
    var classes: Int { max(width, 2) }

    /// The class of an example; nil where the target is no class.
    func label(_ place: Int) -> Int? {
        guard case .labels(let labels) = targets else { return nil }
        return Int(labels[Int(rows[place])])
    }

    /// The target of one output, in training units; one-hot for classes.
    func target(_ place: Int, _ column: Int) -> Double {
        if let exact { return exact.targets[place * width + column] }
        switch targets {
        case .values(let values, let targetWidth, _):
            return column < targetWidth ? Double(values[Int(rows[place]) * targetWidth + column]) : .nan
        case .labels(let labels):
            let label = Int(labels[Int(rows[place])])
            return width == 1 ? Double(label) : label == column ? 1 : 0
        }
    }

    /// How much of the target's own unit one training unit is.
    var unit: Double {
        if case .values(_, _, let unit) = targets { unit } else { 1 }
    }

    func score(_ place: Int, _ column: Int) -> Float { scores[place * width + column] }

    /// An output, with a sigmoid that is still to be applied.
    func value(_ place: Int, _ column: Int) -> Double {
        if let exact { return exact.values[place * width + column] }
        let score = Double(score(place, column))
        return scale == .sigmoidLogits ? 1 / (1 + exp(-score)) : score
    }

    /// The class that the scores say: the largest (the first of equal ones), or for one score whether its probability is above 0.5, a margin
    /// above 0.
    func predictedClass(_ place: Int) -> Int {
        if width == 1 { return value(place, 0) > scale.threshold ? 1 : 0 }
        let first = place * width
        var best = 0
        for column in 1..<max(width, 1) where scores[first + column] > scores[first + best] { best = column }
        return best
    }

    /// The probability of a class.
    func probability(_ place: Int, of label: Int) -> Double {
        guard width > 1 else {
            let positive = value(place, 0)
            return label == 1 ? positive : 1 - positive
        }
        guard label < width else { return .nan }
        guard scale == .softmaxLogits else { return value(place, label) }
        let row = scores[place * width..<(place + 1) * width]
        let largest = Double(row.max() ?? 0)
        return exp(Double(score(place, label)) - largest) / row.reduce(0) { $0 + exp(Double($1) - largest) }
    }

    /// A number that grows with the probability of one of two classes.
    func score(_ place: Int, for label: Int) -> Float {
        switch (width, scale) {
        case (1, _): label == 1 ? score(place, 0) : -score(place, 0)
        case (_, .outputs): score(place, label)
        default: score(place, label) - score(place, 1 - label)
        }
    }
}
