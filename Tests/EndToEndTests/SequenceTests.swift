import Foundation
import Testing

/// Time series and running text, from their files to reports and what goes on behind their ends.
@Suite struct SequenceTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    @Test func aSeriesIsForetoldBeyondItsEnd() throws {
        // A sine wave is a line over its last two values.
        let values = (0..<120).map { 50 + 10 * sin(Double($0) / 3) }
        try project.write("at,y\n" + values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined(), to: "data/wave.csv")
        try project.write(
            """
            title: A wave
            dataset: {csv: data/wave.csv}
            inputs: {y: {encode: window, length: 6, scale: standard}}
            target: {y: {encode: numeric, scale: standard}}
            split: {order: at, test: {last: 20}, validation: {last: 20}}
            model: {mlp: {hidden: [], output: linear}}
            training: {loss: mse, optimizer: {adam: {learning_rate: 0.05}}, batch_size: 16, epochs: 60, metrics: [mae]}
            seeds: 2
            baselines: [persistence, linear]

            """, to: "experiments/wave.yaml")
        let run = try project.ablate("run", "wave", "-j", "1")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("120 rows give 114 windows of 6"), "\(run.messages)")
        let report = try project.text("results/wave/report.md")
        #expect(report.contains("## Forecasts") && project.exists("results/wave/figures/forecast.svg"))
        #expect(report.contains("persistence"))

        let answer = try project.ablate("predict", "wave", "--steps", "5", "--json")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: Any], "\(answer.messages)")
        let rows = try #require(json["predictions"] as? [[String: Any]])
        #expect(rows.map { $0["row"] as? String } == ["+1", "+2", "+3", "+4", "+5"])
        for (step, row) in rows.enumerated() {
            let value = try #require(row["value"] as? Double)
            #expect(abs(value - (50 + 10 * sin(Double(120 + step) / 3))) < 3, "\(answer.output)")
        }
        // The last rows as a table go on alike.
        try project.write("y\n" + values.suffix(6).map { "\($0)\n" }.joined(), to: "end.csv")
        let table = try project.ablate("predict", "wave", "--steps", "5", "--csv", "end.csv", "--json")
        #expect(table.output == answer.output, "\(table.messages)")
        let row = try project.ablate("predict", "wave", "--row", "y=3")
        #expect(row.status == 2 && row.messages.contains("the inputs are windows of 6 rows"), "\(row.messages)")
    }

    @Test func aNetworkOfRunningTextWritesOn() throws {
        try project.write(String(repeating: "abcd ", count: 120), to: "data/alphabet.txt")
        try project.write(
            """
            title: Letters
            dataset: {text: data/alphabet.txt}
            inputs: {text: {encode: tokens, unit: character, length: 4}}
            target: {text: {encode: next}}
            split: {test: {fraction: 0.1}, validation: {fraction: 0.1}}
            model: {layers: [{embedding: {output_dim: 4}}, flatten, {dense: {units: classes, activation: softmax}}]}
            training: {loss: sparse_categorical_crossentropy, optimizer: {adam: {learning_rate: 0.05}}, epochs: 10, metrics: [accuracy]}
            seeds: 1
            baselines: [majority, logistic]

            """, to: "experiments/letters.yaml")
        let run = try project.ablate("run", "letters", "-j", "1")
        #expect(run.status == 0, "\(run.messages)")
        let report = try project.text("results/letters/report.md")
        #expect(report.contains("## Written by the network") && report.contains("Temperature 0.2:"))
        #expect(report.contains("counts no sequences of words"))
        let written = try project.ablate("predict", "letters", "abcd a", "--length", "9", "--temperature", "0")
        #expect(written.output == "abcd abcd abcd \n", "\(written.output)\(written.messages)")
        let drawn = try ["7", "7", "8"].map {
            try project.ablate("predict", "letters", "abcd a", "--length", "60", "--temperature", "5", "--seed", $0).output
        }
        #expect(drawn[0] == drawn[1] && drawn[0] != drawn[2])
        let next = try project.ablate("predict", "letters", "abc")
        #expect(next.status == 0 && next.output.contains("(space)"), "\(next.messages)")
        let preview = try project.ablate("data", "preview", "letters")
        #expect(preview.output.contains("2 3 4 5") || preview.output.contains("abcd"), "\(preview.output)\(preview.messages)")
    }
}
