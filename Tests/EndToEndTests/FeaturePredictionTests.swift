import Foundation
import Testing

/// Runs on features of another experiment's run are asked for rows as that experiment has them.
struct FeaturePredictionTests {
    private let project: SampleProject

    init() throws { project = try .withFeatures() }

    private struct Answers: Decodable {
        struct Answer: Decodable {
            let predicted: String
            let probabilities: [String: Double]
        }
        let predictions: [Answer]
        let through: [[String: Value]]?

        enum Value: Decodable, Hashable {
            case text(String)
            case number(Int)

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let number = try? value.decode(Int.self) { self = .number(number) } else { self = .text(try value.decode(String.self)) }
            }
        }
    }

    /// What a run has stored of the rows that validate: by row from 1, the probabilities of classes by name.
    private func stored(_ experiment: String, run: String) throws -> [Int: [String: Double]] {
        let lines = try project.ablate("predictions", experiment).output.split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
        let header = try #require(lines.first)
        let row = try #require(header.firstIndex(of: "row"))
        let runColumn = try #require(header.firstIndex(of: "run"))
        var found: [Int: [String: Double]] = [:]
        for line in lines.dropFirst() where line[runColumn] == run {
            let number = try #require(Int(line[row]))
            for name in ["high", "low", "middle"] {
                let column = try #require(header.firstIndex(of: name))
                let probability: Double = try #require(Double(line[column]))
                found[number, default: [:]][name] = probability
            }
        }
        return found
    }

    @Test(arguments: [
        ("grades", "through the layer code of code, baseline, seed 2 (run ", 1),
        ("again", "then the layer inner of grades, baseline, seed 2 (run ", 2),
        ("components", "through the 1 principal component of code, baseline\n", 1),
    ])
    func rawRowsAreAnsweredAsTheRunAnsweredThem(_ experiment: String, _ sentence: String, _ steps: Int) throws {
        let trained = try project.ablate("run", experiment, "-j", "1")
        #expect(trained.status == 0, "\(trained.messages)")
        for run in project.runs(of: experiment) {
            let result = try project.ablate("predict", run, "--csv", "data/table.csv", "--json")
            #expect(result.status == 0, "\(result.messages)")
            let answers = try JSONDecoder().decode(Answers.self, from: Data(result.output.utf8))
            #expect(answers.predictions.count == 60 && answers.through?.count == steps)
            #expect(answers.through?.first?["experiment"] == .text("code"))
            let stored = try stored(experiment, run: run)
            #expect(stored.keys.sorted() == Array(1...12))
            for (row, probabilities) in stored {
                for (name, probability) in probabilities {
                    let found = try #require(answers.predictions[row - 1].probabilities[name])
                    #expect(abs(found - probability) < 1e-6, "row \(row), \(name)")
                }
            }
            // Answers of different rows differ, so equal ones are no chance.
            #expect(Set(stored.values.compactMap { $0["low"] }).count > 6)
        }
        let table = try project.ablate("predict", experiment, "--row", "a=0.1,b=0.5")
        #expect(table.status == 0 && table.output.contains("  the rows went ") && table.output.contains(sentence), "\(table.output)")
    }

    /// Rows under `predict` are those of the other experiment, too: the report and the command send them through its run.
    @Test(arguments: ["grades", "again", "components"])
    func rowsOfTheFileAreAskedAsTheSourceHasThem(_ experiment: String) throws {
        let settings = try project.text("experiments/\(experiment).yaml")
        try project.write(
            settings + "predict: {small: {a: 0.1, b: 0.5}, large: {a: 0.9, b: 0.4, grade: high}}\nbaselines: [logistic]\n",
            to: "experiments/\(experiment).yaml")
        let trained = try project.ablate("run", experiment, "-j", "1")
        #expect(trained.status == 0, "\(trained.messages)")
        let report = try project.text("results/\(experiment)/report.md")
        #expect(report.contains("- small: a 0.1, b 0.5\n- large: a 0.9, b 0.4, grade high"), "\(report)")
        #expect(report.contains("| logistic regression"))
        let named = try project.ablate("predict", experiment, "--json")
        #expect(named.status == 0, "\(named.messages)")
        let rows = try project.ablate("predict", experiment, "--row", "a=0.1,b=0.5", "--row", "a=0.9,b=0.4", "--json")
        let answers = try [named, rows].map { try JSONDecoder().decode(Answers.self, from: Data($0.output.utf8)).predictions }
        #expect(answers[0].count == 2 && answers[0].map(\.probabilities) == answers[1].map(\.probabilities))
        // The report says the same class of each.
        let line = try #require(report.split(separator: "\n").first { $0.hasPrefix("| `baseline` ") && $0.contains(": ") })
        for answer in answers[0] { #expect(line.contains("\(answer.predicted): "), "\(line)") }
    }

    @Test func featuresAreNoCellsOfRowsInTheFile() throws {
        let settings = try project.text("experiments/grades.yaml")
        try project.write(
            settings + "predict: {one: {code1: 0.1, code2: 0.5, code3: 0}, two: {a: 0.1, c: 2}}\n", to: "experiments/grades.yaml")
        #expect(try project.ablate("run", "code", "-j", "1").status == 0)
        let result = try project.ablate("validate", "grades")
        #expect(result.status == 2)
        for message in [
            "experiments/grades.yaml:9:17: error: \"code1\" is a feature, which is made of a row",
            "give the row as code has it: a, b", "error: no variant has the input column \"c\"", "error: the row \"two\" lacks",
        ] {
            #expect(result.messages.contains(message), "\(message): \(result.messages)")
        }
    }

    /// The run that made the features of finished runs is no stale run of its experiment's.
    @Test func whatAnswersGoThroughStaysWhenItsFileHasChanged() throws {
        #expect(try project.ablate("run", "grades", "-j", "1").status == 0)
        try project.write(SampleProject.code.replacing("epochs: 3", with: "epochs: 4"), to: "experiments/code.yaml")
        #expect(try project.ablate("clean").status == 0)
        let run = try #require(project.runs(of: "grades").first)
        let answer = try project.ablate("predict", run, "--csv", "data/table.csv")
        #expect(answer.status == 0 && answer.output.contains("went through the layer code of code"), "\(answer.messages)")
    }

    @Test func rowsOfFeaturesAreNoRowsOfTheirOwnExperiment() throws {
        #expect(try project.ablate("run", "grades", "-j", "1").status == 0)
        let result = try project.ablate("predict", "grades", "--row", "code1=0.1,code2=0.5,code3=0")
        #expect(
            result.status == 2 && result.messages.contains("the row has no column \"code1\"; its columns are a, b"), "\(result.messages)")
    }

    @Test func withoutTheWeightsOfItsSourceARunSaysWhatToDo() throws {
        #expect(try project.ablate("run", "grades", "-j", "1").status == 0)
        // The weights of the run are taken away as `keep` would have it.
        try project.write(SampleProject.code + "keep: {weights: none}\n", to: "experiments/code.yaml")
        #expect(try project.ablate("run", "code", "-j", "1").status == 0)
        let result = try project.ablate("predict", "grades", "--row", "a=0.1,b=0.5")
        #expect(result.status != 0)
        #expect(
            result.messages.contains("which the rows are to go through, were removed, as its keep has it")
                && result.messages.contains("ablate run code --only baseline --again"), "\(result.messages)")
        let again = try project.ablate("run", "code", "--only", "baseline", "--again", "-j", "1")
        #expect(again.status == 0, "\(again.messages)")
        #expect(try project.ablate("predict", "grades", "--row", "a=0.1,b=0.5").status == 0)
    }

    @Test func withoutItsSourceInTheStoreARunSaysWhatToDo() throws {
        #expect(try project.ablate("run", "grades", "-j", "1").status == 0)
        try project.remove("results/code/runs")
        let result = try project.ablate("predict", "grades", "--row", "a=0.1,b=0.5")
        #expect(
            result.status != 0 && result.messages.contains("which is no longer in the store; run first: ablate run code --only baseline"),
            "\(result.messages)")
    }
}
