import Datasets
import Experiments
import Settings
import TestSupport
import Testing
import Training

/// Runs of two networks that learn against each other.
@Suite struct AdversarialTrainingTests {
    static func settings(
        _ loss: LossSettings = LossSettings(kind: .nonSaturating), epochs: Int = 4, conditional: Bool = false,
        change: (inout TrialSettings) -> Void = { _ in }
    ) -> TrialSettings {
        var settings = TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]), target: .inputsAsTarget, labels: "y",
            split: SplitSettings(test: PartSettings(size: .first(15)), validation: .part(PartSettings(size: .first(20)))),
            model: ModelSettings(
                layers: [.dense(8, .relu), .dense(2, .linear)].map { LayerSettings(kind: $0) },
                opponent: OpponentSettings(
                    noise: 3, isConditional: conditional, layers: [.dense(8, .relu), .dense(1, .linear)].map { LayerSettings(kind: $0) })),
            training: TrainingSettings(
                loss: loss, optimizer: .adam(AdamSettings(learningRate: 0.01, beta1: 0.5)), batchSize: 16, epochs: epochs))
        change(&settings)
        return settings
    }

    private func run(_ settings: TrialSettings, start: RunStart = RunStart(), keeper: (any StateKeeper)? = nil) throws -> RunResult {
        let data = try Blobs.table().open(settings)
        return try train(prepare(settings, data: data.summary), on: data, seed: 2, from: start, keeper: keeper)
    }

    @Test func figuresOfBothSidesAreTold() throws {
        let settings = Self.settings()
        let result = try run(settings)
        #expect(
            result.history.first?.figures.map(\.name) == [
                "loss", "discriminator_loss", "real_output", "generated_output", "val_real_output",
            ])
        #expect(result.history.allSatisfy { $0.figures.allSatisfy { $0.value.isFinite } })
        let outputs = ["real_output", "generated_output", "val_real_output", "test_real_output"].map { result.figure($0) ?? -1 }
        #expect(outputs.allSatisfy { (0...1).contains($0) })
        #expect(result.predictions.isEmpty)
        // What the settings promise is what the run tells.
        #expect(Set(Figures(of: settings).all) == Set(result.figures.map(\.name)))
        #expect(
            result.weights.map(\.name) == [
                "generator/layer_1/kernel", "generator/layer_1/bias", "generator/output/kernel", "generator/output/bias",
                "discriminator/layer_1/kernel", "discriminator/layer_1/bias", "discriminator/output/kernel", "discriminator/output/bias",
            ])
        #expect(result.parameters == 3 * 8 + 8 + 8 * 2 + 2 + 2 * 8 + 8 + 8 + 1)
    }

    /// Three blobs at a distance of some 3 from each other: what is made comes to lie among them.
    @Test func madeExamplesComeToLieWhereRealOnesDo() throws {
        let settings = Self.settings(epochs: 150)
        let result = try run(settings)
        let made = try #require(result.pictures.last).numbers
        let means = [0, 1].map { axis in
            stride(from: axis, to: made.count, by: 2).reduce(0) { $0 + Double(made[$1]) } / Double(made.count / 2)
        }
        #expect(made.count { abs($0) > 6 } * 100 < made.count && means.allSatisfy { abs($0) < 2.5 }, "\(means)")
    }

    @Test func examplesAreKeptByEpochFromTheSameNoise() throws {
        let result = try run(Self.settings(epochs: 6, conditional: true))
        #expect(result.pictures.map(\.epoch) == [1, 2, 5, nil])
        #expect(result.pictures.allSatisfy { $0.name == "generated" })
        // Of the rows of a table there are enough at the end for a mean.
        #expect(result.pictures.map(\.numbers.count) == [20, 20, 20, 2000])
        #expect(result.pictures[0].captions.prefix(4) == ["blue", "green", "red", "blue"])
        #expect(Set(result.pictures.map(\.numbers)).count == 4)
        // The first epochs of a longer run are the same.
        #expect(
            try run(Self.settings(epochs: 3, conditional: true)).pictures.prefix(2).map(\.numbers)
                == result.pictures.prefix(2).map(\.numbers))
    }

    static let losses = [
        LossSettings(kind: .nonSaturating, adversarial: AdversarialLossSettings(labelSmoothing: 0.1)), LossSettings(kind: .leastSquares),
        LossSettings(kind: .wasserstein, adversarial: AdversarialLossSettings(clip: 0.1)),
        LossSettings(kind: .wasserstein, adversarial: AdversarialLossSettings(gradientPenalty: 10)),
    ]

    /// Pictures of earlier epochs included.
    @Test(arguments: losses, [AdversarialSteps(), AdversarialSteps(discriminator: 2, generator: 2)])
    func goesOnToTheSameBits(loss: LossSettings, steps: AdversarialSteps) throws {
        let settings = Self.settings(loss, epochs: 5) {
            $0.training.steps = steps
            $0.training.discriminatorOptimizer = .rmsprop(RMSpropSettings(learningRate: 0.01, momentum: 0.5))
            $0.model.layers.insert(
                contentsOf: [LayerSettings(kind: .batchNormalization()), LayerSettings(kind: .dropout(rate: 0.2))], at: 1)
        }
        let keeper = CopyingKeeper()
        let whole = try run(settings, keeper: keeper)
        #expect(keeper.states.count == 4)
        #expect(whole.history.allSatisfy { $0.figures.allSatisfy { $0.value.isFinite } })
        for state in keeper.states {
            let again = try run(settings, keeper: CopyingKeeper(from: state))
            #expect(again.weights.map(\.values) == whole.weights.map(\.values))
            #expect(again.history.map { $0.figures.map(\.value) } == whole.history.map { $0.figures.map(\.value) })
            #expect(again.pictures.map(\.numbers) == whole.pictures.map(\.numbers))
        }
    }

    /// A pair that is told classes needs that of every train row, and rows of every class.
    @Test(arguments: [
        (20, "", "a conditional pair is told the class of every train row, 1 of 55 have no label"),
        (16, "violet", "a conditional pair would make examples of the class \"violet\", which no train row has"),
    ])
    func classesThatLackAreToldOf(row: Int, label: String, message: String) throws {
        let settings = Self.settings(conditional: true)
        let table = try Blobs.table()
        var lines = try String(contentsOfFile: table.file, encoding: .utf8).split(separator: "\n").map(String.init)
        lines[row == 20 ? 60 : row + 1] = "0,0,\(label)"
        let data = try TableOnDisk(lines.joined(separator: "\n") + "\n").open(settings)
        let error = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(error?.path == "model.generator.conditional" && error?.message == message, "\(error?.message ?? "")")
    }

    @Test func clippedWeightsStayWithinTheirBound() throws {
        let result = try run(Self.settings(Self.losses[2]))
        let ofDiscriminator = result.weights.filter { $0.name.hasPrefix("discriminator/") }.flatMap(\.values)
        #expect(ofDiscriminator.allSatisfy { abs($0) <= 0.1 } && ofDiscriminator.contains { abs($0) == 0.1 })
        #expect(result.weights.filter { $0.name.hasPrefix("generator/") }.flatMap(\.values).contains { abs($0) > 0.1 })
    }

    @Test func aJudgeTellsHowClassesAreReached() throws {
        var ofJudge = Blobs.settings(epochs: 40)
        ofJudge.inputs = Self.settings().inputs
        let data = try Blobs.table().open(ofJudge)
        let judge = try train(prepare(ofJudge, data: data.summary), on: data, seed: 1)
        #expect(judge.figure("val_accuracy") ?? 0 > 0.8)
        let model = JudgingModel(settings: ofJudge, classes: ["blue", "green", "red"], weights: judge.weights)
        let settings = Self.settings(epochs: 3) { $0.training.judge = StartSettings(.variant("baseline", experiment: "judge")) }
        let result = try run(settings, start: RunStart(judge: model))
        #expect(Set(Figures(of: settings).all) == Set(result.figures.map(\.name)))
        let score = try #require(result.figure("class_score"))
        #expect((1...3.000_001).contains(score))
        #expect((0...1).contains(result.figure("classes_reached") ?? -1) && (0...1).contains(result.figure("largest_class") ?? -1))
        #expect(result.figure("frechet_distance") ?? -1 > 0)
        // A generator that is not trained is worse by all of them.
        let trained = try run(Self.settings(epochs: 150) { $0.training.judge = settings.training.judge }, start: RunStart(judge: model))
        #expect(trained.figure("frechet_distance") ?? .infinity < result.figure("frechet_distance") ?? 0)
    }

    @Test(
        arguments: [
            (
                settings { $0.model.opponent = nil }, "training.loss",
                "non_saturating is of two networks that learn against each other, the model is one"
            ),
            (
                settings(LossSettings(kind: .meanSquaredError)), "training.loss",
                "mean_squared_error is of one network, a generator and a discriminator have a loss each"
            ),
            (
                settings {
                    $0.target = ColumnSettings(column: "y", encoding: .label)
                    $0.labels = nil
                }, "target", "a generator makes rows like the inputs, the target is \"y\""
            ),
            (
                settings { $0.training.metrics = [.accuracy] }, "training.metrics",
                "made examples have no targets, of which accuracy could be"
            ),
            (
                settings(conditional: true) {
                    $0.inputs.columns = ["a", "b"].map { ColumnSettings(column: $0, encoding: .numeric(scale: .none)) }
                    $0.inputs.drop = ["y"]
                    $0.labels = nil
                }, "model.generator.conditional",
                "a conditional pair is told the classes of rows, there are none"
            ),
            (
                settings { $0.model.layers[1] = LayerSettings(kind: .dense(3, .linear)) }, "model.generator.layers[1].units",
                "the generator makes 3 numbers, the inputs have 2"
            ),
            (
                settings { $0.model.opponent?.layers[1] = LayerSettings(kind: .dense(2, .linear)) }, "model.discriminator.layers[1]",
                "the discriminator gives 2 numbers, expected one"
            ),
            (
                settings(losses[2]) { $0.model.opponent?.layers[1] = LayerSettings(kind: .dense(1, .sigmoid)) },
                "model.discriminator.layers[1]",
                "wasserstein needs scores without bounds, the discriminator ends in sigmoid"
            ),
            (
                settings(losses[3]) { $0.model.opponent?.layers.insert(LayerSettings(kind: .batchNormalization()), at: 1) },
                "model.discriminator.layers", "a gradient_penalty needs the gradient of a gradient, which the discriminator does not have: "
            ),
            (settings { $0.model.layers[0] = LayerSettings(kind: .dense(8, .step)) }, "model.generator.layers[0]", "step has no gradient"),
            (
                Blobs.settings().changed { $0.training.steps.discriminator = 5 }, "training.steps",
                "steps is of two networks that learn against each other, the model is one"
            ),
        ] as [(TrialSettings, String, String)])
    func whatCannotBeIsToldInWords(_ settings: TrialSettings, _ path: String, _ message: String) throws {
        let data = try Blobs.table().open(settings)
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(problem?.path == path)
        #expect(problem?.message.hasPrefix(message) == true, "\(problem?.message ?? "")")
    }
}

extension TrialSettings {
    fileprivate func changed(_ change: (inout TrialSettings) -> Void) -> TrialSettings {
        var settings = self
        change(&settings)
        return settings
    }
}
