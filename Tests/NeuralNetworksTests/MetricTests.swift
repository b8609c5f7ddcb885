import NeuralNetworks
import Testing

/// Outputs and targets with their figures, as scikit-learn gives them.
struct MetricCase: Decodable, Sendable, CustomTestStringConvertible {
    /// A number, or a row of numbers.
    enum Row: Decodable, Sendable {
        case one(Double)
        case many([Double])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .one(number)
            } else {
                self = .many(try container.decode([Double].self))
            }
        }

        var numbers: [Float] {
            switch self {
            case .one(let number): [Float(number)]
            case .many(let numbers): numbers.map { Float($0) }
            }
        }
    }

    struct Expected: Decodable, Sendable {
        let accuracy: Double?
        let mse: Double?
        let mae: Double?
    }

    let name: String
    let task: String
    let labels: [Int32]?
    let targets: [Row]?
    let outputs: [Row]
    let expected: Expected

    var testDescription: String { name }
}

/// Figures over batches, whatever their sizes.
@Suite struct MetricTests {
    static let cases = try? Fixture.cases("metrics.json", of: MetricCase.self)

    private func value(_ metric: Metric, _ outputs: [Float], width: Int, targets: MetricTargets, batch: Int) -> Double {
        var sum = MetricSum(metric)
        let count = outputs.count / width
        let rows = (0..<Int32(count)).map { $0 }
        outputs.withUnsafeBufferPointer { outputs in
            rows.withUnsafeBufferPointer { rows in
                for start in stride(from: 0, to: count, by: batch) {
                    let part = start..<min(start + batch, count)
                    sum.add(
                        scores: UnsafeBufferPointer(rebasing: outputs[part.lowerBound * width..<part.upperBound * width]),
                        rows: UnsafeBufferPointer(rebasing: rows[part]), targets: targets)
                }
            }
        }
        return sum.value
    }

    @Test(arguments: cases ?? [], [1, 7, 1000])
    func figuresAgreeWithScikitLearn(_ fixture: MetricCase, batch: Int) throws {
        let width = try #require(fixture.outputs.first).numbers.count
        let outputs = fixture.outputs.flatMap(\.numbers)
        if let labels = fixture.labels {
            try labels.withUnsafeBufferPointer { labels in
                let start = try #require(labels.baseAddress)
                let found = value(.accuracy, outputs, width: width, targets: .labels(start), batch: batch)
                #expect(abs(found - (try #require(fixture.expected.accuracy))) < 1e-12)
            }
        } else {
            let targets = try #require(fixture.targets).flatMap(\.numbers)
            try targets.withUnsafeBufferPointer { targets in
                let start = try #require(targets.baseAddress)
                for unit in [1.0, 2.5] {
                    let wanted = MetricTargets.values(start, width: width, unit: unit)
                    let mae = value(.meanAbsoluteError, outputs, width: width, targets: wanted, batch: batch)
                    let mse = value(.meanSquaredError, outputs, width: width, targets: wanted, batch: batch)
                    let expected = fixture.expected
                    #expect(abs(mae - (try #require(expected.mae)) * unit) < 1e-5 * max(1, mae))
                    #expect(abs(mse - (try #require(expected.mse)) * unit * unit) < 1e-5 * max(1, mse))
                }
            }
        }
    }

    @Test func theFileWasRead() throws { #expect(try #require(Self.cases).count >= 15) }

    @Test func nothingHasNoMean() { #expect(MetricSum(.accuracy).value.isNaN) }
}
