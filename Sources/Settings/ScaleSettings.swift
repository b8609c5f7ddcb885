import Documents

/// How numbers are scaled; figures come from the rows that the column is fitted on.
public enum Scale: Hashable, Sendable {
    /// As they are.
    case none
    /// (x − mean) / standard deviation, population form.
    case standard
    /// (x − minimum) / (maximum − minimum).
    case minMax
    /// x / this number, whatever the rows hold, such as 255 for grey values.
    case divided(by: Double)
}

// MARK: - In the file

extension Scale {
    package static let schema = Schema<Scale>.choice(
        "scale",
        Case("none", Scale.none, doc: "As they are."),
        Case("standard", .standard, doc: "(x − mean) / standard deviation."),
        Case("min-max", .minMax, doc: "(x − minimum) / (maximum − minimum)."),
        Case(
            "divide_by", .number(.above(0).inSinglePrecision), doc: "x / this number, such as 255 for grey values.", make: Scale.divided,
            get: { if case .divided(let divisor) = $0 { divisor } else { nil } }))
}
