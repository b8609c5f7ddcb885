/// A claim about measured figures as it is written: `val_accuracy(wide) < val_accuracy(baseline)`, `val_accuracy(baseline) in [0.76, 0.84]`,
/// `val_loss(a) - val_loss(b) > 0.03`, `wide > baseline > narrow`.
///
/// Figures of somebody, or names alone, are added and subtracted, perhaps times a number, and compared by `< <= > >=`, also in a chain, or with a range. A minus that
/// subtracts stands between spaces, since names may hold one.
public struct ClaimText: Sendable {
    /// A figure of somebody.
    public struct Subject: Sendable {
        /// The figure, such as `val_accuracy`; nil for a name alone.
        public let figure: String?
        /// Whose figure it is.
        public let name: String
        /// Where the figure stands in the text, in Unicode scalars; nil for a name alone.
        public let figureOffset: Int?
        /// Where the name stands.
        public let nameOffset: Int
    }

    /// A sum of figures, each times a factor, and a number.
    public struct Quantity: Sendable {
        /// What is added up.
        public var terms: [(factor: Double, subject: Subject)] = []
        /// The number beside them.
        public var constant = 0.0
    }

    /// What is said of a quantity.
    public enum Relation: Hashable, Sendable {
        /// It is below 0.
        case below
        /// It is above 0.
        case above
        /// It lies between these two.
        case between(Double, Double)
    }

    /// As it was written.
    public let text: String
    /// All that it says: of a chain, each comparison of neighbours, as left − right.
    public let statements: [(quantity: Quantity, relation: Relation)]

    /// Reads a claim.
    public init(_ text: String) throws(Formula.Problem) {
        var parser = ClaimParser(text)
        self.text = text
        statements = try parser.claim()
    }
}

/// Reads a claim from left to right.
private struct ClaimParser {
    private let scalars: [Unicode.Scalar]
    private var place = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    mutating func claim() throws(Formula.Problem) -> [(quantity: ClaimText.Quantity, relation: ClaimText.Relation)] {
        guard scalars.count <= Formula.longest else { throw problem("a claim of more than \(Formula.longest) characters", at: 0) }
        var left = try quantity()
        if takeIn() {
            let range = try range()
            try end()
            guard !left.terms.isEmpty else { throw problem("no figure is named", at: 0) }
            return [(left, range)]
        }
        var statements: [(quantity: ClaimText.Quantity, relation: ClaimText.Relation)] = []
        while let relation = try comparison() {
            let start = place
            let right = try quantity()
            var difference = left
            difference.terms += right.terms.map { (-$0.factor, $0.subject) }
            difference.constant -= right.constant
            guard !difference.terms.isEmpty else {
                throw problem("two numbers are compared, and no figure", at: min(start, scalars.count - 1))
            }
            statements.append((difference, relation))
            left = right
        }
        guard !statements.isEmpty else {
            throw problem(
                next.map { "found \"\($0)\" where a comparison was expected" } ?? "the claim ends where a comparison was expected",
                at: min(place, max(0, scalars.count - 1)), help: "known comparisons: <, <=, >, >=, in [low, high]")
        }
        try end()
        return statements
    }

    private mutating func quantity() throws(Formula.Problem) -> ClaimText.Quantity {
        var quantity = ClaimText.Quantity()
        var sign = 1.0
        if next == "-" {
            sign = -1
            place += 1
        }
        while true {
            try addTerm(to: &quantity, sign: sign)
            guard let operation = next, operation == "+" || operation == "-" else { return quantity }
            sign = operation == "+" ? 1 : -1
            place += 1
        }
    }

    /// A number, a subject, or a number times a subject.
    private mutating func addTerm(to quantity: inout ClaimText.Quantity, sign: Double) throws(Formula.Problem) {
        switch try part() {
        case .number(let number):
            guard next == "*" else {
                quantity.constant += sign * number
                return
            }
            let times = place
            place += 1
            guard case .subject(let subject) = try part() else {
                throw problem("two numbers are multiplied", at: times, help: "write their product")
            }
            quantity.terms.append((sign * number, subject))
        case .subject(let subject): quantity.terms.append((sign, subject))
        }
    }

    private enum Part {
        case number(Double)
        case subject(ClaimText.Subject)
    }

    private mutating func part() throws(Formula.Problem) -> Part {
        guard let first = next else {
            throw problem("the claim ends where a figure or a number was expected", at: max(0, scalars.count - 1))
        }
        let start = place
        guard first.isNameStart || first.isDigit || first == "." else {
            throw problem("\"\(first)\" stands where a figure or a number was expected", at: place, help: "such as val_accuracy(baseline)")
        }
        let word = word()
        guard next == "(" else {
            switch Scalar(text: word).meaning {
            case .integer(let value): return .number(Double(value))
            case .number(let value) where value.isFinite: return .number(value)
            default: return .subject(.init(figure: nil, name: word, figureOffset: nil, nameOffset: start))
            }
        }
        place += 1
        guard let inner = next, inner.isNameStart || inner.isDigit else {
            throw problem("a name was expected in the parentheses", at: min(place, scalars.count - 1), help: "such as \(word)(baseline)")
        }
        let nameStart = place
        let name = self.word()
        guard next == ")" else { throw problem("a \")\" is missing", at: min(place, scalars.count - 1)) }
        place += 1
        return .subject(.init(figure: word, name: name, figureOffset: start, nameOffset: nameStart))
    }

    /// A name or a number: a minus belongs to it where no space follows, and a sign behind the e of a number.
    private mutating func word() -> String {
        let start = place
        while place < scalars.count {
            let scalar = scalars[place]
            let isInner =
                place > start && (scalar == "-" || scalar == "/" || scalar == "@") && place + 1 < scalars.count
                && (scalars[place + 1].isNameStart || scalars[place + 1].isDigit)
            guard scalar.isNameStart || scalar.isDigit || scalar == "." || isInner else { break }
            place += 1
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<place])
        return String(text)
    }

    private mutating func comparison() throws(Formula.Problem) -> ClaimText.Relation? {
        guard let first = next, first == "<" || first == ">" || first == "=" || first == "!" else { return nil }
        guard first == "<" || first == ">" else {
            throw problem(
                "measured figures are never equal to the last digit", at: place,
                help: "say how near they are: a(x) - a(y) in [-0.01, 0.01]")
        }
        place += 1
        if place < scalars.count, scalars[place] == "=" { place += 1 }
        return first == "<" ? .below : .above
    }

    private mutating func takeIn() -> Bool {
        guard next == "i", place + 2 < scalars.count, scalars[place + 1] == "n", scalars[place + 2] == " " || scalars[place + 2] == "["
        else {
            return false
        }
        place += 2
        return true
    }

    private mutating func range() throws(Formula.Problem) -> ClaimText.Relation {
        _ = next
        let start = place
        try take("[", "a range was expected behind in")
        let low = try number()
        try take(",", "a comma was expected between the two ends")
        let high = try number()
        try take("]", "a \"]\" is missing")
        guard low < high else {
            throw problem("the range's lower end is not below its upper one", at: start, length: place - start)
        }
        return .between(low, high)
    }

    private mutating func number() throws(Formula.Problem) -> Double {
        let quantity = try quantity()
        guard quantity.terms.isEmpty else { throw problem("a number was expected", at: min(place, scalars.count) - 1) }
        return quantity.constant
    }

    private mutating func take(_ scalar: Unicode.Scalar, _ message: String) throws(Formula.Problem) {
        guard next == scalar else { throw problem(message, at: min(place, max(0, scalars.count - 1)), help: "such as in [0.76, 0.84]") }
        place += 1
    }

    private mutating func end() throws(Formula.Problem) {
        if let stray = next {
            throw problem("\"\(stray)\" is not understood here", at: place, help: "a claim is one comparison, or a chain of them")
        }
    }

    private var next: Unicode.Scalar? {
        mutating get {
            while place < scalars.count, scalars[place] == " " { place += 1 }
            return place < scalars.count ? scalars[place] : nil
        }
    }

    private func problem(_ message: String, at offset: Int, length: Int = 1, help: String? = nil) -> Formula.Problem {
        Formula.Problem(message: message, help: help, offset: offset, length: length)
    }
}
