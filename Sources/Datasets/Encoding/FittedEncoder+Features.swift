import Metrics

extension FittedEncoder {
    /// The numbers of a row's inputs by their columns, such as `size` or `kind=x`, each with what takes its scale back, which of numbers that were not scaled changes
    /// nothing. Nil where a row is no row of named numbers, but an image or a text.
    public var namedFeatures: [(name: String, unit: TargetUnit)]? {
        guard case .dense = inputKind, inputShape.count == 1 || window != nil else { return nil }
        let names = inputs.flatMap(\.featureNames)
        let units = inputs.flatMap { [$0.unit] + [TargetUnit](repeating: .training, count: $0.width - 1) }
        let length = window?.length ?? 1
        guard names.count == units.count, names.count * length == inputShape.reduce(1, *) else { return nil }
        return zip(SeriesWindows.names(names, length: length), (0..<length).flatMap { _ in units }).map { (name: $0, unit: $1) }
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
