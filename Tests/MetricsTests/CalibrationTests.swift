import Metrics
import Testing

/// Bins of probabilities against scikit-learn's `calibration_curve`, of which the fixture has the bins that are not empty.
@Suite struct CalibrationTests {
    @Test(arguments: MetricTests.cases.filter { $0.expected["calibration_shares"] != nil })
    func binsAreScikitLearns(_ one: MetricTests.Case) throws {
        guard case .list(let shares)? = one.expected["calibration_shares"], case .list(let means)? = one.expected["calibration_means"],
            let labels = one.labels
        else {
            Issue.record("no curve in the fixture")
            return
        }
        var bins = CalibrationBins()
        for (output, label) in zip(one.outputs.flat, labels) { bins.add(probability: Double("\(output)") ?? .nan, isTrue: label == 1) }
        let found = bins.bins.filter { $0.examples > 0 }
        #expect(found.count == shares.count && means.count == shares.count)
        for ((bin, share), mean) in zip(zip(found, shares), means) {
            #expect(abs(bin.share - share) < 1e-6 && abs(bin.mean - mean) < 1e-6)
        }
        let expected = zip(zip(found, shares), means).reduce(0) { $0 + Double($1.0.0.examples) * abs($1.0.1 - $1.1) } / Double(labels.count)
        #expect(abs(bins.expectedError - expected) < 1e-6)
    }

    @Test func luckAloneMakesSomeError() {
        var bins = CalibrationBins()
        for place in 0..<200 { bins.add(probability: 0.55, isTrue: place % 2 == 0) }
        #expect(abs(bins.expectedError - 0.05) < 1e-12)
        // √(2 · 200 · 0.2475 / π) / 200.
        #expect(abs(bins.errorByLuck - 0.028069) < 1e-5, "\(bins.errorByLuck)")
        bins.add(probability: .nan, isTrue: true)
        #expect(bins.examples == 200)
        var twice = bins
        twice.add(bins)
        #expect(twice.examples == 400 && twice.expectedError == bins.expectedError)
    }
}
