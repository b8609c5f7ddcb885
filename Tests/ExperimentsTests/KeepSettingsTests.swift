import Experiments
import Testing

/// Of which runs weights and predictions are kept where the file does not say.
@Suite struct KeepSettingsTests {
    @Test(arguments: [
        (true, 0.9e9, 9e9, KeepSettings.Share.all, KeepSettings.Share.all), (true, 1.1e9, 9e9, .best, .all),
        (true, 36e9, 11e9, .best, .best), (false, 36e9, 11e9, .all, .all),
    ]) func largeSweepsKeepTheBest(
        isSweep: Bool, weights: Double, predictions: Double, keptWeights: KeepSettings.Share, keptPredictions: KeepSettings.Share
    ) {
        let shares = KeepSettings().shares(isSweep: isSweep, weightBytes: weights, predictionBytes: predictions)
        #expect(shares.weights == keptWeights && shares.predictions == keptPredictions)
    }

    @Test func whatTheFileSaysCounts() {
        let shares = KeepSettings(weights: .all, predictions: KeepSettings.Share.none).shares(
            isSweep: true, weightBytes: 36e9, predictionBytes: 1)
        #expect(shares.weights == .all && shares.predictions == KeepSettings.Share.none)
    }

    /// It decides no result.
    @Test func itIsNoPartOfATrial() throws {
        let plain = try load(base)
        let kept = try load(base + "keep: {weights: none, predictions: best}\n")
        #expect(kept.keep == KeepSettings(weights: KeepSettings.Share.none, predictions: .best) && plain.keep == KeepSettings())
        #expect(kept.variants.map(\.trial) == plain.variants.map(\.trial))
    }
}
