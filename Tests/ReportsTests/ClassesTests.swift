import Experiments
import Foundation
import Reports
import RunStore
import Testing

/// The part of a report that tells which classes are found.
@Suite struct ClassesTests {
    /// A report of runs that predict, for each test row, the class and the probability that `predicted` gives.
    private func report(
        classes: [String]?, labels: [Int], targets: [Float]? = nil, width: Int, seeds: [Int] = [1, 2],
        predicted: (Int, Int) -> (class: Int, probability: Float)
    ) throws -> String {
        let experiment = Experiment(
            name: "one", file: "experiments/one.yaml", title: "One?", baseline: MadeUp.baseline(), seeds: seeds,
            selection: Selection(metric: "val_accuracy", goal: .maximize))
        let sample = SampleStore(experiment)
        try sample.finish { run in
            var outputs: [Float] = []
            for place in labels.indices {
                let (best, probability) = predicted(run.seed, place)
                outputs += (0..<width).map { $0 == best ? probability : (1 - probability) / Float(width - 1) }
            }
            var outcome = MadeUp.classification(run)
            outcome.target = classes.map(RecordedTarget.classes)
            outcome.predictions = Predictions(
                test: .init(
                    rows: labels.indices.map { Int32($0 + 100) }, targets: targets ?? labels.map(Float.init), outputs: outputs, width: width
                ))
            return outcome
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make").markdown
    }

    private func section(_ markdown: String) -> String {
        let start = markdown.range(of: "## Results by class")?.lowerBound ?? markdown.endIndex
        let rest = markdown[start...].dropFirst(2)
        let end = rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex
        return "## " + rest[..<end].trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func fewClassesGiveAMatrixATableAndTheSurestErrors() throws {
        // Row 102 is wrong with both seeds, row 101 with the second alone and not on average.
        let text = try report(classes: ["cat", "dog", "fish"], labels: [0, 0, 1, 2], width: 3) { seed, place in
            switch (place, seed) {
            case (2, _): (2, seed == 1 ? 0.9 : 0.7)
            case (1, 2): (1, 0.5)
            default: ([0, 0, 1, 2][place], 0.8)
            }
        }
        #expect(
            section(text) == """
                ## Results by class

                The test examples: 4, of 3 classes, counted over 2 runs.

                Confusion matrix, a row for each true class:

                | true \\ predicted | cat | dog | fish |
                |:-----------------|----:|----:|-----:|
                | cat              |   3 |   1 |    0 |
                | dog              |   0 |   0 |    2 |
                | fish             |   0 |   0 |    2 |

                | class | precision | recall |    F1 | examples |
                |:------|----------:|-------:|------:|---------:|
                | cat   |     1.000 |  0.750 | 0.857 |        2 |
                | dog   |     0.000 |  0.000 | 0.000 |        1 |
                | fish  |     0.500 |  1.000 | 0.667 |        1 |

                ![Confusion of the test examples, counted over 2 runs: shares of each true class](figures/confusion.svg)

                [The numbers](figures/confusion.csv).

                Most confident errors, by the mean probability over the runs (rows of the data set are counted from 1):

                | row | true | predicted | probability |
                |----:|:-----|:----------|------------:|
                | 103 | dog  | fish      |      0.8000 |
                """)
    }

    @Test func manyClassesGiveTheFrequentTheWorstAndTheConfusedOnes() throws {
        let labels = (0..<20).flatMap { label in [Int](repeating: label, count: 25 - label) }
        let text = section(
            try report(classes: (0..<21).map { "c\($0)" }, labels: labels, width: 21) { _, place in
                (labels[place] == 17 || labels[place] == 12 ? 3 : labels[place], 0.9)
            })
        #expect(!text.contains("true \\ predicted"))
        #expect(text.contains("The 10 most frequent classes, then the 5 of the others with the lowest F1. 1 class without a test example."))
        let rows = text.split(separator: "\n").filter {
            $0.hasPrefix("| c") && !$0.hasPrefix("| class") && $0.split(separator: "|").count == 5
        }
        #expect(rows.prefix(10).map { String($0.prefix(5)) } == (0..<10).map { "| c\($0) " })
        #expect(rows[10].hasPrefix("| c12 ") && rows[11].hasPrefix("| c17 ") && rows.count == 15)
        #expect(text.contains("| c12        | c3           |     13.0 |              100\u{A0}% |"))
    }

    @Test func recordsWithoutNamesNumberTheClasses() throws {
        let text = try report(classes: nil, labels: [0, 1], width: 2) { _, place in (place, 0.9) }
        #expect(text.contains("| class 0") && !text.contains("Most confident errors"))
    }

    /// As files hold that another program wrote.
    @Test(arguments: [Float.nan, .infinity, -1e30, -1, 0.5, 3, 1e30]) func targetsThatAreNoClassesAreLeftOut(target: Float) throws {
        let text = try report(classes: ["cat", "dog", "fish"], labels: [0, 1, 2], targets: [0, target, 2], width: 3) { _, place in
            (place, 0.9)
        }
        #expect(section(text).contains("The test examples: 2, of 3 classes, counted over 2 runs."), "\(text)")
    }

    @Test func runsWithoutPredictionsHaveNoSuchSection() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        let report = try Report(experiment: MadeUp.small(), survey: sample.survey(), command: "make")
        #expect(!report.markdown.contains("Which classes"))
    }
}
