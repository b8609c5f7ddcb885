import Foundation
import TestSupport
import Testing

/// Thresholds between two classes, from the file to records, report and predictions.
@Suite struct ThresholdRunTests {
    private let project: SampleProject

    /// A hundred rows, a fifth of them bad, more often for small x.
    init() throws {
        project = try SampleProject()
        let rows = (0..<100).map { row -> String in
            let x = Double((row * 37) % 100) / 100
            let isBad = x < 0.3 && row % 3 != 0 || row % 29 == 0
            return "\(x),\(isBad ? "bad" : "good")"
        }
        try project.write((["x,y"] + rows).joined(separator: "\n") + "\n", to: "data/d.csv")
    }

    private func experiment(threshold: String, split: String = "{test: {fraction: 0.25}, validation: {fraction: 0.4}}") throws {
        try project.write(
            """
            dataset: {csv: data/d.csv}
            inputs: {x: {encode: numeric}}
            target: {y: {encode: label, positive: bad}}
            split: \(split)
            model: {mlp: {hidden: [4], output: sigmoid}}
            training: {loss: binary_crossentropy, epochs: 3, metrics: [accuracy, f1, balanced_accuracy, brier_score], threshold: \(threshold)}
            ablate: {other: {training.optimizer: adam}}
            seeds: 3
            """, to: "experiments/e.yaml")
    }

    @Test func aChosenThresholdIsRecordedToldAndUsed() throws {
        try experiment(threshold: "f1")
        let ran = try project.ablate("run", "e")
        #expect(ran.status == 0, "\(ran.messages)")
        let thresholds = try project.runs(of: "e").map { run in
            let record =
                try JSONSerialization.jsonObject(with: Data(project.text("results/e/runs/\(run)/record.json").utf8)) as? [String: Any]
            return try #require((record?["figures"] as? [String: Double])?["threshold"])
        }
        #expect(thresholds.count == 6 && thresholds.allSatisfy { (0..<1).contains($0) })
        let report = try project.text("results/e/report.md")
        #expect(
            report.contains(
                "The class bad is predicted where its probability is above a threshold that each run chose on its validation rows by the largest F1: "
            ))
        #expect(report.contains("## Calibration of probabilities"))
        #expect(!report.contains("| threshold"))
        let answer = try project.ablate("predict", "e", "--row", "x=0.1")
        #expect(answer.output.contains("  bad is predicted above 0."), "\(answer.output)\(answer.messages)")
        #expect(answer.output.contains(", the mean of the runs' thresholds; here: "))
        let json = try project.ablate("predict", "e", "--row", "x=0.1", "--json")
        let facts = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let threshold = try #require(facts["threshold"] as? Double)
        let row = try #require((facts["predictions"] as? [[String: Any]])?.first)
        let isBad = try #require((row["probabilities"] as? [String: Double])?["bad"]) > threshold
        #expect(row["predicted"] as? String == (isBad ? "bad" : "good"))
    }

    @Test func withoutValidationRowsNothingIsChosen() throws {
        try experiment(threshold: "youden", split: "{test: {fraction: 0.25}}")
        let ran = try project.ablate("run", "e")
        #expect(ran.status == 2)
        #expect(ran.messages.contains("a threshold is chosen by youden on validation rows, and there are none"), "\(ran.messages)")
        #expect(ran.messages.contains("add split.validation, or write a number such as 0.5"))
    }
}
