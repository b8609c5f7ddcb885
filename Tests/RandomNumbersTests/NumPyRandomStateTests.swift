import Foundation
import RandomNumbers
import Testing

/// One seed's draws, made by `Fixtures/make_numpy_fixtures.py`.
private struct NumPyCase: Decodable {
    let seed: UInt32
    let words: [UInt32]
    let permutations: [String: [Int32]]
    let choice: [Int32]
    let shuffled: [Int32]
    let secondShuffle: [Int32]

    static func all() throws -> [NumPyCase] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/numpy.json")
        return try JSONDecoder().decode([NumPyCase].self, from: Data(contentsOf: file))
    }
}

struct NumPyRandomStateTests {
    @Test func drawsWhatNumPyDraws() throws {
        let cases = try NumPyCase.all()
        #expect(cases.count == 4)
        for expected in cases {
            var words = NumPyRandomState(seed: expected.seed)
            #expect(expected.words.map { _ in words.nextUInt32() } == expected.words, "words of seed \(expected.seed)")
            for (count, permutation) in expected.permutations {
                var state = NumPyRandomState(seed: expected.seed)
                #expect(state.permutation(Int(count) ?? -1) == permutation, "permutation of \(count), seed \(expected.seed)")
            }
            var choice = NumPyRandomState(seed: expected.seed)
            #expect(choice.choice(1599, size: 1119) == expected.choice, "choice of seed \(expected.seed)")
            var shuffled = (0..<506).map { Int32($0) }
            var state = NumPyRandomState(seed: expected.seed)
            state.shuffle(&shuffled)
            #expect(shuffled == expected.shuffled, "shuffle of seed \(expected.seed)")
        }
    }

    @Test func goesOnWhereTheLastShuffleStopped() throws {
        for expected in try NumPyCase.all() {
            var state = NumPyRandomState(seed: expected.seed)
            var first = Array(0..<7)
            state.shuffle(&first)
            var second = (0..<9).map { Int32($0) }
            state.shuffle(&second)
            #expect(second == expected.secondShuffle)
        }
    }

    @Test func givesTheNotesWineRows() {
        var state = NumPyRandomState(seed: 0)
        #expect(Array(state.permutation(1599).prefix(6)) == [1109, 1032, 1002, 487, 979, 1054])
    }
}
