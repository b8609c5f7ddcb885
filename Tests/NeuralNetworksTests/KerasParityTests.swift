import NeuralNetworks
import Settings
import TensorEngine
import TestSupport
import Testing

/// Ten training steps of small networks give Keras's (and PyTorch's) losses and weights, to 1e-5.
///
/// Each case runs with fused kernels and without, multi-hot inputs as sparse and as dense rows, one-hot targets as rows and as labels.
@Suite struct KerasParityTests {
    static let tolerance = 1e-5
    /// Of recurrent layers over 100 steps.
    static let toleranceOfLongSequences = 2e-5

    @Test(arguments: try Fixture.cases("networks.json"))
    func networks(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("losses.json"))
    func losses(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("optimizers.json"))
    func optimizers(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("multi_hot.json"))
    func multiHotInputs(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("more_activations.json").filter { !AbsentFromProgram.names.contains($0.name) })
    func moreActivations(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("more_losses.json").filter { !AbsentFromProgram.names.contains($0.name) })
    func moreLosses(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("more_optimizers.json").filter { !AbsentFromProgram.names.contains($0.name) })
    func moreOptimizers(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("adamax_optimizer.json"))
    func adamax(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("frozen.json"))
    func frozenLayers(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("normalization.json"))
    func normalization(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("convolution_kinds.json"))
    func kindsOfConvolution(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("convolutions.json"))
    func convolutions(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("sequences.json"))
    func sequences(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("steps.json"))
    func targetsOfSteps(_ fixture: Fixture) throws { try check(fixture) }

    /// Noise, penalties of what layers give, codes that are drawn, kernels that are used twice.
    @Test(arguments: try Fixture.cases("autoencoders.json"))
    func autoencoders(_ fixture: Fixture) throws { try check(fixture) }

    /// Under every optimizer, loss and schedule.
    @Test(arguments: try Fixture.cases("batch_norm.json"))
    func batchNormalizationEverywhere(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("penalties.json"))
    func penalties(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("clipping.json"))
    func clipping(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("schedules.json"))
    func schedules(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("class_weights.json"))
    func classWeights(_ fixture: Fixture) throws { try check(fixture) }

    @Test(arguments: try Fixture.cases("pytorch.json"))
    func pyTorch(_ fixture: Fixture) throws { try check(fixture) }

    private func check(_ fixture: Fixture) throws {
        let isSparse = fixture.batches.first?.rows != nil
        for fusing in [true, false] {
            for denseRows in isSparse ? [false, true] : [false] {
                for labels in fixture.hasOneHotTargets ? [false, true] : [false] {
                    let way = "fusing \(fusing), dense rows \(denseRows), labels \(labels)"
                    try check(fixture, tables: fixture.makeTables(denseRows: denseRows, labels: labels), fusing: fusing, way)
                }
            }
        }
    }

    private func check(_ fixture: Fixture, tables: ExampleTables, fusing: Bool, _ way: String) throws {
        let model = try makePrograms(
            fixture.makeLayers(), fixture.exampleInput(isMultiHot: tables.inputs.isMultiHot), loss: fixture.loss.make(),
            optimizer: fixture.makeOptimizer(), clipping: fixture.clipping, examples: tables, fusing: fusing)
        for tensor in fixture.initial {
            _ = try elements(tensor, model).update(fromContentsOf: tensor.values)
        }
        try checkOutput(fixture.firstOutput, fixture, model, "first output, \(way)")
        for step in fixture.losses.indices {
            let rows = fixture.rows(ofStep: step)
            let program = try model.trainingStep(batch: rows.count)
            program.run(rows: rows)
            #expect(
                isClose(Double(program.loss), fixture.losses[step], fixture),
                "loss of step \(step + 1), \(way): \(program.loss), Keras \(fixture.losses[step])")
            if step == 0 { try checkWeights(fixture.after1, fixture, model, "after step 1, \(way)") }
        }
        try checkWeights(fixture.after10, fixture, model, "after step 10, \(way)")
        try checkOutput(fixture.lastOutput, fixture, model, "last output, \(way)")
    }

    private func elements(_ tensor: Fixture.NamedTensor, _ model: SupervisedPrograms) throws -> UnsafeMutableBufferPointer<Float> {
        try model.store.elements(tensor.name.replacing(".", with: "/"), Shape(tensor.shape))
    }

    private func checkWeights(
        _ expected: [Fixture.NamedTensor], _ fixture: Fixture, _ model: SupervisedPrograms, _ when: String
    ) throws {
        for tensor in expected {
            let found = try elements(tensor, model)

            for (ours, keras) in try paired(found, tensor.values) where !isClose(Double(ours), Double(keras), fixture) {
                Issue.record("\(tensor.name) \(when): \(ours), Keras \(keras)")
                return
            }
        }
    }

    private func checkOutput(_ expected: Fixture.Tensor, _ fixture: Fixture, _ model: SupervisedPrograms, _ when: String) throws {
        let rows = fixture.rows(ofStep: 0)
        let program = try model.evaluation(batch: rows.count)
        program.run(rows: rows)
        for (ours, keras) in try paired(program.scores, expected.values) where !isClose(Double(ours), Double(keras), fixture) {
            Issue.record("\(when): \(ours), Keras \(keras)")
            return
        }
    }

    private func isClose(_ ours: Double, _ keras: Double, _ fixture: Fixture) -> Bool {
        let tolerance = fixture.name.hasSuffix("100 steps") ? Self.toleranceOfLongSequences : Self.tolerance
        return abs(ours - keras) <= tolerance * max(1, abs(keras))
    }
}
