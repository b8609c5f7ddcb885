import Documents
import Testing

struct ScalarTests {
    @Test(arguments: [
        ("", Scalar.Meaning.null), ("~", .null), ("null", .null),
        ("true", .boolean(true)), ("False", .boolean(false)),
        ("yes", .text), ("no", .text), ("on", .text), ("off", .text), ("y", .text),
        ("12", .integer(12)), ("-3", .integer(-3)), ("+4", .integer(4)), ("0o17", .integer(15)), ("0x1F", .integer(31)),
        ("010", .integer(10)), ("1_000", .text), ("1,000", .text), ("12:30", .text), ("0x", .text), ("0x-1", .text),
        ("1e-4", .number(0.0001)), ("1E4", .number(10000)), (".5", .number(0.5)), ("5.", .number(5)), ("-.5e+1", .number(-5)),
        (".", .text), ("-", .text), ("+", .text), ("e4", .text), ("1e", .text), ("1e+", .text), ("1.2.3", .text), ("--1", .text),
        (".inf", .number(.infinity)), ("-.inf", .number(-.infinity)), ("inf", .text), ("nan", .text), ("1e999", .number(.infinity)),
        ("99999999999999999999", .number(1e20)), ("2024-01-01", .text),
    ])
    func plainScalars(text: String, meaning: Scalar.Meaning) {
        #expect(Scalar(text: text).meaning == meaning)
    }

    @Test func notANumberIsANumber() {
        guard case .number(let value) = Scalar(text: ".nan").meaning else {
            Issue.record("no number")
            return
        }
        #expect(value.isNaN)
    }

    @Test(arguments: ["'1'", "\"true\"", "\"\"", "|\n  5\n"])
    func whatIsQuotedIsText(text: String) {
        #expect(parse("a: \(text)").node?["a"]?.kind == .text)
    }
}
