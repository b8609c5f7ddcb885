import NeuralNetworks
import Settings
import TensorEngine
import Testing

/// What recurrent layers drop: the same at all steps, by gates as Keras draws it.
@Suite struct RecurrentDropoutTests {
    private static let examples = 4000

    /// h of an LSTM of one unit in training, whose weights are all 1, which applies relu, and which reads a 1 at each step.
    private static func outputs(steps: Int, _ change: (inout RecurrentSettings) -> Void) throws -> [Float] {
        var settings = RecurrentSettings(units: 1)
        settings.activation = .relu
        (settings.kernelInitializer, settings.recurrentInitializer) = (.constant(1), .constant(1))
        change(&settings)
        let tables = ExampleTables(
            inputs: .dense(.holding([Float](repeating: 1, count: examples * steps), columns: steps)),
            targets: .values(.holding([Float](repeating: 0, count: examples), columns: 1)))
        let programs = try makePrograms(
            [
                .init("steps", ReshapeSettings([steps, 1])),
                .init("memory", LSTMSettings(settings, recurrentActivation: .relu, unitForgetBias: false)),
            ], .dense([steps]), loss: LossSettings(kind: .meanSquaredError), examples: tables)
        let step = try programs.trainingStep(batch: examples)
        step.run(rows: (0..<Int32(examples)).map { $0 })
        return Array(step.scores)
    }

    private static func share(of value: Float, in outputs: [Float]) -> Double {
        Double(outputs.count { $0 == value }) / Double(outputs.count)
    }

    /// After one step h = i g o, each of which is 0 or 2.
    @Test(arguments: [(0.0, 0.5), (1e-6, 0.125)])
    func inputsAreDroppedByGateWhereStepsAre(recurrentDropout: Double, share: Double) throws {
        let outputs = try Self.outputs(steps: 1) { ($0.dropout, $0.recurrentDropout) = (0.5, recurrentDropout) }
        #expect(Set(outputs) == [0, 8])
        #expect(abs(Self.share(of: 8, in: outputs) - share) < 0.03)
    }

    /// After the first step h = c = 1, and each gate of the second is 1 or 3: h = o (f + i g).
    @Test func stepsAreDroppedByGate() throws {
        let outputs = try Self.outputs(steps: 2) { $0.recurrentDropout = 0.5 }
        #expect(Set(outputs) == [2, 4, 6, 10, 12, 18, 30, 36])
        for (value, share) in [(2, 1), (4, 3), (6, 3), (10, 1), (12, 4), (18, 2), (30, 1), (36, 1)] as [(Float, Double)] {
            #expect(abs(Self.share(of: value, in: outputs) - share / 16) < 0.03, "\(value)")
        }
    }
}
