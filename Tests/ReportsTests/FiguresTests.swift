import Experiments
import Foundation
import Reports
import RunStore
import Settings
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct FiguresTests {
    private func report(_ experiment: Experiment, _ outcome: (RunSpecification) -> RunOutcome?) throws -> Report {
        let sample = SampleStore(experiment)
        try sample.finish(outcome)
        let reports = try (0..<2).map { _ in try Report(experiment: experiment, survey: sample.survey(), command: "make") }
        #expect(reports[0].figures == reports[1].figures)
        for figure in reports[0].figures {
            #expect(XMLParser(data: Data(figure.svg.utf8)).parse(), "\(figure.path)")
            #expect(figure.svg.contains("<title>"))
            for text in [figure.svg, figure.data] { #expect(!text.contains("nan") && !text.contains("inf"), "\(figure.path)") }
            let widths = Set(rows(figure).map(\.count))
            #expect(widths.count == 1, "\(figure.path)")
        }
        return reports[0]
    }

    private func names(_ report: Report) -> [String] {
        report.figures.map { String($0.path.dropFirst("figures/".count).dropLast(".svg".count)) }
    }

    private func figure(_ name: String, _ report: Report) throws -> ReportFigure {
        try #require(report.figures.first { $0.path == "figures/\(name).svg" })
    }

    /// The lines of a figure's CSV with their cells; quoted cells may hold commas.
    private func rows(_ figure: ReportFigure) -> [[String]] {
        figure.data.split(separator: "\n").map { line in
            var cells = [""]
            var isQuoted = false
            for character in line {
                if character == "\"" { isQuoted.toggle() }
                if character == ",", !isQuoted { cells.append("") } else { cells[cells.count - 1].append(character) }
            }
            return cells
        }
    }

    // MARK: - Made-up sweeps

    /// A point with these settings; what is nil is as in the baseline and not named.
    private static func point(width: Int? = nil, batch: Int? = nil, rate: String? = nil) -> Variant {
        let trial = MadeUp.trial(hidden: [width ?? 64, width ?? 64], batch: batch ?? 128)
        let canonical = trial.canonical.replacing("\"learning_rate\":0.001", with: "\"learning_rate\":\(rate ?? "0.001")")
        let changes = [
            width.map { Change(path: "model.mlp.hidden", text: "[\($0), \($0)]") },
            batch.map { Change(path: "training.batch_size", text: "\($0)") },
            rate.map { Change(path: "training.optimizer.learning_rate", text: $0) },
        ]
        .compactMap(\.self)
        let name =
            "p-" + [width, batch].compactMap { $0.map(String.init) }.joined(separator: "-")
            + (rate.map { "-" + $0.filter { $0 != "." } } ?? "")
        return Variant(name: name, origin: .sweep, changes: changes, trial: Trial(settings: trial.settings, canonical: canonical))
    }

    private static func sweep(_ points: [Variant], goal: Goal = .maximize) -> Experiment {
        Experiment(
            name: "sweep", file: "experiments/sweep.yaml", title: "Which settings?", baseline: MadeUp.baseline(), others: points,
            seeds: [1, 2, 3],
            selection: Selection(metric: "val_accuracy", goal: goal))
    }

    /// An accuracy that belongs to the variant's name, a thousandth more with every seed.
    private static func outcome(_ run: RunSpecification) -> RunOutcome {
        let place = run.variant.utf8.reduce(0) { ($0 * 31 + Int($1)) % 101 }
        return ReportTests.constant(["val_accuracy": 0.6 + Double(place) / 500, "loss": 1], seed: run.seed)
    }

    private static let grid = sweep(
        [16, 64, 128].flatMap { batch in ["0.001", "0.01", "0.1"].map { (batch, $0) } }.filter { $0 != (128, "0.001") }.map {
            point(batch: $0.0, rate: $0.1)
        })

    private static let drawn = sweep(
        (0..<30).map { index in point(width: 16 + 8 * index, batch: 32 << (index % 5), rate: ["0.0003", "0.001", "0.02", "0.1"][index % 4])
        })

    // MARK: - Which are drawn

    @Test func whatGivesNoReasonIsNotDrawn() throws {
        #expect(names(try report(MadeUp.small()) { MadeUp.classification($0) }) == ["differences", "frontier", "curves"])
        #expect(names(try report(MadeUp.wine()) { MadeUp.regression($0) }) == ["curves"])
    }

    @Test func aGridOfTwoSettingsIsAMapAndNoCloud() throws {
        #expect(names(try report(Self.grid, Self.outcome)) == ["differences", "heatmap", "curves"])
    }

    @Test func manySettingsAreCloudsAndParallelCoordinates() throws {
        let report = try report(Self.drawn, Self.outcome)
        #expect(names(report) == ["differences", "settings", "parallel", "curves"])
        #expect(report.markdown.contains("## Settings and the figure\n\n![Validation accuracy against each setting"))
    }

    @Test func aFewPointsAreNoCloud() throws {
        let few = Self.sweep((1...5).map { Self.point(width: 16 * $0, batch: 16 * $0, rate: "0.0\($0)") })
        #expect(names(try report(few, Self.outcome)) == ["differences", "curves"])
    }

    // MARK: - A line

    @Test func theFigureIsDrawnAlongTheOneSettingThatChanges() throws {
        let report = try report(MadeUp.width) { MadeUp.classification($0) }
        let line = try figure("line", report)
        let found = rows(line)
        #expect(found[0] == ["variant", "units of hidden layer 2", "val_accuracy", "low", "high", "seeds"])
        #expect(found.dropFirst().map { $0[0] } == ["middle-4", "middle-16", "baseline", "middle-256", "middle-1024", "middle-4096"])
        #expect(found.dropFirst().map { $0[1] } == ["4.0", "16.0", "64.0", "256.0", "1024.0", "4096.0"])
        for cells in found.dropFirst() {
            let (mean, low, high) = (try #require(Double(cells[2])), try #require(Double(cells[3])), try #require(Double(cells[4])))
            #expect(low < mean && mean < high && high <= 1)
        }
        #expect(line.note == "Without `both-512`, which changes something else.")
        #expect(line.svg.contains(">4,096</text>") && line.caption.contains("logarithmic scale"))
    }

    @Test func aSettingThatChangesWithOthersIsNoLine() throws {
        let both = Self.sweep([8, 16, 32].map { Self.point(width: $0, batch: $0) })
        #expect(!names(try report(both, Self.outcome)).contains("line"))
    }

    // MARK: - A map

    @Test func aMapHasTheBaselineAmongItsCells() throws {
        let report = try report(Self.grid, Self.outcome)
        let map = try figure("heatmap", report)
        let found = rows(map)
        #expect(found[0] == ["variant", "batch size", "learning rate", "val_accuracy", "standard_deviation", "seeds"])
        #expect(found.count == 10)
        #expect(found.contains { $0[0] == "baseline" && $0[1] == "128" && $0[2] == "0.001" })
        #expect(map.svg.components(separatedBy: "class=\"best-frame\"").count == 3)
    }

    // MARK: - The frontier

    @Test func onTheFrontierNothingSmallerIsAsGood() throws {
        let found = rows(try figure("frontier", try report(MadeUp.width) { MadeUp.classification($0) }))
        #expect(found[0].prefix(5) == ["variant", "label", "val_accuracy", "parameters", "on_frontier_of_parameters"])
        let points = try found.dropFirst().map { cells in
            (mean: try #require(Double(cells[2])), size: try #require(Double(cells[3])), isAhead: cells[4] == "yes")
        }
        #expect(points.count == 7 && points.contains { $0.isAhead } && points.contains { !$0.isAhead })
        for point in points {
            let isBeaten = points.contains {
                $0.size <= point.size && $0.mean >= point.mean && ($0.size, $0.mean) != (point.size, point.mean)
            }
            #expect(point.isAhead == !isBeaten)
        }
    }

    // MARK: - Confusion

    private static let classes = ["<a> & \"b\"", "one, two", "x|y"]

    private static func confused(_ run: RunSpecification, classes: [String]) -> RunOutcome {
        var outcome = outcome(run)
        let labels = (0..<30).map { $0 % classes.count }
        let outputs = labels.enumerated().flatMap { row, label -> [Float] in
            let predicted = row % 10 == 0 ? (label + 1) % classes.count : label
            return classes.indices.map { $0 == predicted ? 0.8 : 0.1 }
        }
        outcome.target = .classes(classes)
        outcome.predictions = Predictions(
            validation: .init(rows: (0..<30).map(Int32.init), targets: labels.map(Float.init), outputs: outputs, width: classes.count))
        return outcome
    }

    @Test func threeClassesHaveAMatrixWithTheirNamesEscaped() throws {
        let report = try report(Self.grid) { Self.confused($0, classes: Self.classes) }
        let matrix = try figure("confusion", report)
        #expect(matrix.svg.contains("&lt;a&gt; &amp; ") && !matrix.svg.contains("<a>"))
        let found = rows(matrix)
        #expect(found.count == 10 && found[0] == ["true", "predicted", "examples", "share_of_true"])
        let examples = found.dropFirst().compactMap { Int($0[2]) }
        #expect(examples.reduce(0, +) == 90)
        #expect(matrix.data.contains("\"one, two\",\"one, two\",27,0.9"))
        #expect(report.markdown.contains("![Confusion of the validation examples"))
    }

    @Test(arguments: [2, 13]) func fewerAndMoreClassesHaveNone(count: Int) throws {
        let classes = (0..<count).map { "c\($0)" }
        #expect(!names(try report(Self.grid) { Self.confused($0, classes: classes) }).contains("confusion"))
    }

    // MARK: - Numbers

    @Test func differencesAreListedBySeedAndAsMeans() throws {
        let report = try report(MadeUp.small()) { MadeUp.classification($0) }
        let found = rows(try figure("differences", report)).dropFirst().filter { $0[0] == "narrow" }
        #expect(found.map { $0[1] } == ["1", "2", "3", "mean"])
        let values = found.compactMap { Double($0[2]) }
        #expect(abs(values[0..<3].reduce(0, +) / 3 - values[3]) < 1e-12)
        #expect(try #require(Double(found[3][3])) < values[3] && #require(Double(found[3][4])) > values[3])
    }

    @Test func curvesAreListedByEpoch() throws {
        let report = try report(MadeUp.small()) { MadeUp.classification($0) }
        let found = rows(try figure("curves", report))
        #expect(found[0] == ["variant", "figure", "epoch", "mean", "lowest", "highest"])
        let loss = found.filter { $0[0] == "wide" && $0[1] == "val_loss" }
        #expect(loss.map { $0[2] } == (1...20).map(String.init))
        for cells in loss {
            let (mean, low, high) = (try #require(Double(cells[3])), try #require(Double(cells[4])), try #require(Double(cells[5])))
            #expect(low <= mean && mean <= high)
        }
    }
}
