import Foundation
import Testing

/// Tables of features: where they are written, what is trained for them, and what is told of what is wrong with them.
@Suite struct FeatureTableTests {
    private let project: SampleProject

    init() throws { project = try .withFeatures() }

    private func path(_ relative: String) -> String { project.folder.appendingPathComponent(relative).path }

    private func table() throws -> String {
        try #require(try FileManager.default.contentsOfDirectory(atPath: path("data/cache/features")).first { $0.hasSuffix(".csv") })
    }

    private static let remedy = "tables of features are kept there: move it away, or name another data folder with --data\n"

    // MARK: - The folder

    @Test(arguments: ["data/cache", "data/cache/features"]) func nothingIsWrittenThroughALink(place: String) throws {
        try project.write("mine", to: "elsewhere/thesis.tex")
        if place != "data/cache" { try FileManager.default.createDirectory(atPath: path("data/cache"), withIntermediateDirectories: true) }
        #expect(symlink(path("elsewhere"), path(place)) == 0)
        let result = try project.ablate("run", "components", "-j", "1")
        #expect(result.status == 2)
        #expect(
            result.messages.hasSuffix(
                "ablate: error: \(place): is a symbolic link, expected a folder; links are not followed, for reading, writing or removal; "
                    + Self.remedy), "\(result.messages)")
        let there = try FileManager.default.subpathsOfDirectory(atPath: path("elsewhere"))
        #expect(!there.contains { $0.hasSuffix(".csv") || $0.hasSuffix(".sha256") }, "\(there)")
    }

    @Test func aFolderThatTheUserNamesMayBeALink() throws {
        #expect(try project.shell("mkdir disk && ln -s disk store && cp data/table.csv disk").status == 0)
        let result = try project.ablate("run", "components", "-j", "1", "--data", "store")
        #expect(result.status == 0, "\(result.messages)")
        #expect(project.exists("disk/cache/features"))
    }

    @Test(arguments: ["plan", "run", "validate"]) func aFolderInTheTablesPlaceIsToldInWords(command: String) throws {
        #expect(try project.ablate("plan", "components").status == 0)
        let table = try table()
        try project.remove("data/cache/features/\(table)")
        try project.write("mine", to: "data/cache/features/\(table)/thesis.tex")
        let result = try project.ablate(command, "components")
        #expect(result.status == 2)
        #expect(
            result.messages == "ablate: error: data/cache/features/\(table): is a folder, expected a regular file; " + Self.remedy,
            "\(result.messages)")
    }

    // MARK: - What is trained for them

    private static let several = """
        extends: grades.yaml
        ablate:
          pca: {dataset: {features: {experiment: code, pca: 1}}}

        """

    @Test func onlyWhatTheVariantsNeedThatAreAskedForIsTrained() throws {
        try project.write(Self.several, to: "experiments/several.yaml")
        #expect(try project.ablate("plan", "several", "--only", "pca").output.contains("\nto train: 2 runs"))
        let result = try project.ablate("run", "several", "--only", "pca", "-j", "1")
        #expect(result.status == 0, "\(result.messages)")
        #expect(project.runs(of: "code").isEmpty && project.runs(of: "several").count == 2)
        #expect(
            result.output.contains(
                "A part of the experiment: only the variants pca. The baseline is left out, since its features are not made: "
                    + "pca stands in its place, and is called so."), "\(result.output)")
        // Nor is it trained for others that need that variant alone.
        try project.write(
            SampleProject.grades(of: "several", "variant: pca, layer: inner"), to: "experiments/more.yaml")
        let more = try project.ablate("run", "more", "-j", "1")
        #expect(more.status == 0, "\(more.messages)")
        #expect(project.runs(of: "code").isEmpty)
        let whole = try project.ablate("run", "several", "-j", "1")
        #expect(whole.status == 0 && project.runs(of: "code").count == 1, "\(whole.messages)")
    }

    // MARK: - Damage

    /// The run of the source that made the table, its weights damaged.
    private func damagedSource() throws -> String {
        #expect(try project.ablate("run", "grades", "-j", "1").status == 0)
        let run = try #require(project.runs(of: "code").first)
        try damage(run, of: "code")
        return run
    }

    private func damage(_ run: String, of experiment: String) throws {
        let file = URL(fileURLWithPath: path("results/\(experiment)/runs/\(run)/weights.safetensors"))
        var data = try Data(contentsOf: file)
        data[data.count - 1] ^= 1
        try data.write(to: file)
    }

    private static let damaged = "weights.safetensors: the checksum does not match the content"

    @Test func damagedWeightsOfTheSourceAreToldAsDamaged() throws {
        let run = try damagedSource()
        let result = try project.ablate("predict", "grades", "--row", "a=0.1,b=0.5")
        #expect(result.status == 1)
        #expect(
            result.messages.hasSuffix(
                "ablate: error: results/code/runs/\(run)/\(Self.damaged); the run \(run.prefix(8)) (code, baseline, seed 2), which the rows are "
                    + "to go through, is damaged; ablate run code --only baseline trains it again\n"), "\(result.messages)")
        #expect(try project.ablate("run", "code", "--only", "baseline").status == 0)
        #expect(try project.ablate("predict", "grades", "--row", "a=0.1,b=0.5").status == 0)
    }

    @Test func featuresAreWantedOfADamagedRun() throws {
        let run = try damagedSource()
        try project.remove("data/cache/features")
        let state = "which is damaged (results/code/runs/\(run)/\(Self.damaged))"
        #expect(
            try project.ablate("plan", "grades").output
                == "grades: its features are what code, baseline, seed 2 makes, \(state)\nablate run trains that first; the runs are known then\n"
        )
        #expect(
            try project.ablate("validate", "grades").messages.hasSuffix("its features are what code, baseline, seed 2 makes, \(state)\n"))
        let result = try project.ablate("run", "grades", "-j", "1")
        #expect(result.status == 0 && result.messages.contains("grades: nothing to train, 2 runs finished\n"), "\(result.messages)")
    }

    @Test func aDamagedStartIsToldAsDamaged() throws {
        let alone = SampleProject.tiny.replacing("ablate:\n  wide: {model.mlp.hidden: [8]}\n", with: "")
        try project.write(alone.replacing("seeds: 2", with: "seeds: 1"), to: "experiments/tiny.yaml")
        #expect(try project.ablate("run", "tiny").status == 0)
        let run = try #require(project.runs(of: "tiny").first)
        try damage(run, of: "tiny")
        try project.write(
            alone.replacing("epochs: 3", with: "epochs: 3\n  continue_from: {run: \(run)}"), to: "experiments/next.yaml")
        let result = try project.ablate("validate", "next")
        #expect(result.status == 2)
        #expect(
            result.messages.contains(
                "error: results/tiny/runs/\(run)/\(Self.damaged); the run to start from (\(run)) is damaged\n"), "\(result.messages)")
        #expect(result.messages.contains("ablate run tiny --only baseline trains it again\n"), "\(result.messages)")
    }

    // MARK: - Labels

    @Test func emptyLabelsAreToldOnceInTheWordsOfTheExperiment() throws {
        let rows = try project.text("data/table.csv").split(separator: "\n").enumerated().map { row, line in
            [3, 5, 40].contains(row) ? line.prefix(through: line.lastIndex(of: ",") ?? line.startIndex) : line
        }
        try project.write(rows.joined(separator: "\n") + "\n", to: "data/table.csv")
        try project.write(
            SampleProject.grades(of: "code", "pca: 1") + """
                ablate:
                  two: {dataset: {features: {experiment: code, pca: 2}}}
                  epochs: {training.epochs: 4}

                """, to: "experiments/components.yaml")
        try project.write(SampleProject.code.replacing("b: {", with: "y: {"), to: "experiments/code.yaml")
        let result = try project.ablate("validate", "components")
        #expect(result.status == 2)
        let told = """
            experiments/components.yaml:4:17: error: the features of code, baseline, row 3: found an empty cell in the column "grade", where a category was expected; so it is in other rows
                4 | target: {grade: {encode: label}}
                  |                 ^~~~~~~~~~~~~~~ fill it in, or leave its row out: missing: drop
            1 error

            """
        #expect(result.messages.hasSuffix(told), "\(result.messages)")
        #expect(result.messages.split(separator: "\n").count { $0.contains("error") } == 2, "\(result.messages)")
    }

    @Test func columnsThatFeaturesLackAreToldInTheWordsOfTheExperiment() throws {
        try project.write(
            SampleProject.grades(of: "code", "pca: 1").replacing("{grade:", with: "{grad:"), to: "experiments/components.yaml")
        let result = try project.ablate("validate", "components")
        #expect(
            result.messages.contains(
                "error: the features of code, baseline has no column \"grad\"; did you mean \"grade\"? its columns are pca1, grade\n"),
            "\(result.messages)")
    }

    // MARK: - Methods without a network

    @Test func methodsAskForNoMoreThanTheDataHave() throws {
        try project.write(
            SampleProject.code + "baselines:\n  - {pca: {components: 3}}\n  - {kmeans: {clusters: 60, pca: 9}}\n",
            to: "experiments/code.yaml")
        let result = try project.ablate("validate", "code")
        #expect(result.status == 2)
        let told = """
            experiments/code.yaml:11:24: error: pca cannot have 3 components, the inputs are 2 numbers
               11 |   - {pca: {components: 3}}
                  |                        ^ ask for 2 at most
            experiments/code.yaml:12:25: error: kmeans cannot have 60 clusters, 48 rows train
               12 |   - {kmeans: {clusters: 60, pca: 9}}
                  |                         ^~ ask for 48 at most
            experiments/code.yaml:12:34: error: kmeans cannot have 9 components, the inputs are 2 numbers
               12 |   - {kmeans: {clusters: 60, pca: 9}}
                  |                                  ^ ask for 2 at most
            3 errors

            """
        #expect(result.messages.hasSuffix(told), "\(result.messages)")
        try project.write(
            SampleProject.code + "baselines:\n  - {pca: {components: 2}}\n  - {kmeans: {clusters: 48, pca: 2}}\n",
            to: "experiments/code.yaml")
        #expect(try project.ablate("validate", "code").status == 0)
    }
}
