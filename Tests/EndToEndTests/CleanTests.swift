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
}
