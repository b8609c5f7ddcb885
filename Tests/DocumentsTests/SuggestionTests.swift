import Documents
import Testing

struct SuggestionTests {
    @Test(arguments: [
        ("rleu", "relu"), ("epoch", "epochs"), ("Relu", "relu"), ("batch-size", "batch_size"), ("bacth_size", "batch_size"),
        ("tnah", "tanh"), ("sofmax", "softmax"),
    ])
    func oneSlipInThreeLetters(word: String, expected: String) {
        #expect(Suggestion.nearest(to: word, among: ["relu", "tanh", "softmax", "epochs", "batch_size"]) == expected)
    }

    @Test(arguments: ["xyz", "", "a", "layers", String(repeating: "relu", count: 100)])
    func nothingNearGivesNothing(word: String) {
        #expect(Suggestion.nearest(to: word, among: ["relu", "tanh", "softmax", "epochs", "batch_size"]) == nil)
    }

    @Test(arguments: [
        ("ca", "abc", 3), ("abcd", "acbd", 1), ("", "abc", 3), ("kitten", "sitting", 3), ("same", "same", 0), ("ab", "ba", 1),
    ])
    func distances(one: String, other: String, expected: Int) {
        #expect(Suggestion.distance(Array(one), Array(other)) == expected)
        #expect(Suggestion.distance(Array(other), Array(one)) == expected)
    }
}
