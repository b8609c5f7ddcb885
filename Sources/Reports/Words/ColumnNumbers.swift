import RunStore
import Statistics

/// How the numbers of a table's column are told: with the digits that their spread justifies and one more, and by one power of ten where they are very large or
/// very small.
struct ColumnNumbers {
    private let power: SharedPower?
    private let digits: Digits

    /// What is larger, as what a network makes may be, has a power of its own.
    private static let largest = 1000.0

    /// By the spread of the real rows; where these are all the same, by that of the rows that were made.
    init(_ column: Exhibits.Rows.Column) {
        let varied = [column.realSpread, column.madeSpread].first { $0.deviation.map { $0 > 0 && $0.isFinite } ?? false }
        let spread = varied ?? column.realSpread
        let deviation = varied?.deviation
        let power = SharedPower(size: max(abs(spread.mean), deviation ?? 0))
        self.power = power
        if let deviation {
            digits = Digits(spread: (power?.mantissa(deviation) ?? deviation) / 10)
        } else if power == nil, column.real.allSatisfy({ $0 == $0.rounded() }) {
            digits = Digits(decimals: 0)
        } else {
            digits = Digits([Sample([power?.mantissa(spread.mean) ?? spread.mean])].compactMap(\.self))
        }
    }

    /// For example `171.2`, `3.10×10⁻⁹`.
    func text(_ value: Double) -> String {
        guard let power, value != 0, value.isFinite else { return digits.text(value) }
        let mantissa = power.mantissa(value)
        return abs(mantissa) < Self.largest ? digits.text(mantissa) + power.text : significant(value, digits: 3)
    }
}
