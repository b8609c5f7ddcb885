import Projects
import Settings
import Testing

/// Which variants' files are let go as runs end.
@Suite struct BestVariantsTests {
    /// What becomes known in turn: a variant, its figure (nil for a run that failed), and the variant that is let go then.
    private func play(_ goal: Goal, runs: Int = 1, _ steps: [(variant: Int, figure: Double?, loser: Int?)]) -> Int? {
        var race = BestVariants(of: (0..<4).flatMap { Array(repeating: $0, count: runs) }, goal: goal)
        for (place, step) in steps.enumerated() {
            if let figure = step.figure {
                #expect(race.finished(step.variant, figure: figure) == step.loser, "step \(place)")
            } else {
                race.failed(step.variant)
            }
        }
        return race.best?.variant
    }

    @Test func theWorseOfTwoGoes() {
        #expect(play(.maximize, [(0, 0.5, nil), (1, 0.4, 1), (2, 0.6, 0), (3, 0.7, 2)]) == 3)
        #expect(play(.minimize, [(0, 0.5, nil), (1, 0.4, 0), (2, 0.6, 2), (3, 0.7, 3)]) == 1)
    }

    @Test func ofEqualOnesTheFirstStaysInWhateverOrderTheyEnd() {
        #expect(play(.maximize, [(2, 0.5, nil), (1, 0.5, 2), (3, 0.5, 3)]) == 1)
    }

    @Test func aVariantCompetesOnceAllItsRunsHaveEnded() {
        #expect(play(.maximize, runs: 2, [(0, 0.5, nil), (1, 0.9, nil), (0, 0.5, nil), (1, 0.2, 0)]) == 1)
    }

    @Test func whatDivergedGoesAndWhatFailedStays() {
        #expect(play(.minimize, [(1, .nan, 1), (0, 0.5, nil), (2, -.infinity, 2)]) == 0)
        #expect(play(.maximize, runs: 2, [(0, 0.5, nil), (0, 0.5, nil), (1, nil, nil), (1, 0.1, nil), (1, 0.1, nil)]) == 0)
    }
}
