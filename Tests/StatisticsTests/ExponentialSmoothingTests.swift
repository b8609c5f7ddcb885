import Statistics
import TestSupport
import Testing

@Suite struct ExponentialSmoothingTests {
    /// Worked by hand: V = 1, 2.9, 5.61 over 1 − 0.9 = 0.1, 1 − 0.81 = 0.19, 1 − 0.729 = 0.271; without correction 10, 9 + 2, 9.9 + 3.
    @Test(arguments: [
        (0.9, true, [10.0, 20, 30], [10, 2.9 / 0.19, 5.61 / 0.271]), (0.9, false, [10, 20, 30], [10, 11, 12.9]),
        (0.5, true, [1, 2, 4], [1, 1.25 / 0.75, 2.625 / 0.875]), (0.5, false, [1, 2, 4], [1, 1.5, 2.75]),
        (0, true, [3, 1, 2], [3, 1, 2]), (0, false, [3, 1, 2], [3, 1, 2]), (0.9, true, [], []),
    ])
    func averagesAreThoseWorkedByHand(factor: Double, corrects: Bool, values: [Double], expected: [Double]) throws {
        let smoothed = try #require(ExponentialSmoothing(factor: factor, correctsBias: corrects)).smoothed(values)
        for (found, right) in try paired(smoothed, expected) { #expect(abs(found - right) < 1e-12, "\(smoothed)") }
    }

    @Test(arguments: [true, false]) func aConstantStaysWhatItIs(corrects: Bool) throws {
        let smoothed = try #require(ExponentialSmoothing(factor: 0.98, correctsBias: corrects)).smoothed(Array(repeating: 7, count: 500))
        #expect(smoothed.allSatisfy { abs($0 - 7) < 1e-9 })
    }

    @Test(arguments: [true, false]) func aGapIsPassedOver(corrects: Bool) throws {
        let smoothing = try #require(ExponentialSmoothing(factor: 0.9, correctsBias: corrects))
        let smoothed = smoothing.smoothed([.nan, 10, .infinity, 20])
        #expect(smoothed[0].isNaN && smoothed[2] == .infinity)
        #expect([smoothed[1], smoothed[3]] == smoothing.smoothed([10, 20]))
    }

    @Test(arguments: [-0.1, 1, 1.5, .nan]) func otherFactorsAreRefused(factor: Double) {
        #expect(ExponentialSmoothing(factor: factor) == nil)
    }
}
