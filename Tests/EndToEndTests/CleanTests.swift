import Foundation
import Testing

/// What `ablate clean` takes for stale, and what it leaves where it cannot know.
@Suite struct CleanTests {
    private let project: SampleProject

    init() throws { project = try .withFeatures() }

    private func lines(_ text: String, ending: String) -> Int { text.split(separator: "\n").count { $0.hasSuffix(ending) } }

    private func makeTinyStale() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        try project.write(SampleProject.tiny.replacing("epochs: 3", with: "epochs: 5"), to: "experiments/tiny.yaml")
    }

    // MARK: - Runs that were asked for with changes

    @Test func runsOfChangesAreKeptWhileTheUsualOnesAreNotFinished() throws {
        #expect(try project.ablate("run", "tiny", "-S", "training.epochs=4").status == 0)
        let run = try #require(project.runs(of: "tiny").first)
        #expect(try project.ablate("show", run).output.contains("\n  asked with       -S training.epochs=4\n"))
        // They make nothing stale: the file never asked for them.
        let plan = try project.ablate("plan", "tiny").output
        #expect(plan.contains(" new ") && !plan.contains("stale"), "\(plan)")
        let kept = try project.ablate("clean")
        #expect(lines(kept.output, ending: " (asked for by no file in experiments/)") == 4, "\(kept.output)")
        #expect(
            kept.messages.hasSuffix("nothing to remove\n4 finished runs kept; --unlisted removes what no file in experiments/ asks for\n"))
        #expect(project.runs(of: "tiny").count == 4)
        #expect(try project.ablate("clean", "--unlisted").status == 0)
        #expect(project.runs(of: "tiny").isEmpty)
    }

    @Test func runsOfTheFileAreStaleBesideThoseOfChanges() throws {
        #expect(try project.ablate("run", "tiny", "-S", "training.epochs=4").status == 0)
        try makeTinyStale()
        #expect(try project.ablate("plan", "tiny").output.contains("stale: training.epochs 3 → 5"))
        let result = try project.ablate("clean")
        #expect(lines(result.output, ending: " (stale run)") == 4, "\(result.output)")
        #expect(lines(result.output, ending: " (asked for by no file in experiments/)") == 4, "\(result.output)")
        #expect(project.runs(of: "tiny").count == 4)
    }

    // MARK: - Files that cannot be judged

    @Test(
        arguments: [
            (
                SampleProject.grades(of: "ring", "layer: inner"),
                "the features lead to each other in a circle; begin with data of another kind"
            ),
            (
                SampleProject.grades(of: "tinny", "layer: code"),
                "there is no experiment \"tinny\"; did you mean \"tiny\"? there are: again, code, components, grades, long, ring, tiny"
            ),
        ]) func whatIsWrongWithOneExperimentKeepsNothingOfOthers(text: String, words: String) throws
    {
        try project.write(text, to: "experiments/ring.yaml")
        try makeTinyStale()
        let result = try project.ablate("clean")
        #expect(result.status == 2)
        #expect(
            result.messages.contains(
                "ablate: error: experiments/ring.yaml: \(words)\nablate: warning: what these files may ask for stays as it is\n"),
            "\(result.messages)")
        #expect(lines(result.output, ending: " (stale run)") == 4, "\(result.output)")
        #expect(project.runs(of: "tiny").isEmpty)
    }

    @Test func runsOnFeaturesStayWhenTheirSourceHasGone() throws {
        #expect(try project.ablate("run", "grades", "-j", "1").status == 0)
        try project.remove("experiments/code.yaml")
        let (code, grades) = (project.runs(of: "code"), project.runs(of: "grades"))
        for option in [[], ["--unlisted"]] {
            let result = try Running(["clean"] + option, in: project.folder).result()
            #expect(result.status == 2 && result.output.isEmpty, "\(result.output)")
            #expect(result.messages.contains("ablate: error: experiments/grades.yaml: there is no experiment \"code\""))
        }
        #expect(project.runs(of: "code") == code && project.runs(of: "grades") == grades)
        #expect(try project.ablate("predict", "grades", "--row", "a=0.1,b=0.5").status == 0)
    }

    /// Nobody knows which runs a file asks for that cannot be read; what killed processes left, nobody asks for.
    @Test func whileAFileCannotBeReadNothingFinishedGoes() throws {
        try makeTinyStale()
        try project.write("extends: nothing.yaml\n", to: "experiments/broken.yaml")
        try project.write("half", to: "results/tiny/runs/.writing-999999999-record.json")
        let result = try project.ablate("clean", "--unlisted")
        #expect(result.status == 2)
        #expect(result.messages.contains("experiments/broken.yaml:1:10: error: "), "\(result.messages)")
        #expect(result.messages.contains("ablate: warning: what these files may ask for stays as it is\n"))
        #expect(result.output == "removed results/tiny/runs/.writing-999999999-record.json (half-written file)\n")
        #expect(project.runs(of: "tiny").count == 4)
        try project.remove("experiments/broken.yaml")
        #expect(try project.ablate("clean").status == 0 && project.runs(of: "tiny").isEmpty)
    }

    @Test func aFileThatCannotBeReadStopsNoOthersClaims() throws {
        try project.write(SampleProject.tiny + "expect: [parameters(wide) > parameters(baseline)]\n", to: "experiments/tiny.yaml")
        try project.write("extends: nothing.yaml\n", to: "experiments/broken.yaml")
        #expect(try project.ablate("run", "tiny").status == 0)
        let result = try project.ablate("check")
        #expect(result.status == 2)
        #expect(result.output.hasPrefix("✓ tiny: parameters(wide) > parameters(baseline)   holds: "), "\(result.output)")
        #expect(result.messages.contains("experiments/broken.yaml:1:10: error: "), "\(result.messages)")
    }
}
