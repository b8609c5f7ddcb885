import Foundation
import Testing

/// What surrounds the processes and goes wrong: their pipes, the clock, the disk.
extension DisturbanceTests {
    /// What a library prints to standard output is no message.
    @Test func whatIsPrintedInAWorkerHarmsNothing() throws {
        let running = try project.start("run", "long", "-j", "1", "--only", "baseline", "--seeds", "1")
        let output = open("/proc/\(try worker(of: running))/fd/1", O_WRONLY)
        #expect(write(output, "hello\n", 6) == 6)
        close(output)
        #expect(try running.result().status == 0)
    }

    /// Lines that were torn, and what has no end.
    @Test(arguments: ["hello\n", "\u{1b}[2J{\"passed\":\n", String(repeating: "\0", count: 2_000_000)])
    func aWorkerThatPrintsRubbishCostsItsRun(rubbish: String) throws {
        let running = try project.start("run", "long", "-j", "1", "--only", "baseline", "--seeds", "1")
        let worker = try worker(of: running)
        // The pipe on which the scheduler listens; it may close while it is written to.
        signal(SIGPIPE, SIG_IGN)
        let heard = pipes(of: running.process.processIdentifier).values
        let ends = pipes(of: worker).filter { $0.key > 0 && heard.contains($0.value) }
        let pipe = open("/proc/\(worker)/fd/\(try #require(ends.keys.first))", O_WRONLY)
        let bytes = Array(rubbish.utf8)
        _ = write(pipe, bytes, bytes.count)
        close(pipe)
        let result = try running.result()
        #expect(result.status == 1)
        #expect(result.messages.contains("✗ baseline, seed 1: the worker wrote a line that is no message: "), "\(result.messages)")
        #expect(!result.messages.contains("\u{1b}") && !result.messages.contains("\0"))
        #expect(Array(project.states(of: "long").values) == ["failed"])
        #expect(try project.ablate("run", "long", "--only", "baseline", "--seeds", "1").status == 0)
    }

    /// The system's clock, not that by which times are measured, goes back by a year at the moment in which a file appears.
    @Test(.enabled(if: SettableClock.isPossible, "needs a C compiler and a loader that takes LD_PRELOAD"))
    func aClockThatJumpsBackHarmsNothing() throws {
        let clock = try SettableClock(in: project.folder)
        let running = try project.start("run", "long", "-j", "1", environment: clock.environment)
        _ = try worker(of: running)
        try clock.goBack()
        let result = try running.result()
        #expect(result.status == 0, "\(result.messages)")
        #expect(result.messages.contains("(4 of 4)") && !result.messages.contains("-"), "\(result.messages)")
        let back = try project.ablate("run", "long", environment: clock.environment)
        #expect(back.status == 0, "\(back.messages)")
        #expect(project.states(of: "long").values.sorted() == Array(repeating: "finished", count: 4))
        let years = try project.ablate("list", "long", "--columns", "created,ended", "--format", "csv").output
        #expect(
            Set(years.split(separator: "\n").dropFirst().flatMap { $0.split(separator: ",").map { $0.prefix(4) } }).count == 2, "\(years)")
        let plan = try project.ablate("plan", "long").output
        #expect(plan.contains("nothing to train"), "\(plan)")
        #expect(try project.ablate("clean").status == 0)
        #expect(project.runs(of: "long").count == 4)
    }

    @Test func aFolderThatIsRemovedUnderItsFeetCostsItsRun() throws {
        let running = try project.start("run", "long", "-j", "1")
        _ = try worker(of: running)
        let run = try #require(project.states(of: "long").first { $0.value == "running" }?.key)
        try FileManager.default.removeItem(at: project.folder.appendingPathComponent("results/long/runs/\(run)"))
        let result = try running.result()
        #expect(result.status == 1)
        #expect(result.messages.contains(": results/long/runs/\(run)/"), "\(result.messages)")
        #expect(result.messages.contains("No such file or directory"), "\(result.messages)")
        #expect(result.messages.contains("\n1 run failed\n"), "\(result.messages)")
        #expect(project.states(of: "long").values.sorted() == ["failed", "finished", "finished", "finished"])
        #expect(try project.ablate("run", "long", "--failed").status == 0)
    }

    /// Needs a disk of its own.
    @Test(.enabled(if: SmallDisk.isPossible, "needs root and mount: no small disk can be had"))
    func aFullDiskIsToldAndCostsRunsAlone() throws {
        let disk = try SmallDisk(at: project.folder.appendingPathComponent("small").path, kilobytes: 260)
        defer { disk.remove() }
        let result = try project.ablate("run", "tiny", "-j", "2", "--results", "small")
        #expect(result.status == 0, "\(result.messages)")
        try disk.fill()
        try project.write(SampleProject.tiny.replacing("epochs: 3", with: "epochs: 2"), to: "experiments/tiny.yaml")
        let full = try project.ablate("run", "tiny", "-j", "2", "--results", "small")
        #expect(full.status == 1, "\(full.messages)")
        #expect(full.messages.contains("No space left on device"), "\(full.messages)")
        #expect(full.messages.split(separator: "\n").count { $0.contains("✗") } == 4, "\(full.messages)")
        try disk.empty()
        #expect(try project.ablate("run", "tiny", "-j", "2", "--results", "small").status == 0)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs root and mount: no small disk can be had"))
    func aDiskThatCannotBeWrittenIsToldBeforehand() throws {
        let disk = try SmallDisk(at: project.folder.appendingPathComponent("small").path, kilobytes: 1000)
        defer { disk.remove() }
        #expect(try project.ablate("run", "tiny", "--results", "small", "--only", "wide").status == 0)
        try disk.forbidWriting()
        let result = try project.ablate("run", "tiny", "--results", "small")
        #expect(result.status == 2)
        #expect(result.messages.hasSuffix("Read-only file system\n"), "\(result.messages)")
        #expect(result.messages.split(separator: "\n").count { $0.hasPrefix("ablate: error: ") } == 1, "\(result.messages)")
    }
}
