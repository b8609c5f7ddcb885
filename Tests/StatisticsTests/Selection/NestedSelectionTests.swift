import Statistics
import TestSupport
import Testing

struct NestedSelectionTests {
    private typealias Figures = NestedSelection.Figures

    @Test func everyFoldIsTestedWithWhatItsOwnValidationChose() throws {
        let rivals: [[Int: Figures]] = [
            [1: Figures(validation: 0.7, test: 0.6), 2: Figures(validation: 0.9, test: 0.5), 3: Figures(validation: 0.4, test: 0.8)],
            [1: Figures(validation: 0.8, test: 0.55), 2: Figures(validation: 0.6, test: 0.95), 3: Figures(validation: 0.4, test: 0.1)],
            [1: Figures(validation: .nan, test: 1), 2: Figures(validation: 1, test: .infinity)],
        ]
        let larger = try #require(NestedSelection(rivals, isLargerBetter: true))
        #expect(larger.choices.map(\.rival) == [1, 0, 0], "of equals the first, and none without figures")
        #expect(larger.test == [0.55, 0.5, 0.8])
        #expect(larger.counts.map(\.rival) == [0, 1] && larger.counts.map(\.count) == [2, 1])
        #expect(NestedSelection(rivals, isLargerBetter: false)?.test == [0.6, 0.95, 0.8])
        #expect(NestedSelection([[:], [1: Figures(validation: .nan, test: 0)]], isLargerBetter: true) == nil)
    }

    /// Twenty rivals that are all worth 0.7: the best of them looks better than it is, and what the choice is worth in rows that had no say does not.
    @Test func whatWasChosenIsWorthNoMoreThanItIs() throws {
        var numbers = SeededNumbers(seed: 1)
        var (best, honest): (Double, Double) = (0, 0)
        let experiments = 200
        for _ in 0..<experiments {
            let noise = { (numbers: inout SeededNumbers) in Double.random(in: -0.1...0.1, using: &numbers) }
            let rivals = (0..<20).map { _ in
                Dictionary(
                    uniqueKeysWithValues: (1...5).map { ($0, Figures(validation: 0.7 + noise(&numbers), test: 0.7 + noise(&numbers))) })
            }
            let nested = try #require(NestedSelection(rivals, isLargerBetter: true))
            honest += nested.test.reduce(0, +) / 5 / Double(experiments)
            best += nested.choices.map(\.figures.validation).reduce(0, +) / 5 / Double(experiments)
        }
        #expect(best > 0.78 && abs(honest - 0.7) < 0.01, "\(best), \(honest)")
    }
}
