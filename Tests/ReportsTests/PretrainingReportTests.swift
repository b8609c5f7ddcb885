import Experiments
import Foundation
import Reports
import RunStore
import Testing

/// Layers that were trained by themselves: their errors by pass, and those that diverged.
@Suite struct PretrainingReportTests {
    private func outcome(_ run: RunSpecification, _ errors: [[Double]]) -> RunOutcome {
        var outcome = MadeUp.classification(run)
        outcome.pretraining = errors.enumerated().map { PretrainedLayer(layer: "layer_\($0 + 1)", errors: $1) }
        return outcome
    }

    private func report(_ outcome: (RunSpecification) -> RunOutcome?) throws -> Report {
        let experiment = MadeUp.small(seeds: [1, 2])
        let sample = SampleStore(experiment)
        try sample.finish(outcome)
        return try Report(experiment: experiment, survey: sample.survey(), command: "make")
    }

    @Test func errorsByPassAreDrawnAndListed() throws {
        let report = try report { run in
            run.variant == "baseline" ? MadeUp.classification(run) : outcome(run, [[0.4, 0.2, Double(run.seed) / 10], [0.3, 0.25]])
        }
        let figure = try #require(report.figures.first { $0.path == "figures/pretraining.svg" })
        #expect(
            figure.caption == "Error of what each layer gives again, by pass over the train rows: one line per layer, mean over runs")
        #expect(
            figure.data.split(separator: "\n").prefix(7) == [
                "variant,layer,pass,error", "narrow,layer_1,1,0.4", "narrow,layer_1,2,0.2", "narrow,layer_1,3,0.15000000000000002",
                "narrow,layer_2,1,0.3", "narrow,layer_2,2,0.25", "wide,layer_1,1,0.4",
            ])
        // A line for each of two layers in each of two panels, and two in the legend.
        #expect(figure.svg.components(separatedBy: "<polyline").count == 7)
        #expect(!figure.svg.contains("nan") && !figure.svg.contains("inf"))
        #expect(report.markdown.contains("## Layers trained by themselves\n\n![Error of what each layer gives again"))
    }

    @Test func onePassIsNoCurve() throws {
        let report = try report { outcome($0, [[0.4], [0.3]]) }
        #expect(!report.figures.contains { $0.path == "figures/pretraining.svg" } && !report.markdown.contains("trained by themselves"))
    }

    @Test func layersThatDivergedAreNamed() throws {
        let report = try report { run in
            outcome(run, run.variant == "wide" ? [[0.4, run.seed == 2 ? .nan : 0.3, .infinity], [.nan, .nan, .nan]] : [[0.4, 0.3]])
        }
        #expect(
            report.warnings.contains(
                "`wide`: `layer_1`, trained by itself, diverged from pass 2 to 3 on, where the error was no longer finite, with seeds 1 and 2; the "
                    + "whole began with weights that mean nothing. Lower the learning rate of training.pretrain, or scale the inputs."))
        let svg = try #require(report.figures.first { $0.path == "figures/pretraining.svg" }).svg
        #expect(!svg.contains("nan") && !svg.contains("inf") && !svg.contains("no error is finite"))
    }

    /// A layer that is worse at the end than it began is ruined, also where its error stayed finite.
    @Test func layersThatGrewWorseAreNamed() throws {
        let report = try report { run in
            outcome(run, run.variant == "wide" ? [[0.4, 0.2], [0.3, Double(run.seed) * 1e30]] : [[0.4, 0.3]])
        }
        #expect(
            report.warnings.contains(
                "`wide`: `layer_2`, trained by itself, had an error of 0.30 after the first pass and, at most, of 2.0×10³⁰ after the last, with seeds 1 "
                    + "and 2; the whole began with weights that training had made worse. Lower the learning rate of training.pretrain, or scale the "
                    + "inputs."), "\(report.warnings)")
        #expect(!report.warnings.contains { $0.contains("diverged") || $0.contains("`narrow`: ") && $0.contains("trained by itself") })
    }

    /// A hundredth more is the luck of a pass.
    @Test func errorsThatStayAreNoGrowth() throws {
        let report = try report { run in outcome(run, run.variant == "wide" ? [[0.4, 0.4039], [0.3, 0.3]] : [[0.4, 0.3]]) }
        #expect(!report.warnings.contains { $0.contains("trained by itself") }, "\(report.warnings)")
    }

    /// What left for far above would make an axis on which nothing else can be read.
    @Test func aVariantThatWentWrongLeavesThePicture() throws {
        let report = try report { run in
            outcome(run, run.variant == "wide" ? [[0.4, 5, 1e30]] : [[0.4, 0.2, 0.1]])
        }
        let figure = try #require(report.figures.first { $0.path == "figures/pretraining.svg" })
        #expect(
            figure.caption
                == "Error of what each layer gives again, by pass over the train rows: one line per layer, mean over runs; wide leaves the picture"
        )
        #expect(figure.svg.contains(">rises to 1.0×10³⁰<") && figure.svg.contains("clip-path") && !figure.svg.contains("10²⁰"))
        #expect(figure.data.contains("wide,layer_1,3,1e+30"))
    }

    /// Where it went wrong in all, the axis is theirs.
    @Test func withoutACalmVariantNothingIsCut() throws {
        let report = try report { outcome($0, [[0.4, 5, 1e30]]) }
        let figure = try #require(report.figures.first { $0.path == "figures/pretraining.svg" })
        #expect(figure.caption.hasSuffix("mean over runs, logarithmic scale") && !figure.svg.contains("clip-path"))
    }

    @Test func aPanelWithoutACurveSaysWhy() throws {
        let report = try report { run in
            outcome(run, run.variant == "wide" ? [[.nan, .nan]] : [[0.4, 0.3]])
        }
        #expect(report.figures.first { $0.path == "figures/pretraining.svg" }?.svg.components(separatedBy: "no error is finite").count == 2)
    }

    @Test func aReportThatIsRefusedSaysWhichLayerGrewWorse() throws {
        let error = #expect(throws: ReportRefusal.self) {
            try report { run in
                var outcome = outcome(run, [[0.4, 210]])
                outcome.stopped = "diverged"
                return outcome
            }
        }
        #expect(
            error?.description
                == "small: training diverged: the loss was not finite in all 6 finished runs, since layer_1, trained by itself, had an error of 0.40 "
                + "after the first pass and, at most, of 210 after the last, so there is nothing to report; lower the learning rate of "
                + "training.pretrain, or scale the inputs")
    }

    @Test(arguments: [true, false])
    func aReportThatIsRefusedSaysWhere(isPretrained: Bool) throws {
        let error = #expect(throws: ReportRefusal.self) {
            try report { run in
                var outcome = outcome(run, isPretrained ? [[0.4, 0.3], [.nan, .nan]] : [])
                outcome.stopped = "diverged"
                return outcome
            }
        }
        let why = isPretrained ? "since layer_2, trained by itself, diverged from pass 1 on, " : ""
        let rate = isPretrained ? "lower the learning rate of training.pretrain" : "lower the learning rate"
        #expect(
            error?.description
                == "small: training diverged: the loss was not finite in all 6 finished runs, \(why)so there is nothing to report; "
                + "\(rate), or scale the inputs")
    }
}
