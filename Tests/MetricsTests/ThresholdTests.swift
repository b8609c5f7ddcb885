import Metrics
import Settings
import Testing

/// Two classes told apart by a threshold, against scikit-learn.
@Suite struct ThresholdTests {
    private static let cases = MetricTests.cases.filter { $0.expected["best_f1"] != nil }
    private static let metrics: [Metric] = [
        .accuracy, .balancedAccuracy, .cohenKappa, .matthewsCorrelation, .precision(), .recall(), .f1(),
    ]

    private func value(
        _ metric: Metric, _ one: MetricTests.Case, outputs: [Float]? = nil, width: Int = 1, positive: Int, at threshold: Double?
    ) -> Double {
        MetricTests().value(
            metric, outputs ?? one.outputs.flat, width: width, labels: one.labels, positive: positive, threshold: threshold)
    }

    @Test(arguments: cases, [0, 1])
    func figuresAtAThresholdAreScikitLearns(_ one: MetricTests.Case, positive: Int) {
        for metric in Self.metrics {
            guard case .number(let expected)? = one.expected["\(metric.figure)\(positive == 0 ? "_of_first" : "")_above_0.3"] else {
                Issue.record("\(metric.figure) is not in the fixture")
                continue
            }
            let found = value(metric, one, positive: positive, at: 0.3)
            #expect(abs(found - expected) < 1e-6, "\(metric.figure) \(found), expected \(expected)")
            // A softmax over both classes says the same.
            let both = one.outputs.flat.flatMap { [1 - $0, $0] }
            if positive == 1 { #expect(value(metric, one, outputs: both, width: 2, positive: positive, at: 0.3) == found) }
        }
    }

    @Test(arguments: cases)
    func thePositiveClassHasAnAreaOfItsOwn(_ one: MetricTests.Case) {
        guard case .number(let expected)? = one.expected["average_precision_of_first"] else { return }
        #expect(abs(value(.prAUC, one, positive: 0, at: nil) - expected) < 1e-6)
    }

    private func chosen(_ one: MetricTests.Case, _ criterion: ThresholdCriterion, positive: Int = 1) -> Double? {
        let rows = one.outputs.flat.indices.map(Int32.init)
        return one.outputs.flat.withUnsafeBufferPointer { scores in
            rows.withUnsafeBufferPointer { rows in
                (one.labels ?? []).withUnsafeBufferPointer { labels in
                    labels.baseAddress.flatMap {
                        ClassThreshold(of: positive, by: criterion, scores: scores, meaning: .plain, rows: rows, targets: .labels($0))?
                            .probability
                    }
                }
            }
        }
    }

    @Test(arguments: cases)
    func theChosenOneIsAsGoodAsAny(_ one: MetricTests.Case) throws {
        guard case .number(let f1)? = one.expected["best_f1"], case .number(let youden)? = one.expected["best_youden"] else { return }
        let byF1 = try #require(chosen(one, .f1))
        #expect(abs(value(.f1(), one, positive: 1, at: byF1) - f1) < 1e-6)
        let byYouden = try #require(chosen(one, .youden))
        #expect(abs(2 * value(.balancedAccuracy, one, positive: 1, at: byYouden) - 1 - max(youden, 0)) < 1e-6)
    }

    /// Half-way between the scores, and of equally good ones the nearest to one half.
    @Test func itLiesBetweenScores() {
        func one(_ outputs: [Float], _ labels: [Int32]) -> MetricTests.Case {
            MetricTests.Case(name: "", task: "binary", labels: labels, targets: nil, outputs: .numbers(outputs), expected: [:])
        }
        #expect(chosen(one([0.125, 0.25, 0.5, 0.75], [0, 0, 1, 1]), .f1) == 0.375)
        #expect(chosen(one([0.125, 0.25, 0.5, 0.75], [0, 0, 1, 1]), .f1, positive: 0) == 0.625)
        // As good above 0.625 as above 0.125.
        #expect(chosen(one([0.0, 0.25, 0.5, 0.75], [0, 1, 0, 1]), .youden) == 0.625)
        #expect(chosen(one([0.5, 0.75], [1, 1]), .f1) == nil)
        #expect(chosen(one([.nan, 0.75], [0, 1]), .f1) == nil)
    }
}
