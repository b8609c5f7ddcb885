import Foundation
import Testing

/// Runs that are ended in their middle go on from there, to the same bytes.
@Suite(.serialized) struct ResumeTests {
    private static let experiment = """
        extends: tiny.yaml
        title: Long enough to be ended several times
        training: {batch_size: 2, epochs: 4000, optimizer: rmsprop, early_stopping: {patience: 5000, restore_best_weights: true}}
        model: {mlp: {hidden: [96, 96]}}
        ablate: {wide: {model.mlp.hidden: [100]}}

        """
    private static let often = ["ABLATE_CHECKPOINT_SECONDS": "0"]
    private static let command = ["run", "ended", "-j", "1", "--seeds", "1", "--only", "baseline"]

    private func project() throws -> SampleProject {
        let project = try SampleProject()
        try project.write(Self.experiment, to: "experiments/ended.yaml")
        return project
    }

    /// What a run leaves that hangs on neither machine nor time, by the file's name.
    private func result(in project: SampleProject) throws -> [String: Data] {
        let run = try #require(project.runs(of: "ended").first)
        let folder = project.folder.appendingPathComponent("results/ended/runs/\(run)")
        var files: [String: Data] = [:]
        for name in ["weights.safetensors", "predictions", "history.csv"] {
            files[name] = try Data(contentsOf: folder.appendingPathComponent(name))
        }
        let history = String(decoding: try #require(files["history.csv"]), as: UTF8.self)
        // The last column holds seconds.
        let figures = history.split(separator: "\n").map { $0.prefix(upTo: $0.lastIndex(of: ",") ?? $0.endIndex) }
        #expect(figures.count == 4001)
        files["history.csv"] = Data(figures.joined(separator: "\n").utf8)
        #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("checkpoint").path))
        return files
    }

    private func record(in project: SampleProject) throws -> [String: Any] {
        let run = try #require(project.runs(of: "ended").first)
        let text = try project.text("results/ended/runs/\(run)/record.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Waits until a checkpoint is there that is newer than the one before; nil when the run is finished before.
    private func nextCheckpoint(in project: SampleProject, after last: Date?) -> Date? {
        var found: Date?
        _ = eventually {
            guard let run = project.runs(of: "ended").first else { return false }
            if project.states(of: "ended").values.contains("finished") {
                found = nil
                return true
            }
            let path = project.folder.appendingPathComponent("results/ended/runs/\(run)/checkpoint").path
            found = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            return found != nil && found != last
        }
        return found
    }

    @Test func killedAgainAndAgainARunHasTheSameBytes() throws {
        let calm = try project()
        let whole = try Running(Self.command, in: calm.folder).result()
        #expect(whole.status == 0, "\(whole.messages)")
        #expect(try record(in: calm)["resumptions"] == nil)

        let project = try project()
        var last: Date?
        for attempt in 0..<4 {
            let running = try Running(Self.command, in: project.folder, environment: Self.often)
            guard let next = nextCheckpoint(in: project, after: last) else {
                _ = try running.result()
                break
            }
            last = next
            usleep(UInt32(attempt) * 30_000)
            kill(
                attempt % 2 == 1 ? running.children.first ?? running.process.processIdentifier : running.process.processIdentifier, SIGKILL)
            _ = try running.result()
        }
        let end = try Running(Self.command, in: project.folder, environment: Self.often).result()
        #expect(end.status == 0, "\(end.messages)")
        #expect(last != nil)
        #expect(try result(in: project) == result(in: calm))
        let facts = try record(in: project)
        // A kill may come before the next attempt has taken the run up.
        #expect((1...4).contains(try #require(facts["resumptions"] as? Int)))
        let seconds = try #require((facts["timings"] as? [String: Any])?["train_seconds"] as? Double)
        let before = try #require((try record(in: calm)["timings"] as? [String: Any])?["train_seconds"] as? Double)
        #expect(seconds > before / 2, "all attempts count")
    }

    @Test func interruptedARunStandsAtItsEpochAndGoesOn() throws {
        let calm = try project()
        #expect(try Running(Self.command, in: calm.folder).result().status == 0)

        let project = try project()
        let running = try Running(Self.command, in: project.folder)
        #expect(eventually { project.states(of: "ended").values.contains("running") })
        usleep(100_000)
        kill(running.process.processIdentifier, SIGINT)
        #expect(try running.result().status == 130)
        let plan = try project.ablate("plan", "ended", "--seeds", "1", "--only", "baseline")
        #expect(plan.output.contains("interrupted at epoch "), "\(plan.output)")
        #expect(plan.output.contains("/4000"), "\(plan.output)")
        #expect(try Running(Self.command, in: project.folder).result().status == 0)
        #expect(try record(in: project)["resumptions"] as? Int == 1)
        #expect(try result(in: project) == result(in: calm))
    }

    @Test func aCheckpointThatIsDamagedCostsTimeAlone() throws {
        let calm = try project()
        #expect(try Running(Self.command, in: calm.folder).result().status == 0)

        let project = try project()
        let running = try Running(Self.command, in: project.folder, environment: Self.often)
        _ = try #require(nextCheckpoint(in: project, after: nil))
        kill(running.process.processIdentifier, SIGKILL)
        _ = try running.result()
        let run = try #require(project.runs(of: "ended").first)
        let file = project.folder.appendingPathComponent("results/ended/runs/\(run)/checkpoint")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        // The worker of the killed command may be at its end still.
        usleep(2_500_000)
        try bytes.write(to: file)
        let end = try Running(Self.command, in: project.folder).result()
        #expect(end.status == 0, "\(end.messages)")
        let why = "its checkpoint is damaged: its checksum does not match"
        #expect(try record(in: project)["started_over"] as? String == why)
        #expect(try project.text("results/ended/runs/\(run)/log.txt").contains("the run starts from the beginning: \(why)\n"))
        #expect(try result(in: project) == result(in: calm))
    }
}
