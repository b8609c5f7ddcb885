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
