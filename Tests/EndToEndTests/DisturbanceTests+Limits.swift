import Foundation
import Testing

/// Limits of time and memory, and the signals of a cluster.
extension DisturbanceTests {
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

    /// By the kernel itself: the network fits into its control group, but not beside the file that fills most of it.
    @Test(.enabled(if: MemoryGroup.isPossible, "needs root and control groups: no process can be held to little memory"))
    func aWorkerThatIsKilledForMemoryInTrainingCostsItsRunAlone() throws {
        let group = try MemoryGroup(megabytes: 320)
        defer { group.remove() }
        try project.write(
            SampleProject.tiny.replacing("seeds: 2", with: "seeds: 1").replacing("[8]", with: "[4200, 4200]"), to: "experiments/large.yaml")
        let result = try project.shell(group.command(filling: 200, [Program.path, "run", "large", "-j", "1"]))
        #expect(result.status == 1, "\(result.messages)")
        #expect(
            result.messages.contains(
                "✗ wide, seed 1: the worker was ended by signal 9 (killed, as when memory runs out)\n  log: results/large/runs/"),
            "\(result.messages)")
        #expect(result.messages.split(separator: "\n").count { $0.contains("✗") } == 1, "\(result.messages)")
        #expect(result.messages.hasSuffix("1 run failed\n") && result.output == "results/large/report.md\n", "\(result.messages)")
        #expect(project.states(of: "large").values.sorted() == ["failed", "finished"])
        #expect(try project.ablate("plan", "large").output.contains("failed: the worker was ended by signal 9"))

        let again = try project.ablate("run", "large", "--failed")
        #expect(again.status == 0, "\(again.messages)")
        #expect(project.states(of: "large").values.sorted() == ["finished", "finished"])
    }

    @Test func whenTimeIsUpWhatIsThereIsReported() throws {
        let short = SampleProject.tiny.replacing("seeds: 2", with: "seeds: 1")
        try project.write(
            short.replacing("wide: {model.mlp.hidden: [8]}", with: "endless: {training.epochs: 1000000, training.batch_size: 1}"),
            to: "experiments/endless.yaml")
        let result = try project.ablate("run", "endless", "-j", "2", "--max-time", "1s")
        #expect(result.status == 1)
        #expect(result.messages.contains("time is up after 1 s: nothing more is started, the runs under way end at their next batch\n"))
        #expect(result.messages.contains("1 run left when time was up; the same command continues\n"))
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
}
