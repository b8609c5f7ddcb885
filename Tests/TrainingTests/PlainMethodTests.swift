import Datasets
import Experiments
import Foundation
import Settings
import TestSupport
import Testing
import Training

/// Methods without a network on tables whose answers are known.
@Suite struct PlainMethodTests {
    private func figures(_ baseline: PlainMethod, _ table: TableOnDisk, _ settings: TrialSettings) throws -> [String: Double] {
        let found = try plainMethodFigures([baseline], for: settings, on: table.open(settings), exact: table.exact(settings))
        #expect(found.map(\.method) == [baseline] && found[0].note == nil)
        return Dictionary(found[0].figures.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    private func regression(
        _ metrics: [Settings.Metric], scale: Settings.Scale = .none, inputs: Encoding = .numeric(scale: .standard)
    )
        -> TrialSettings
    {
        .of(
            target: .numeric(scale: scale), layers: [.dense(1)],
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError), metrics: metrics),
            validation: .part(PartSettings(size: .first(4))), inputs: inputs)
    }

    private func classification(_ metrics: [Settings.Metric]) -> TrialSettings {
        .of(
            target: .label, layers: [.dense(1, .sigmoid)],
            training: TrainingSettings(loss: LossSettings(kind: .binaryCrossentropy), metrics: metrics),
            validation: .part(PartSettings(size: .first(4))))
    }

    @Test func leastSquaresFindsALineExactlyAlsoWhereAColumnIsRepeated() throws {
        let rows = (0..<20).map { row in
            let (a, b) = (Double(row * 7 % 20), Double(row * 3 % 11))
            return ["\(a)", "\(b)", "\(2 * a)", "5", "\(3 * a - b + 40)"]
        }
        let table = try TableOnDisk(columns: ["a", "b", "twice", "constant", "y"], rows: rows)
        let found = try figures(.linear, table, regression([.rmse, .r2], scale: .minMax))
        #expect(try #require(found["val_rmse"]) < 1e-4)
        #expect(abs(try #require(found["val_r2"]) - 1) < 1e-9)
        #expect(try #require(found["val_loss"]) < 1e-10)
        #expect(found["test_rmse"] == nil)
    }

    @Test func leastSquaresGivesTheTextbookLine() throws {
        // Train rows (1, 1), (2, 2), (3, 2), (4, 3): the line is 0.5 + 0.6 x.
        let xy = [(10.0, 6.5), (0, 0.5), (20, 12.5), (5, 3.5), (1, 1), (2, 2), (3, 2), (4, 3)]
        let table = try TableOnDisk(columns: ["x", "y"], rows: xy.map { ["\($0.0)", "\($0.1)"] })
        #expect(try #require(figures(.linear, table, regression([.mae], inputs: .numeric(scale: .none)))["val_mae"]) < 1e-5)
    }

    @Test func whereAllRowsTrainTheirFiguresAreTold() throws {
        let settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(1)],
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError), metrics: [.mae]))
        let table = try TableOnDisk(columns: ["x", "y"], rows: [(1, 1), (2, 2), (3, 2), (4, 3)].map { ["\($0.0)", "\($0.1)"] })
        let found = try figures(.linear, table, settings)
        // 0.5 + 0.6 x leaves -0.1, 0.3, -0.3, 0.1.
        #expect(found.keys.sorted() == ["loss", "mae"])
        #expect(abs(try #require(found["loss"]) - 0.05) < 1e-6)
        #expect(abs(try #require(found["mae"]) - 0.2) < 1e-6)
        #expect(try figures(.nearestNeighbours, table, settings).isEmpty)
    }

    @Test func newRowsAreAnsweredInTheTargetsOwnUnit() throws {
        let rows = (0..<20).map { ["\($0)", "\(3 * $0 + 40)"] }
        let table = try TableOnDisk(columns: ["x", "y"], rows: rows)
        let dataset = try table.open(regression([.mae], scale: .standard))
        let asked = try [100, 0].map { try RowEncoder(dataset).encode(["x": "\($0)"]) }
        let found = try plainPredictions(
            [.mean, .linear, .nearestNeighbours, .majority], for: regression([.mae], scale: .standard), on: dataset,
            exact: table.exact(regression([.mae], scale: .standard)), asked: asked)
        #expect(found.map(\.method) == [.mean, .linear, .nearestNeighbours])
        for (answer, expected) in try paired(found, [[40 + 3 * 11.5, 40 + 3 * 11.5], [340, 40], [40 + 3 * 17.0, 40 + 3 * 6.0]]) {
            for (found, expected) in try paired(answer.predictions, expected) { #expect(abs(found[0] - expected) < 1e-3, "\(answer)") }
        }
    }

    @Test func theMeanIsThatOfTheTrainRows() throws {
        let table = try TableOnDisk(columns: ["x", "y"], rows: [3, 5, 1, 7, 10, 20].map { ["1", "\($0)"] })
        let found = try figures(.mean, table, regression([.mae]))
        #expect(abs(try #require(found["val_mae"]) - 11) < 1e-5)
    }

    @Test func theMajorityIsThatOfTheTrainRowsWithItsShares() throws {
        let labels = ["a", "b", "b", "b", "a", "a", "a", "b"]
        let table = try TableOnDisk(columns: ["x", "y"], rows: labels.map { ["1", $0] })
        let found = try figures(.majority, table, classification([.accuracy]))
        #expect(found["val_accuracy"] == 0.25)
        let expected = -(log(0.75) + 3 * log(0.25)) / 4
        #expect(abs(try #require(found["val_loss"]) - expected) < 1e-6)
    }

    @Test func logisticRegressionOfAYesNoColumnGivesTheSharesOfItsGroups() throws {
        // Of the train rows, 3 of 4 with x = 1 and 1 of 5 with x = 0 are b.
        let train = [(1, "b"), (1, "b"), (1, "b"), (1, "a"), (0, "b"), (0, "a"), (0, "a"), (0, "a"), (0, "a")]
        let validation = [(1, "b"), (1, "a"), (0, "b"), (0, "a")]
        let table = try TableOnDisk(columns: ["x", "y"], rows: (validation + train).map { ["\($0.0)", $0.1] })
        let found = try figures(.logistic(), table, classification([.accuracy, .rocAUC]))
        let expected = -(log(0.75) + log(0.25) + log(0.2) + log(0.8)) / 4
        #expect(abs(try #require(found["val_loss"]) - expected) < 1e-4)
        #expect(found["val_accuracy"] == 0.5 && found["val_roc_auc"] == 0.5)
    }

    @Test func logisticRegressionSeparatesThreeClassesAndStaysFinite() throws {
        let table = try Blobs.table()
        let settings = Blobs.settings()
        let logistic = try figures(.logistic(), table, settings)
        #expect(try #require(logistic["val_accuracy"]) >= 0.95 && logistic["test_accuracy"] != nil)
        #expect(try #require(logistic["val_loss"]).isFinite)
        #expect(try #require(figures(.nearestNeighbours, table, settings)["val_accuracy"]) >= 0.95)
        #expect(try #require(figures(.majority, table, settings)["val_accuracy"]) < 0.5)
    }

    @Test func fiveNeighboursAnswerWithTheirMean() throws {
        let near = [(0.0, 1.0), (1, 2), (2, 3), (-1, 4), (-2, 5), (50, 100), (60, 200)]
        let asked = [(0.1, 3.0), (0.2, 3), (0.3, 3), (0.0, 3)]
        let table = try TableOnDisk(columns: ["x", "y"], rows: (asked + near).map { ["\($0.0)", "\($0.1)"] })
        #expect(try #require(figures(.nearestNeighbours, table, regression([.mae]))["val_mae"]) < 1e-6)
    }

    @Test func whatTheTargetForbidsIsSaid() throws {
        let table = try Blobs.table()
        let settings = Blobs.settings()
        let found = try plainMethodFigures([.linear, .mean], for: settings, on: table.open(settings), exact: table.exact(settings))
        #expect(found.map(\.note) == Array(repeating: "needs a numeric target, the target has classes", count: 2))
    }
}

/// Plain methods on windows of a series.
@Suite struct SeriesMethodTests {
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func settings(_ scale: Settings.Scale, target: Settings.Scale, horizon: Int = 1) -> TrialSettings {
        var settings = TrialSettings.of(
            target: .numeric(scale: target), layers: [.dense(1)],
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError), metrics: [.mae]), test: PartSettings(size: .last(60)))
        settings.target.column = "SUNACTIVITY"
        settings.inputs = InputSettings(columns: [
            .init(column: "SUNACTIVITY", encoding: .numeric(scale: scale), window: WindowSettings(length: 24, horizon: horizon))
        ])
        return settings
    }

    /// As NumPy gives them, least squares by numpy.linalg.lstsq: the last 60 years of sunspots, in sunspots, whatever the scales.
    @Test(arguments: [
        (Settings.Scale.minMax, Settings.Scale.minMax), (.standard, .minMax), (.none, .standard), (.log(.log1p, then: .none), .none),
    ])
    func persistenceIsTheLastValueInTheTargetsUnit(scale: Settings.Scale, target: Settings.Scale) throws {
        let table = try TableOnDisk(String(contentsOf: Self.project.appending(path: "data/sunspots.csv"), encoding: .utf8))
        let settings = Self.settings(scale, target: target)
        let found = try plainMethodFigures(
            [.persistence, .linear], for: settings, on: table.open(settings), exact: table.exact(settings))
        let errors = found.map { $0.figures.first { $0.name == "test_mae" }?.value ?? .nan }
        #expect(abs(errors[0] - 25.053333) < 1e-5)
        if scale.logarithm == nil { #expect(abs(errors[1] - 15.014361) < 1e-5) }
    }

    /// As NumPy gives it: of the last 60 years the mean of |x[t] - x[t - horizon]|.
    @Test(arguments: [(3, 67.781667), (11, 27.316667)])
    func persistenceLooksAsFarAheadAsTheNetwork(horizon: Int, error: Double) throws {
        let table = try TableOnDisk(String(contentsOf: Self.project.appending(path: "data/sunspots.csv"), encoding: .utf8))
        let settings = Self.settings(.standard, target: .minMax, horizon: horizon)
        let found = try plainMethodFigures([.persistence], for: settings, on: table.open(settings), exact: table.exact(settings))
        let own = try #require(found.first?.figures.first { $0.name == "test_mae" }?.value)
        #expect(abs(own - error) < 1e-5)
    }

    @Test func withoutAWindowThereIsNoLastValue() throws {
        let table = try TableOnDisk(columns: ["x", "y"], rows: (0..<8).map { ["\($0)", "\($0)"] })
        let settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(1)],
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError), metrics: [.mae]))
        let found = try plainMethodFigures([.persistence], for: settings, on: table.open(settings), exact: table.exact(settings))
        #expect(found.map(\.note) == ["needs windows of a series with the target's own column among the inputs"])
    }
}
