import Foundation
import Metrics
import Settings
import Testing

/// Metrics against scikit-learn's figures of the same predictions.
@Suite struct MetricTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let task: String
        let labels: [Int32]?
        let targets: [[Float]]?
        let outputs: Outputs
        let expected: [String: Expected]

        var testDescription: String { name }
    }

    /// A row an example, or one number.
    enum Outputs: Decodable, Sendable {
        case rows([[Float]])
        case numbers([Float])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let rows = try? container.decode([[Float]].self) {
                self = .rows(rows)
            } else {
                self = .numbers(try container.decode([Float].self))
            }
        }

        var flat: [Float] {
            switch self {
            case .rows(let rows): rows.flatMap { $0 }
            case .numbers(let numbers): numbers
            }
        }

        var width: Int {
            if case .rows(let rows) = self { rows.first?.count ?? 0 } else { 1 }
        }
    }

    /// A figure, or something that no metric of ours gives.
    enum Expected: Decodable, Sendable {
        case number(Double)
        case table([[Int]])
        case list([Double])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else if let table = try? container.decode([[Int]].self) {
                self = .table(table)
            } else {
                self = .list(try container.decode([Double].self))
            }
        }
    }

    private struct File: Decodable { let cases: [Case] }

    static let cases: [Case] = {
        do {
            let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/metrics.json")
            return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
        } catch {
            Issue.record("metrics.json cannot be read: \(error)")
            return []
        }
    }()

    /// By the names that the fixture has for them.
    private static let metrics: [(name: String, metric: Metric)] =
        [
            ("accuracy", .accuracy), ("binary_accuracy", .binaryAccuracy()), ("roc_auc", .rocAUC), ("log_loss", .logLoss),
            ("mae", .mae), ("mape", .mape), ("mse", .mse), ("rmse", .rmse), ("r2", .r2), ("balanced_accuracy", .balancedAccuracy),
            ("matthews_correlation", .matthewsCorrelation), ("cohen_kappa", .cohenKappa), ("brier_score", .brierScore),
            ("average_precision", .prAUC), ("roc_auc_one_against_rest", .rocAUCMacro),
            ("average_precision_one_against_rest", .prAUCMacro),
        ] + (1...9).map { ("top_\($0)_accuracy", .topKAccuracy(k: $0)) }
        + [("", ClassAverage.positive), ("_macro", .macro), ("_micro", .micro)].flatMap { suffix, average -> [(String, Metric)] in
            [("precision" + suffix, .precision(average)), ("recall" + suffix, .recall(average)), ("f1" + suffix, .f1(average))]
        }

    /// The figure of a metric over all examples, in batches.
    func value(
        _ metric: Metric, _ outputs: [Float], width: Int, labels: [Int32]? = nil, targets: [Float] = [], unit: TargetUnit = .training,
        meaning: OutputMeaning = .plain, positive: Int = 1, threshold: Double? = nil, batch: Int = 7
    ) -> Double {
        var sum = metric.sum(positive: positive, threshold: threshold)
        let rows = (0..<Int32(outputs.count / width)).map { $0 }
        (labels ?? []).withUnsafeBufferPointer { labelBuffer in
            targets.withUnsafeBufferPointer { targetBuffer in
                outputs.withUnsafeBufferPointer { outputs in
                    rows.withUnsafeBufferPointer { rows in
                        for start in stride(from: 0, to: rows.count, by: batch) {
                            let end = min(start + batch, rows.count)
                            let read: MetricTargets
                            if labels != nil, let base = labelBuffer.baseAddress {
                                read = .labels(base)
                            } else if let base = targetBuffer.baseAddress {
                                read = .values(base, width: width, unit: unit)
                            } else {
                                return
                            }
                            sum.add(
                                scores: UnsafeBufferPointer(rebasing: outputs[start * width..<end * width]), meaning: meaning,
                                rows: UnsafeBufferPointer(rebasing: rows[start..<end]), targets: read)
                        }
                    }
                }
            }
        }
        return sum.value
    }

    private func value(_ metric: Metric, of one: Case, batch: Int = 7) -> Double {
        value(
            metric, one.outputs.flat, width: one.outputs.width, labels: one.labels, targets: one.targets?.flatMap { $0 } ?? [],
            batch: batch)
    }

    @Test func theFileWasRead() { #expect(Self.cases.count >= 15) }

    @Test(arguments: cases, [1, 7, 1000])
    func agreesWithScikitLearn(_ one: Case, batch: Int) {
        var compared = 0
        for (name, metric) in Self.metrics {
            guard case .number(let expected)? = one.expected[name] else { continue }
            let found = value(metric, of: one, batch: batch)
            #expect(abs(found - expected) <= 1e-6 * max(1, abs(expected)), "\(name) \(found), expected \(expected)")
            compared += 1
        }
        #expect(compared >= 4)
    }

    @Test(arguments: cases.filter { $0.task != "values" })
    func countsConfusionAsScikitLearn(_ one: Case) {
        guard case .table(let expected)? = one.expected["confusion"], let labels = one.labels else {
            Issue.record("no confusion in the fixture")
            return
        }
        var counts = ConfusionCounts(classes: expected.count)
        let width = one.outputs.width
        for (place, label) in labels.enumerated() {
            counts.add(
                true: Int(label), predicted: OutputMeaning.plain.predictedClass(one.outputs.flat[place * width..<(place + 1) * width]))
        }
        for label in expected.indices {
            for predicted in expected.indices { #expect(counts[true: label, predicted: predicted] == expected[label][predicted]) }
        }
        guard case .list(let precision)? = one.expected["precision_by_class"], case .list(let f1)? = one.expected["f1_by_class"] else {
            return
        }
        for label in expected.indices {
            #expect(abs(counts.precision(label) - precision[label]) < 1e-12)
            #expect(abs(counts.f1(label) - f1[label]) < 1e-12)
        }
    }

    @Test(arguments: cases.filter { $0.task == "classes" })
    func logitsGiveTheFiguresOfTheirProbabilities(_ one: Case) {
        let logits = one.outputs.flat.map { log($0) + 3 }
        for metric in [Metric.logLoss, .accuracy, .topKAccuracy(k: 2), .f1(.macro)] {
            let fromLogits = value(metric, logits, width: one.outputs.width, labels: one.labels, meaning: .softmaxLogits)
            #expect(abs(fromLogits - value(metric, of: one)) < 1e-5, "\(metric)")
        }
    }

    @Test(arguments: [
        (Metric.accuracy, 0.75), (.precision(), 1), (.recall(), 0.5), (.f1(), 2.0 / 3), (.rocAUC, 1),
    ])
    func marginsAreSplitAtZero(metric: Metric, expected: Double) {
        // Under hinge 0.2 says the second class, which as a probability it would not.
        let found = value(metric, [0.2, -0.1, -0.3, -2], width: 1, labels: [1, 1, 0, 0], meaning: .margins)
        #expect(abs(found - expected) < 1e-12)
    }

    @Test func twoLogitsAreRankedByTheirDifference() {
        // The second logit alone would rank the second example first.
        let logits: [Float] = [0, 1, 5, 2, -3, -1]
        #expect(value(.rocAUC, logits, width: 2, labels: [1, 0, 1], meaning: .softmaxLogits) == 1)
    }

    @Test func errorsAreInTheTargetsOwnUnit() {
        let outputs: [Float] = [0.5, 1]
        let targets: [Float] = [0, 1]
        #expect(value(.mae, outputs, width: 1, targets: targets, unit: TargetUnit(divisor: 10)) == 2.5)
        #expect(value(.mse, outputs, width: 1, targets: targets, unit: TargetUnit(divisor: 10)) == 12.5)
        #expect(value(.rmse, outputs, width: 1, targets: targets, unit: TargetUnit(divisor: 10)) == 12.5.squareRoot())
        #expect(value(.r2, outputs, width: 1, targets: targets, unit: TargetUnit(divisor: 10)) == 0.5)
        // Targets 30 and 40, off by 5 and 0.
        #expect(abs(value(.mape, outputs, width: 1, targets: targets, unit: TargetUnit(shift: 30, divisor: 10)) - 5.0 / 30 / 2) < 1e-12)
        // A third in 32 bits, scaled back, is not quite the 0 that it was.
        #expect(value(.mape, [0], width: 1, targets: [1 / 3], unit: TargetUnit(shift: -1, divisor: 3)) > 1e15)
    }

    /// As scikit-learn has them of the numbers that the logarithms are of: 100, 400 and 200 should be 200, 400 and 250.
    @Test func logarithmsAreUndoneBeforeErrorsAreTaken() {
        for logarithm in Logarithm.allCases {
            let unit = TargetUnit(shift: 1, divisor: 2, logarithm: logarithm)
            func scaled(_ numbers: [Double]) -> [Float] { numbers.map { Float((logarithm($0) - 1) / 2) } }
            let (outputs, targets) = (scaled([100, 400, 200]), scaled([200, 400, 250]))
            let expected: [(Metric, Double)] = [
                (.mae, 50), (.mse, 12_500 / 3), (.rmse, (12_500 / 3.0).squareRoot()), (.r2, 1 - 12_500 / (65_000 / 3.0)),
            ]
            for (metric, figure) in expected {
                let found = value(metric, outputs, width: 1, targets: targets, unit: unit)
                #expect(abs(found - figure) < 1e-4 * abs(figure), "\(metric) of \(logarithm): \(found)")
            }
        }
    }

    /// As scikit-learn: of three classes, the last neither occurs nor is predicted; then it is predicted, and counts with 0.
    @Test func macroAveragesLeaveOutClassesThatAreNotThere() {
        let outputs: [Float] = [0.9, 0.1, 0, 0.2, 0.8, 0, 0.3, 0.7, 0]
        #expect(value(.recall(.macro), outputs, width: 3, labels: [0, 1, 0]) == 0.75)
        #expect(value(.precision(.macro), outputs, width: 3, labels: [0, 1, 0]) == 0.75)
        #expect(abs(value(.f1(.macro), outputs, width: 3, labels: [0, 1, 0]) - 2 / 3.0) < 1e-15)
        let other: [Float] = [0.9, 0.1, 0, 0.2, 0.8, 0, 0.3, 0, 0.7]
        #expect(abs(value(.recall(.macro), other, width: 3, labels: [0, 1, 0]) - 0.5) < 1e-15)
    }

    @Test func figuresWithoutMeaningAreNoNumbers() {
        #expect(value(.rocAUC, [0.1, 0.9], width: 1, labels: [1, 1]).isNaN)
        #expect(value(.rocAUC, [.nan, 0.9], width: 1, labels: [0, 1]).isNaN)
        #expect(value(.logLoss, [.nan, 0.9], width: 1, labels: [0, 1]).isNaN)
        for metric in [Metric.prAUC, .prAUCMacro, .rocAUCMacro, .matthewsCorrelation, .cohenKappa] {
            #expect(value(metric, [0.1, 0.9], width: 1, labels: [1, 1]).isNaN, "\(metric)")
        }
        #expect(value(.balancedAccuracy, [0.1, 0.9], width: 1, labels: [1, 1]) == 0.5)
        #expect(value(.brierScore, [.nan, 0.9], width: 1, labels: [0, 1]).isNaN)
        #expect(value(.matthewsCorrelation, [0.8, 0.9], width: 1, labels: [0, 1]) == 0)
        #expect(value(.topKAccuracy(k: 2), [.nan, .nan, .nan], width: 3, labels: [1]) == 0)
        #expect(Metric.f1(.macro).sum(positive: 1).value.isNaN)
    }
}
