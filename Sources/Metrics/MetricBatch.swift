/// The targets of a data set as metrics read them.
public enum MetricTargets {
    /// A class number a row.
    case labels(UnsafePointer<Int32>)
    /// Ones and zeros, `labels` a row: any number of labels.
    case severalLabels(UnsafePointer<Float>, labels: Int)
    /// Numbers, `width` a row, scaled as `unit` says.
    case values(UnsafePointer<Float>, width: Int, unit: TargetUnit)
}

/// Outputs for some examples with what they should have been.
package struct MetricBatch {
    /// `[rows.count, width]`.
    let scores: UnsafeBufferPointer<Float>
    let meaning: OutputMeaning
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
        case .values(let values, let targetWidth, _), .severalLabels(let values, labels: let targetWidth):
            return column < targetWidth ? Double(values[Int(rows[place]) * targetWidth + column]) : .nan
        case .labels(let labels):
            let label = Int(labels[Int(rows[place])])
            return width == 1 ? Double(label) : label == column ? 1 : 0
        }
    }

    /// How the numbers of the target were scaled.
    var unit: TargetUnit {
        if case .values(_, _, let unit) = targets { unit } else { .training }
    }

    /// The target of one output in its own unit; what is 0 but for the rounding of its scaled form is 0.
    func ownTarget(_ place: Int, _ column: Int) -> Double {
        let unit = unit
        let value = target(place, column) * unit.divisor + unit.shift
        let rounding = exact == nil ? Double(Float.ulpOfOne) : Double.ulpOfOne
        let own = abs(value) <= abs(unit.shift) * rounding ? 0 : value
        return unit.logarithm?.inverse(own) ?? own
    }

    /// The scores of an example.
    func scores(_ place: Int) -> UnsafeBufferPointer<Float> {
        UnsafeBufferPointer(rebasing: scores[place * width..<(place + 1) * width])
    }

    /// An output, a sigmoid applied where one is still to be.
    func value(_ place: Int, _ column: Int) -> Double {
        if let exact { return exact.values[place * width + column] }
        return meaning.value(scores[place * width + column])
    }

    /// The class that the scores say.
    func predictedClass(_ place: Int, at threshold: ClassThreshold?) -> Int { meaning.predictedClass(scores(place), at: threshold) }
}
