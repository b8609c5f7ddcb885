import Datasets
import Experiments
import Foundation
import Settings
import Testing
import Training

/// What methods of scikit-learn and XGBoost answer for rows of a table.
struct PlainAnswersFixture: Decodable, Sendable, CustomTestStringConvertible {
    let method: String
    let settings: [String: Double]
    let rows: [[String]]
    let validate: Int
    let weights: [String: Double]?
    let text: Bool
    let answers: [[Double]]
    let tolerance: Double

    var testDescription: String {
        "\(method) \(settings.sorted { $0.key < $1.key }), \(text ? "text" : "numbers"), weights \(weights ?? [:])"
    }

    static let all: [PlainAnswersFixture]? = {
        struct File: Decodable { let cases: [PlainAnswersFixture] }
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/plain_methods.json")
        return try? JSONDecoder().decode(File.self, from: Data(contentsOf: file)).cases
    }()

    func plainMethod() -> PlainMethod? {
        func setting(_ key: String, or usual: Double) -> Double { settings[key] ?? usual }
        func count(_ key: String, or usual: Int) -> Int { settings[key].map { Int($0) } ?? usual }
        let (tree, boosted) = (TreeSettings(), BoostedTreesSettings())
        return switch method {
        case "logistic": .logistic(c: settings["c"])
        case "linear_svm": .linearSVM(c: setting("c", or: 1))
        case "ridge": .ridge(alpha: setting("alpha", or: 1))
        case "lasso": .lasso(alpha: setting("alpha", or: 0.01))
        case "tree":
            .tree(
                TreeSettings(
                    maxDepth: count("max_depth", or: tree.maxDepth), minSamplesLeaf: count("min_samples_leaf", or: tree.minSamplesLeaf)))
        case "boosted_trees":
            .boostedTrees(
                BoostedTreesSettings(
                    rounds: count("rounds", or: boosted.rounds), learningRate: setting("learning_rate", or: boosted.learningRate),
                    maxDepth: count("max_depth", or: boosted.maxDepth), lambda: setting("lambda", or: boosted.lambda),
                    minChildWeight: setting("min_child_weight", or: boosted.minChildWeight)))
        default: nil
        }
    }
}

/// Penalised linear methods, trees and boosted trees answer as scikit-learn's and XGBoost's do.
@Suite struct PlainMethodAnswersTests {
    @Test func theFileWasRead() throws {
        #expect(
            Set(try #require(PlainAnswersFixture.all).map(\.method)) == [
                "logistic", "linear_svm", "ridge", "lasso", "tree", "boosted_trees",
            ])
    }

    @Test(arguments: PlainAnswersFixture.all ?? [])
    func answersAsOthersDo(_ fixture: PlainAnswersFixture) throws {
        let method = try #require(fixture.plainMethod())
        let isOfValues = fixture.answers[0].count == 1
        let classes = Set(fixture.rows.compactMap(\.last)).count
        let settings = TrialSettings.of(
            target: isOfValues ? .numeric(scale: fixture.method == "boosted_trees" ? .standard : .none) : .oneHot(),
            layers: [.dense(isOfValues ? 1 : classes, isOfValues ? .linear : .softmax)],
            training: TrainingSettings(
                loss: LossSettings(kind: isOfValues ? .meanSquaredError : .categoricalCrossentropy),
                metrics: isOfValues ? [.mae] : [.accuracy], classWeight: fixture.weights.map { .given($0) }),
            validation: .part(PartSettings(size: .first(fixture.validate))),
            inputs: fixture.text ? .multiHot(vocabulary: nil) : .numeric(scale: .none))
        let inputs = (fixture.rows.first?.count ?? 1) - 1
        let table = try TableOnDisk(columns: (0..<inputs).map { "x\($0)" } + ["y"], rows: fixture.rows)
        let dataset = try table.open(settings)
        let found = try #require(plainMethodFigures([method], for: settings, on: dataset, exact: table.exact(settings)).first)
        #expect(found.note == nil)
        let part = try #require(found.predictions.first { $0.part == "validation" })
        let outputs = part.outputs.map(Double.init)
        let expected: [Double]
        switch dataset.target {
        case .classes(_, let names):
            let places = try names.map { try #require(Int($0.dropFirst())) }
            expected = fixture.answers.flatMap { answer in places.map { answer[$0] } }
        case .values(_, _, let unit): expected = fixture.answers.map { ($0[0] - unit.shift) / unit.divisor }
        case .severalLabels, .inputs: expected = []
        }
        #expect(outputs.count == expected.count)
        for (place, (output, answer)) in zip(outputs, expected).enumerated() {
            // Answers are kept in 32 bits.
            let tolerance = max(fixture.tolerance, 2e-7) * max(1, abs(answer))
            #expect(abs(output - answer) <= tolerance, "number \(place): \(output), theirs \(answer)")
        }
    }

    @Test func methodsThatCannotEndSayThatTheyDidNotConverge() throws {
        // Two columns that differ by a hair, and next to no penalty.
        let rows = (0..<40).map { row in
            ["\(row % 7)", "\(Double(row % 7) + 1e-7 * Double(row % 3))", "\(Double(row % 5))"]
        }
        let settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(1, .linear)],
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError), metrics: [.mae]),
            validation: .part(PartSettings(size: .first(8))))
        let table = try TableOnDisk(columns: ["a", "b", "y"], rows: rows)
        let found = try #require(
            plainMethodFigures([.lasso(alpha: 1e-12)], for: settings, on: table.open(settings), exact: table.exact(settings)).first)
        #expect(found.note == "did not converge; its figures are of where it stood")
        #expect(!found.figures.isEmpty)
    }
}
