import Documents
import Testing

@Suite("Claims as text")
struct ClaimTextTests {
    /// A statement as one line: factors, figures, names, the number, the relation.
    private func spoken(_ text: String) throws -> [String] {
        try ClaimText(text).statements.map { statement in
            let terms = statement.quantity.terms.map { "\($0.factor) \($0.subject.figure ?? "?") \($0.subject.name)" }
            return (terms + ["\(statement.quantity.constant)", "\(statement.relation)"]).joined(separator: ", ")
        }
    }

    @Test(arguments: [
        ("val_accuracy(narrow) < val_accuracy(baseline)", ["1.0 val_accuracy narrow, -1.0 val_accuracy baseline, 0.0, below"]),
        ("val_accuracy(baseline) in [0.76, 0.84]", ["1.0 val_accuracy baseline, 0.0, between(0.76, 0.84)"]),
        ("a(x) - a(y-2) > 0.03", ["1.0 a x, -1.0 a y-2, -0.03, above"]),
        ("wide > baseline > narrow", ["1.0 ? wide, -1.0 ? baseline, 0.0, above", "1.0 ? baseline, -1.0 ? narrow, 0.0, above"]),
        ("512-512 >= 64-64", ["1.0 ? 512-512, -1.0 ? 64-64, 0.0, above"]),
        ("val_loss@3(512-512) <= 2 * val_loss(64)", ["1.0 val_loss@3 512-512, -2.0 val_loss 64, 0.0, below"]),
        ("-a(x) + 1e-3 < 0", ["-1.0 a x, 0.001, below"]),
        ("a(x) - a(y) in [-0.01, 1e-2]", ["1.0 a x, -1.0 a y, 0.0, between(-0.01, 0.01)"]),
        ("grad_norm/dense-1(x) < 1", ["1.0 grad_norm/dense-1 x, -1.0, below"]),
        ("in-house > x", ["1.0 ? in-house, -1.0 ? x, 0.0, above"]),
    ])
    func areRead(text: String, statements: [String]) throws {
        #expect(try spoken(text) == statements)
    }

    @Test(arguments: [
        ("a(x) == a(y)", "measured figures are never equal to the last digit", 5),
        ("a(x)", "the claim ends where a comparison was expected", 3),
        ("a(x < 3", "a \")\" is missing", 4), ("a() < 3", "a name was expected in the parentheses", 2),
        ("1 < 2", "two numbers are compared, and no figure", 3), ("2 * 3 < a(x)", "two numbers are multiplied", 2),
        ("a(x) in [2, 1]", "the range's lower end is not below its upper one", 8), ("a(x) in 3", "a range was expected behind in", 8),
        ("a(x) < 3 or b(x) < 2", "\"o\" is not understood here", 9), ("", "the claim ends where a figure or a number was expected", 0),
        ("a(x) < ", "the claim ends where a figure or a number was expected", 6),
        ("(a(x)) < 3", "\"(\" stands where a figure or a number was expected", 0),
        ("a(x) in [0, 1] < 3", "\"<\" is not understood here", 15), ("a(x) in [b(y), 1]", "a number was expected", 12),
    ])
    func tellWhatIsWrongAndWhere(text: String, message: String, offset: Int) {
        #expect {
            _ = try ClaimText(text)
        } throws: { error in
            guard let problem = error as? Formula.Problem else { return false }
            return problem.message == message && problem.offset == offset
        }
    }

    @Test func areBoundedInLength() {
        #expect(throws: Formula.Problem.self) { try ClaimText(String(repeating: "a + ", count: 400) + "b > c") }
    }
}
