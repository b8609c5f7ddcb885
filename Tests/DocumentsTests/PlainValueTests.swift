import Documents
import Testing

struct PlainValueTests {
    @Test(
        arguments: [
            (0.1, "0.1"), (1, "1"), (1e-7, "1e-07"), (-0.0, "0"), (1e300, "1e+300"), (1.0 / 3, "0.3333333333333333"), (5e-324, "5e-324"),
            (9_007_199_254_740_993, "9007199254740992.0"), (-0x1p63, "-9.223372036854776e+18"),
        ] as [(Double, String)])
    func numbersHaveTheirShortestForm(value: Double, text: String) {
        #expect(PlainValue.number(value).canonicalJSON == text)
        #expect(Double(text) == value)
    }

    @Test func keysAreSorted() {
        let value = PlainValue.map([.init("b", .null), .init("é", .boolean(true)), .init("a", .list([.text("x\"\n\u{1}"), .map([])]))])
        #expect(value.canonicalJSON == "{\"a\":[\"x\\\"\\n\\u0001\",{}],\"b\":null,\"é\":true}")
    }

    /// To readers of YAML 1.1 a day is no text, nor are yes and no.
    @Test(arguments: [
        ("2019-01-01", "\"2019-01-01\""), ("2019-1-1", "\"2019-1-1\""), ("2019-a", "2019-a"), ("x2019-01-01", "x2019-01-01"),
        ("Yes", "\"Yes\""), ("off", "\"off\""), ("yes-no", "yes-no"), ("y", "y"),
    ])
    func daysAndOlderTruthAreQuoted(text: String, line: String) { #expect(PlainValue.text(text).flowText == line) }

    @Test(arguments: [
        "plain", "two words", "1", "true", "null", "a: b", "[x", "#x", "x #y", "-", "- a", "", " a", "a ", "*", "a,b", "ёж", "\"", "a\nb",
    ])
    func aLineOfYAMLReadsBackAsTheSameText(text: String) {
        let line = PlainValue.map([.init(text, .list([.text(text)]))]).flowText
        #expect(!line.contains("\n"))
        #expect(parse(line).node.map(PlainValue.init) == .map([.init(text, .list([.text(text)]))]))
    }
}
