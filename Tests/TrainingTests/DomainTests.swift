import Datasets
import Experiments
import Settings
import Testing
import Training

/// Targets for which a loss has no meaning, that a last layer cannot reach, or that leave a figure undefined.
@Suite struct DomainTests {
    private static func loss(_ kind: LossKind, _ metrics: [Metric] = []) -> TrainingSettings {
        TrainingSettings(loss: LossSettings(kind: kind), metrics: metrics)
    }

    private func prepared(_ settings: TrialSettings, _ values: [Double]) throws -> PreparedTrial {
        let table = try TableOnDisk(columns: ["x", "y"], rows: values.enumerated().map { ["\($0 % 7)", "\($1)"] })
        return try withExtendedLifetime(table) { try prepare(settings, data: table.open(settings).summary) }
    }

    private func problem(_ settings: TrialSettings, _ values: [Double]) throws -> String? {
        do {
            _ = try prepared(settings, values)
            return nil
        } catch let problem as PreparationProblem { return problem.description }
    }

    private static let quarters = PartSettings(size: .first(2))

    private static let refusals: [(Settings.Scale, Activation, TrainingSettings, [Double], String)] = [
        (
            .none, .sigmoid, loss(.binaryCrossentropy), [1, 2, 1, 2, 1, 2],
            "training.loss: binary_crossentropy needs targets from 0 to 1, \"y\" has 2 in row 2 (encode the target as label or one-hot, or use mse "
                + "or mae)"
        ),
        (
            .standard, .sigmoid, loss(.binaryCrossentropy), [0, 1, 0, 1, 0, 1],
            "training.loss: binary_crossentropy needs targets from 0 to 1, \"y\" has -1 once it is scaled in row 1 (encode the target as label or "
                + "one-hot, or use mse or mae; or leave out scale)"
        ),
        (
            .none, .sigmoid, loss(.binaryCrossentropy, [.accuracy]), [0, 1, 0.5, 1, 0, 1],
            "training.metrics: accuracy needs targets of 0 and 1, \"y\" has 0.5 in row 3 (encode the target as label, or use mae, mse, rmse or r2)"
        ),
        (
            .none, .relu, loss(.meanSquaredError), [3, 2, -1, -2, 0, 4],
            "model.layers[0].activation: relu gives 0 or more and cannot reach the targets: \"y\" has -2 in row 4 (end the network in linear, or "
                + "write scale: min-max)"
        ),
        (
            .none, .relu, loss(.meanSquaredError), [3, 2, -0x1p63, 0, 0, 4],
            "model.layers[0].activation: relu gives 0 or more and cannot reach the targets: \"y\" has -9.223372e+18 in row 3 (end the network in "
                + "linear, or write scale: min-max)"
        ),
        (
            .none, .tanh, loss(.meanAbsoluteError), [0.5, -0.5, 3, 1, 0, 0],
            "model.layers[0].activation: tanh gives numbers between -1 and 1 and cannot reach the targets: \"y\" has 3 in row 3 (end the network "
                + "in linear, or write scale: min-max)"
        ),
        (
            .none, .elu, loss(.huber), [0, -1.5, 3, 1, 0, 0],
            "model.layers[0].activation: elu gives numbers above -1 and cannot reach the targets: \"y\" has -1.5 in row 2 (end the network in linear, "
                + "or write scale: min-max)"
        ),
    ]

    @Test(arguments: refusals.indices)
    func targetsOutsideTheDomainAreRefused(index: Int) throws {
        let (scale, activation, training, values, expected) = Self.refusals[index]
        let settings = TrialSettings.of(target: .numeric(scale: scale), layers: [.dense(1, activation)], training: training)
        #expect(try problem(settings, values) == expected)
    }

    @Test(arguments: [
        (Settings.Scale.none, Activation.sigmoid, loss(.binaryCrossentropy, [.accuracy]), [0, 1, 1, 0, 1, 0]),
        (.none, .sigmoid, loss(.binaryCrossentropy, [.mae]), [0, 0.25, 1, 0, 1, 0]),
        (.minMax, .sigmoid, loss(.meanSquaredError), [3, 9, -4, 0, 0, 0]),
        (.none, .relu, loss(.meanSquaredError), [0, 0.25, 1, 0, 1, 7]), (.none, .tanh, loss(.meanSquaredError), [-1, 0.25, 1, 0, 1, 0]),
        (.standard, .linear, loss(.meanSquaredError), [0, 0.25, 1, 0, 1, 0]),
        (.none, .leakyRelu(), loss(.meanSquaredError), [-9, 0, 1, 0, 1, 0]),
    ])
    func targetsWithinItAreTaken(scale: Settings.Scale, activation: Activation, training: TrainingSettings, values: [Double]) throws {
        let settings = TrialSettings.of(target: .numeric(scale: scale), layers: [.dense(1, activation)], training: training)
        #expect(try prepared(settings, values).notices == [])
    }

    @Test func targetsThatOnlyOtherRowsHaveAreTold() throws {
        let settings = TrialSettings.of(
            target: .numeric(scale: .minMax), layers: [.dense(1, .sigmoid)], training: Self.loss(.meanSquaredError), test: Self.quarters)
        #expect(
            try prepared(settings, [9, 5, 1, 2, 5, 3]).notices == [
                "\"y\" has 2 once it is scaled in row 1, which does not train: sigmoid gives numbers between 0 and 1 and cannot reach it."
            ])
    }

    @Test(arguments: [Settings.Scale.none, .standard, .minMax])
    func sharesOfTargetsThatAreZeroAreTold(scale: Settings.Scale) throws {
        let settings = TrialSettings.of(
            target: .numeric(scale: scale), layers: [.dense(1)], training: Self.loss(.meanSquaredError, [.mape]),
            validation: .part(Self.quarters))
        #expect(
            try prepared(settings, [9, 5, 0, 2, 5, 3]).notices == [
                "mape divides by the target, and \"y\" goes from 0 to 9: a row at 0, or near it, decides the figure alone. mae does not divide."
            ])
        #expect(try prepared(settings, [9, 5, 1, 2, 5, 3]).notices == [])
    }

    @Test func aSoftmaxUnderBinaryCrossentropyIsTold() throws {
        let blobs = try Blobs.table()
        var settings = Blobs.settings()
        settings.training.loss = LossSettings(kind: .binaryCrossentropy)
        let notices = try withExtendedLifetime(blobs) { try prepare(settings, data: blobs.open(settings).summary).notices }
        #expect(notices.count == 1 && notices[0].hasPrefix("binary_crossentropy judges each of the 3 numbers of the softmax by itself;"))
    }

    @Test func aSingleRowHasNoR2() throws {
        var settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(1)], training: Self.loss(.meanSquaredError, [.r2]),
            validation: .folds(count: 6, kind: .contiguous, seed: 0))
        #expect(
            try prepared(settings, [1, 5, 2, 4, 3, 6]).notices == [
                "val_r2 is not defined: the validation row of fold 1 is the only one; nor is it in 5 more folds."
            ])
        settings.training.earlyStopping = EarlyStoppingSettings(monitor: "val_r2", goal: .maximize)
        #expect(
            try problem(settings, [1, 5, 2, 4, 3, 6])
                == "training.early_stopping.monitor: val_r2 is not defined: the validation row of fold 1 is the only one "
                + "(use val_loss, or give the part two rows at least)")
    }
}
