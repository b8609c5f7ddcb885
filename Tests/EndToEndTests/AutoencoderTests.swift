import Foundation
import Pictures
import Testing

/// Networks that give their inputs again, and what others learn on their code: from the file to the report.
@Suite struct AutoencoderTests {
    private let project: SampleProject

    private static let bars = """
        title: How narrow may the code be?
        dataset: {images: data/bars}
        inputs: {"*": {encode: image, height: 8, width: 8, scale: {divide_by: 255}}}
        target: inputs
        labels: class
        split: {validation: {fraction: 0.5, shuffle: numpy, seed: 3}}
        model:
          layers:
            - {dense: {units: 2, name: code}}
            - {dense: {units: 64, activation: sigmoid}}
        training: {loss: binary_crossentropy, epochs: 2, batch_size: 4, metrics: [mse]}
        seeds: 1
        ablate:
          wide: {model.layers.code.units: 3}

        """

    private static let few = """
        title: Does the code help?
        dataset: {features: {experiment: bars, variant: wide, layer: code}}
        inputs: {"*": {encode: numeric, scale: standard}}
        target: {class: {encode: label}}
        split: {validation: {fraction: 0.5, shuffle: numpy, seed: 3}}
        model: {layers: [{dense: {units: classes, activation: softmax}}]}
        training: {loss: sparse_categorical_crossentropy, epochs: 1, batch_size: 4, metrics: [accuracy]}
        seeds: 2

        """

    init() throws {
        project = try SampleProject()
        for number in 0..<24 {
            let kind = ["lies", "stands"][number % 2]
            let pixels = (0..<64).map { pixel -> Float in (kind == "lies" ? pixel / 8 : pixel % 8) == (number / 2) % 8 ? 255 : 0 }
            try project.write(
                Data(try Picture(height: 8, width: 8, channels: 1, pixels: pixels).png()), to: "data/bars/\(kind)/\(number).png")
        }
        try project.write(Self.bars, to: "experiments/bars.yaml")
        try project.write(Self.few, to: "experiments/few.yaml")
    }

    @Test func aReportShowsInputsReconstructionsAndTheCode() throws {
        let run = try project.ablate("run", "bars")
        #expect(run.status == 0, "\(run.messages)")
        let report = try project.text("results/bars/report.md")
        #expect(report.contains("## What the networks made") && report.contains("](figures/pictures.svg)"))
        #expect(report.contains("](figures/code.svg)"))
        let rows = try project.text("results/bars/figures/pictures.csv").split(separator: "\n").map(String.init)
        #expect(rows.contains(",inputs,,1,lies") || rows.contains(",inputs,,1,stands"))
        #expect(rows.count { $0.hasPrefix("baseline,reconstructions") } == 10)
        #expect(rows.count { $0.hasPrefix("wide,reconstructions") } == 10)
        // All examples that validate, with their classes.
        let points = try project.text("results/bars/figures/code.csv").split(separator: "\n")
        #expect(points.count == 1 + 12 && points.dropFirst().allSatisfy { $0.hasSuffix(",lies") || $0.hasSuffix(",stands") })
        // The same bytes, when it is written anew.
        let figure = try project.text("results/bars/figures/pictures.svg")
        #expect(try project.ablate("report", "bars").status == 0)
        #expect(try project.text("results/bars/figures/pictures.svg") == figure)
    }

    @Test func featuresAreMadeByARunThatIsTrainedFirst() throws {
        let plan = try project.ablate("plan", "few")
        #expect(plan.status == 0)
        #expect(plan.output.contains("its features are what bars, wide, seed 1 makes, which is not finished"))
        #expect(try project.ablate("validate", "few").status == 0)
        let report = try project.ablate("report", "few")
        #expect(report.status == 1 && report.messages.contains("run first: ablate run bars --only wide"))

        let run = try project.ablate("run", "few")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("first 1 run of bars, wide, whose features are the data"))
        #expect(try project.text("results/few/report.md").contains("one network for all runs, of whose luck no interval knows"))
        let table = try #require(
            try FileManager.default.contentsOfDirectory(atPath: project.folder.appendingPathComponent("data/cache/features").path)
                .first { $0.hasSuffix(".csv") })
        let lines = try project.text("data/cache/features/\(table)").split(separator: "\n")
        #expect(lines[0] == "code1,code2,code3,class" && lines.count == 25)

        // Nothing more is trained, of either.
        #expect(try project.ablate("run", "few").messages.contains("nothing to train, 2 runs finished"))
        // Another split is told.
        try project.write(Self.few.replacing("seed: 3", with: "seed: 4"), to: "experiments/few.yaml")
        #expect(try project.ablate("plan", "few").messages.contains("splits its rows in another way"))
    }

    @Test func featuresThatWereCutOrChangedAreMadeAnew() throws {
        #expect(try project.ablate("run", "few").status == 0)
        let folder = project.folder.appendingPathComponent("data/cache/features")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).first { $0.hasSuffix(".csv") })
        let file = "data/cache/features/\(name)"
        let whole = try project.text(file)
        for damaged in [whole.split(separator: "\n").prefix(10).joined(separator: "\n") + "\n", whole.replacing("lies", with: "stands")] {
            try project.write(damaged, to: file)
            #expect(try project.ablate("run", "few").messages.contains("nothing to train, 2 runs finished"))
            #expect(try project.text(file) == whole)
        }
    }

    @Test func tablesThatNothingAsksForAreCleanedAway() throws {
        #expect(try project.ablate("run", "few").status == 0)
        let folder = project.folder.appendingPathComponent("data/cache/features").path
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
        let table = try #require(try names().first { $0.hasSuffix(".csv") })
        #expect(try names() == [table, table + ".sha256"])
        let nothing = try project.ablate("clean")
        #expect(nothing.status == 0 && nothing.messages.contains("nothing to remove") && !nothing.output.contains("features"))

        // Nobody asks for it, and its run is still there.
        try project.remove("experiments/few.yaml")
        try project.write("mine", to: "data/cache/features/notes.txt")
        try project.write("mine", to: "data/cache/features/0123-code.csv")
        let kept = try project.ablate("clean")
        #expect(kept.output.contains("kept data/cache/features/\(table) (asked for by no file in experiments/)\n"), "\(kept.output)")
        #expect(kept.messages.contains("1 feature table kept; --unlisted removes what no file in experiments/ asks for\n"))
        #expect(kept.messages.contains("data/cache/features/notes.txt: is nothing that this program writes, and is left as it is"))
        #expect(kept.messages.contains("data/cache/features/0123-code.csv: is nothing that this program writes, and is left as it is"))
        #expect(try names().contains(table))

        // Its run goes, and the table with it.
        let run = try #require(project.runs(of: "bars").first { table.hasPrefix($0) })
        try project.write(Self.bars.replacing("epochs: 2", with: "epochs: 3"), to: "experiments/bars.yaml")
        let dry = try project.ablate("clean", "-n")
        #expect(dry.output.contains("would remove data/cache/features/\(table) (features of a run that has gone)\n"), "\(dry.output)")
        #expect(project.exists("data/cache/features/\(table)") && project.exists("results/bars/runs/\(run)"))
        let gone = try project.ablate("clean")
        #expect(gone.output.contains("removed data/cache/features/\(table) (features of a run that has gone)\n"), "\(gone.output)")
        #expect(try names() == ["0123-code.csv", "notes.txt"])
    }

    @Test func unlistedTablesGoOnRequestAndNoLinkIsFollowed() throws {
        #expect(try project.ablate("run", "few").status == 0)
        let table = try #require(
            try FileManager.default.contentsOfDirectory(atPath: project.folder.appendingPathComponent("data/cache/features").path)
                .first { $0.hasSuffix(".csv") })
        try project.remove("experiments/few.yaml")
        let moved = try project.shell("mv data/cache/features elsewhere && ln -s ../../elsewhere data/cache/features")
        #expect(moved.status == 0)
        #expect(try project.ablate("clean", "--unlisted").status == 0)
        #expect(project.exists("elsewhere/\(table)"))
        #expect(try project.shell("rm data/cache/features && mv elsewhere data/cache/features").status == 0)
        let result = try project.ablate("clean", "--unlisted")
        #expect(result.output.contains("removed data/cache/features/\(table) (asked for by no file in experiments/)\n"), "\(result.output)")
        #expect(!project.exists("data/cache/features/\(table)") && !project.exists("data/cache/features/\(table).sha256"))
    }

    private static let pair = """
        dataset: {csv: data/table.csv}
        inputs: {a: {encode: numeric, scale: standard}, b: {encode: numeric, scale: standard}}
        target: inputs
        split: {validation: {first: 12}}
        model:
          generator: {noise: 2, layers: [{dense: {units: 4, name: inner}}, {dense: {units: 2}}]}
          discriminator: {layers: [{dense: {units: 1}}]}
        training: {loss: non_saturating, epochs: 1}
        seeds: 1

        """

    /// A generator sees noise.
    @Test func layersOfAGeneratorGiveNothingForARow() throws {
        try project.write(Self.pair, to: "experiments/pair.yaml")
        try project.write(
            Self.few.replacing("experiment: bars, variant: wide, layer: code", with: "experiment: pair, variant: baseline, layer: inner"),
            to: "experiments/few.yaml")
        for command in ["validate", "plan", "run"] {
            let result = try project.ablate(command, "few")
            #expect(result.status == 2, "\(result.messages)")
            #expect(
                result.messages.contains(
                    "experiments/few.yaml:2:66: error: pair, baseline makes examples from noise: its layers give nothing for a row"),
                "\(result.messages)")
        }
    }

    @Test func judgesInACircleAreCalledJudges() throws {
        let judged = Self.pair.replacing("epochs: 1}", with: "epochs: 1, judge: {experiment: pair, variant: baseline}}")
        try project.write(judged, to: "experiments/pair.yaml")
        let result = try project.ablate("validate", "pair")
        #expect(result.status == 2 && result.messages.contains("the judges lead to each other in a circle"), "\(result.messages)")
    }

    @Test func whatGivesInputsAgainAnswersNoSingleQuestion() throws {
        try project.write(Self.bars + "predict:\n  one: {pixel1: 0.5}\n", to: "experiments/bars.yaml")
        let validation = try project.ablate("validate", "bars")
        #expect(validation.status == 2)
        #expect(
            validation.messages.contains("a report shows one answer a row, and a network gives all inputs again"), "\(validation.messages)")
    }

    @Test(
        arguments: [
            ("experiment: bars", "experiment: barz", "there is no experiment \"barz\""),
            ("variant: wide", "variant: wode", "bars has no variant \"wode\""),
            ("layer: code}", "layer: cod}", "there is no layer \"cod\""),
            ("layer: code}", "layer: code, seed: 9}", "bars has no run of seed 9"),
            (
                "experiment: bars, variant: wide, layer: code", "experiment: few, layer: output",
                "the features lead to each other in a circle"
            ),
        ])
    func whatIsNotThereIsToldWithItsPlace(_ right: String, _ wrong: String, _ message: String) throws {
        try project.write(Self.few.replacing(right, with: wrong), to: "experiments/few.yaml")
        let plan = try project.ablate("plan", "few")
        #expect(plan.status == 2)
        #expect(plan.messages.contains("experiments/few.yaml:2:") && plan.messages.contains(message), "\(plan.messages)")
    }
}
