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

    @Test func withoutMeasuredGradientsThereIsNoSection() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
        #expect(!report.markdown.contains("Gradients by layer"))
    }
}
