import Documents
import Testing

@Suite("Conditions")
struct ConditionTests {
    private static let values: [String: Condition.Value] = [
        "val_accuracy": .number(0.81), "loss": .number(0.5), "training.batch_size": .number(128), "variant": .text("wide-2"),
        "created": .text("2025-06-01"), "fold": .none, "isDone": .boolean(true), "training.optimizer": .text("rmsprop"),
        "layers[1].units": .number(64),
    ]

    private func holds(_ text: String) throws -> Bool {
        try Condition(text).holds { Self.values[$0] }
    }

    @Test(
        "hold where all that they say is so",
        arguments: [
            "val_accuracy > 0.8", "val_accuracy > 0.8 and training.batch_size == 128", "training.optimizer == rmsprop", "variant == wide-2",
            "variant == \"wide-2\"", "variant != narrow", "loss in [0.25, 0.5]", "variant in [narrow, wide-2]", "variant not in [a, b]",
            "variant contains wide", "not variant contains 'x y'", "variant not contains 'x'", "val_accuracy - loss > 0.3",
            "(val_accuracy - loss) * 2 > 0.6", "(val_accuracy > 1 or loss < 1) and isDone == true", "fold == none", "not fold > 1",
            "created >= \"2025-06\"", "layers[1].units <= 64", "0.8 < val_accuracy", "loss > 1 or not (loss > 1)",
            "fold != 3", "loss < val_accuracy",
        ])
    func holding(text: String) throws {
        #expect(try holds(text))
    }

    @Test(
        "do not hold where something is not so, or not there",
        arguments: [
            "val_accuracy > 0.9", "val_accuracy > 0.8 and training.batch_size == 64", "variant == wide", "fold > 1", "fold <= 1",
            "fold == 1",
            "fold + 1 > 0", "variant contains narrow", "val_accuracy contains 8", "not loss > 0.2", "variant == 3", "isDone == false",
        ])
    func notHolding(text: String) throws {
        #expect(try !holds(text))
    }

    @Test(
        "tell what is wrong and where",
        arguments: [
            ("val_acuracy > 0.8", "nothing is called \"val_acuracy\"", 0, 11),
            ("variant > 3", "variant is no number, so it is neither more nor less than one", 0, 7),
            ("loss < \"a\"", "\"a\" is no number, so it is neither more nor less than one", 7, 3),
            ("loss = 3", "found \"=\" where a comparison was expected", 5, 1),
            ("loss >", "the condition ends where a name or a value was expected", 5, 1),
            ("loss", "the condition ends where a comparison was expected", 3, 1),
            ("", "the condition ends where a name or a value was expected", 0, 1),
            ("1 < loss < 2", "comparisons are not chained", 9, 1), ("loss in 3", "a list was expected behind in", 8, 1),
            ("loss in [3", "a \"]\" is missing", 9, 1), ("variant == \"a", "the closing \" is missing", 11, 1),
            ("and > 3", "and stands where a name or a value was expected", 0, 3), ("loss > 3 loss", "\"l\" is not understood here", 9, 1),
            ("variant + 1 > 3", "variant is no number", 0, 7), ("loss > ** 3", "\"*\" stands where a number or a name was expected", 7, 1),
        ])
    func problems(text: String, message: String, offset: Int, length: Int) {
        #expect {
            _ = try holds(text)
        } throws: { error in
            guard let problem = error as? Condition.Problem else { return false }
            return problem.message == message && problem.offset == offset && problem.length == length
        }
    }

    @Test("name what must be known: words that are compared may be texts")
    func names() throws {
        let names = try Condition("a > b and c == d or e in [f, g + 1] and not h contains i").names.map(\.name)
        #expect(names == ["a", "b", "c", "e", "g", "h"])
        #expect(try Condition("a == b or c in [d, 'e'] and f contains \"g\" and none != h-i").words == ["a", "b", "c", "d", "f", "h-i"])
    }

    @Test("are bounded in length and depth")
    func bounds() {
        #expect(throws: Condition.Problem.self) { try Condition(String(repeating: "not ", count: 100) + "a == b") }
        #expect(throws: Condition.Problem.self) { try Condition("a == " + String(repeating: "b", count: 600)) }
        #expect(throws: Condition.Problem.self) { try Condition(String(repeating: "(", count: 100) + "a == b") }
    }
}
