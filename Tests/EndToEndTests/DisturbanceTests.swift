import Foundation
import Testing

/// What happens when processes are killed, stopped and interrupted in the middle. One at a time: each starts processes of its own.
@Suite(.serialized) struct DisturbanceTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    /// Waits until a run is under way, and gives the worker.
    private func worker(of running: Running) throws -> Int32 {
        #expect(eventually { project.states(of: "long").values.contains("running") })
        return try #require(running.children.first)
    }

    /// A process's descriptors of pipes, with the pipes' names.
    private func pipes(of process: Int32) -> [Int32: String] {
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
        #expect(result.messages.hasSuffix("interrupted, 4 runs left; the same command goes on\n"))
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
        #expect(eventually { project.states(of: "long").values.count { $0 == "finished" } >= 2 })
        usleep(300_000)
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
        #expect(result.messages.hasSuffix("interrupted, 1 run left; the same command goes on\n"), "\(result.messages)")
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

    // MARK: - Limits

    @Test func aWorkerThatHangsIsGivenUpInTimeAndItsRunGoesOnLater() throws {
        let running = try project.start("run", "long", "-j", "1", "--only", "baseline", "--timeout", "2s")
        let worker = try worker(of: running)
        kill(worker, SIGSTOP)
        let result = try running.result()
        #expect(result.status == 1)
        #expect(result.messages.contains(": timed out after 2 s\n  log: results/long/runs/"), "\(result.messages)")
        #expect(project.states(of: "long").values.sorted() == ["failed", "finished"])
        #expect(try project.ablate("plan", "long").output.contains("failed: timed out after 2 s"))

        let others = try project.ablate("run", "long", "--failed")
        #expect(others.status == 0, "\(others.messages)")
        #expect(others.messages.contains("1 run that failed before is tried again; 2 unfinished runs that did not fail left as they are\n"))
        #expect(others.messages.contains("(1 of 1)"))
        #expect(project.states(of: "long").values.sorted() == ["finished", "finished"])
        #expect(try project.ablate("run", "long", "--failed").messages.hasPrefix("long: no run failed before, so none is tried again\n"))
    }

    @Test func aKilledWorkersRunIsTriedAgain() throws {
        let running = try project.start("run", "long", "-j", "1", "--only", "baseline", "--retry", "1")
        kill(try worker(of: running), SIGKILL)
        let result = try running.result()
        #expect(result.status == 0, "\(result.messages)")
        #expect(result.messages.contains("(killed, as when memory runs out); tried again after the others\n"), "\(result.messages)")
        #expect(project.states(of: "long").values.sorted() == ["finished", "finished"])
    }

    @Test func whenTimeIsUpWhatIsThereIsReported() throws {
        let short = SampleProject.tiny.replacing("seeds: 2", with: "seeds: 1")
        try project.write(
            short.replacing("wide: {model.mlp.hidden: [8]}", with: "endless: {training.epochs: 1000000, training.batch_size: 1}"),
            to: "experiments/endless.yaml")
        let result = try project.ablate("run", "endless", "-j", "2", "--max-time", "1s")
        #expect(result.status == 1)
        #expect(result.messages.contains("time is up after 1 s: nothing more is started, the runs under way end at their next batch\n"))
        #expect(result.messages.contains("1 run left when time was up; the same command goes on\n"))
        #expect(result.output == "results/endless/report.md\n")
        #expect(project.states(of: "endless").values.sorted() == ["finished", "interrupted"])
    }

    @Test func aRunThatTakesTooMuchMemoryCostsItselfAlone() throws {
        try project.write(
            SampleProject.tiny.replacing("seeds: 2", with: "seeds: 1").replacing("[8]", with: "[30000, 3000]"), to: "experiments/large.yaml"
        )
        let result = try project.ablate("run", "large", "--memory", "100MB")
        #expect(result.status == 1)
        #expect(result.messages.contains("✗ wide, seed 1: needs about "), "\(result.messages)")
        #expect(result.messages.contains(", more than a worker may take (100 MB, --memory)\n"))
        #expect(!result.messages.contains("log: "), "\(result.messages)")
        #expect(project.states(of: "large").values.sorted() == ["failed", "finished"])
        let again = try project.ablate("run", "large", "--failed")
        #expect(again.status == 0 && again.messages.contains("1 run that failed before is tried again"), "\(again.messages)")
    }

    /// A cluster tells every process of a job that its time is over.
    @Test(arguments: [true, false]) func aSignalToAllProcessesEndsTidily(isWorkerFirst: Bool) throws {
        let running = try project.start("run", "long", "-j", "1")
        let processes = [try worker(of: running), running.process.processIdentifier]
        for process in isWorkerFirst ? processes : processes.reversed() { kill(process, SIGTERM) }
        let result = try running.result()
        #expect(result.status == 130, "\(result.messages)")
        #expect(!result.messages.contains("✗"), "\(result.messages)")
        #expect(Set(project.states(of: "long").values) == ["interrupted"])
    }

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

    // MARK: - The disk

    @Test func aFolderThatIsRemovedUnderItsFeetCostsItsRun() throws {
        let running = try project.start("run", "long", "-j", "1")
        _ = try worker(of: running)
        let run = try #require(project.runs(of: "long").first)
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
        let disk = try SmallDisk(at: project.folder.appendingPathComponent("small").path, kilobytes: 160)
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

/// A clock of processes that start with its environment.
private struct SettableClock {
    private static let compiler = ["/usr/bin/cc", "/usr/bin/clang"].first { FileManager.default.isExecutableFile(atPath: $0) }
    private let library: String
    private let signal: String

    static var isPossible: Bool {
        #if os(Linux)
        compiler != nil
        #else
        false
        #endif
    }

    init(in folder: URL) throws {
        library = folder.appendingPathComponent("clock.so").path
        signal = folder.appendingPathComponent("clock-goes-back").path
        let code = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <time.h>
            #include <unistd.h>
            #include <sys/time.h>
            static long shift(void) { return access("\(signal)", F_OK) ? 0 : 31536000; }
            int clock_gettime(clockid_t clock, struct timespec *now) {
                int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
                int result = real(clock, now);
                if (clock == CLOCK_REALTIME) now->tv_sec -= shift();
                return result;
            }
            int gettimeofday(struct timeval *now, void *zone) {
                struct timespec time;
                clock_gettime(CLOCK_REALTIME, &time);
                now->tv_sec = time.tv_sec;
                now->tv_usec = time.tv_nsec / 1000;
                return 0;
            }
            time_t time(time_t *now) {
                struct timespec time;
                clock_gettime(CLOCK_REALTIME, &time);
                if (now) *now = time.tv_sec;
                return time.tv_sec;
            }
            """
        let source = folder.appendingPathComponent("clock.c")
        try Data(code.utf8).write(to: source)
        let made = try Running(["-shared", "-fPIC", "-o", library, source.path], executable: Self.compiler ?? "", in: folder).result()
        guard made.status == 0 else { throw NoClock(description: made.messages) }
    }

    private struct NoClock: Error, CustomStringConvertible { let description: String }

    var environment: [String: String] { ["LD_PRELOAD": library] }

    func goBack() throws { try Data().write(to: URL(fileURLWithPath: signal)) }
}

/// A file system in memory with little room.
private struct SmallDisk {
    private let path: String

    static let isPossible: Bool = {
        guard geteuid() == 0 else { return false }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-mount-\(UUID().uuidString)").path
        guard let disk = try? SmallDisk(at: folder, kilobytes: 100) else { return false }
        disk.remove()
        return true
    }()

    private struct NoDisk: Error {}

    init(at path: String, kilobytes: Int) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(kilobytes)k") == 0 else { throw NoDisk() }
    }

    func fill() throws {
        let file = fopen(path + "/filler", "w")
        while fputs(String(repeating: "x", count: 1024), file) >= 0, fflush(file) == 0 {}
        fclose(file)
    }

    func empty() throws { try FileManager.default.removeItem(atPath: path + "/filler") }

    func forbidWriting() throws {
        guard mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else { throw NoDisk() }
    }

    func remove() {
        umount(path)
        rmdir(path)
    }
}
