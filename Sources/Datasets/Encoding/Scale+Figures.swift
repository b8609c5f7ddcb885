import Settings

extension Scale {
    /// Whether its figures come from rows.
    var isLearning: Bool {
        switch self {
        case .none, .divided: false
        case .standard, .minMax, .robust: true
        case .log(_, let then): then.isLearning
        }
    }

    /// What the keys of cached data say of it.
    var keyText: String {
        switch self {
        case .none: "none"
        case .standard: "standard"
        case .minMax: "minMax"
        case .robust: "robust"
        case .divided(let divisor): "divided \(divisor)"
        case .log(let logarithm, let then): "\(logarithm.rawValue) \(then.keyText)"
        }
    }

    /// What to subtract and what to divide by, from the rows that train; of a logarithm, what becomes of `numbers` that are logarithms already. The divisor
    /// is 1 where their numbers differ by no more than rounding, or where the middle half of them is one number and its width is asked for.
    func figures(of numbers: [Double], fittedOn rows: [Int32]) -> (shift: Double, divisor: Double) {
        guard let first = rows.first else { return (0, 1) }
        var low = numbers[Int(first)]
        var high = low
        for row in rows {
            low = min(low, numbers[Int(row)])
            high = max(high, numbers[Int(row)])
        }
        let isConstant = (low...high).isRoundingAlone
        switch self {
        case .none:
            return (0, 1)
        case .log(_, let then):
            return then.figures(of: numbers, fittedOn: rows)
        case .divided(let divisor):
            return (0, divisor)
        case .robust:
            if isConstant { return (numbers[Int(first)], 1) }
            let sorted = rows.map { numbers[Int($0)] }.sorted()
            let (lower, upper) = (Quantile.of(sorted, 0.25), Quantile.of(sorted, 0.75))
            return (Quantile.of(sorted, 0.5), (lower...upper).isRoundingAlone ? 1 : upper - lower)
        case .minMax:
            return (low, isConstant ? 1 : high - low)
        case .standard:
            let count = Double(rows.count)
            let mean = rows.reduce(0) { $0 + numbers[Int($1)] / count }
            if isConstant { return (numbers[Int(first)], 1) }
            func deviation(in unit: Double) -> Double {
                let variance = rows.reduce(0) { sum, row in
                    let distance = (numbers[Int(row)] - mean) / unit
                    return sum + distance * distance / count
                }
                return variance.squareRoot() * unit
            }
            let plain = deviation(in: 1)
            // Squares of very small distances vanish.
            return (mean, plain >= 1e-150 ? plain : deviation(in: high - low))
        }
    }
}

/// Quantiles of sorted numbers.
enum Quantile {
    /// Between the two nearest numbers by linear interpolation; not a number of none.
    static func of(_ sorted: [Double], _ share: Double) -> Double {
        guard let last = sorted.indices.last else { return .nan }
        let place = share * Double(last)
        let below = Int(place)
        let above = min(below + 1, last)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}
