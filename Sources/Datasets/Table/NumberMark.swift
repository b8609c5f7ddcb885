import Settings

/// The sign that every number of a column carries, of a currency or per cent, and how these numbers are written.
public struct NumberMark: Sendable, Hashable, Codable {
    /// The sign, such as `$` or `%`.
    public let sign: String
    /// Whether a comma stands before the decimals; else a point does.
    let hasDecimalComma: Bool

    /// Signs of currencies that have no character of their own.
    private static let words: Set<String> = [
        "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "RUB", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "AUD", "CAD", "NZD",
        "BRL", "MXN", "ZAR", "KRW", "HKD", "SGD", "ILS", "UAH", "kr", "zł", "Kč", "Ft", "lei", "Fr",
    ]
    private static let minus: Set<Character> = ["-", "\u{2212}"]
    private static let spaces: Set<Character> = [" ", "\t", "\u{a0}", "\u{202f}", "\u{2009}"]

    // MARK: - Signs

    /// The sign before or behind the number in a text, and the number as it is written; nil where there is no sign.
    static func split(_ text: String) -> (sign: String, number: String)? {
        guard let first = text.firstIndex(where: { $0.isASCII && $0.isNumber }),
            let last = text.lastIndex(where: { $0.isASCII && $0.isNumber })
        else { return nil }
        var start = first
        // A point may begin the digits.
        if start > text.startIndex, text[text.index(before: start)] == "." { start = text.index(before: start) }
        var before = text[..<start].filter { !spaces.contains($0) }
        let behind = String(text[text.index(after: last)...].filter { !spaces.contains($0) })
        let signs = before.count { minus.contains($0) || $0 == "+" }
        let isNegative = before.contains { minus.contains($0) }
        before.removeAll { minus.contains($0) || $0 == "+" }
        guard signs <= 1, before.isEmpty != behind.isEmpty, let sign = [before, behind].first(where: { !$0.isEmpty }), isSign(sign) else {
            return nil
        }
        return (sign, (isNegative ? "-" : "") + text[start...last])
    }

    private static func isSign(_ text: String) -> Bool {
        if text == "%" || text == "‰" || words.contains(text) { return true }
        return text.count <= 3 && text.unicodeScalars.contains { $0.properties.generalCategory == .currencySymbol }
            && text.allSatisfy { $0.isLetter || $0.isCurrencySymbol }
    }

    // MARK: - Numbers

    /// What the commas and points of a number tell of all of them.
    enum Evidence {
        case point, comma
        /// Either way, and the number is the same.
        case nothing
        /// `1,234` is 1234 or 1.234; `isComma`: by a comma.
        case undecided(isComma: Bool)
    }

    /// What a number that carries `sign` tells. Amounts of money have no three decimals, shares may have them behind a point.
    static func evidence(_ number: String, sign: String) -> Evidence {
        let commas = number.count { $0 == "," }
        let points = number.count { $0 == "." }
        if commas == 0, points == 0 { return .nothing }
        if commas > 0, points > 0 {
            guard let comma = number.lastIndex(of: ","), let point = number.lastIndex(of: ".") else { return .nothing }
            return comma > point ? .comma : .point
        }
        let isComma = commas > 0
        if commas + points > 1 { return isComma ? .point : .comma }
        let pieces = number.drop { $0 == "-" }.split(separator: isComma ? "," : ".", omittingEmptySubsequences: false)
        let isGroup = pieces[1].count == 3 && (1...3).contains(pieces[0].count) && !pieces[0].hasPrefix("0")
        if !isGroup || !isComma && (sign == "%" || sign == "‰") { return isComma ? .comma : .point }
        return .undecided(isComma: isComma)
    }

    /// The number that is written so, with nothing, a space, an apostrophe, or the one of comma and point that does not stand before the decimals between
    /// groups of three digits; nil where it is none.
    func value(of number: String) -> Double? {
        let decimal: Character = hasDecimalComma ? "," : "."
        var groups: Set<Character> = Self.spaces.union(["'", "\u{2019}"])
        groups.insert(hasDecimalComma ? "." : ",")
        let isNegative = number.hasPrefix("-")
        let pieces = number.drop { $0 == "-" }.split(separator: decimal, omittingEmptySubsequences: false)
        guard pieces.count <= 2, let whole = pieces.first else { return nil }
        let digits = whole.split(omittingEmptySubsequences: false) { groups.contains($0) }
        if digits.count > 1 {
            guard let first = digits.first, (1...3).contains(first.count), digits.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return nil
            }
        }
        let decimals = pieces.count == 2 ? pieces[1] : ""
        let all = digits.joined()
        guard (all + decimals).allSatisfy({ $0.isASCII && $0.isNumber }), !(all + decimals).isEmpty else { return nil }
        guard let value = Double("\(all.isEmpty ? "0" : all).\(decimals.isEmpty ? "0" : decimals)"),
            value <= Double(Float.greatestFiniteMagnitude)
        else { return nil }
        return isNegative ? -value : value
    }
}
