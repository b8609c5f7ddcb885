import Metrics
import TestSupport
import Testing

/// The one rule of what outputs mean.
@Suite struct OutputMeaningTests {
    @Test(arguments: [
        (OutputMeaning.plain, [0.25], [0.75, 0.25]), (.plain, [0.2, 0.3, 0.5], [0.2, 0.3, 0.5]), (.sigmoidLogits, [0], [0.5, 0.5]),
        (.sigmoidLogits, [1.0986123], [0.25, 0.75]), (.margins, [-0.4], [0.4, -0.4]),
        (.softmaxLogits, [0.6931472, 1.7917595], [0.25, 0.75]),
        // Logits that overflow by themselves.
        (.softmaxLogits, [1000, 1000], [0.5, 0.5]),
    ])
    func aScoreForEachClass(meaning: OutputMeaning, outputs: [Float], expected: [Double]) throws {
        let scores = meaning.scoresByClass(outputs)
        for (score, expected) in try paired(scores, expected) { #expect(abs(score - expected) < 1e-6) }
    }

    @Test(arguments: [
        (OutputMeaning.plain, [0.5], 0), (.plain, [0.51], 1), (.margins, [0], 0), (.margins, [0.1], 1), (.sigmoidLogits, [0], 0),
        (.sigmoidLogits, [0.1], 1), (.plain, [0.4, 0.4, 0.2], 0), (.softmaxLogits, [-3, -1, -2], 1), (.plain, [], 0),
    ])
    func thePredictedClass(meaning: OutputMeaning, outputs: [Float], expected: Int) {
        #expect(meaning.predictedClass(outputs) == expected)
        // A part of a longer array does not begin at 0.
        #expect(meaning.predictedClass(([9] + outputs).dropFirst()) == expected)
    }

    @Test(arguments: [OutputMeaning.plain, .sigmoidLogits, .softmaxLogits])
    func aProbabilityIsTheScoreOfItsClass(meaning: OutputMeaning) {
        let cases: [[Float]] = meaning == .softmaxLogits ? [[0.1, 2, -1], [5, 5]] : [[0.3], [0.9]]
        for outputs in cases {
            let scores = meaning.scoresByClass(outputs)
            for label in scores.indices { #expect(meaning.probability(of: label, outputs) == scores[label]) }
            #expect(meaning.probability(of: scores.count, outputs).isNaN)
            #expect(meaning.probability(of: -1, outputs).isNaN)
        }
    }

    @Test func countsOfConfusionKeepWhatWasTakenForWhat() {
        var counts = ConfusionCounts(classes: 4)
        for (label, predicted) in [(0, 0), (0, 1), (0, 1), (1, 0), (2, 1), (2, 1), (2, 1), (5, 0), (0, -1)] {
            counts.add(true: label, predicted: predicted)
        }
        #expect(counts.examples == 7)
        #expect(counts[true: 2, predicted: 1] == 3 && counts[true: 1, predicted: 2] == 0 && counts[true: 0, predicted: 0] == 1)
        #expect(counts[true: 7, predicted: 7] == 0 && counts[true: 7, predicted: 0] == 0)
        #expect(counts.support(0) == 3 && counts.predicted(1) == 5)
        #expect((0..<4).map(counts.isPresent) == [true, true, true, false])
        #expect(counts.mostConfused(2).map { [$0.label, $0.predicted, $0.count] } == [[2, 1, 3], [0, 1, 2]])
        #expect(counts.accuracy == 1.0 / 7)
        #expect(ConfusionCounts(classes: 2).accuracy.isNaN)
    }
}
