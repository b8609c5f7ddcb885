/// A question about named values: `val_accuracy > 0.8 and training.batch_size == 128`.
///
/// Comparisons (`== != < <= > >=`) of formulas and words, `in [a, b]`, `contains "text"`, joined by `and`, `or`, `not` and parentheses; `none` stands for a value that is not there, `true`
/// and `false` for themselves. A word that names nothing is a text where it is compared with `==`, `!=`, `in` or `contains`. A minus that subtracts stands between
/// spaces, since words may hold one. Nothing that is not there is larger, smaller or equal to anything but `none`.
public struct Condition: Sendable {
    /// What a name stands for.
    public enum Value: Sendable, Hashable {
        case number(Double)
        case text(String)
        case boolean(Bool)
        /// It is not there.
        case none
    }

    /// Where a name or a text stands, and how it is written.
    public typealias Problem = Formula.Problem

    indirect enum Term: Sendable {
        case comparison(Operand, Comparison, Operand)
        case member(Operand, of: [Operand])
        case contained(Operand, in: Operand)
        case not(Term)
        case and(Term, Term)
        case or(Term, Term)
    }

    enum Operand: Sendable {
        /// A name, a number, or a calculation with them.
        case formula(Formula.Term, offset: Int, length: Int)
        case text(String, offset: Int)
    }

    enum Comparison: String, Sendable, CaseIterable {
        case equal = "=="
        case different = "!="
        case atMost = "<="
        case atLeast = ">="
        case less = "<"
        case more = ">"

        var isOfOrder: Bool { self != .equal && self != .different }
    }

    /// As it was written.
    public let text: String
    let root: Term

    /// Reads a condition.
    public init(_ text: String) throws(Problem) {
        var parser = ConditionParser(text)
        self.text = text
        root = try parser.condition()
    }

    /// The names in it that must be known: all but the words behind `==`, `!=`, `in` and `contains`, which may be texts. In their order, with their offsets.
    public var names: [(name: String, offset: Int)] { Self.names(in: root) }

    /// All words in it that may be names, also those that may be texts.
    public var words: [String] { Self.names(in: root, all: true).map(\.name) }

    /// Whether it holds. `lookup` gives the value behind a name, nil when nothing has it.
    public func holds(_ lookup: (String) -> Value?) throws(Problem) -> Bool {
        try Self.holds(root, lookup)
    }
}

extension Condition {
    /// The names that must be known, or with `all` those that may be texts as well.
    private static func names(in term: Term, all: Bool = false) -> [(name: String, offset: Int)] {
        switch term {
        case .comparison(let left, let comparison, let right):
            left.names(alone: true) + right.names(alone: all || comparison.isOfOrder)
        case .member(let operand, let others): operand.names(alone: true) + others.flatMap { $0.names(alone: all) }
        case .contained(let inner, let outer): outer.names(alone: true) + inner.names(alone: all)
        case .not(let inner): names(in: inner, all: all)
        case .and(let left, let right), .or(let left, let right): names(in: left, all: all) + names(in: right, all: all)
        }
    }

    private static func holds(_ term: Term, _ lookup: (String) -> Value?) throws(Problem) -> Bool {
        switch term {
        case .comparison(let left, let comparison, let right):
            let (one, other) = (try left.value(lookup), try right.value(lookup, isTextAtNeed: !comparison.isOfOrder))
            return try comparison.holds(one, other, between: left, right)
        case .member(let operand, let others):
            let value = try operand.value(lookup)
            for other in others where value == (try other.value(lookup, isTextAtNeed: true)) { return true }
            return false
        case .contained(let inner, let outer):
            guard case .text(let whole) = try outer.value(lookup), case .text(let part) = try inner.value(lookup, isTextAtNeed: true) else {
                return false
            }
            return part.isEmpty || whole.firstRange(of: part) != nil
        case .not(let inner): return try !holds(inner, lookup)
        case .and(let left, let right): return try holds(left, lookup) ? holds(right, lookup) : false
        case .or(let left, let right): return try holds(left, lookup) ? true : holds(right, lookup)
        }
    }
}

extension Condition.Comparison {
    fileprivate func holds(
        _ left: Condition.Value, _ right: Condition.Value, between one: Condition.Operand, _ other: Condition.Operand
    ) throws(Condition.Problem) -> Bool {
        switch self {
        case .equal: return left == right
        case .different: return left != right
        case .less, .more, .atMost, .atLeast: break
        }
        switch (left, right) {
        case (.none, _), (_, .none): return false
        case (.number(let left), .number(let right)): return isTrue(left, right)
        // Dates and times as text, such as 2025-06-01, are in order as texts.
        case (.text(let left), .text(let right)): return isTrue(left, right)
        default:
            let wrong = if case .number = left { other } else { one }
            throw wrong.problem("\(wrong.written) is no number, so it is neither more nor less than one", help: "compare it with == or !=")
        }
    }

    private func isTrue<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .different: left != right
        case .less: left < right
        case .more: left > right
        case .atMost: left <= right
        case .atLeast: left >= right
        }
    }
}

extension Condition.Operand {
    private static let constants: [String: Condition.Value] = ["none": .none, "true": .boolean(true), "false": .boolean(false)]

    /// The names in it; one that stands alone only where it must be one (`alone`).
    fileprivate func names(alone: Bool) -> [(name: String, offset: Int)] {
        guard case .formula(let term, _, _) = self else { return [] }
        if case .name(let name, let offset) = term { return alone && Self.constants[name] == nil ? [(name, offset)] : [] }
        return Formula.placedNames(in: term)
    }

    fileprivate func value(
        _ lookup: (String) -> Condition.Value?, isTextAtNeed: Bool = false
    ) throws(Condition.Problem) -> Condition.Value {
        switch self {
        case .text(let text, _): return .text(text)
        case .formula(.name(let name, let offset), _, _):
            if let value = lookup(name) ?? Self.constants[name] { return value }
            guard isTextAtNeed else { throw Self.unknown(name, offset) }
            return .text(name)
        case .formula(let term, _, _):
            var isThere = true
            let number = try Formula.value(of: term) { (name, offset) throws(Formula.Problem) in
                switch lookup(name) {
                case .number(let number)?: return number
                case .none?:
                    isThere = false
                    return 1
                case nil: throw Self.unknown(name, offset)
                default: throw .init(message: "\(name) is no number", offset: offset, length: name.unicodeScalars.count)
                }
            }
            return isThere ? .number(number) : .none
        }
    }

    private static func unknown(_ name: String, _ offset: Int) -> Condition.Problem {
        .init(message: "nothing is called \"\(name.shortened)\"", offset: offset, length: name.unicodeScalars.count)
    }

    fileprivate var written: String {
        switch self {
        case .text(let text, _): "\"\(text.shortened)\""
        case .formula(.name(let name, _), _, _): name
        case .formula: "the calculation"
        }
    }

    fileprivate func problem(_ message: String, help: String) -> Condition.Problem {
        switch self {
        case .text(let text, let offset): .init(message: message, help: help, offset: offset, length: text.unicodeScalars.count + 2)
        case .formula(_, let offset, let length): .init(message: message, help: help, offset: offset, length: length)
        }
    }
}
