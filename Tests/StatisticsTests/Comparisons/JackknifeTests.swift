import Statistics
import Testing

@Suite struct JackknifeTests {
    /// A mean without an example is (N · mean − x) / (N − 1): its pseudo-values are the examples' own scores.
    @Test func pseudoValuesOfAMeanAreTheScores() {
        let scores = [1.0, 4, 2, 9]
        let values = Jackknife.pseudoValues(figure: 4, leavingOut: scores.map { (16 - $0) / 3 })
        for (found, expected) in zip(values, scores) { #expect(abs(found - expected) < 1e-12) }
    }

    /// Root of the mean square of 0, 3, 3: √6; without an example √9, √4.5, √4.5.
    @Test func theirMeanIsTheFigure() {
        let values = Jackknife.pseudoValues(figure: 6.0.squareRoot(), leavingOut: [3, 4.5.squareRoot(), 4.5.squareRoot()])
        #expect(abs(values.reduce(0, +) / 3 - 6.0.squareRoot()) < 1e-12)
        // Without shift: 3 √6 − 2 · 3 and 3 √6 − 2 √4.5, so apart by 2 · (3 − √4.5).
        #expect(abs(values[1] - values[0] - 2 * (3 - 4.5.squareRoot())) < 1e-12)
    }

    @Test func noExamplesHaveNone() {
        #expect(Jackknife.pseudoValues(figure: 1, leavingOut: []).isEmpty)
    }
}
