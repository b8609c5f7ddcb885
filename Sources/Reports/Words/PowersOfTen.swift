#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// For example `10⁻⁵`.
func powerOfTen(_ exponent: Int) -> String {
    let digits = String(abs(exponent)).compactMap { $0.wholeNumberValue.map { Array("⁰¹²³⁴⁵⁶⁷⁸⁹")[$0] } }
    return "10" + (exponent < 0 ? "⁻" : "") + String(digits)
}

/// One power of ten for numbers that belong together, such as a mean and its spread or those of a column, where they are very large or very small.
struct SharedPower {
    /// From here on figures are told by powers of ten: nobody counts so many digits.
    static let largest = 1e7
    /// What stays below this is told by powers of ten.
    static let smallest = 1e-5

    private let exponent: Int
    private let power: Double

    /// Nil for numbers of ordinary size; `size` is that of the largest of them.
    init?(size: Double) {
        guard size.isFinite, size >= Self.largest || size < Self.smallest && size > 0 else { return nil }
        exponent = Digits.exponent(of: size)
        power = pow(10, Double(exponent))
    }

    /// What stands before the power.
    func mantissa(_ value: Double) -> Double { value / power }

    /// For example `×10⁻⁵`.
    var text: String { "×" + powerOfTen(exponent) }
}

/// A number to so many significant digits: `0.014`, `1,250`, and with a power of ten where it is very large or very small, `1.3×10⁻¹³`.
package func significant(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value != 0 else { return Digits(decimals: 0).text(value) }
    let exponent = Digits.exponent(of: value)
    if (-4..<6).contains(exponent) { return Digits(decimals: digits - 1 - exponent).text(value) }
    let mantissa = Digits(decimals: digits - 1).text(value / pow(10, Double(exponent)))
    // Rounding may have made ten of 9.99.
    if mantissa.hasPrefix("10") || mantissa.hasPrefix("−10") {
        return significant(value > 0 ? pow(10, Double(exponent + 1)) : -pow(10, Double(exponent + 1)), digits: digits)
    }
    return mantissa + "×" + powerOfTen(exponent)
}
