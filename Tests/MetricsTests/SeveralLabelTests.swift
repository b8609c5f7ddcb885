import Metrics
import Settings
import Testing

/// Figures of a target of several labels.
struct SeveralLabelTests {
    /// Four labels, the last of which no example has and no output says.
    private static let ones: [Float] = [1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0]
    private static let outputs: [Float] = [
        0.9, 0.6, 0.4, 0.1, 0.2, 0.1, 0.7, 0.1, 0.8, 0.55, 0.3, 0.1, 0.6, 0.4, 0.2, 0.1, 0.3, 0.2, 0.1, 0.5,
    ]

    /// Hits, examples with the label, examples said to have it: 2 3 3, 1 2 2, 0 1 1.
    @Test(
        arguments: [
            (Metric.binaryAccuracy(), 14.0 / 20), (.f1(.macro), (2.0 / 3 + 1.0 / 2) / 3), (.f1(.micro), 0.5), (.precision(.micro), 0.5),
            (.recall(.macro), (2.0 / 3 + 1.0 / 2) / 3), (.binaryAccuracy(threshold: 0.65), 15.0 / 20),
            // The label that no example has has no area.
            (.rocAUCMacro, (5.0 / 6 + 2.0 / 3 + 3.0 / 4) / 3), (.prAUCMacro, (11.0 / 12 + 7.0 / 12 + 1.0 / 2) / 3),
        ], [1, 2, 5])
    func countLabelByLabel(_ figure: (metric: Metric, expected: Double), batch: Int) {
        var sum = figure.metric.sum(positive: 1)
        Self.ones.withUnsafeBufferPointer { ones in
            guard let targets = ones.baseAddress else { return }
            for start in stride(from: 0, to: 5, by: batch) {
                let rows = (start..<min(start + batch, 5)).map { Int32($0) }
                Array(Self.outputs[start * 4..<min(start + batch, 5) * 4]).withUnsafeBufferPointer { scores in
                    rows.withUnsafeBufferPointer { sum.add(scores: scores, rows: $0, targets: .severalLabels(targets, labels: 4)) }
                }
            }
        }
        #expect(abs(sum.value - figure.expected) < 1e-12, "\(figure.metric.figure): \(sum.value)")
    }

    /// Logits say a label above 0.
    @Test func logitsAreProbabilitiesFirst() {
        var sum = Metric.f1(.micro).sum(positive: 1)
        let (ones, logits): ([Float], [Float]) = ([1, 0, 1, 0], [0.2, -0.1, -0.3, 0.4])
        ones.withUnsafeBufferPointer { ones in
            logits.withUnsafeBufferPointer { logits in
                guard let targets = ones.baseAddress else { return }
                [Int32(0), 1].withUnsafeBufferPointer {
                    sum.add(scores: logits, meaning: .sigmoidLogits, rows: $0, targets: .severalLabels(targets, labels: 2))
                }
            }
        }
        #expect(sum.value == 0.5)
    }
}
