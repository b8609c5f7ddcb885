import Experiments
import Foundation
import Reports
import RunStore
import Settings
import Testing

@Suite struct CurvesTests {
    // MARK: - Where overfitting starts

    /// With a tolerance of a tenth: above 1.1 to the end, for two epochs at least.
    @Test(
        arguments: [
            ([3, 1, 1.2, 1.3, 1.4], 2, 3), ([3, 1, 1.1, 1.11, 1.2], 2, 4), ([3, 1, 1.3, 1.05, 1.3], 2, nil),
            ([3, 1, 1.3, 1, 1.3, 1.3], 2, 5),
            ([3, 2, 1], 3, nil), ([1, 1, 1], 1, nil), ([3, 1, .nan, .nan], 2, 3), ([-1, -2, -1.9, -1.7, -1.7], 2, 4),
            ([1, 0, 0.1, 0.1], 2, 3),
        ] as [([Double], Int, Int?)])
    func overfittingIsALastingRise(values: [Double], best: Int, start: Int?) throws {
        let turn = try #require(Turn(values, firstEpoch: 1, settings: CurveSettings(tolerance: 0.1)))
        #expect(turn.bestEpoch == best)
        #expect(turn.start == start)
    }

    @Test func epochsAreCountedFromTheFirstThatIsLookedAt() throws {
        let turn = try #require(Turn([3, 1, 2, 2], firstEpoch: 11, settings: CurveSettings()))
        #expect(turn.bestEpoch == 12 && turn.start == 13 && turn.lastEpoch == 14 && turn.loss == 1)
    }

    @Test func whereMoreIsBetterAFallCounts() throws {
        let settings = CurveSettings(monitor: "val_accuracy", goal: .maximize, tolerance: 0.1)
        let turn = try #require(Turn([0.5, 0.8, 0.75, 0.7, 0.6], firstEpoch: 1, settings: settings))
        #expect(turn.bestEpoch == 2 && turn.start == 4)
    }

    @Test func aTenthOfTheEpochsMustBeWorse() throws {
        func start(worse: Int) -> Int? {
            Turn(Array(repeating: 1, count: 60 - worse) + Array(repeating: 2, count: worse), firstEpoch: 1, settings: CurveSettings())?
                .start
        }
        #expect(start(worse: 5) == nil)
        #expect(start(worse: 6) == 55)
    }

    @Test func whatRisesWithTheTrainLossIsNoOverfitting() throws {
        let rising = try #require(Turn([3, 1, 2, 3, 4], train: [3, 1, 2, 3, 4], firstEpoch: 1, settings: CurveSettings()))
        #expect(rising.start == nil && rising.unsettledSince == 3)
        let falling = try #require(Turn([3, 1, 2, 3, 4], train: [3, 1, 2, 1, 0.9], firstEpoch: 1, settings: CurveSettings()))
        #expect(falling.start == 3 && falling.unsettledSince == nil)
        let sample = SampleStore(MadeUp.wine(seeds: [1]))
        try sample.finish { _ in
            var history = History(columns: ["epoch", "loss", "val_loss"])
            for (index, value) in [1.0, 50, 2000].enumerated() { history.append([Double(index + 1), value, value * 2]) }
            return RunOutcome(
                figures: ["val_loss": 4000], history: history, parameters: 10, keptEpoch: 3,
                timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1))
        }
        let warnings = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make").warnings
        #expect(
            warnings.last
                == "Training does not settle: validation loss and train loss both get worse and stay so, which is not overfitting: from epoch 2 on."
        )
    }

    @Test func oneEpochHasNoCurve() {
        #expect(Turn([1], firstEpoch: 1, settings: CurveSettings()) == nil)
        #expect(Turn([.nan, .nan], firstEpoch: 1, settings: CurveSettings()) == nil)
    }

    // MARK: - Means over folds and seeds

    /// Two seeds of two folds. Seed 1: 8 4 2 6 6 and 4 2 2 2 2, mean 6 3 2 4 4; seed 2: 2 lower in the first fold and 2 higher in the second from
    /// epoch 3 on, so the same mean but for epoch 4 of 4 and epoch 3 of 3.
    private func folded(_ curves: CurveSettings?, references: [Reference] = []) throws -> Report {
        let values: [[Double]: [Double]] = [
            [1, 1]: [8, 4, 2, 6, 6], [1, 2]: [4, 2, 2, 2, 2], [2, 1]: [8, 4, 2, 4, 6], [2, 2]: [4, 2, 4, 2, 6],
        ]
        let experiment = Experiment(
            name: "folded", file: "experiments/folded.yaml", title: "Folded?", baseline: MadeUp.baseline(folds: 2), seeds: [1, 2],
            selection: Selection(metric: "val_loss", goal: .minimize), references: references, curves: curves)
        let sample = SampleStore(experiment)
        try sample.finish { run in
            let own = values[[Double(run.seed), Double(run.fold ?? 0)]] ?? []
            var history = History(columns: ["epoch", "loss", "val_loss"])
            for (index, value) in own.enumerated() { history.append([Double(index + 1), 1, value]) }
            return RunOutcome(
                figures: ["loss": 1, "val_loss": own.last ?? 0], history: history, parameters: 10, keptEpoch: own.count,
                timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1))
        }
        return try Report(experiment: experiment, survey: sample.survey(), command: "make")
    }

    /// Means over seeds 6, 3, (2 + 3) / 2, (4 + 3) / 2, (4 + 6) / 2: lowest at 3, twice that at the end. By seed: from 4 and from 5 on.
    @Test func validationIsAveragedOverFoldsForEachSeedThenOverSeeds() throws {
        let markdown = try folded(nil).markdown
        #expect(
            markdown.contains(
                "The mean validation loss is lowest at epoch 3 of 5; from epoch 4 on the network overfits, and ends 100 % above."))
        #expect(markdown.contains("Seed by seed it starts at 4 (1 of 2 seeds)."))
        #expect(
            markdown.contains(
                "A seed's curve is the mean over its 2 folds, and lines are means over the 2 seeds. The dark band reaches from the lowest to the "
                    + "highest seed, the light one from the lowest to the highest fold (means over seeds)."))
    }

    /// 3, 2.5, 3.5, 5 without correction at a half: 3, 2.75, 3.125, 4.0625.
    @Test func smoothedCurvesDecideAndAreDescribed() throws {
        let report = try folded(CurveSettings(smoothing: 0.5, biasCorrection: false, fromEpoch: 2))
        #expect(
            report.headline.hasSuffix(
                "**The smoothed mean validation loss is lowest at epoch 3, and overfitting starts at epoch 4**, seed by seed 4 (1 of 2 seeds)."
            ))
        #expect(
            report.markdown.contains(
                "Strong lines and bands are smoothed, V(t) = 0.5 V(t−1) + 0.5 x(t), the first point kept, no bias correction; "
                    + "faint lines are the means as measured. The first epoch is left out."))
        let figure = try #require(report.figures.first { $0.path.hasSuffix("curves.svg") })
        #expect(figure.caption == "Loss by epoch, smoothed: mean over folds and seeds, bands from the lowest to the highest fold and seed")
        #expect(figure.svg.contains("class=\"measured validation\"") && figure.svg.contains("class=\"wide band validation\""))
    }

    @Test func correctedSmoothingIsDescribed() throws {
        #expect(
            try folded(CurveSettings(smoothing: 0.9)).markdown.contains("0.1 x(t), divided by 1 − 0.9^t to correct the bias of its start;"))
    }

    @Test func epochsThatNoRunReachesAreNotSkippedTo() throws {
        let markdown = try folded(CurveSettings(fromEpoch: 50)).markdown
        #expect(markdown.contains("lowest at epoch 3 of 5") && !markdown.contains("left out"))
    }

    @Test func thePrintedEpochOfOverfittingStandsBesideOurs() throws {
        let reference = Reference(variant: "baseline", figure: "overfitting_epoch", value: 80)
        let smoothed = CurveSettings(smoothing: 0.5, biasCorrection: false, fromEpoch: 2)
        #expect(try folded(smoothed, references: [reference]).markdown.contains("| overfitting_epoch |    80 |"))
        #expect(try folded(nil, references: [reference]).markdown.contains("needs two seeds; 1 of 2 seeds do not overfit"))
        #expect(try folded(CurveSettings(monitor: "loss"), references: [reference]).markdown.contains("no run overfits"))
    }

    @Test func oneRunHasNoBand() throws {
        let sample = SampleStore(MadeUp.wine(seeds: [1]))
        try sample.finish { MadeUp.regression($0) }
        let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
        #expect(report.figures[0].caption == "Loss by epoch: one run")
        #expect(!report.figures[0].svg.contains("<polygon"))
        #expect(report.markdown.contains("\n\nOne run."))
    }

    /// A first epoch of 100 would press the others, between 1 and 2, to the ground.
    @Test(arguments: [(100.0, true), (2.4, false)])
    func aFirstEpochFarOffDoesNotPressTheOthers(first: Double, isCut: Bool) throws {
        let sample = SampleStore(MadeUp.wine(seeds: [1]))
        try sample.finish { _ in
            var history = History(columns: ["epoch", "loss", "val_loss"])
            for (index, value) in [first, 2, 1.5, 1.2, 1, 1].enumerated() { history.append([Double(index + 1), value, 1.5]) }
            return RunOutcome(
                figures: ["val_loss": 1.5], history: history, parameters: 10, keptEpoch: 6,
                timings: Timings(train: 1, encode: 0, total: 1, peakMemory: 1))
        }
        let report = try Report(
            experiment: Experiment(
                name: sample.experiment.name, file: "", title: "Far?", baseline: sample.experiment.baseline, seeds: [1],
                selection: sample.experiment.selection), survey: sample.survey(), command: "make")
        #expect(report.figures[0].svg.contains("<clipPath") == isCut)
        #expect(report.markdown.contains("The train loss of the first epoch, a mean over its steps, may lie outside the panels.") == isCut)
    }

    /// One that diverged would press the others to the ground.
    @Test func aVariantThatDivergedDoesNotCountForTheScale() throws {
        func svg(divergent: String?) throws -> (svg: String, markdown: String) {
            let sample = SampleStore(MadeUp.small())
            try sample.finish { run in
                var outcome = MadeUp.classification(run)
                if run.variant == divergent {
                    outcome.history = History(columns: outcome.history.columns)
                    for (epoch, value) in [1e20, .nan].enumerated() {
                        outcome.history.append([Double(epoch + 1), value, 0.5, 1e30, 0.5, 1])
                    }
                    outcome.stopped = "diverged"
                    outcome.keptEpoch = 2
                }
                return outcome
            }
            let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
            return (try #require(report.figures.first { $0.path.hasSuffix("curves.svg") }).svg, report.markdown)
        }
        let (with, without) = (try svg(divergent: "wide"), try svg(divergent: nil))
        #expect(!with.svg.contains("10²⁰") && with.svg.contains("<clipPath") && !without.svg.contains("<clipPath"))
        #expect(with.markdown.contains("Where training diverged, curves may lie outside the panels: `wide`."))
        #expect(!without.markdown.contains("outside the panels"))
    }

    /// The baseline trains for 20 epochs, one variant for 12 and one for 6.
    @Test func aShortVariantHasEpochsOfItsOwn() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0, epochs: $0.variant == "narrow" ? 6 : $0.variant == "wide" ? 12 : 20) }
        let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
        let own = "Panels of variants that train less than half as long as the longest have their own epoch scale: `narrow`."
        #expect(report.markdown.contains(own))
        let figure = try #require(report.figures.first { $0.path.hasSuffix("curves.svg") })
        #expect(figure.svg.components(separatedBy: ">6</text>").count == 3)
        #expect(figure.svg.components(separatedBy: ">20</text>").count == 5)
    }

    /// Names that are too long for the heading of a panel stand above all panels of their variant.
    @Test func longNamesOfManyVariantsStandWhole() throws {
        let names = ["shifted", "judged-on-shifted", "wide-judged-on-shifted-15", "wide-shifted-15-judged-on-shifted-15", "narrow"]
        let experiment = Experiment(
            name: "small", file: "experiments/small.yaml", title: "Does width matter?", baseline: MadeUp.baseline(hasValidation: true),
            others: names.enumerated().map { MadeUp.variant($0.element, hidden: [16 + $0.offset, 4]) }, seeds: [1],
            selection: Selection(metric: "val_accuracy", goal: .maximize))
        let sample = SampleStore(experiment)
        try sample.finish { MadeUp.classification($0) }
        let report = try Report(experiment: sample.experiment, survey: sample.survey(), command: "make")
        let figure = try #require(report.figures.first { $0.path.hasSuffix("curves.svg") })
        for name in names + ["baseline"] { #expect(figure.svg.components(separatedBy: ">\(name)</text>").count == 2, "\(name)") }
        #expect(figure.svg.components(separatedBy: ">Loss</text>").count == 7)
    }
}
