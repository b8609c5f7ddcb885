import Experiments
import Foundation
import Reports
import RunStore
import Testing

@Suite struct GradientsTests {
    /// Two variants of three layers, whose first layer's gradient is `first` times the last one's.
    private func report(first: [String: [Double]]) throws -> Report {
        let experiment = MadeUp.small(seeds: [1, 2])
        let sample = SampleStore(experiment)
        try sample.finish { run in
            guard let norms = first[run.variant] else { return nil }
            var history = History(columns: ["epoch", "loss", "val_accuracy", "grad_norm/layer_1", "grad_norm/layer_2", "grad_norm/output"])
            for (index, norm) in norms.enumerated() {
                history.append([Double(index + 1), 1, 0.5, norm * Double(run.seed), 0.3, 2 * Double(run.seed)])
            }
            return RunOutcome(
                figures: ["val_accuracy": 0.5], history: history, parameters: 10, keptEpoch: norms.count,
                timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1))
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make")
    }

    /// The means over the seeds 1 and 2 are 1.5 times these, and 3 for the last layer.
    @Test func theTableNamesVanishingAndExplodingGradients() throws {
        let markdown = try report(first: ["baseline": [2, 0.1], "narrow": [1e-13, 1e-13], "wide": [0, 400]]).markdown
        let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(rows.contains(["`baseline`", "3.0", "3.0", "1.0", "0.15", "3.0", "0.050", "stays even at first, shrinks at the end"]))
        #expect(rows.contains(["`narrow`", "1.5×10⁻¹³", "3.0", "5.0×10⁻¹⁴", "1.5×10⁻¹³", "3.0", "5.0×10⁻¹⁴", "vanishes"]))
        #expect(
            rows.contains(["`wide`", "0", "3.0", "0", "600", "3.0", "200", "does not reach the first layer at first, explodes at the end"]))
        #expect(
            markdown.contains(
                "In the first epoch the gradient does not reach the first layer in `wide`; vanishes in `narrow`; stays even in `baseline`.\n"
            ))
        #expect(
            markdown.contains(
                " **In the first epoch the gradient does not reach the first layer in `wide`; vanishes in `narrow`** on its way back.\n"))
    }

    @Test func gradientsThatStayEvenAreNoNews() throws {
        let report = try report(first: ["baseline": [2, 2], "narrow": [1, 1], "wide": [3, 3]])
        #expect(!report.headline.contains("gradient") && report.markdown.contains("stays even in `baseline`, `narrow` and `wide`."))
    }

    @Test func theFigureLeavesOutWhatALogarithmCannotShow() throws {
        let figures = try report(first: ["baseline": [0, 0], "narrow": [1e-3, 1e-3]]).figures
        let svg = try #require(figures.first { $0.path == "figures/gradients.svg" }).svg
        #expect(svg.contains("0 throughout: layer_1"))
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        #expect(svg.contains(">10⁻³<") || svg.contains(">0.001<"))
    }

    /// Three steps, of which the first has a thousandth of the last one's; runs of half as many steps are drawn from the same end.
    @Test func stepsAreToldFromTheEndBackwards() throws {
        let experiment = MadeUp.small(seeds: [1, 2])
        let sample = SampleStore(experiment)
        try sample.finish { run in
            let steps = run.variant == "narrow" ? [1.0] : [0.001, 0.1]
            let columns = (1...steps.count + 1).map { "step_grad_norm/layer_2/\($0)" }
            var history = History(columns: ["epoch", "loss", "val_accuracy"] + columns)
            for epoch in 1...2 { history.append([Double(epoch), 1, 0.5] + steps + [Double(epoch)]) }
            return RunOutcome(
                figures: ["val_accuracy": 0.5], history: history, parameters: 10, keptEpoch: 2,
                timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1))
        }
        let report = try Report(experiment: experiment, survey: sample.survey(), command: "make")
        let rows = report.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(rows.contains(["`baseline`", "3", "0.0010", "1.0", "0.0010", "0.0010", "2.0", "0.00050", "vanishes"]))
        #expect(rows.contains(["`narrow`", "2", "1.0", "1.0", "1.0", "1.0", "2.0", "0.50", "stays even"]))
        let figure = try #require(report.figures.first { $0.path == "figures/step-gradients.svg" })
        #expect(figure.data.contains("narrow,1,1,1.0,1.0\n") && figure.data.contains("baseline,1,2,0.001,0.001\n"))
        #expect(!figure.svg.contains("nan") && !report.markdown.contains("step_grad_norm"))
    }

    @Test func withoutMeasuredGradientsThereIsNoSection() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
        #expect(!report.markdown.contains("Gradients by layer"))
    }
}
