/// An amount of memory as people write it: `800MB`, `2GB`, `1.5GiB`.
public struct MemorySize: Sendable, Hashable, CustomStringConvertible {
    /// Its bytes, more than none.
    public let bytes: Double

    /// So many bytes.
    public init(bytes: Double) { self.bytes = bytes }

    /// Reads an amount with its unit.
    public init(parsing text: String) throws(LimitFault) {
        let text = text.lowercased().filter { $0 != " " }
        let digits = text.prefix { $0.isNumber || $0 == "." }
        guard let amount = Double(digits), let unit = Self.units[String(text.dropFirst(digits.count))], amount > 0, amount * unit < 1e18
        else {
            throw LimitFault("expected an amount of memory such as 800MB or 2GB")
        }
        bytes = amount * unit
    }

    private static let units: [String: Double] = [
        "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12,
        "kib": 0x1p10, "mib": 0x1p20, "gib": 0x1p30, "tib": 0x1p40,
    ]

    /// `640 MB`, `1.5 GB`, `24 GB`.
    public var description: String {
        guard bytes >= 999.5e6 else { return "\(max(1, Int((bytes / 1e6).rounded()))) MB" }
        let tenths = Int(min(bytes / 1e8, 1e12).rounded())
        return tenths >= 100 || tenths % 10 == 0 ? "\(grouped((tenths + 5) / 10)) GB" : "\(tenths / 10).\(tenths % 10) GB"
    }
}
