import Statistics
import TestSupport
import Testing

@Suite struct HolmTests {
    /// By hand: in order .01, .02, .03, .04 times 4, 3, 2, 1 is .04, .06, .06, .04, and none falls below one before it.
    @Test(
        arguments: [
            ([0.03, 0.01, 0.04, 0.02], [0.06, 0.04, 0.06, 0.06]), ([0.01], [0.01]), ([], []), ([0.6, 0.7], [1, 1]),
            ([0.02, nil, 0.03], [0.04, nil, 0.04]), ([nil], [nil]), ([0.01, .nan], [0.01, nil]),
        ] as [([Double?], [Double?])])
    func adjustedValuesAreThoseWorkedByHand(p: [Double?], expected: [Double?]) throws {
        for (found, right) in try paired(Holm.adjusted(p), expected) {
            #expect(found == right || abs((found ?? .nan) - (right ?? .nan)) < 1e-15)
        }
    }

    /// Of .001, .04, .02, .03 the first passes at .05 / 4; .02 fails at .05 / 3 and ends it.
    @Test func levelsStepDownToTheFirstThatFails() throws {
        let levels = Holm.levels([0.001, 0.04, 0.02, nil, 0.03])
        let expected = [0.05 / 4, 0.05 / 3, 0.05 / 3, nil, 0.05 / 3]
        #expect(levels == expected)
        #expect(Holm.levels([0.01, 0.02], level: 0.05) == [0.025, 0.05])
    }

    /// An interval of confidence 1 − level excludes 0 where p ≤ level: as Holm decides.
    @Test func levelsAndAdjustedValuesDecideAlike() {
        let steps = [0.0004, 0.004, 0.012, 0.0124, 0.013, 0.016, 0.024, 0.026, 0.04, 0.06, 0.5]
        for a in steps {
            for b in steps {
                for c in steps {
                    for d in steps {
                        let p: [Double?] = [a, b, c, d]
                        let byLevel = zip(p, Holm.levels(p)).map { ($0 ?? 1) <= ($1 ?? 0) }
                        #expect(byLevel == Holm.adjusted(p).map { ($0 ?? 1) <= 0.05 })
                    }
                }
            }
        }
    }
}
