import Foundation
import Testing

/// Plans for people and for programs.
@Suite struct PlanTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    private func plan(_ arguments: String...) throws -> [String: Any] {
        let result = try Running(["plan"] + arguments + ["--json"], in: project.folder).result()
        #expect(result.status == 0, "\(result.messages)")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    @Test func programsReadEveryRunWithItsStateAndWhy() throws {
        #expect(try project.ablate("run", "tiny", "--only", "baseline").status == 0)
        let plan = try plan("tiny")
        #expect(plan["version"] as? Int == 1 && plan["experiment"] as? String == "tiny" && plan["to_train"] as? Int == 2)
        let runs = try #require(plan["runs"] as? [[String: Any]])
        #expect(runs.map { $0["variant"] as? String } == ["baseline", "baseline", "wide", "wide"])
        #expect(runs.map { $0["state"] as? String } == ["finished", "finished", "new", "new"])
        #expect(runs.map { $0["to_train"] as? Bool } == [false, false, true, true])
        #expect((runs[0]["figures"] as? [String: Double])?["val_loss"] != nil)
        #expect((runs[2]["changes"] as? [String: String]) == ["model.mlp.hidden": "[8]"])
        #expect(Set(runs.compactMap { $0["run"] as? String }).count == 4)

        let other = try self.plan("tiny", "-S", "training.epochs=4")
        let stale = try #require((other["runs"] as? [[String: Any]])?.first)
        #expect(stale["state"] as? String == "stale" && stale["stale_since"] as? [String] == ["training.epochs 3 → 4"])
    }

    /// While another process trains, plan, list and show say since when, and when it was last heard of.
    @Test func whatIsTrainedElsewhereIsToldWithItsTimes() throws {
        try project.write(
            SampleProject.tiny.replacing("epochs: 3", with: "epochs: 1000000").replacing("batch_size: 8", with: "batch_size: 1"),
            to: "experiments/endless.yaml")
        let running = try project.start("run", "endless", "-j", "1")
        defer { kill(running.process.processIdentifier, SIGKILL) }
        #expect(eventually { project.states(of: "endless").values.contains("running") })
        let times = /running since [0-9]{2}:[0-9]{2}, last heard of [0-9]+ s ago/
        let text = try project.ablate("plan", "endless").output
        #expect(text.contains(times), "\(text)")
        let runs = try #require(try plan("endless")["runs"] as? [[String: Any]]).filter { $0["state"] as? String == "running" }
        #expect(runs.contains { $0["since"] is String && $0["heard_of"] is String && $0["host"] is String }, "\(runs)")
        let listed = try project.ablate(
            "list", "endless", "--columns", "state,running_on,running_since,last_heard", "--where", "state == running")
        #expect(listed.output.contains("running"), "\(listed.output)\(listed.messages)")
        #expect(try project.ablate("list", "endless").output.contains("running_since"))
    }

    /// The estimate is of the order of what is there in the end.
    @Test func diskIsEstimated() throws {
        let bytes = try #require(try plan("tiny")["disk_bytes"] as? Double)
        let keep = try #require(try plan("tiny")["keep"] as? [String: String])
        #expect(keep == ["weights": "all", "predictions": "all"])
        #expect(try project.ablate("plan", "tiny").output.contains("on disk in the end: about "))
        #expect(try project.ablate("run", "tiny").status == 0)
        let used = try Double(project.shell("du -s --block-size=1 results/tiny/runs | cut -f1").output.filter(\.isNumber)) ?? 0
        #expect((bytes / 3...bytes * 3).contains(used), "\(bytes) estimated, \(used) used")
        #expect(try !project.ablate("plan", "tiny").output.contains("on disk"))
    }

    @Test func aRunOfAnotherExperimentIsFinishedThere() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        try project.write("extends: tiny.yaml\ntitle: The same again\nseeds: 2\n", to: "experiments/twin.yaml")
        #expect(try project.ablate("plan", "twin").output.contains("finished in tiny"))
        let runs = try #require(try plan("twin")["runs"] as? [[String: Any]])
        #expect(runs.allSatisfy { $0["in"] as? String == "tiny" })
        let listed = try project.ablate("list", "twin", "--columns", "experiment,seed", "--format", "csv").output
        #expect(listed == "experiment,seed\ntiny,1\ntiny,2\n")
    }
}
