import Foundation
import Testing

/// What finished runs on features have found out is told when what made the features has changed or gone.
struct RecordedFeatureTests {
    private let project: SampleProject

    init() throws { project = try .withFeatures() }

    private static let changed = "code has changed since it made the features (training.epochs 3 → 4)"
    private static let gone = "the file of code, which made the features, is gone"

    private func change() throws {
        try project.write(SampleProject.code.replacing("epochs: 3", with: "epochs: 4"), to: "experiments/code.yaml")
    }

    @Test(arguments: [("grades", false), ("grades", true), ("again", false), ("again", true)])
    func reportsAreWrittenFromFinishedRunsAlone(_ experiment: String, _ isGone: Bool) throws {
        #expect(try project.ablate("run", experiment, "-j", "1").status == 0)
        let before = try project.text("results/\(experiment)/report.md")
        func check(_ sentence: String) throws {
            let result = try project.ablate("report", experiment)
            #expect(result.status == 0 && result.messages.contains(sentence), "\(result.messages)")
            let after = try project.text("results/\(experiment)/report.md")
            // It is the same but for the warning.
            let warning = "- \(sentence); the runs are those whose records name the features that were made then.\n"
            #expect(after.contains(warning) && after.replacing(warning, with: "") == before, "\(after)")
        }
        if isGone { try project.remove("experiments/code.yaml") } else { try change() }
        try check(isGone ? Self.gone : Self.changed)
        // Without its table nothing tells which run made it.
        try project.remove("data/cache/features")
        if experiment == "grades" {
            try check(isGone ? Self.gone : "code, baseline, seed 2, which makes the features, is not finished as its file has it now")
        }
    }

    @Test(arguments: [
        ["table", "grades"], ["predictions", "grades"], ["compare", "grades", "again"], ["predict", "grades", "--row", "a=0.1,b=0.5"],
    ])
    func questionsToFinishedRunsAreAnswered(_ command: [String]) throws {
        #expect(try project.ablate("run", "again", "-j", "1").status == 0)
        func ask() throws -> Program.Result { try Running(command, in: project.folder).result() }
        let before = try ask()
        #expect(before.status == 0, "\(before.messages)")
        try change()
        let changed = try ask()
        #expect(changed.output == before.output && changed.messages.contains("ablate: warning: \(Self.changed)"), "\(changed.messages)")
        try project.remove("experiments/code.yaml")
        let gone = try ask()
        #expect(gone.output == before.output && gone.messages.contains("ablate: warning: \(Self.gone)"), "\(gone.messages)")
    }

    @Test func onlyTrainingNeedsTheSource() throws {
        #expect(try project.ablate("run", "grades", "-j", "1").status == 0)
        try change()
        #expect(
            try project.ablate("plan", "grades").output.contains(
                "its features are what code, baseline, seed 2 makes, which is not finished"))
        try project.remove("experiments/code.yaml")
        let run = try project.ablate("run", "grades", "-j", "1")
        #expect(run.status == 2 && run.messages.contains("there is no experiment \"code\""), "\(run.messages)")
        try change()
        #expect(
            try project.ablate("run", "grades", "-j", "1").messages.contains("first 1 run of code, baseline, whose features are the data"))
        let report = try project.ablate("report", "grades")
        #expect(report.status == 0 && !report.messages.contains("made the features"), "\(report.messages)")
    }

    /// Components have no run that could be unfinished: others are made, on which nothing was trained.
    @Test func componentsOfOtherDataAreTold() throws {
        #expect(try project.ablate("run", "components", "-j", "1").status == 0)
        try project.write(
            SampleProject.code.replacing("b: {encode: numeric, scale: standard}", with: "b: {encode: numeric}"), to: "experiments/code.yaml"
        )
        let result = try project.ablate("report", "components")
        #expect(
            result.status == 0 && result.messages.contains("code, or the data that it reads, has changed since it made the features"),
            "\(result.messages)")
        let predict = try project.ablate("predict", "components", "--row", "a=0.1,b=0.5")
        #expect(
            predict.status != 0
                && predict.messages.contains(
                    "the data of code are others by now than those whose 1 principal component the runs of components were trained on"),
            "\(predict.messages)")
    }

    @Test func whatWasNeverTrainedIsStillRefused() throws {
        let report = try project.ablate("report", "grades")
        #expect(report.status == 1 && report.messages.contains("run first: ablate run code --only baseline"), "\(report.messages)")
        try project.remove("experiments/code.yaml")
        #expect(try project.ablate("report", "grades").status == 2)
    }
}
