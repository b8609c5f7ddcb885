import Foundation
import Reports
import Statistics
import Testing

@Suite struct WordsTests {
    /// An end that is not 0 shows on which side of 0 it lies, and the difference has as many digits.
    @Test(arguments: [
        (-0.0942, -0.1071, -0.0812, "−0.094 [−0.107, −0.081]"), (-0.0147, -0.0292, -0.0003, "−0.0147 [−0.0292, −0.0003]"),
        (-0.0168, -0.034, 0.0004, "−0.0168 [−0.0340, +0.0004]"), (-0.005, -0.01, 0, "−0.005 [−0.010, 0.000]"),
        (0.25, -1e-9, 0.5, "+0.250 [0.000, +0.500]"), (0.00058, -0.0004, 0.0009, "+0.0006 [−0.0004, +0.0009]"),
    ])
    func endsOfIntervals(mean: Double, lower: Double, upper: Double, text: String) {
        #expect(Digits(decimals: 3).text(mean, Interval(lower: lower, upper: upper)) == text)
    }

    /// A difference that is told better or worse does not look like none.
    @Test(arguments: [
        (0.013, 0.01, 0.02, "+0.01 [+0.01, +0.02]"), (-0.0004, -0.0006, -0.0002, "−0.0004 [−0.0006, −0.0002]"),
        (0.02, -0.1, 0.2, "0.0 [−0.1, +0.2]"),
    ])
    func differences(mean: Double, lower: Double, upper: Double, text: String) {
        #expect(Digits(decimals: 1).text(mean, Interval(lower: lower, upper: upper)) == text)
    }

    @Test(arguments: [
        (3.14e-9, 1.02e-9, 5.26e-9, "(+3.1 [+1.0, +5.3])×10⁻⁹"), (-2e-7, -9e-7, 5e-7, "(−2 [−9, +5])×10⁻⁷"),
        (1.5e12, 1.4e12, 1.6e12, "(+1.50 [+1.40, +1.60])×10¹²"), (4e-9, 4e-9, 4e-9, "(+4.000 [+4.000, +4.000])×10⁻⁹"),
    ])
    func tinyAndHugeDifferencesShareAPowerOfTen(mean: Double, lower: Double, upper: Double, text: String) {
        #expect(Digits(decimals: 8).text(mean, Interval(lower: lower, upper: upper)) == text)
    }

    /// Both are rounded alike, so that a difference never lies outside its interval.
    @Test func aPrintedDifferenceLiesInItsPrintedInterval() throws {
        for exponent in -12...9 {
            for step in 0..<200 {
                let unit = pow(10, Double(exponent))
                let (mean, half) = (Double(step * 37 % 200 - 100) / 7 * unit, Double(step % 13 + 1) / 9 * unit)
                for decimals in [0, 3, 8] {
                    let text = Digits(decimals: decimals).text(mean, Interval(lower: mean - half / 9, upper: mean + half))
                    let numbers = text.prefix { $0 != ")" }.replacing("−", with: "-").split { !"+-.0123456789,".contains($0) }
                        .compactMap { Double($0.filter { $0 != "," }) }
                    try #require(numbers.count == 3, "\(text)")
                    #expect(numbers[1] <= numbers[0] && numbers[0] <= numbers[2], "\(text)")
                }
            }
        }
    }

    @Test(arguments: [
        (0.0041, 3, "0.797", "0.004"), (0.0098, 3, "0.797", "0.010"), (0.0014, 4, "0.7971", "0.0014"), (0.0196, 2, "0.80", "0.02"),
        (0.19, 2, "0.80", "0.19"), (0.5, 1, "0.8", "0.5"), (3.2, 0, "1", "3"), (1.2, 1, "0.8", "1.2"), (250, 0, "1", "250"),
        (1e-12, 8, "0.79712345", "1.0×10⁻¹²"),
    ]) func theSpreadDecidesTheDigits(spread: Double, decimals: Int, mean: String, text: String) {
        let digits = Digits(spread: spread)
        #expect(digits.decimals == decimals)
        #expect(digits.text(0.79712345) == mean)
        #expect(digits.text(spread) == text)
    }

    @Test(arguments: [
        ([0.7971], "0.7971"), ([12.3456], "12.35"), ([0.0012345], "0.001234"), ([0], "0.0000"), ([0.5, 0.5], "0.5000 ± 0.0000"),
        ([0.8, 0.81], "0.805 ± 0.007"), ([1000, 3000], "2,000 ± 1,414"),
    ]) func samplesAreToldWithTheirSpread(values: [Double], text: String) throws {
        let sample = try #require(Sample(values))
        #expect(Digits([sample]).text(sample) == text)
    }

    @Test(arguments: [
        (0.0021, "+0.002"), (-0.094, "−0.094"), (0.0001, "0.000"), (-0.0001, "0.000"), (0, "0.000"), (-1234.5, "−1,234.500"),
        (1_234_567, "+1,234,567.000"), (.nan, "not a number"), (.infinity, "∞"), (-.infinity, "−∞"),
    ]) func differencesCarryTheirSign(value: Double, text: String) {
        #expect(Digits(decimals: 3).signed(value) == text)
    }

    @Test(arguments: [
        (0.0123, "0.01 s"), (0.312, "0.31 s"), (3.14159, "3.1 s"), (9.96, "10 s"), (59.6, "1 min"), (59.4, "59 s"), (200, "3 min 20 s"),
        (7500, "2 h 5 min"), (-1, "–"), (.nan, "–"),
    ]) func durationsAreShort(seconds: Double, text: String) {
        #expect(duration(seconds) == text)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (647_214, "647,214"), (1_094_766, "1,094,766")])
    func wholeNumbersAreGrouped(value: Int, text: String) {
        #expect(grouped(value) == text)
    }

    @Test(arguments: [
        ([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (["a", "b", "c", "d"], "a, b and 2 more"),
    ])
    func listsReadAsSentences(items: [String], text: String) {
        #expect(enumeration(items, limit: 3) == text)
    }

    @Test(arguments: [
        ([4.03e28], "4.03×10²⁸"), ([1e28, 9e28], "(5 ± 6)×10²⁸"), ([2e-9, 4e-9], "(3.0 ± 1.4)×10⁻⁹"), ([1e-12, 1e-12], "1.000×10⁻¹² ± 0"),
        ([12_000_000, 14_000_000], "(1.30 ± 0.14)×10⁷"), ([9_000_000, 9_100_000], "9,050,000 ± 70,711"), ([-3e30], "−3.00×10³⁰"),
        ([0.5, 0.500000001], "0.50000000 ± 7×10⁻¹⁰"),
    ]) func hugeAndTinyFiguresHavePowersOfTen(values: [Double], text: String) throws {
        let sample = try #require(Sample(values))
        #expect(Digits([sample]).text(sample) == text)
    }

    /// Of a column of such figures none looks like 0.
    @Test(arguments: [(2.04e-9, "2.0×10⁻⁹"), (-3e-7, "−0.00000030"), (0, "0.00000000"), (0.5, "0.50000000"), (1e-5, "0.00001000")])
    func beyondAllDecimalsArePowersOfTen(value: Double, text: String) {
        #expect(Digits(decimals: 12).text(value) == text)
    }

    @Test(arguments: [
        (0.0144, "0.014"), (1.3e-13, "1.3×10⁻¹³"), (9.99e-13, "1.0×10⁻¹²"), (0, "0"), (-2e-9, "−2.0×10⁻⁹"), (123_456, "123,456"),
        (.infinity, "∞"),
        (0.77, "0.77"), (1, "1.0"),
    ]) func twoDigitsAreEnoughForASize(value: Double, text: String) {
        #expect(significant(value, digits: 2) == text)
    }

    @Test func aTableCellDoesNotBreakWithinAFigure() {
        var table = MarkdownTable([.init("a")])
        table.rows = [["0.5 ± 0.1"], ["5 %"]]
        #expect(table.text.contains("0.5\u{A0}±\u{A0}0.1") && table.text.contains("5\u{A0}%"))
    }

    @Test func tablesLineUpAsPlainText() {
        var table = MarkdownTable([.init("variant"), .init("Größe", .right)])
        table.rows = [["a|b", "1,000"], ["**c**", "–"]]
        #expect(
            table.text == """
                | variant | Größe |
                |:--------|------:|
                | a\\|b    | 1,000 |
                | **c**   |     – |
                """)
    }
}
