/// Reads a condition by recursive descent: alternatives of conjunctions of comparisons between formulas.
struct ConditionParser {
    private var formulas: FormulaParser
    private var depth = 0

    /// How deep parentheses and `not` may lie in each other.
    private static let deepest = 32
    private static let keywords: Set = ["and", "or", "not", "in", "contains"]

    init(_ text: String) {
        formulas = FormulaParser(text, from: 0, wordsHoldMinus: true)
    }

    mutating func condition() throws(Formula.Problem) -> Condition.Term {
        guard formulas.scalars.count <= Formula.longest else {
            throw formulas.problem("a condition of more than \(Formula.longest) characters", at: 0)
        }
        let term = try alternatives()
        if let stray = formulas.next {
            throw formulas.problem(
                "\"\(stray)\" is not understood here", at: formulas.place, help: "comparisons are joined by and, or, not")
        }
        return term
    }

    private mutating func alternatives() throws(Formula.Problem) -> Condition.Term {
        var term = try conjunction()
        while take(word: "or") { term = .or(term, try conjunction()) }
        return term
    }

    private mutating func conjunction() throws(Formula.Problem) -> Condition.Term {
        var term = try single()
        while take(word: "and") { term = .and(term, try single()) }
        return term
    }

    private mutating func single() throws(Formula.Problem) -> Condition.Term {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else {
            throw formulas.problem("parentheses lie more than \(Self.deepest) deep in each other", at: formulas.place)
        }
        if take(word: "not") { return .not(try single()) }
        if formulas.next == "(", let inner = parenthesis() { return inner }
        return try comparison()
    }

    /// A condition in parentheses; nil, with nothing read, where they hold a part of a formula.
    private mutating func parenthesis() -> Condition.Term? {
        let start = formulas
        formulas.place += 1
        if let inner = try? alternatives(), formulas.next == ")" {
            formulas.place += 1
            return inner
        }
        formulas = start
        return nil
    }

    private mutating func comparison() throws(Formula.Problem) -> Condition.Term {
        let left = try operand()
        if take(word: "in") { return .member(left, of: try list()) }
        let isNegative = take(word: "not")
        if isNegative, take(word: "in") { return .not(.member(left, of: try list())) }
        if take(word: "contains") {
            let part = Condition.Term.contained(try operand(), in: left)
            return isNegative ? .not(part) : part
        }
        guard !isNegative, let comparison = takeComparison() else {
            let isAssignment = formulas.next == "="
            throw formulas.problem(
                formulas.next.map { "found \"\($0)\" where a comparison was expected" }
                    ?? "the condition ends where a comparison was expected",
                at: min(formulas.place, max(0, formulas.scalars.count - 1)),
                help: isAssignment ? "write ==" : "known comparisons: ==, !=, <, <=, >, >=, in [a, b], contains \"text\"")
        }
        let right = try operand()
        if let second = takeComparison() {
            throw formulas.problem(
                "comparisons are not chained", at: formulas.place - second.rawValue.count, length: second.rawValue.count,
                help: "join two with and")
        }
        return .comparison(left, comparison, right)
    }

    private mutating func operand() throws(Formula.Problem) -> Condition.Operand {
        guard let first = formulas.next else {
            throw formulas.problem("the condition ends where a name or a value was expected", at: max(0, formulas.scalars.count - 1))
        }
        let start = formulas.place
        if first == "\"" || first == "'" { return try text(in: first) }
        let term = try formulas.sum()
        if case .name(let name, let offset) = term, Self.keywords.contains(name) {
            throw formulas.problem("\(name) stands where a name or a value was expected", at: offset, length: name.count)
        }
        var end = formulas.place
        while end > start + 1, formulas.scalars[end - 1] == " " { end -= 1 }
        return .formula(term, offset: start, length: end - start)
    }

    private mutating func text(in quote: Unicode.Scalar) throws(Formula.Problem) -> Condition.Operand {
        let start = formulas.place
        guard let end = formulas.scalars[(start + 1)...].firstIndex(of: quote) else {
            throw formulas.problem("the closing \(quote) is missing", at: start)
        }
        formulas.place = end + 1
        return .text(formulas.text((start + 1)..<end), offset: start)
    }

    private mutating func list() throws(Formula.Problem) -> [Condition.Operand] {
        guard formulas.next == "[" else {
            throw formulas.problem(
                "a list was expected behind in", at: min(formulas.place, max(0, formulas.scalars.count - 1)), help: "write in [a, b]")
        }
        formulas.place += 1
        var operands = [try operand()]
        while formulas.next == "," {
            formulas.place += 1
            operands.append(try operand())
        }
        guard formulas.next == "]" else {
            throw formulas.problem("a \"]\" is missing", at: min(formulas.place, max(0, formulas.scalars.count - 1)))
        }
        formulas.place += 1
        return operands
    }

    /// Takes the word, where it is the next one.
    private mutating func take(word: String) -> Bool {
        guard let first = formulas.next, first.isNameStart else { return false }
        let start = formulas.place
        if formulas.word() == word { return true }
        formulas.place = start
        return false
    }

    private mutating func takeComparison() -> Condition.Comparison? {
        guard formulas.next != nil else { return nil }
        let rest = formulas.scalars[formulas.place...].prefix(2)
        // The longer ones come first.
        for comparison in Condition.Comparison.allCases where rest.starts(with: comparison.rawValue.unicodeScalars) {
            formulas.place += comparison.rawValue.count
            return comparison
        }
        return nil
    }
}
