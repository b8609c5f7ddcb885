/// Reads a formula by recursive descent: sums of products of signed parts.
struct FormulaParser {
    let scalars: [Unicode.Scalar]
    /// Behind what was read: the equals sign of a formula first.
    var place: Int
    private var depth = 0
    /// Whether a minus within a word belongs to it, as it does in names of variants; then one that subtracts stands between spaces.
    private let wordsHoldMinus: Bool

    /// How deep parentheses and signs may lie in each other.
    private static let deepest = 32

    init(_ text: String, from place: Int = 1, wordsHoldMinus: Bool = false) {
        scalars = Array(text.unicodeScalars)
        self.place = place
        self.wordsHoldMinus = wordsHoldMinus
    }

    mutating func formula() throws(Formula.Problem) -> Formula.Term {
        guard scalars.count <= Formula.longest else {
            throw problem("a formula of more than \(Formula.longest) characters", at: 0, length: 1)
        }
        let term = try sum()
        if let stray = next {
            let isComparison = "<>=!&|".unicodeScalars.contains(stray)
            throw problem(
                "\"\(stray)\" is not understood here", at: place,
                help: isComparison || stray == "^"
                    ? "formulas know + - * / // %, min, max, round, floor and ceil" : "is an operator missing?")
        }
        return term
    }

    mutating func sum() throws(Formula.Problem) -> Formula.Term {
        var term = try product()
        while let sign = next, sign == "+" || sign == "-" {
            let offset = place
            place += 1
            term = .operation(sign == "+" ? .plus : .minus, term, try product(), offset: offset)
        }
        return term
    }

    private mutating func product() throws(Formula.Problem) -> Formula.Term {
        var term = try signed()
        while let sign = next, sign == "*" || sign == "/" || sign == "%" {
            let offset = place
            place += 1
            var operation = Formula.Operation.times
            if sign == "%" { operation = .remainder }
            if sign == "/" {
                operation = .over
                if place < scalars.count, scalars[place] == "/" {
                    operation = .floored
                    place += 1
                }
            }
            if sign == "*", place < scalars.count, scalars[place] == "*" {
                throw problem("formulas know no powers", at: offset, length: 2, help: "multiply")
            }
            term = .operation(operation, term, try signed(), offset: offset)
        }
        return term
    }

    private mutating func signed() throws(Formula.Problem) -> Formula.Term {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw problem("parentheses lie more than \(Self.deepest) deep in each other", at: place) }
        guard next == "-" || next == "+" else { return try part() }
        let isNegative = next == "-"
        place += 1
        let inner = try signed()
        return isNegative ? .negative(inner) : inner
    }

    private mutating func part() throws(Formula.Problem) -> Formula.Term {
        guard let first = next else {
            throw problem("the formula ends where a number or a name was expected", at: max(0, scalars.count - 1))
        }
        if first == "(" {
            place += 1
            let inner = try sum()
            try close()
            return inner
        }
        if first.isDigit || first == "." { return try number() }
        guard first.isNameStart else { throw problem("\"\(first)\" stands where a number or a name was expected", at: place) }
        return try named()
    }

    private mutating func number() throws(Formula.Problem) -> Formula.Term {
        let start = place
        while place < scalars.count, scalars[place].isDigit || scalars[place] == "." { place += 1 }
        // An exponent, with its sign.
        if place < scalars.count, scalars[place] == "e" || scalars[place] == "E" {
            var end = place + 1
            if end < scalars.count, scalars[end] == "-" || scalars[end] == "+" { end += 1 }
            if end < scalars.count, scalars[end].isDigit {
                while end < scalars.count, scalars[end].isDigit { end += 1 }
                place = end
            }
        }
        let text = text(start..<place)
        switch Scalar(text: text).meaning {
        case .integer(let value): return .number(Double(value))
        case .number(let value) where value.isFinite: return .number(value)
        default: throw problem("\"\(text.shortened)\" is no number", at: start, length: place - start)
        }
    }

    private mutating func named() throws(Formula.Problem) -> Formula.Term {
        let start = place
        let name = word()
        guard next == "(" else { return .name(name, offset: start) }
        guard let function = Formula.Function(rawValue: name) else {
            let known = Formula.Function.allCases.map(\.rawValue)
            throw problem(
                "unknown function \"\(name.shortened)\"", at: start, length: name.unicodeScalars.count,
                help: Suggestion.help(for: name, among: known, called: "known functions"))
        }
        place += 1
        var arguments = [try sum()]
        while next == "," {
            place += 1
            arguments.append(try sum())
        }
        try close()
        if arguments.count > 1, function != .min, function != .max {
            throw problem("\(name) takes one number, found \(arguments.count)", at: start, length: name.unicodeScalars.count)
        }
        return .call(function, arguments)
    }

    /// The word that begins here; a bracket belongs to it that is opened in it.
    mutating func word() -> String {
        let start = place
        var isOpen = false
        while place < scalars.count, scalars[place].isNamePart || isMinusInWord(from: start) {
            if scalars[place] == "]", !isOpen { break }
            if scalars[place] == "[" || scalars[place] == "]" { isOpen = scalars[place] == "[" }
            place += 1
        }
        return text(start..<place)
    }

    private func isMinusInWord(from start: Int) -> Bool {
        wordsHoldMinus && place > start && scalars[place] == "-" && place + 1 < scalars.count && scalars[place + 1].isNamePart
    }

    mutating func close() throws(Formula.Problem) {
        guard next == ")" else { throw problem("a \")\" is missing", at: min(place, scalars.count - 1)) }
        place += 1
    }

    /// The next scalar that is no space; `nil` at the end.
    var next: Unicode.Scalar? {
        mutating get {
            while place < scalars.count, scalars[place] == " " { place += 1 }
            return place < scalars.count ? scalars[place] : nil
        }
    }

    func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[range])
        return String(text)
    }

    func problem(_ message: String, at offset: Int, length: Int = 1, help: String? = nil) -> Formula.Problem {
        Formula.Problem(message: message, help: help, offset: offset, length: length)
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isNameStart: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" }
    /// Names may be settings' paths.
    var isNamePart: Bool { isNameStart || isDigit || self == "." || self == "[" || self == "]" }
}
