import Metrics
import Settings
import Testing

/// Figures taken apart by examples: the parts' mean is the figure, and where the figure is no mean they are jackknife pseudo-values.
@Suite struct ContributionTests {
    private static let metrics: [Metric] = [
        .accuracy, .binaryAccuracy(), .topKAccuracy(k: 2), .rocAUC, .logLoss, .mae, .mse, .rmse, .r2, .f1(.positive), .f1(.macro),
        .f1(.micro),
        .precision(.macro), .recall(.positive), .balancedAccuracy, .matthewsCorrelation, .cohenKappa, .brierScore, .mape, .prAUC,
        .rocAUCMacro,
        .prAUCMacro,
    ]

    private func withTargets<Result>(_ one: MetricTests.Case, _ body: (MetricTargets) -> Result) -> Result? {
        if let labels = one.labels { return labels.withUnsafeBufferPointer { $0.baseAddress.map { body(.labels($0)) } } }
        let targets = one.targets?.flatMap { $0 } ?? []
        return targets.withUnsafeBufferPointer {
            $0.baseAddress.map { body(.values($0, width: one.outputs.width, unit: TargetUnit(divisor: 3))) }
        }
    }

    /// The figure of some of the examples.
    private func value(_ metric: Metric, _ one: MetricTests.Case, rows: [Int32]) -> Double {
        let width = one.outputs.width
        let outputs = rows.flatMap { one.outputs.flat[Int($0) * width..<(Int($0) + 1) * width] }
        return withTargets(one) { targets in
            var sum = metric.sum(positive: 1)
            outputs.withUnsafeBufferPointer { outputs in
                rows.withUnsafeBufferPointer { sum.add(scores: outputs, rows: $0, targets: targets) }
            }
            return sum.value
        } ?? .nan
    }

    private func contributions(_ metric: Metric, _ one: MetricTests.Case, rows: [Int32]) -> [Double] {
        withTargets(one) { targets in
            one.outputs.flat.withUnsafeBufferPointer { outputs in
                rows.withUnsafeBufferPointer { metric.sum(positive: 1).contributions(scores: outputs, rows: $0, targets: targets) }
            }
        } ?? []
    }

    @Test(arguments: MetricTests.cases)
    func theirMeanIsTheFigureAndTheyAreWhatLeavingOutChanges(_ one: MetricTests.Case) {
        let rows = (0..<Int32(one.outputs.flat.count / one.outputs.width)).map { $0 }
        var compared = 0
        for metric in Self.metrics {
            let figure = value(metric, one, rows: rows)
            let found = contributions(metric, one, rows: rows)
            guard found.count == rows.count, found.allSatisfy(\.isFinite), figure.isFinite else { continue }
            let scale = max(abs(figure), 1)
            #expect(abs(found.reduce(0, +) / Double(rows.count) - figure) < 1e-9 * scale, "\(metric)")
            // N θ − (N − 1) θ₋ᵢ, but for a shift that is the same for all: so differences of two examples are those of their figures left out.
            let without = rows.prefix(12).map { row in value(metric, one, rows: rows.filter { $0 != row }) }
            guard without.allSatisfy(\.isFinite) else { continue }
            for place in without.indices.dropFirst() {
                let expected = Double(rows.count - 1) * (without[0] - without[place])
                #expect(abs(found[place] - found[0] - expected) < 1e-6 * scale * Double(rows.count), "\(metric), example \(place)")
            }
            compared += 1
        }
        #expect(compared >= 4)
    }

    @Test func aHitIsOneAndAMissNothing() {
        let found = [Float](arrayLiteral: 0.9, 0.1, 0.2, 0.8, 0.6, 0.4).withUnsafeBufferPointer { outputs in
            [Int32](arrayLiteral: 0, 1, 2).withUnsafeBufferPointer { rows in
                [Int32](arrayLiteral: 0, 1, 1).withUnsafeBufferPointer { labels in
                    labels.baseAddress.map {
                        Metric.accuracy.sum(positive: 1).contributions(scores: outputs, rows: rows, targets: .labels($0))
                    }
                }
            }
        }
        #expect(found == [1, 1, 0])
    }

    @Test func oneClassHasNoArea() {
        let found = [Float](arrayLiteral: 0.9, 0.1).withUnsafeBufferPointer { outputs in
            [Int32](arrayLiteral: 0, 1).withUnsafeBufferPointer { rows in
                [Int32](arrayLiteral: 1, 1).withUnsafeBufferPointer { labels in
                    labels.baseAddress.map {
                        Metric.rocAUC.sum(positive: 1).contributions(scores: outputs, rows: rows, targets: .labels($0))
                    }
                }
            }
        }
        #expect(found?.allSatisfy(\.isNaN) == true)
    }
}
