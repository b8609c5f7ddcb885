/// A small calculation in the place of a value: `=width / 2`, `=min(units, 256) + 1`.
///
/// Numbers and names, `+ - * / // %`, parentheses, and the functions `min`, `max`, `round`, `floor`, `ceil`. `//` and `%` round towards minus infinity,
/// as in Python; `round` takes halves away from 0.
public struct Formula: Sendable {
    /// The whole calculation.
    public let root: Term

    /// What is wrong with a formula, and where in its text: offset and length in Unicode scalars, the equals sign included.
    public struct Problem: Error, Equatable {
        /// What is wrong.
        public let message: String
        /// What to do about it.
        public var help: String?
        /// The Unicode scalars before it.
        public let offset: Int
        /// How many scalars it is long.
        public let length: Int

        /// A finding of `length` scalars behind `offset`.
        public init(message: String, help: String? = nil, offset: Int, length: Int) {
            self.message = message
            self.help = help
            self.offset = offset
            self.length = length
        }
    }

    /// A part of a formula.
    public indirect enum Term: Sendable {
        case number(Double)
        case name(String, offset: Int)
        case negative(Term)
        case operation(Operation, Term, Term, offset: Int)
        case call(Function, [Term])
    }

    /// What joins two parts.
    public enum Operation: String, Sendable {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
        case floored = "//"
        case remainder = "%"
    }

    /// What may be called.
    public enum Function: String, CaseIterable, Sendable {
        case min, max, round, floor, ceil
    }

    /// The longest formula, in Unicode scalars.
    static let longest = 500

    /// Whether a scalar's text is a formula.
    public static func isOne(_ text: String) -> Bool { text.hasPrefix("=") }

    /// Reads a formula with its equals sign.
    public init(_ text: String) throws(Problem) {
        var parser = FormulaParser(text)
        root = try parser.formula()
    }

    /// The one name that the formula consists of: such a formula may stand for any value.
    public var name: (name: String, offset: Int)? {
        if case .name(let name, let offset) = root { (name, offset) } else { nil }
    }

    /// Every name in the formula.
    public var names: [String] { Self.placedNames(in: root).map(\.name) }

    static func placedNames(in term: Term) -> [(name: String, offset: Int)] {
        switch term {
        case .number: []
        case .name(let name, let offset): [(name, offset)]
        case .negative(let inner): placedNames(in: inner)
        case .operation(_, let one, let other, _): placedNames(in: one) + placedNames(in: other)
        case .call(_, let arguments): arguments.flatMap(placedNames)
        }
    }

    /// The number that the formula comes to; `lookup` gives those behind names, by name and offset.
    public func value(_ lookup: (String, Int) throws(Problem) -> Double) throws(Problem) -> Double {
        try Self.value(of: root, lookup)
    }

    static func value(of term: Term, _ lookup: (String, Int) throws(Problem) -> Double) throws(Problem) -> Double {
        switch term {
        case .number(let number): return number
        case .name(let name, let offset): return try lookup(name, offset)
        case .negative(let inner): return -(try value(of: inner, lookup))
        case .operation(let operation, let one, let other, let offset):
            let left = try value(of: one, lookup)
            let right = try value(of: other, lookup)
            return try operation.applied(left, right, offset)
        case .call(let function, let arguments):
            var values: [Double] = []
            for argument in arguments { values.append(try value(of: argument, lookup)) }
            return function.applied(values)
        }
    }
}

extension Formula.Operation {
    fileprivate func applied(_ left: Double, _ right: Double, _ offset: Int) throws(Formula.Problem) -> Double {
        let result: Double
        switch self {
        case .plus: result = left + right
        case .minus: result = left - right
        case .times: result = left * right
        case .over, .floored, .remainder:
            guard right != 0 else { throw .init(message: "division by 0", offset: offset, length: rawValue.count) }
            switch self {
            case .over: result = left / right
            case .floored: result = (left / right).rounded(.down)
            default: result = left - right * (left / right).rounded(.down)
            }
        }
        guard result.isFinite else { throw .init(message: "the result is beyond any number", offset: offset, length: rawValue.count) }
        return result
    }
}

extension Formula.Function {
    fileprivate func applied(_ values: [Double]) -> Double {
        let first = values.first ?? 0
        return switch self {
        case .min: values.dropFirst().reduce(first, Swift.min)
        case .max: values.dropFirst().reduce(first, Swift.max)
        case .round: first.rounded()
        case .floor: first.rounded(.down)
        case .ceil: first.rounded(.up)
        }
    }
}
