import Foundation
import Testing

/// What happens when processes are killed, stopped and interrupted in the middle. One at a time: each starts processes of its own.
@Suite(.serialized) struct DisturbanceTests {
    let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    /// Waits until a run is under way, and gives the worker.
    func worker(of running: Running) throws -> Int32 {
        #expect(eventually { project.states(of: "long").values.contains("running") })
        return try #require(running.children.first)
    }

    /// A process's descriptors of pipes, with the pipes' names.
    func pipes(of process: Int32) -> [Int32: String] {
        let folder = "/proc/\(process)/fd"
        let numbers = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap { Int32($0) }
        return Dictionary(
            uniqueKeysWithValues: numbers.compactMap { number in
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(number)")).flatMap {
                    $0.hasPrefix("pipe:") ? (number, $0) : nil
                }
            })
    }

    private func isAlive(_ process: Int32) -> Bool {
        let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8))?.split(separator: ")").last
        return state.map { !$0.hasPrefix(" Z") } ?? false
    }

    @Test func aKilledWorkerCostsOneRun() throws {
        let running = try project.start("run", "long", "-j", "1")
        let worker = try worker(of: running)
        kill(worker, SIGKILL)
        let result = try running.result()
        #expect(result.status == 1)
        #expect(result.messages.contains(": the worker was ended by signal 9 (killed, as when memory runs out)\n  log: results/long/runs/"))
        #expect(result.messages.hasSuffix("1 run failed\n"))
        #expect(result.output == "results/long/report.md\n")
        #expect(project.states(of: "long").values.sorted() == ["failed", "finished", "finished", "finished"])

        let again = try project.ablate("run", "long")
        #expect(again.status == 0)
        #expect(project.states(of: "long").values.sorted() == Array(repeating: "finished", count: 4))
    }

    @Test func workersLeaveWhenTheParentIsKilled() throws {
        let running = try project.start("run", "long", "-j", "2")
        _ = try worker(of: running)
        let workers = running.children
        kill(running.process.processIdentifier, SIGKILL)
        #expect(try running.result().status == 128 + 9)
        #expect(eventually { !workers.contains(where: isAlive) })
        #expect(!project.states(of: "long").values.contains("finished"))
        let plan = try project.ablate("plan", "long")
        #expect(plan.output.contains("interrupted"))
        #expect(try project.ablate("run", "long").status == 0)
        #expect(project.states(of: "long").values.sorted() == Array(repeating: "finished", count: 4))
    }

    @Test(arguments: [SIGINT, SIGTERM]) func anInterruptionEndsTidily(signal: Int32) throws {
        let running = try project.start("run", "long", "-j", "1")
        let worker = try worker(of: running)
        kill(running.process.processIdentifier, signal)
        let result = try running.result()
        #expect(result.status == 130)
        #expect(result.messages.contains("stopping: "))
        #expect(result.messages.hasSuffix("interrupted, 4 runs left; the same command continues\n"))
        #expect(!isAlive(worker))
        #expect(project.states(of: "long").values.sorted() == ["interrupted"])
        #expect(!project.exists("results/long/report.md"))
        // Runs that were not begun leave nothing.
        #expect(project.runs(of: "long").count == 1)
        #expect(try project.ablate("run", "long").status == 0)
    }

    @Test func aLongEpochIsLeftInItsMiddle() throws {
        let rows = (0..<40_000).map { "\($0 % 97),\($0 % 89),\($0 % 7)\n" }.joined()
        try project.write("a,b,y\n" + rows, to: "data/large.csv")
        try project.write(
            SampleProject.tiny.replacing("data/table.csv", with: "data/large.csv").replacing(", drop: [grade]", with: "")
                .replacing("hidden: [4]", with: "hidden: [512, 512, 512]").replacing("batch_size: 8", with: "batch_size: 1")
                .replacing("epochs: 3", with: "epochs: 1"), to: "experiments/long.yaml")
        let running = try project.start("run", "long", "-j", "1", "--seeds", "1", "--only", "baseline")
        _ = try worker(of: running)
        kill(running.process.processIdentifier, SIGINT)
        let result = try running.result()
        #expect(result.status == 130, "\(result.messages)")
        #expect(project.states(of: "long").values.sorted() == ["interrupted"])
        let left = try FileManager.default.contentsOfDirectory(
            atPath: project.folder.appendingPathComponent("results/long/runs/\(try #require(project.runs(of: "long").first))").path)
        #expect(left.contains("record.json") && left.allSatisfy { ["record.json", "log.txt", "lock"].contains($0) }, "\(left)")
    }

    @Test func theSecondInterruptionDoesNotWait() throws {
        let running = try project.start("run", "long", "-j", "1")
        let worker = try worker(of: running)
        kill(worker, SIGSTOP)
        kill(running.process.processIdentifier, SIGINT)
        usleep(300_000)
        #expect(running.process.isRunning)
        kill(running.process.processIdentifier, SIGINT)
        #expect(try running.result().status == 130)
        #expect(!isAlive(worker))
    }

    /// The workers of a killed sweep hold their runs for a moment: the same command waits for them.
    @Test func theSameCommandAfterAKillAtOnceLeavesNothingOut() throws {
        let running = try project.start("run", "long", "-j", "2")
        _ = try worker(of: running)
        kill(running.process.processIdentifier, SIGKILL)
        let again = try project.ablate("run", "long", "-j", "2")
        _ = try running.result()
        #expect(again.status == 0, "\(again.messages)")
        #expect(project.states(of: "long").values.sorted() == Array(repeating: "finished", count: 4))
        #expect(try project.text("results/long/report.md").contains("wide"))
        #expect(!(try project.text("results/long/report.md").contains("not finished")))
    }

    @Test func aSecondSweepWaitsForTheFirstOnesRuns() throws {
        let first = try project.start("run", "long", "-j", "1", "--only", "wide", "--seeds", "1")
        let worker = try worker(of: first)
        // The first one's run takes as long as the second needs for all the others.
        kill(worker, SIGSTOP)
        let second = try project.start("run", "long", "-j", "1")
        #expect(eventually { project.states(of: "long").values.count { $0 == "finished" } >= 3 })
        usleep(500_000)
        #expect(second.process.isRunning)
        kill(worker, SIGCONT)
        let results = try [first, second].map { try $0.result() }
        for result in results { #expect(result.status == 0, "\(result.messages)") }
        #expect(results[1].messages.contains("waiting for 1 run that another process trains\n"), "\(results[1].messages)")
        #expect(results[1].messages.contains("(4 of 4)"))
        // The other's run took as long as it took.
        #expect(!results[1].messages.contains("   0 ms   "), "\(results[1].messages)")
        #expect(project.states(of: "long").values.sorted() == Array(repeating: "finished", count: 4))
    }

    @Test func aSweepThatWaitsCanBeInterrupted() throws {
        let first = try project.start("run", "long", "-j", "1", "--only", "baseline", "--seeds", "1")
        let worker = try worker(of: first)
        kill(worker, SIGSTOP)
        let second = try project.start("run", "long", "-j", "1", "--only", "baseline", "--seeds", "1")
        usleep(500_000)
        kill(second.process.processIdentifier, SIGINT)
        let result = try second.result()
        #expect(result.status == 130)
        #expect(result.messages.hasSuffix("interrupted, 1 run left; the same command continues\n"), "\(result.messages)")
        kill(worker, SIGCONT)
        #expect(try first.result().status == 0)
    }

    @Test func cleanBesideASweepHarmsNothing() throws {
        let running = try project.start("run", "long", "-j", "2")
        while running.process.isRunning { #expect(try project.ablate("clean").status == 0) }
        let result = try running.result()
        #expect(result.status == 0, "\(result.messages)")
        #expect(project.states(of: "long").values.sorted() == Array(repeating: "finished", count: 4))
    }

    @Test func twoSweepsOfOneExperimentDoNotDisturbEachOther() throws {
        let both = try (0..<2).map { _ in try project.start("run", "tiny", "-j", "1") }
        let results = try both.map { try $0.result() }
        for result in results { #expect(result.status == 0, "\(result.messages)") }
        #expect(project.states(of: "tiny").values.sorted() == Array(repeating: "finished", count: 4))
        #expect(try project.ablate("run", "tiny").status == 0)
    }

    // MARK: - Shared runs

    /// Two experiments that have a run in common, under way in the folder of one of them.
    @Test func aRunOfTwoExperimentsIsTrainedOnce() throws {
        try project.write("extends: long.yaml\ntitle: The same baseline\nablate: {}\nseeds: 1\n", to: "experiments/other.yaml")
        let first = try project.start("run", "long", "-j", "1", "--only", "baseline", "--seeds", "1")
        let worker = try worker(of: first)
        kill(worker, SIGSTOP)
        let second = try project.start("run", "other")
        usleep(600_000)
        #expect(second.process.isRunning)
        kill(worker, SIGCONT)
        let results = try [first, second].map { try $0.result() }
        for result in results { #expect(result.status == 0, "\(result.messages)") }
        #expect(results[1].messages.contains("waiting for 1 run that another process trains\n"), "\(results[1].messages)")
        #expect(project.runs(of: "other").isEmpty)
        #expect(try project.text("results/other/report.md").hasPrefix("# The same baseline\n"))
    }

    /// Each of the two shows all that it was asked for as done, and each run has one record, which nobody writes again.
    @Test func twoSweepsShareTheWork() throws {
        let both = try (0..<2).map { _ in try project.start("run", "long", "-j", "2") }
        let results = try both.map { try $0.result() }
        for result in results { #expect(result.status == 0, "\(result.messages)") }
        #expect(project.states(of: "long").values.sorted() == Array(repeating: "finished", count: 4))
        #expect(!(try project.text("results/long/report.md").contains("not finished")))
        for run in project.runs(of: "long") { #expect(!project.exists("results/long/runs/\(run)/claim")) }
    }
}
