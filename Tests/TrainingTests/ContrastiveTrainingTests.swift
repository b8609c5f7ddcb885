import Datasets
import Foundation
import Settings
import TestSupport
import Testing
import Training

/// Runs of a restricted Boltzmann machine.
@Suite struct ContrastiveTrainingTests {
    /// Rows of twenty bits around three patterns, 150 rows.
    static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 5)
        let patterns = (0..<3).map { _ in numbers.numbers(20, in: 0...1).map { $0 > 0.5 } }
        let rows = (0..<150).map { row in
            patterns[row % 3].map { (numbers.number(in: 0...1) < 0.1) == $0 ? "0" : "1" } + ["pattern \(row % 3)"]
        }
        return try TableOnDisk(columns: (0..<20).map { "x\($0)" } + ["y"], rows: rows)
    }

    static func settings(
        _ contrast: ContrastiveDivergenceSettings = .init(), units: Int = 5, visible: RBMSettings.Visible = .bernoulli, epochs: Int = 6,
        metrics: [Metric] = []
    ) -> TrialSettings {
        TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: visible == .gaussian ? .standard : .none))]),
            target: .inputsAsTarget, labels: "y",
            split: SplitSettings(test: PartSettings(size: .first(30)), validation: .part(PartSettings(size: .first(40)))),
            model: ModelSettings(layers: [LayerSettings(kind: RBMSettings(units: units, visible: visible))]),
            training: TrainingSettings(
                loss: LossSettings(kind: .contrastiveDivergence, contrast: contrast),
                optimizer: .sgd(SGDSettings(learningRate: visible == .gaussian ? 0.01 : 0.1)), batchSize: 12, epochs: epochs,
                metrics: metrics))
    }

    private func run(_ settings: TrialSettings, seed: Int = 1) throws -> RunResult {
        let data = try Self.table().open(settings)
        return try train(prepare(settings, data: data.summary), on: data, seed: seed)
    }

    @Test func epochsTellOwnFiguresOfBothParts() throws {
        let settings = Self.settings(metrics: [.mae])
        let run = try run(settings)
        let names = try #require(run.history.first).figures.map(\.name)
        #expect(Set(names) == Set(Figures(of: settings).everyEpoch))
        #expect(names.contains("val_pseudo_likelihood") && names.contains("log_likelihood") && names.contains("val_mae"))
        #expect(Set(run.figures.map(\.name)) == Set(Figures(of: settings).all))
        let test = try #require(run.predictions.last)
        #expect(test.part == "test" && test.width == 20 && test.targets.count == 600)
        let squares = zip(test.outputs, test.targets).map { Double($0 - $1) * Double($0 - $1) }
        #expect(abs(squares.reduce(0, +) / 600 - (run.figure("test_loss") ?? 0)) < 1e-6)
        // A machine of many hidden units has too many states, one of numbers no bits.
        #expect(Figures(of: Self.settings(units: 21)).everyEpoch.allSatisfy { !$0.contains("log_likelihood") })
        #expect(Figures(of: Self.settings(visible: .gaussian)).everyEpoch.allSatisfy { !$0.contains("pseudo") })
    }

    /// A number beyond 1 is an error in a row that trains; in another one it is told.
    @Test(arguments: [0, 149]) func unitsBeyondTheirBoundsAreToldOrRefused(row: Int) throws {
        let rows = (0..<150).map { place in
            (0..<20).map { place == row && $0 == 3 ? "1.5" : place % 3 == $0 % 3 ? "1" : "0" } + ["pattern \(place % 3)"]
        }
        let table = try TableOnDisk(columns: (0..<20).map { "x\($0)" } + ["y"], rows: rows)
        var settings = Self.settings()
        settings.split = SplitSettings(validation: .part(PartSettings(size: .first(30))))
        let data = try table.open(settings)
        if data.train.contains(Int32(row)) {
            let error = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
            #expect(error?.message == "bernoulli units are from 0 to 1, row \(row + 1) has 1.5")
        } else {
            #expect(
                try prepare(settings, data: data.summary).notices.contains(
                    "Row \(row + 1), which does not train, has 1.5 once it is scaled: bernoulli units are from 0 to 1."))
        }
    }

    @Test(
        arguments: [
            ContrastiveDivergenceSettings(), .init(steps: 3, visible: .states), .init(persistent: true),
            .init(sparsity: .init(target: 0.2, weight: 0.1)),
        ], [RBMSettings.Visible.bernoulli, .gaussian])
    func runsMakeTheirRowsLikelier(_ contrast: ContrastiveDivergenceSettings, _ visible: RBMSettings.Visible) throws {
        // Numbers that are drawn around their means hide much of what there is to learn.
        let isHard = visible == .gaussian && contrast.visible == .states
        let run = try run(Self.settings(contrast, visible: visible, epochs: isHard ? 160 : 40))
        let (first, last) = (try #require(run.history.first), try #require(run.history.last))
        for figure in ["log_likelihood", "val_log_likelihood"] {
            let (before, after) = (try #require(first.figure(figure)), try #require(last.figure(figure)))
            #expect(after > before + 0.5, "\(figure)")
        }
        let (before, after) = (try #require(first.figure("val_loss")), try #require(last.figure("val_loss")))
        #expect(after < before)
    }

    /// The exact pseudo-likelihood of few bits and the exact likelihood tell of the same machine: of independent bits they are the same.
    @Test func likelihoodsOfIndependentBitsAreTheSame() throws {
        var settings = Self.settings(units: 1, epochs: 1)
        settings.inputs.columns = (0..<9).map { ColumnSettings(column: "x\($0)", encoding: .numeric(scale: .none)) }
        settings.training.optimizer = .sgd(SGDSettings(learningRate: 1e-6))
        settings.model.layers[0].kind = RBMSettings(units: 1, kernelInitializer: .constant(0))
        let run = try run(settings)
        let (pseudo, exact) = (try #require(run.figure("val_pseudo_likelihood")), try #require(run.figure("val_log_likelihood")))
        #expect(abs(pseudo - exact) < 1e-4 && abs(exact + 9 * log(2)) < 1e-3)
    }

    struct Refusal: Sendable, CustomTestStringConvertible {
        let path: String
        let change: @Sendable (inout TrialSettings) -> Void
        var testDescription: String { path }
    }

    static let refusals = [
        Refusal(path: "training.loss") { $0.model.layers.append(LayerSettings(kind: .dense(20, .sigmoid))) },
        Refusal(path: "training.loss") { $0.model.layers = [LayerSettings(kind: .dense(20, .sigmoid))] },
        Refusal(path: "target") {
            $0.target = ColumnSettings(column: "y", encoding: .label)
            $0.labels = nil
        },
        Refusal(path: "model.layers[0].visible") { $0.inputs.columns = [.init(column: "*", encoding: .numeric(scale: .standard))] },
        Refusal(path: "training.gradient_clipping") { $0.training.gradientClipping = .norm(1) },
        Refusal(path: "training.pretrain") { $0.training.pretrain = PretrainSettings() },
    ]

    @Test(arguments: refusals)
    func whatCannotBeIsRefused(_ refusal: Refusal) throws {
        var settings = Self.settings()
        refusal.change(&settings)
        let data = try Self.table().open(settings)
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(problem?.path == refusal.path)
    }

    /// A new row is answered as the run answered its test rows.
    @Test func predictionsGiveInputsAgain() throws {
        let settings = Self.settings()
        let data = try Self.table().open(settings)
        let run = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        let predictor = try Predictor(settings, data: data.summary, weights: run.weights)
        let test = try #require(run.predictions.last)
        let cells = Dictionary(uniqueKeysWithValues: (0..<20).map { ("x\($0)", "\(test.targets[$0])") })
        let answers = try predictor.predictions(for: RowEncoder(data).encode(cells))
        #expect(answers.map(\.count) == [20])
        for (answer, output) in zip(answers.flatMap(\.self), test.outputs) { #expect(abs(answer - Double(output)) < 1e-6) }
    }
}
