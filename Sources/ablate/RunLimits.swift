import ArgumentParser
import Scheduling
import Training

/// What becomes of runs that fail, and how much time and memory runs may take.
struct RunLimits: ParsableArguments {
    @Flag(help: "Stop at the first run that fails.")
    var failFast = false

    @Option(
        help: ArgumentHelp(
            "Retry a failed run up to this many times, after the others, unless its settings or data are to blame.", valueName: "times"))
    var retry = 0

    @Flag(help: "Only what failed before; other runs are left as they are.")
    var failed = false

    @Option(
        help: ArgumentHelp(
            "Stop a run that takes longer (30s, 10m, 2h); it counts as failed, and continues from there later.", valueName: "time"),
        transform: { try TimeSpan(parsing: $0) })
    var timeout: TimeSpan?

    @Option(
        help: ArgumentHelp("After this time start no more runs, end those under way, and report what is finished.", valueName: "time"),
        transform: { try TimeSpan(parsing: $0) })
    var maxTime: TimeSpan?

    @Option(
        help: ArgumentHelp(
            "Memory that a worker may take (800MB, 2GB); together they never take more than the machine has.", valueName: "size"),
        transform: { try MemorySize(parsing: $0) })
    var memory: MemorySize?

    func validate() throws {
        guard (0...100).contains(retry) else { throw ValidationError("--retry \(retry): expected 0 to 100 times") }
    }

    func rules(workers: Int) -> ScheduleRules {
        ScheduleRules(
            workers: workers, failFast: failFast, retries: retry, timeout: timeout, maxTime: maxTime, memoryOfWorker: memory,
            memory: MemorySize(bytes: MachineMemory.atHand.bytes))
    }
}
