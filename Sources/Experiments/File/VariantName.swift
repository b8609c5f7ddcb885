import Documents
import Settings

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

    /// The name of a point: its settings' last words and values, such as `batch-size-128-hidden-64-4`, or `hidden-64x3` for three layers
    /// of 64. Long names end in a hash of the point, and so does one that another point has already.
    static func unique(for point: [Setting], among names: inout Set<String>) -> String {
        let full = point.map { setting in
            made(from: word(for: setting.path) + "-" + text(of: setting.value))
        }.joined(separator: "-")
        let hash = hash(of: point.map { "\($0.path)=\(PlainValue($0.value).canonicalJSON)" }.joined(separator: ";"))
        var name = full
        if full.count > 64 || names.contains(full) || full.isEmpty {
            name = made(from: String(full.prefix(52)) + "-" + hash)
        }
        while !names.insert(name).inserted { name += "x" }
        return name
    }

    /// A value as it stands in a name: [64, 64, 64] is 64x3.
    private static func text(of value: Node) -> String {
        guard let items = value.items else { return PlainValue(value).flowText }
        guard !items.isEmpty else { return "none" }
        var groups: [(text: String, count: Int)] = []
        for text in items.map({ PlainValue($0).flowText }) {
            if groups.last?.text == text { groups[groups.count - 1].count += 1 } else { groups.append((text, 1)) }
        }
        return groups.map { $0.count > 1 ? "\($0.text)x\($0.count)" : $0.text }.joined(separator: "-")
    }

    /// The last word of a path; a position stays with the word before it.
    private static func word(for path: String) -> String {
        path.split(separator: ".").last.map(String.init) ?? path
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    /// Six hexadecimal digits of FNV-1a.
    private static func hash(of text: String) -> String {
        let value = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(value & 0xFF_FFFF, radix: 16)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
