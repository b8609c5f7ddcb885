import Documents

/// Names of variants: lower-case letters, digits and minus signs, the first no minus.
enum VariantName {
    static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, isWordByte(first), name.utf8.count <= 80 else { return false }
        return name.utf8.allSatisfy { isWordByte($0) || $0 == 0x2D }
    }

    /// The name nearest to a text; empty when nothing of it can stay.
    static func made(from text: String) -> String {
        var name = ""
        for scalar in text.lowercased().unicodeScalars {
            if scalar.value < 0x80, isWordByte(UInt8(scalar.value)) {
                name.unicodeScalars.append(scalar)
            } else if !name.isEmpty, name.last != "-" {
                name += "-"
            }
        }
        while name.last == "-" { name.removeLast() }
        return name
    }

    /// The name of a combination; of a long one the start stands before a hash.
    static func joined(_ names: [String]) -> String {
        let name = names.joined(separator: "-and-")
        return name.utf8.count <= 80 ? name : made(from: String(name.prefix(68)) + "-" + hash(of: name))
    }

    /// A value as it stands in a name: [64, 64, 64] is 64x3, -0.5 is minus-0-5. Of a long fragment its tags stand before a hash.
    static func text(of value: Node) -> String {
        let text = made(from: plainText(of: value))
        guard text.isEmpty || text.count > longestValue else { return text }
        let tags = made(from: String(made(from: tags(of: value)).prefix(longestValue / 2)))
        return (tags.isEmpty ? "" : tags + "-") + hash(of: PlainValue(value).canonicalJSON)
    }

    /// A number with so many significant digits, or fewer when it has no more.
    static func text(of number: Double, digits: Int) -> String {
        let isWhole = number == number.rounded() && abs(number) < 1e15
        return made(from: flowText(.number(isWhole ? number : number.rounded(toStepsOf: number, digits: digits))))
    }

    private static let longestValue = 48

    private static func plainText(of value: Node) -> String {
        guard let items = value.items else { return flowText(PlainValue(value)) }
        return items.isEmpty ? "none" : runs(items.map { flowText(PlainValue($0)) })
    }

    /// The tag of a choice, or those of the items of a list.
    private static func tags(of value: Node) -> String {
        switch value.content {
        case .list(let items): runs(items.map(tags))
        case .map(let entries): entries.map(\.key).joined(separator: "-")
        case .scalar: flowText(PlainValue(value))
        }
    }

    /// The texts one behind the other, equal ones in a row as one with their number.
    private static func runs(_ texts: [String]) -> String {
        var groups: [(text: String, count: Int)] = []
        for text in texts {
            if groups.last?.text == text { groups[groups.count - 1].count += 1 } else { groups.append((text, 1)) }
        }
        return groups.map { $0.count > 1 ? "\($0.text)x\($0.count)" : $0.text }.joined(separator: "-")
    }

    /// The words of a line of YAML, in which the minus sign of a number is a word; powers of ten are 1e30 and 1e-30.
    private static func flowText(_ value: PlainValue) -> String {
        switch value {
        case .list(let items): return items.map(flowText).joined(separator: " ")
        case .map(let members): return members.map { "\($0.key) \(flowText($0.value))" }.joined(separator: " ")
        case .integer, .number:
            let text = value.flowText.replacing("e+", with: "e")
            return text.hasPrefix("-") ? "minus-" + text.dropFirst() : text
        case .text, .boolean, .null: return value.flowText
        }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    /// Six hexadecimal digits of FNV-1a.
    static func hash(of text: String) -> String {
        let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(value & 0xFF_FFFF, radix: 16)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
