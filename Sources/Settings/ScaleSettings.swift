import Documents
import Metrics

/// The logarithm of which numbers are taken before they are scaled.
public typealias Logarithm = Metrics.Logarithm

/// How numbers are scaled; figures come from the rows that the column is fitted on.
public indirect enum Scale: Hashable, Sendable {
    /// As they are.
    case none
    /// (x − mean) / standard deviation, population form.
    case standard
    /// (x − minimum) / (maximum − minimum).
    case minMax
    /// (x − median) / (third quartile − first quartile), quartiles between two numbers by linear interpolation.
    case robust
    /// x / this number, whatever the rows hold, such as 255 for grey values.
    case divided(by: Double)
    /// The logarithm of x, scaled in another way.
    case log(Logarithm, then: Scale)
}

extension Scale {
    /// The logarithm that is taken first; nil: none.
    public var logarithm: Logarithm? { if case .log(let logarithm, _) = self { logarithm } else { nil } }

    /// How the numbers, or their logarithms, are scaled.
    public var linear: Scale { if case .log(_, let then) = self { then.linear } else { self } }
}

// MARK: - In the file

extension Scale {
    package static let schema = Schema<Scale>.choice(
        "scale",
        linear.map { Case($0.word, $0.value, doc: $0.doc) } + [
            Case(
                "divide_by", .number(.above(0).inSinglePrecision), doc: "x / this number, such as 255 for grey values.",
                make: Scale.divided, get: { if case .divided(let divisor) = $0 { divisor } else { nil } }),
            logCase(.log, doc: "ln x of numbers above 0; {log: standard} scales the logarithms as well."),
            logCase(.log1p, doc: "ln (1 + x) of numbers above -1; {log1p: standard} scales the logarithms as well."),
        ])

    /// Ways to scale without a logarithm.
    static let linearSchema = Schema<Scale>.enumeration("scale", linear)

    private static let linear: [Choosable<Scale>] = [
        Choosable("none", Scale.none, doc: "As they are."),
        Choosable("standard", .standard, doc: "(x − mean) / standard deviation."),
        Choosable("min-max", .minMax, doc: "(x − minimum) / (maximum − minimum)."),
        Choosable("robust", .robust, doc: "(x − median) / (third quartile − first quartile): a few far numbers change it little."),
    ]

    private static func logCase(_ logarithm: Logarithm, doc: String) -> Case<Scale> {
        Case(
            logarithm.rawValue, scaled, doc: doc, make: { .log(logarithm, then: $0) },
            get: { if case .log(logarithm, let then) = $0 { then } else { nil } })
    }

    /// How logarithms are scaled.
    private static let scaled = Schema<Scale>.either(
        linearSchema,
        Record<Scale>(
            "log", Field("then", { $0 }, linearSchema, unlessWritten: Scale.none, doc: "How the logarithms are scaled"), build: { $0 }
        ).schema,
        writing: { $0 == .none ? 1 : 0 })
}
