import Datasets
import Experiments
import Foundation
import Settings
import Testing
import Training

/// What scikit-learn's plain methods reach on a table.
struct PlainMethodFixture: Decodable, Sendable, CustomTestStringConvertible {
    let method: String
    let rows: [[String]]
    let validate: Int
    let figures: [String: Double]

    var testDescription: String { "\(method), \(rows.count) rows" }

    static let all: [PlainMethodFixture]? = {
        struct File: Decodable { let cases: [PlainMethodFixture] }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/baselines.json")
        return try? JSONDecoder().decode(File.self, from: Data(contentsOf: file)).cases
    }()
}

/// Least squares, logistic regression and nearest neighbours give scikit-learn's figures.
@Suite struct PlainMethodParityTests {
    @Test func theFileWasRead() throws {
        #expect(Set(try #require(PlainMethodFixture.all).map(\.method)) == ["linear", "logistic", "nearest_neighbours"])
    }

    @Test(arguments: PlainMethodFixture.all ?? [])
    func agreesWithScikitLearn(_ fixture: PlainMethodFixture) throws {
        let method = try #require(
            [PlainMethod.linear, .logistic(), .nearestNeighbours].first { $0.name == fixture.method })
        let isOfValues = fixture.figures["val_mae"] != nil
        let classes = Set(fixture.rows.compactMap(\.last)).count
        let settings = TrialSettings.of(
            target: isOfValues ? .numeric(scale: .standard) : .oneHot(),
            layers: [.dense(isOfValues ? 1 : classes, isOfValues ? .linear : .softmax)],
            training: TrainingSettings(
                loss: LossSettings(kind: isOfValues ? .meanSquaredError : .categoricalCrossentropy),
                metrics: isOfValues ? [.mae, .rmse, .r2] : [.accuracy, .logLoss]),
            validation: .part(PartSettings(size: .first(fixture.validate))))
        let inputs = (fixture.rows.first?.count ?? 1) - 1
        let table = try TableOnDisk(columns: (0..<inputs).map { "x\($0)" } + ["y"], rows: fixture.rows)
        let found = try #require(plainMethodFigures([method], for: settings, on: table.open(settings), exact: table.exact(settings)).first)
        // The loss is in training units, here standard deviations.
        let compared = fixture.figures.filter { $0.key != "val_loss" }
        #expect(!compared.isEmpty)
        for (name, expected) in compared {
            let value = try #require(found.figures.first { $0.name == name }?.value, "\(name)")
            #expect(abs(value - expected) <= 2e-4 * max(1, abs(expected)), "\(name): \(value), scikit-learn \(expected)")
        }
    }
}
