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
