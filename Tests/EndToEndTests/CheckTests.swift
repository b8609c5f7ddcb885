import Foundation
import Testing

/// `ablate check`, from claims in a file to the exit code.
@Suite struct CheckTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        let claims = """
            seeds: 3
            expect:
              - parameters(wide) > parameters(baseline)
              - val_loss(baseline) in [0, 100]

            """
        try project.write(SampleProject.tiny.replacing("seeds: 2\n", with: claims), to: "experiments/tiny.yaml")
    }

    @Test func claimsAreToldAndDecideTheExitCode() throws {
        let early = try project.ablate("check", "tiny")
        #expect(early.status == 1 && early.messages.contains("none of 6 runs is finished"))
        #expect(try project.ablate("run", "tiny").status == 0)
        let held = try project.ablate("check")
        #expect(held.status == 0, "\(held)")
        #expect(held.output.contains("✓ tiny: parameters(wide) > parameters(baseline)   holds: "))
        #expect(held.output.contains("✓ tiny: val_loss(baseline) in [0, 100]   holds: "))
        #expect(try project.text("results/tiny/report.md").contains("All 2 claims hold."))

        // An experiment that was never run does not keep the others from being checked.
        try project.write(
            "extends: tiny.yaml\nseeds: 3\ntraining: {epochs: 2}\nexpect: [parameters(baseline) > 0]\n", to: "experiments/another.yaml")
        let both = try project.ablate("check")
        #expect(
            both.status == 1 && both.output.contains("✓ tiny: parameters") && both.messages.contains("another: none of 3 runs"), "\(both)")

        try project.write(
            project.text("experiments/tiny.yaml").replacing("in [0, 100]", with: "in [50, 100]"), to: "experiments/tiny.yaml")
        let failed = try project.ablate("check", "tiny")
        #expect(failed.status == 1 && failed.output.contains("✗ tiny: val_loss(baseline) in [50, 100]   fails: "))

        try project.write(
            project.text("experiments/tiny.yaml").replacing("in [50, 100]", with: "< 0.5 * val_loss(wide)"), to: "experiments/tiny.yaml")
        let loose = try project.ablate("check", "tiny")
        #expect(loose.output.contains("tiny: val_loss(baseline) < 0.5 * val_loss(wide)   "))
    }
}
