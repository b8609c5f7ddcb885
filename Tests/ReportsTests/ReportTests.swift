import Experiments
import Foundation
import Reports
import RunStore
import Testing

#if canImport(FoundationXML)
import FoundationXML
import Settings
#endif

@Suite struct ReportTests {
    func report(_ experiment: Experiment, _ outcome: (RunSpecification) -> RunOutcome?) throws -> Report {
        let sample = SampleStore(experiment)
        try sample.finish(outcome)
        return try Report(experiment: experiment, survey: sample.survey(), command: "make experiment NAME=\(experiment.name)")
    }

    // MARK: - Whole reports

    @Test func aSmallExperimentGivesTheReportThatWasLookedAt() throws {
        let report = try report(MadeUp.small()) { run in
            let outcome = MadeUp.classification(run)
            return MadeUp.answering(
                outcome, run, accuracy: (outcome.figures["val_accuracy"] ?? 0) + 0.01 * MadeUp.wobble(run.seed, run.variant.count))
        }
        try expectGolden(report.markdown, "small.md")
        #expect(
            report.figures.map(\.path) == [
                "figures/differences.svg", "figures/frontier.svg", "figures/curves.svg", "figures/calibration.svg", "figures/ranking.svg",
            ])
        for figure in report.figures { try expectGolden(figure.svg, "small-" + (figure.path as NSString).lastPathComponent) }
    }

    @Test func aRegressionOfOneVariantGivesTheReportThatWasLookedAt() throws {
        let report = try report(MadeUp.wine()) { MadeUp.regression($0) }
        try expectGolden(report.markdown, "wine.md")
        #expect(report.figures.map(\.path) == ["figures/curves.svg"])
    }

    @Test func theSameStoreGivesTheSameBytes() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        let reports = try (0..<2).map { _ in try Report(experiment: MadeUp.small(), survey: sample.survey(), command: "make") }
        #expect(reports[0].markdown == reports[1].markdown)
        #expect(reports[0].figures == reports[1].figures)
    }

    @Test func aReportIsPlainTextButForItsDetails() throws {
        let markdown = try report(MadeUp.small()) { MadeUp.classification($0) }.markdown
        let tags = markdown.matches(of: /<[^>]*>/).map { String($0.output) }
        #expect(Set(tags) == ["<details>", "<summary>", "</summary>", "</details>"])
        let rows = markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count > 10 && rows.allSatisfy { $0.hasSuffix("|") })
    }

    @Test func figuresAreWellFormed() throws {
        for figure in try report(MadeUp.small()) { MadeUp.classification($0) }.figures {
            #expect(XMLParser(data: Data(figure.svg.utf8)).parse(), "\(figure.path)")
            #expect(!figure.svg.contains("nan") && !figure.svg.contains("inf"))
        }
    }

    // MARK: - Answers

    @Test func theBestIsNamedWithItsDifference() throws {
        let answer = try report(MadeUp.small()) { MadeUp.classification($0) }.headline
        #expect(answer.hasPrefix("**`wide` has the best validation accuracy, 0.81"))
        #expect(answer.contains("over 3 seeds; against the baseline +0.0"))
    }

    @Test func whereLessIsBetterTheLowestWins() throws {
        let answer = try report(MadeUp.small(goal: .minimize, metric: "val_loss")) { run in
            Self.constant(
                ["val_loss": run.variant == "narrow" ? 0.1 : run.variant == "wide" ? 0.5 : 0.3, "val_accuracy": 0.5], seed: run.seed)
        }.headline
        #expect(
            answer == """
                **`narrow` has the best validation loss, 0.1010 ± 0.0010 over 3 seeds; against the baseline −0.2000.** \
                The variation over examples is not known: no variant is called better or worse.
                """)
    }

    @Test func aBaselineThatWinsIsSaid() throws {
        let answer = try report(MadeUp.small()) { run in
            Self.constant(["val_accuracy": run.variant == "baseline" ? 0.8 : 0.7], seed: run.seed)
        }.headline
        #expect(
            answer.hasPrefix("**The baseline has the best validation accuracy, 0.8010 ± 0.0010 over 3 seeds.** The variation"))
    }

    @Test func oneSeedPromisesNothing() throws {
        let report = try report(MadeUp.small(seeds: [7])) { MadeUp.classification($0) }
        #expect(report.headline.contains("from a single seed") && report.headline.contains("One seed has no spread to judge by"))
        #expect(!report.headline.contains("±") && report.markdown.contains("needs two seeds"))
        #expect(report.warnings.contains("Only one seed: another may give different figures and another ranking."))
    }

    // MARK: - Other shapes

    /// Rows that choose when training ends are no new ones to judge it by.
    @Test(
        arguments: [
            ("val_loss", 4, true), ("loss", 4, false), ("val_loss", nil, false),
        ] as [(String, Int?, Bool)])
    func earlyStoppingByTheFoldIsWarnedOf(monitor: String, folds: Int?, isWarned: Bool) throws {
        var settings = MadeUp.baseline(folds: folds).trial.settings
        settings.training.earlyStopping = EarlyStoppingSettings(monitor: monitor, patience: 2)
        let experiment = Experiment(
            name: "stops", file: "experiments/stops.yaml", title: "When?",
            baseline: Variant(name: "baseline", origin: .baseline, trial: Trial(settings)), others: [], seeds: [1, 2, 3, 4, 5],
            selection: Selection(metric: "val_loss", goal: .minimize))
        let warnings = try report(experiment) { MadeUp.regression($0) }.warnings
        #expect(
            warnings.contains {
                $0.hasPrefix("The rows of each fold choose the epoch at which its run ends, by early stopping, and then judge it: ")
            } == isWarned, "\(warnings)")
    }

    @Test func foldsOfOneSeedAreTheUnit() throws {
        let report = try report(MadeUp.wine(seeds: [1], folds: 4)) { MadeUp.regression($0) }
        #expect(report.headline.hasSuffix("mean ± standard deviation over 4 folds."))
        #expect(report.markdown.contains("needs two seeds: folds do not tell how much another run would differ"))
    }

    @Test func foldsOfSeveralSeedsAreAveraged() throws {
        let report = try report(MadeUp.wine(seeds: [1, 2, 3], folds: 4)) { run in
            Self.constant(["val_loss": Double(run.seed) + Double(run.fold ?? 0) * 10], seed: 0)
        }
        #expect(report.headline == "**Validation loss is 27.0 ± 1.0**, mean ± standard deviation over 3 seeds.")
    }

    @Test func aSeedThatLacksAFoldDoesNotCount() throws {
        let report = try report(MadeUp.wine(seeds: [1, 2, 3], folds: 4)) { run in
            run.seed == 3 && run.fold == 2 ? nil : Self.constant(["val_loss": Double(run.seed)], seed: 0)
        }
        #expect(report.headline.hasSuffix("over 2 seeds."))
        #expect(report.warnings.contains("`baseline`: 11 of 12 runs are finished (1 new)."))
    }

    @Test func withoutValidationTheComparisonIsOnTestAndSaysSo() throws {
        let report = try report(MadeUp.small(hasValidation: false)) { MadeUp.classification($0, hasValidation: false) }
        #expect(report.headline.contains("best test accuracy"))
        #expect(report.markdown.contains("There are no validation rows: variants are compared on test."))
        #expect(!report.markdown.contains("Chosen on validation"))
    }

    @Test func figuresOfALargeSweepKeepTheBest() throws {
        let experiment = Experiment(
            name: "sweep", file: "experiments/sweep.yaml", title: "Which batch size?", baseline: MadeUp.baseline(),
            others: (1...60).map { MadeUp.variant("batch-\($0)", hidden: [64, 64], batch: $0) }, seeds: [1, 2],
            selection: Selection(metric: "val_accuracy", goal: .maximize))
        let report = try report(experiment) { run in
            Self.constant(["val_accuracy": 0.5 + (Double(run.variant.dropFirst(6)) ?? 0) / 1000, "loss": 1], seed: run.seed)
        }
        let captions = report.figures.map(\.caption)
        #expect(
            captions[0].contains("the best 20 variants")
                && captions[1].contains("the baseline and the best (49 more variants are left out)"))
        #expect(report.figures[0].svg.contains(">batch-41<") && !report.figures[0].svg.contains(">batch-40<"))
        #expect(report.figures[1].svg.contains(">batch-50<") && !report.figures[1].svg.contains(">batch-49<"))
    }

    // MARK: - What is missing or wrong

    @Test func anEmptyStoreIsRefusedInWords() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.fail(sample.specifications[0], "no")
        #expect { try Report(experiment: sample.experiment, survey: sample.survey(), command: "make") } throws: { error in
            "\(error)" == """
                small: none of 9 runs is finished (1 failed), so there is nothing to report and no report was written; \
                train them first: ablate run small
                """
        }
    }

    @Test func runsWithoutAnyComparableFigureAreRefused() throws {
        #expect(throws: ReportRefusal.nothingToCompare(experiment: "small", metric: "val_accuracy")) {
            try report(MadeUp.small()) { _ in Self.constant(["val_accuracy": .nan], seed: 0) }
        }
    }

    @Test func missingAndFailedRunsAreWarnedOf() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { $0.variant == "wide" && $0.seed > 1 ? nil : MadeUp.classification($0) }
        let failing = try #require(sample.specifications.first { $0.variant == "wide" && $0.seed == 2 })
        try sample.fail(failing, "out of memory\nmore")
        let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
        #expect(report.warnings.contains("`wide`: 1 of 3 runs are finished (1 failed and 1 new); seed 2 failed: out of memory."))
        #expect(report.warnings.contains("Only 3 seeds: the standard deviation is itself uncertain; 5 or more estimate it better."))
        #expect(
            report.warnings.contains(
                "Several settings differ from the baseline at once, so the difference cannot be attributed to one of them: `wide` (batch_size and hidden layers)."
            ))
    }

    @Test(
        arguments: [
            ("mean_squared_error", nil, true), ("sparse_categorical_crossentropy", nil, false), ("categorical_crossentropy", 0.1, true),
            ("categorical_crossentropy", nil, false),
        ] as [(String, Double?, Bool)])
    func lossesOfAnotherFormulaAreWarnedOf(loss: String, penalty: Double?, isAnother: Bool) throws {
        func variant(_ name: String, _ loss: String, _ penalty: Double?) -> Variant {
            let regularizer = penalty.map { ",\"kernel_regularizer\":{\"l2\":\($0)}" } ?? ""
            let canonical = """
                {"model":{"layers":[{"dense":{"units":"classes"\(regularizer)}}]},"training":{"loss":{"\(loss)":{"from_logits":\(name == "other")}}}}
                """
            let trial = Trial(settings: MadeUp.baseline().trial.settings, canonical: canonical)
            return Variant(name: name, origin: name == "other" ? .ablate : .baseline, trial: trial)
        }
        let experiment = Experiment(
            name: "losses", file: "experiments/losses.yaml", title: "Losses?",
            baseline: variant("baseline", "categorical_crossentropy", nil),
            others: [variant("other", loss, penalty)], seeds: [1, 2], selection: Selection(metric: "val_loss", goal: .minimize))
        let found = try report(experiment) { Self.constant(["val_loss": 0.5, "loss": 0.5], seed: $0.seed) }
        #expect(found.headline.contains("losses do not compare with the baseline's.** Select a metric") == isAnother)
        let warnings = found.warnings
        let words =
            "Another loss function or penalty than the baseline's is minimized in `other`: the losses are not comparable. "
        #expect(warnings.contains { $0.hasPrefix(words) && $0.hasSuffix("select a metric that is the same for all.") } == isAnother)
    }

    @Test(arguments: [
        ("{\"variational\":{\"units\":2,\"kl_weight\":0.5}}", true), ("{\"variational\":{\"units\":2,\"kl_weight\":0}}", false),
        ("{\"dense\":{\"units\":2,\"activity_regularizer\":{\"l1\":0.1,\"l2\":0}}}", true),
        ("{\"dense\":{\"units\":2,\"kernel_regularizer\":{\"l1\":0.1,\"l2\":0}}}", false),
    ])
    func whatLayersAddToTheLossIsWarnedOf(layer: String, isWarned: Bool) throws {
        let canonical =
            "{\"model\":{\"layers\":[\(layer),{\"dense\":{\"units\":\"classes\"}}]},\"training\":{\"loss\":\"mean_squared_error\"}}"
        let trial = Trial(settings: MadeUp.baseline().trial.settings, canonical: canonical)
        for metric in ["val_loss", "val_accuracy"] {
            let experiment = Experiment(
                name: "losses", file: "experiments/losses.yaml", title: "Losses?",
                baseline: Variant(name: "baseline", origin: .baseline, trial: trial), others: [], seeds: [1, 2],
                selection: Selection(metric: metric, goal: .minimize))
            let warnings = try report(experiment) { Self.constant([metric: 0.5, "loss": 0.5], seed: $0.seed) }.warnings
            let words =
                "Layers of `baseline` add to the loss what differs from example to example: intervals of the loss do not see how much."
            #expect(warnings.contains(words) == (isWarned && metric == "val_loss"))
        }
    }

    @Test func aBaselineWithoutRunsLeavesNoDifferences() throws {
        let report = try report(MadeUp.small()) { $0.variant == "baseline" ? nil : MadeUp.classification($0) }
        #expect(report.headline.hasSuffix("The baseline has no finished run, so no variant can be compared with it."))
        #expect(report.figures.map(\.path) == ["figures/curves.svg"])
    }

    @Test func divergedRunsAreLeftOutOfMeansAndNamed() throws {
        let report = try report(MadeUp.small()) { run in
            guard run.variant == "wide", run.seed == 2 else { return MadeUp.classification(run) }
            var outcome = Self.constant(["val_accuracy": .nan], seed: 0)
            outcome.stopped = "diverged"
            return outcome
        }
        #expect(
            report.warnings.contains(
                "`wide` diverged: training was stopped in epoch 3, where the loss was no longer finite, with seed 2; "
                    + "means leave this run out."
            ))
        #expect(!report.figures.isEmpty && report.figures.allSatisfy { !$0.svg.contains("nan") })
    }

    @Test(
        arguments: [
            ([3, 5], "**Early stopping ended training after 4 ± 1 of at most 10 epochs**, with the weights of epoch 2 ± 1."),
            ([4, 4], "**Early stopping ended training after 4 of at most 10 epochs**, with the weights of epoch 2."),
            ([10, 10], "Early stopping ended no run before its 10 epochs."),
        ] as [([Int], String)])
    func theAnswerTellsWhenEarlyStoppingEndedTraining(epochs: [Int], sentence: String) throws {
        var settings = MadeUp.baseline().trial.settings
        settings.training.epochs = 10
        settings.training.earlyStopping = EarlyStoppingSettings(patience: 2)
        let experiment = Experiment(
            name: "stops", file: "experiments/stops.yaml", title: "When?",
            baseline: Variant(name: "baseline", origin: .baseline, trial: Trial(settings)), others: [], seeds: [1, 2],
            selection: Selection(metric: "val_loss", goal: .minimize))
        let answer = try report(experiment) { run in
            let count = epochs[run.seed - 1]
            var history = History(columns: ["epoch", "loss", "val_loss"])
            for epoch in 1...count { history.append([Double(epoch), 0.5, 0.5]) }
            return RunOutcome(
                figures: ["val_loss": 0.5], history: history, parameters: 10, keptEpoch: count - 2,
                timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1_000_000))
        }.headline
        #expect(answer.hasSuffix(sentence))
    }

    /// The metric of the epoch in which the loss ran away may still be a number, and then an absurd one.
    @Test func finiteFiguresOfADivergedEpochAreLeftOut() throws {
        func report(kept: Int) throws -> String {
            try self.report(MadeUp.small()) { run in
                guard run.variant == "wide" else { return MadeUp.classification(run) }
                var outcome = MadeUp.classification(run)
                outcome.figures["val_accuracy"] = 12345
                outcome.stopped = "diverged"
                outcome.keptEpoch = kept
                return outcome
            }.markdown
        }
        #expect(try !report(kept: 20).contains("12,345"))
        // Weights of an earlier epoch that were kept are as good as any.
        #expect(try report(kept: 7).contains("12,345"))
    }

    @Test func aDamagedHistoryLeavesItsRunOutAndNamesTheFile() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        let survey = sample.survey()
        guard case .finished(let run) = survey.runs[0].state else {
            Issue.record("the run is not finished")
            return
        }
        let text = try String(contentsOfFile: run.folder.historyFile, encoding: .utf8)
        try text.replacing("0.04", with: "?.04").write(toFile: run.folder.historyFile, atomically: true, encoding: .utf8)
        let report = try Report(experiment: sample.experiment, survey: survey, command: "make")
        #expect(
            report.warnings.last
                == "A stored run was left out: \(run.record.identity)/history.csv: the checksum does not match the content.")
        #expect(report.warnings.contains("`baseline`: 2 of 3 runs are finished (1 damaged)."))
    }

    // MARK: - On disk

    @Test func writingReplacesTheFiguresOfAnEarlierReport() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        let folder = sample.store.experimentFolder("small")
        let old = folder + "/figures/gradients.svg"
        let foreign = folder + "/figures/mine.svg"
        let output = sample.store.output(of: "small")
        try output.folder("figures").write("<svg/>", as: "gradients.svg")
        try output.folder("figures").write("<svg/>", as: "mine.svg")
        let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
        #expect(try report.write(to: output) == folder + "/report.md")
        #expect(try String(contentsOfFile: folder + "/report.md", encoding: .utf8) == report.markdown)
        for figure in report.figures {
            #expect(try String(contentsOfFile: "\(folder)/\(figure.path)", encoding: .utf8) == figure.svg)
            let data = figure.path.replacing(".svg", with: ".csv")
            #expect(try String(contentsOfFile: "\(folder)/\(data)", encoding: .utf8) == figure.data)
            #expect(report.markdown.contains("[The numbers](\(data))."))
        }
        #expect(!FileManager.default.fileExists(atPath: old))
        #expect(FileManager.default.fileExists(atPath: foreign))
    }

    @Test func aTinyShareOfParametersIsToldByItsFirstDigit() throws {
        let sample = SampleStore(MadeUp.width)
        try sample.finish { run in
            var outcome = Self.constant(["val_accuracy": 0.5], seed: run.seed)
            outcome.parameters = ["middle-4": 30, "middle-16": 4000][run.variant] ?? 10_000
            return outcome
        }
        let warnings = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make").warnings
        #expect(warnings.contains { $0.contains("0.003 times (`middle-4`), 0.40 times (`middle-16`)") }, "\(warnings)")
    }

    /// A run whose figures are the same in every epoch but for a thousandth a seed.
    static func constant(_ figures: [String: Double], seed: Int) -> RunOutcome {
        var figures = figures
        for (name, value) in figures where name.hasPrefix("val_") && seed > 0 { figures[name] = value + Double(seed - 1) / 1000 }
        let names = figures.keys.sorted()
        var history = History(columns: ["epoch"] + names)
        for epoch in 1...3 { history.append([Double(epoch)] + names.compactMap { figures[$0] }) }
        return RunOutcome(
            figures: figures, history: history, parameters: 10, keptEpoch: 3,
            timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1_000_000))
    }
}
