import Settings

extension Scale {
    /// Whether its figures come from rows.
    var isLearning: Bool {
        switch self {
        case .none, .divided: false
        case .standard, .minMax: true
        }
    }

    /// What the keys of cached data say of it.
    var keyText: String {
        switch self {
        case .none: "none"
        case .standard: "standard"
        case .minMax: "minMax"
        case .divided(let divisor): "divided \(divisor)"
        }
    }

    /// What to subtract and what to divide by, from the rows that train. The divisor is 1 where their numbers differ by no more than rounding.
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
        case .divided(let divisor):
            return (0, divisor)
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
