import Experiments
import Foundation
import Reports
import RunStore
import Settings
import Testing

/// What a report says of the rows that an experiment asks about, of linear networks, and of printed confusion matrices.
@Suite struct PredictionsTests {
    private let rows = [
        AskedRow(name: "young", cells: [.init(column: "age", text: "20"), .init(column: "note", text: "")]),
        AskedRow(name: "old", cells: [.init(column: "age", text: "80")]),
    ]

    /// A report of two variants with two seeds, whose predictions for both rows `answer` gives by variant and seed.
    private func report(
        _ kind: AskedRowPredictions.Kind, references: [Reference] = [], methods: [AskedRowPredictions.OfMethod] = [],
        function: [String]? = nil,
        answer: (Int, Int) -> [[Double]]
    ) throws -> String {
        let experiment = Experiment(
            name: "one", file: "experiments/one.yaml", title: "One?", baseline: MadeUp.baseline(),
            others: [MadeUp.variant("narrow", hidden: [4])], seeds: [1, 2], selection: Selection(metric: "val_accuracy", goal: .maximize),
            references: references, baselines: methods.isEmpty ? [] : [.logistic()], askedRows: rows)
        let sample = SampleStore(experiment)
        try sample.finish { run in
            var outcome = MadeUp.classification(run)
            outcome.target = .classes(["stays", "goes"])
            // With seed 1 one that stays is taken for one that goes.
            outcome.predictions = Predictions(
                test: .init(rows: [0, 1, 2], targets: [0, 0, 1], outputs: [0.1, run.seed == 1 ? 0.9 : 0.2, 0.8], width: 1))
            return outcome
        }
        var predictions = AskedRowPredictions(target: "exited", methods: methods)
        for (place, variant) in experiment.variants.enumerated() {
            let runs = sample.specifications.filter { $0.variant == variant.name }
            let byRun = Dictionary(uniqueKeysWithValues: runs.map { ($0.identity, answer(place, $0.seed)) })
            predictions.variants[variant.name] = AskedRowPredictions.OfVariant(
                kind: kind, runs: byRun,
                function: function.map { columns in
                    AskedRowPredictions.LinearFunction(
                        columns: columns, runs: byRun.mapValues { $0[0] }, exact: place == 0 ? [90, 2.5] : nil)
                })
        }
        return try Report(experiment: experiment, survey: sample.survey(), predictions: predictions, command: "make").markdown
            .replacing("\u{a0}", with: " ")
    }

    private func section(_ title: String, _ markdown: String) throws -> String {
        let start = try #require(markdown.range(of: "## \(title)")).lowerBound
        let rest = markdown[start...].dropFirst(2)
        return "##" + (rest.range(of: "\n## ").map { rest[..<$0.lowerBound] } ?? rest).trimmingCharacters(in: .newlines)
    }

    @Test func ofTwoClassesThePositiveOneIsTold() throws {
        let text = try report(.classes(["stays", "goes"], areProbabilities: true, positive: 0)) { _, seed in
            let p = [0.2 + 0.1 * Double(seed), 0.5]
            return p.map { [1 - $0, $0] }
        }
        let section = try section("Predictions", text)
        #expect(section.contains("Probability that exited is stays, "))
        #expect(section.contains("| `baseline`  | 0.65 ± 0.07 | 0.5000 |"), "\(section)")
    }

    @Test func twoClassesAreToldByTheProbabilityOfTheSecond() throws {
        let text = try report(
            .classes(["stays", "goes"], areProbabilities: true),
            references: [Reference(variant: "baseline", figure: "predict.old", value: 0.5)],
            methods: [.init(name: "logistic", predictions: [[0.75, 0.25], [0.4, 0.6]])]
        ) { variant, seed in
            let p = [0.2 + 0.1 * Double(seed), 0.5 + 0.1 * Double(variant)]
            return p.map { [1 - $0, $0] }
        }
        let found = try section("Predictions", text)
        #expect(
            found == """
                ## Predictions

                Probability that exited is goes, mean ± standard deviation over the seeds, which leaves out the variation over train rows.

                | answered by         |       young |    old |
                |:--------------------|------------:|-------:|
                | `baseline`          | 0.35 ± 0.07 | 0.5000 |
                | `narrow`            | 0.35 ± 0.07 | 0.6000 |
                | logistic regression |      0.2500 | 0.6000 |

                - young: age 20, note (empty)
                - old: age 80
                """)
        #expect(text.contains("| `baseline`, predict.old |   0.5 |"))
    }

    @Test func moreClassesAreToldByTheirNames() throws {
        let text = try report(.classes(["a", "b", "c"], areProbabilities: false)) { variant, _ in
            [[0, 0, 3], [variant == 0 ? 2 : 0, 1, 0]]
        }
        let section = try section("Predictions", text)
        #expect(section.contains("The class of exited with its score, mean"))
        #expect(section.contains("| `baseline`  | c: 3.000 | a: 2.000 |\n| `narrow`    | c: 3.000 | b: 1.000 |"))
    }

    @Test func linearNetworksAreToldAsFunctions() throws {
        let text = try report(.values, function: ["sugars"]) { _, seed in [[89.65 + 1e-7 * Double(seed), 2.485], [0, 0]] }
        #expect(
            try section("Learned functions", text) == """
                ## Learned functions

                exited = Σ coefficient · column + constant, in the columns' and the target's own units; exact: least squares on the same train rows.

                | function          | · sugars | constant |
                |:------------------|---------:|---------:|
                | `baseline`        |    2.485 |    89.65 |
                | `baseline`, exact |    2.500 |    90.00 |
                | `narrow`          |    2.485 |    89.65 |
                """)
        // |2.485 − 2.5| / 2.5; |89.65 − 90| / 90 is less, and narrow has no exact answer beside it.
        #expect(
            text.contains(
                "**No constant or coefficient of a linear network is farther from exact least squares than 0.6 % of its size**, in any run."
            ))
    }

    @Test func aPrintedConfusionMatrixStandsBesideTheRunsOwn() throws {
        let references = [(0, 0, 2), (0, 1, 0), (1, 0, 3), (1, 1, 1)].map {
            Reference(variant: "baseline", figure: Reference.confusion(label: $0.0, predicted: $0.1), value: Double($0.2))
        }
        let text = try section(
            "Beside the notes",
            report(.classes(["stays", "goes"], areProbabilities: true), references: references) { _, _ in [[1, 0], [1, 0]] })
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `baseline`") }.map { row in
            row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(
            rows.map { $0[0] }
                == ["found", "predicted as goes", "predicted as stays", "found"].enumerated().map { place, what in
                    "`baseline`, confusion: \(place < 2 ? "stays" : "goes") \(what)"
                })
        #expect(rows.map { $0[1] } == ["2", "0", "3", "1"])
        #expect(rows.map { $0[2] } == ["1.5 ± 0.7", "0.5 ± 0.7", "0 ± 0", "1 ± 0"])
        #expect(rows.map { String($0[3].prefix(3)) } == ["yes", "yes", "no ", "yes"])
    }
}
