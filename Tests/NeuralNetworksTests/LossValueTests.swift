import Foundation
import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// A loss of bare predictions with its gradient, as Keras gives them.
struct BareLoss: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let loss: Fixture.LossDescription
    let y: Fixture.Tensor?
    let labels: [Int32]?
    let predictions: Fixture.Tensor
    let mean: Double
    let gradient: Fixture.Tensor

    var testDescription: String { name }
}

/// Losses outside any training: at probabilities of 0 and 1 and at distant logits.
@Suite struct LossValueTests {
    static let cases = try? Fixture.cases("loss_values.json", of: BareLoss.self)

    @Test(arguments: (cases ?? []).filter { !AbsentFromProgram.names.contains($0.loss.kind) }, [false, true])
    func valueAndGradient(_ bare: BareLoss, fusing: Bool) throws {
        let shape = Shape(bare.predictions.shape)
        var graph = Graph()
        let rows = try graph.batchRows(shape.rows)
        let predictions = try graph.parameter("predictions", shape)
        let targets: BatchTargets
        if let labels = bare.labels {
            targets = .labels(try graph.gather(LabelTable.holding(labels), rows), classes: shape.columns)
        } else {
            let y = try #require(bare.y)
            targets = .values(try graph.gather(FloatTable.holding(y.values, columns: shape.columns), rows))
        }
        let output = try Activation.linear.apply(to: predictions, in: &graph)
        let mean = try bare.loss.make().mean(of: output, targets: targets, in: &graph)
        let gradient = try graph.gradients(of: mean, for: [predictions])[0]
        let store = ParameterStore()
        _ = try store.declare("predictions", shape).update(fromContentsOf: bare.predictions.values)
        let program = try Program.compile(graph, outputs: [mean, gradient], parameters: store, fusing: fusing)
        program.run(rows: (0..<Int32(shape.rows)).map { $0 })
        let found = Double(program.output(0)[0])
        #expect(abs(found - bare.mean) <= 1e-5 * max(1, abs(bare.mean)), "\(found), Keras \(bare.mean)")
        for (ours, keras) in try paired(program.output(1), bare.gradient.values) {
            #expect(abs(ours - keras) <= 1e-5 * max(1, abs(keras)), "\(ours), Keras \(keras)")
        }
    }

    /// The same of outputs that were stored, whatever graph made them.
    @Test(arguments: (cases ?? []).filter { !AbsentFromProgram.names.contains($0.loss.kind) })
    func storedOutputsGiveTheSameLoss(_ bare: BareLoss) throws {
        let loss = try bare.loss.make()
        let shape = Shape(bare.predictions.shape)
        var sum = try #require(loss.sum)
        let rows = (0..<Int32(shape.rows)).map { $0 }
        let outputs = bare.predictions.values.map { Float($0) }
        let targets = bare.y?.values.map { Float($0) } ?? []
        outputs.withUnsafeBufferPointer { outputs in
            rows.withUnsafeBufferPointer { rows in
                if let labels = bare.labels {
                    labels.withUnsafeBufferPointer { labels in
                        if let base = labels.baseAddress {
                            sum.add(scores: outputs, meaning: loss.outputMeaning, rows: rows, targets: .labels(base))
                        }
                    }
                } else {
                    targets.withUnsafeBufferPointer { targets in
                        if let base = targets.baseAddress {
                            sum.add(
                                scores: outputs, meaning: loss.outputMeaning, rows: rows,
                                targets: .values(base, width: shape.columns, unit: .training))
                        }
                    }
                }
            }
        }
        // At probabilities of 0 and 1 Keras holds them within 1e-7 and stored outputs tell more; training itself computes from logits there.
        let isAtTheEdge = outputs.contains { $0 < 1e-6 || $0 > 1 - 1e-6 } && !loss.fromLogits && loss.kind.demands.probabilities != nil
        let tolerance = isAtTheEdge ? Double.infinity : 1e-5 * max(1, abs(bare.mean))
        #expect(abs(sum.value - bare.mean) <= tolerance, "\(sum.value), Keras \(bare.mean)")
        #expect(sum.value.isFinite)
    }

    @Test func theFileWasRead() throws {
        let cases = try #require(Self.cases)
        #expect(cases.count >= 13)
        #expect(Set(cases.map(\.loss.kind)).intersection(AbsentFromProgram.names) == ["log_cosh", "categorical_hinge"])
    }

    /// The mean over examples of Σ over j ≠ y of max(0, s_j - s_y + 1).
    @Test func theHingeLossOfTheNotes() throws {
        let scores: [Float] = [3.2, 5.1, -1.7, 1.3, 4.9, 2.0, 2.2, 2.5, -3.1]
        let labels = [0, 1, 2]
        var graph = Graph()
        let rows = try graph.batchRows(3)
        let output = try Activation.linear.apply(to: graph.gather(FloatTable.holding(scores, columns: 3), rows), in: &graph)
        let targets = BatchTargets.labels(try graph.gather(LabelTable.holding(labels.map { Int32($0) }), rows), classes: 3)
        let loss = try LossSettings(kind: .multiclassHinge).mean(of: output, targets: targets, in: &graph)
        let program = try Program.compile(graph, outputs: [loss], parameters: ParameterStore())
        program.run(rows: [0, 1, 2])
        var sum: Float = 0
        for (example, label) in labels.enumerated() {
            for j in 0..<3 where j != label { sum += max(0, scores[example * 3 + j] - scores[example * 3 + label] + 1) }
        }
        #expect(abs(program.output(0)[0] - sum / 3) < 1e-5)
        #expect(abs(sum - (2.9 + 0 + 12.9)) < 1e-4)
    }

    @Test func targetsOfAnotherWidthAreAnError() throws {
        var graph = Graph()
        let rows = try graph.batchRows(2)
        let output = try Activation.linear.apply(to: graph.parameter("p", [2, 3]), in: &graph)
        let targets = BatchTargets.values(try graph.gather(FloatTable.holding([1, 2], columns: 1), rows))
        let error = try #require(throws: ShapeError.self) {
            try LossSettings(kind: .meanSquaredError).mean(of: output, targets: targets, in: &graph)
        }
        #expect(error.description == "loss of [2, 3] and [2, 1]: expected as many outputs as target values")
    }
}
