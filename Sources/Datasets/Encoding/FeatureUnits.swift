import Metrics

extension DatasetSummary {
    /// What takes the scale of each number of a row's inputs back, in the order of ``featureNames``; of numbers that were not scaled nothing. Nil where a row is no row
    /// of named numbers, but an image or a text.
    public var featureUnits: [TargetUnit]? {
        guard inputKind == .dense, inputShape.count == 1 || window != nil, featureNames.count == featureCount else { return nil }
        let ofRow = fitted.dropLast().flatMap { [$0.unit] + [TargetUnit](repeating: .training, count: $0.width - 1) }
        let units = (0..<(window?.length ?? 1)).flatMap { _ in ofRow }
        return units.count == featureCount ? units : nil
    }
}

extension FittedColumn {
    /// What takes the scale of its number back, beside which may stand whether the cell was empty.
    fileprivate var unit: TargetUnit {
        switch fit {
        case .numeric(let shift, let divisor, let logarithm): TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm)
        case .ordinal(_, let shift, let divisor): TargetUnit(shift: shift, divisor: divisor)
        default: .training
        }
    }
}
