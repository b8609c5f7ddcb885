import RandomNumbers
import Statistics
import Testing

@Suite struct BestOfManyTests {
    /// 200 variants that hit each of 1,000 examples with .85: the best looks about 2.9 standard errors of .0113 · √(1 − correlation) too good.
    @Test(arguments: [true, false]) func equalsAreSeenToBeEqual(higherIsBetter: Bool) throws {
        var (plain, corrected) = (0.0, 0.0)
        let experiments = 8
        for experiment in 0..<experiments {
            var stream = RandomStream(seed: experiment, stream: .resample, path: "test")
            let scores = (0..<50).map { _ in (0..<400).map { _ in (stream.uniform() < 0.85) == higherIsBetter ? 1.0 : 0.0 } }
            let best = try #require(BestOfMany(scores: scores, higherIsBetter: higherIsBetter, draws: 200))
            #expect(scores.allSatisfy { (higherIsBetter ? 1 : -1) * ($0.reduce(0, +) / 400 - best.plain) < 1e-12 })
            plain += best.plain / Double(experiments)
            corrected += best.corrected / Double(experiments)
        }
        let truth = higherIsBetter ? 0.85 : 0.15
        #expect(abs(plain - truth) > 0.03 && abs(corrected - truth) < 0.006, "\(plain), corrected \(corrected)")
    }

    @Test func aBestFarAheadIsWhatItLooks() throws {
        let scores = [[0.9, 0, 0.9, 0, 0.9, 0, 0.9, 0], [1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 0, 0, 0, 0]]
        let best = try #require(BestOfMany(scores: scores, higherIsBetter: true))
        #expect(best.best == 1 && best.plain == 1 && best.corrected == 1)
        #expect(try #require(BestOfMany(scores: scores, higherIsBetter: false)).best == 2)
    }

    @Test func theSameScoresGiveTheSameFigures() throws {
        let scores = (0..<5).map { variant in (0..<37).map { Double(($0 * 7 + variant * 3) % 11) } }
        let best = try #require(BestOfMany(scores: scores, higherIsBetter: true))
        #expect(best == BestOfMany(scores: scores, higherIsBetter: true))
        #expect(BestOfMany(scores: [scores[0], scores[0]], higherIsBetter: true)?.best == 0)
    }

    @Test(arguments: [[], [[1]], [[1, 2], [1]], [[1, .nan]]] as [[[Double]]]) func incompleteScoresAreRefused(scores: [[Double]]) {
        #expect(BestOfMany(scores: scores, higherIsBetter: true) == nil)
    }
}
