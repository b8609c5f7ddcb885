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
        // Forecasts stand over the column that orders the rows, also when the data have gone.
        let figure = try project.text("results/wave/figures/forecast.csv")
        #expect(figure.hasPrefix("variant,row,at,target,") && figure.contains("\nbaseline,81,80,"), "\(figure)")
        #expect(try project.text("results/wave/figures/forecast.svg").contains(">at</text>"))
        try project.remove("data/cache")
        let data = try project.text("data/wave.csv")
        try project.remove("data/wave.csv")
        #expect(try project.ablate("report", "wave").status == 0)
        #expect(try project.text("results/wave/figures/forecast.csv") == figure)
        try project.write(data, to: "data/wave.csv")

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
        let nothing = try project.ablate("predict", "wave")
        #expect(nothing.status == 2 && nothing.messages.contains("or --steps N goes on from the end of the data"), "\(nothing.messages)")
        let preview = try project.ablate("data", "preview", "wave")
        #expect(preview.output.contains("a row is a window of 6 rows that tell the next"), "\(preview.output)\(preview.messages)")
    }

    /// Three rows ahead: the first three steps come from the series alone, and what is said of the border between train and test.
    @Test func aSeriesIsForetoldSeveralRowsAhead() throws {
        let values = (0..<120).map { 50 + 10 * sin(Double($0) / 3) }
        try project.write("at,y\n" + values.enumerated().map { "\($0.offset),\($0.element)\n" }.joined(), to: "data/wave.csv")
        let experiment = """
            title: A wave from afar
            dataset: {csv: data/wave.csv}
            inputs: {y: {encode: window, length: 6, horizon: 3, scale: standard}}
            target: {y: {encode: numeric, scale: standard}}
            split: {order: at, test: {last: 20}}
            model: {mlp: {hidden: [], output: linear}}
            training: {loss: mse, optimizer: {adam: {learning_rate: 0.05}}, batch_size: 16, epochs: 60, metrics: [mae]}
            seeds: 1
            baselines: [persistence]
            curves: ~
            select: {metric: test_mae, goal: minimize}

            """
        try project.write(experiment, to: "experiments/wave.yaml")
        let run = try project.ablate("run", "wave", "-j", "1")
        let warning =
            "2 of 20 test windows end before values that others predict in training, which a forecast 3 rows ahead would not know yet"
        #expect(run.status == 0 && run.messages.contains(warning), "\(run.messages)")
        #expect(try project.text("results/wave/report.md").contains(warning))
        func answers(_ arguments: String...) throws -> [Double] {
            let result = try Running(["predict", "wave", "--json"] + arguments, in: project.folder).result()
            let json = try #require(
                try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.messages)")
            return try #require(json["predictions"] as? [[String: Any]]).compactMap { $0["value"] as? Double }
        }
        func areAlike(_ some: [Double], _ others: [Double]) -> Bool {
            some.count == others.count && zip(some, others).allSatisfy { abs($0 - $1) < 1e-3 }
        }
        let found = try answers("--steps", "5")
        #expect(found.count == 5)
        for (step, value) in found.enumerated() { #expect(abs(value - (50 + 10 * sin(Double(120 + step) / 3))) < 3, "\(found)") }
        // The first three are what windows of the last rows say.
        try project.write("y\n" + values.suffix(8).map { "\($0)\n" }.joined(), to: "end.csv")
        #expect(areAlike(try answers("--csv", "end.csv"), Array(found.prefix(3))))
        #expect(areAlike(try answers("--steps", "5", "--csv", "end.csv"), found))
        // Rows are numbered as in the table: that of the eighth window's answer is the sixteenth, as what the run stored of it.
        let told = try project.ablate("predict", "wave", "--csv", "data/wave.csv")
        #expect(told.status == 0, "\(told.messages)")
        let lines = told.output.split(separator: "\n")
        #expect(
            lines.last == "  the row is the one foretold, 3 rows behind the 6 rows that its answer is made from; the table has 120 rows")
        let rows = lines.dropFirst(2).dropLast().compactMap { line -> (Int, Double)? in
            let cells = line.split(separator: " ")
            return Int(cells[0]).flatMap { row in Double(cells[1]).map { (row, $0) } }
        }
        #expect(rows.map(\.0) == Array(9...123))
        let stored = try project.ablate("predictions", "wave").output.split(separator: "\n").map { $0.split(separator: ",") }
        let place = try #require(stored.first?.firstIndex(of: "row")), value = try #require(stored.first?.firstIndex(of: "predicted"))
        for line in stored.dropFirst() {
            let own = try #require(rows.first { $0.0 == Int(line[place]) })
            let answered = try #require(Double(line[value]))
            #expect(abs(own.1 - answered) < 1e-3, "\(line)")
        }
        let numbers = try project.ablate("predict", "wave", "--csv", "end.csv", "--json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(numbers.output.utf8)) as? [String: Any])
        #expect((json["predictions"] as? [[String: Any]])?.compactMap { $0["row"] as? Int } == [9, 10, 11])
        try project.write(experiment.replacing("split: {", with: "split: {gap: 2, "), to: "experiments/wave.yaml")
        #expect(try !project.ablate("plan", "wave").messages.contains("test windows end before"))
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

    @Test func everyStepOfATextIsForetold() throws {
        try project.write(String(repeating: "abcd ", count: 120), to: "data/alphabet.txt")
        try project.write(
            """
            title: Letters
            dataset: {text: data/alphabet.txt}
            inputs: {text: {encode: tokens, unit: character, length: 10, step: 10}}
            target: {text: {encode: next, each: true}}
            split: {test: {fraction: 0.1}}
            model: {layers: [{embedding: {output_dim: 4}}, {lstm: {units: 8, return_sequences: true}}, {dense: {units: classes, activation: softmax}}]}
            training: {loss: sparse_categorical_crossentropy, optimizer: {adam: {learning_rate: 0.05}}, batch_size: 8, epochs: 20, metrics: [accuracy]}
            baselines: [majority]

            """, to: "experiments/each.yaml")
        let run = try project.ablate("run", "each", "-j", "1")
        #expect(run.status == 0, "\(run.messages)")
        let report = try project.text("results/each/report.md")
        #expect(report.contains("## Written by the network") && report.contains("answers once for an example"), "\(report)")
        let written = try project.ablate("predict", "each", "abcd a", "--length", "9", "--temperature", "0")
        #expect(written.output == "abcd abcd abcd \n", "\(written.output)\(written.messages)")
        let next = try project.ablate("predict", "each", "abcd abcd")
        #expect(next.status == 0 && next.output.contains("(space)"), "\(next.output)\(next.messages)")
        let refused = try project.ablate("plan", "each", "-S", "model.layers[1].lstm.return_sequences=false")
        #expect(refused.status == 2 && refused.messages.contains("the network gives the shape [5]"), "\(refused.messages)")
    }

    @Test func initWritesAnExperimentOnRunningText() throws {
        let lines = (0..<60).map { "No\($0) sat on the mat, dear\($0)\nthen\($0) it slept well\($0)\n" }
        try project.write(lines.joined(), to: "data/tale.txt")
        let written = try project.ablate("init", "data/tale.txt")
        #expect(written.status == 0, "\(written.messages)")
        let text = try project.text("experiments/tale.yaml")
        #expect(text.contains("dataset: {text: data/tale.txt}") && text.contains("{encode: next}"), "\(text)")
        let plan = try project.ablate("plan", "tale")
        #expect(plan.status == 0 && plan.output.contains("short"), "\(plan.output)\(plan.messages)")
        let preview = try project.ablate("data", "preview", "tale")
        #expect(preview.output.contains("40 whole numbers below "), "\(preview.output)\(preview.messages)")
        // A table stays one, whatever its ending.
        try project.write("name one, y\n" + (0..<30).map { "a b, \($0)\n" }.joined(), to: "data/table.txt")
        #expect(try project.ablate("data", "preview", "data/table.txt").output.contains("30 rows, 2 columns"))
    }

    @Test func charactersAsOneHotRowsAreLearnt() throws {
        try project.write(String(repeating: "abcd ", count: 120), to: "data/alphabet.txt")
        try project.write(
            """
            title: Letters
            dataset: {text: data/alphabet.txt}
            inputs: {text: {encode: tokens, unit: character, length: 4}}
            target: {text: {encode: next}}
            split: {test: {fraction: 0.1}}
            model: {layers: [one_hot, {lstm: {units: 8}}, {dense: {units: classes, activation: softmax}}]}
            training: {loss: sparse_categorical_crossentropy, optimizer: {adam: {learning_rate: 0.05}}, epochs: 10, metrics: [accuracy]}
            ablate: {wide: {model: {layers: [one_hot, {lstm: {units: 12}}, {dense: {units: classes, activation: softmax}}]}}}

            """, to: "experiments/hot.yaml")
        let run = try project.ablate("run", "hot", "-j", "1")
        #expect(run.status == 0, "\(run.messages)")
        let report = try project.text("results/hot/report.md")
        #expect(report.contains("| hidden layers") && report.contains("| 12 "), "\(report)")
        let written = try project.ablate("predict", "hot", "abcd a", "--length", "9", "--temperature", "0")
        #expect(written.output == "abcd abcd abcd \n", "\(written.output)\(written.messages)")
    }
}
