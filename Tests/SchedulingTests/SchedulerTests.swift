import Scheduling
import Testing

/// The loop on a fake executor and a fake clock.
@Suite struct SchedulerTests {
    private let runs = [
        sampleRun("a", work: 3, architecture: "a"), sampleRun("b", work: 2, architecture: "b"), sampleRun("c", work: 1, architecture: "c"),
    ]
    private let clock = FakeClock()
    private let progress = NotedProgress()
    private let prepared = Noted<String>()

    private func run(_ source: RequestSource? = nil, outcomes: Outcomes = [:], workers: Int, executor: FakeExecutor) -> Schedule {
        var scheduler = Scheduler(executor: executor, clock: clock) { request throws(JobFault) in
            prepared.add(request.id)
            if request.id == "broken" { throw JobFault("no such data") }
            return "\(request.id).json"
        }
        return scheduler.run(Schedule(source ?? .plan(runs), outcomes: outcomes, ScheduleRules(workers: workers)), showing: progress)
    }

    private func trained(_ executor: FakeExecutor) -> [String] {
        executor.orders.all.compactMap { if case .train(let job) = $0 { job } else { nil } }
    }

    @Test(arguments: 1...4) func everyRunIsTrainedOnceWhateverTheNumberOfWorkers(workers: Int) {
        let executor = FakeExecutor(clock: clock) { order in
            if case .canary = order { [.tell(.passed)] } else { [.tell(.done)] }
        }
        let end = run(workers: workers, executor: executor)
        let trained = executor.orders.all.filter { if case .train = $0 { true } else { false } }
        #expect(Set(trained) == [.train(job: "a.json"), .train(job: "b.json"), .train(job: "c.json")])
        #expect(trained.count == 3)
        #expect(end.isOver && end.failures.isEmpty && end.outcomes.count == 3)
        #expect(progress.announced.count == 3)
        #expect(progress.ends == 1)
    }

    @Test func aWorkerThatDiesCostsOneRun() {
        let executor = FakeExecutor(clock: clock) { order in
            switch order {
            case .canary: [.tell(.passed)]
            case .train(job: "b.json"): [.die(.killed(signal: 11))]
            default: [.tell(.done)]
            }
        }
        let end = run(workers: 1, executor: executor)
        #expect(end.failures.map(\.run.id) == ["b"])
        #expect(end.outcomes["a"] != nil && end.outcomes["c"] != nil)
    }

    @Test func workersThatNeverStartEndItWithTheReason() {
        let executor = FakeExecutor(clock: clock, startFault: { _ in "no descriptors" }) { _ in [] }
        let end = run(workers: 2, executor: executor)
        #expect(end.startFault == "no descriptors")
        #expect(end.outcomes.isEmpty)
    }

    @Test func itGoesOnWithTheWorkersThatCouldBeStarted() {
        let executor = FakeExecutor(clock: clock, startFault: { $0 > 1 ? "no descriptors" : nil }) { order in
            if case .canary = order { [.tell(.passed)] } else { [.tell(.done)] }
        }
        let end = run(workers: 3, executor: executor)
        #expect(end.startFault == nil)
        #expect(end.outcomes.count == 3)
    }

    @Test func aRunThatAnotherProcessHoldsIsTriedUntilItIsFree() {
        var refusals = 3
        let executor = FakeExecutor(clock: clock) { order in
            switch order {
            case .canary: return [.tell(.passed)]
            case .train(job: "b.json") where refusals > 0:
                refusals -= 1
                return [.tell(.held)]
            default: return [.tell(.done)]
            }
        }
        let end = run(workers: 1, executor: executor)
        #expect(end.outcomes.count == 3 && end.failures.isEmpty)
        #expect(progress.announced.count { $0 == .waiting(runs: 1) } == 1)
        // The others were trained meanwhile, and time passed before each new try.
        #expect(executor.orders.all.suffix(3) == Array(repeating: .train(job: "b.json"), count: 3))
        #expect(clock.now.offset == .milliseconds(600))
    }

    @Test func oneInterruptionStopsObedientWorkers() {
        let executor = FakeExecutor(clock: clock) { order in
            if case .canary = order { [.tell(.passed)] } else { [.hang(obedient: true), .wish] }
        }
        let end = run(workers: 1, executor: executor)
        #expect(end.wasInterrupted)
        #expect(end.outcomes == ["a": .interrupted])
    }

    @Test func theSecondInterruptionEndsWorkersThatDoNotListen() {
        let executor = FakeExecutor(clock: clock) { order in
            if case .canary = order { [.tell(.passed)] } else { [.hang(obedient: false), .wish, .wish] }
        }
        let end = run(workers: 1, executor: executor)
        #expect(end.mood == .killing)
        #expect(end.outcomes == ["a": .interrupted])
    }

    // MARK: - On demand

    /// One run, and after its outcome a thousand more.
    private let growing = RequestSource.following { outcomes in
        outcomes["first"] == nil ? [sampleRun("first")] : (1...1000).map { sampleRun("\($0)") }
    }

    @Test func aSourceThatBeginsWithOneRunAndEndsWithAThousand() {
        let executor = FakeExecutor(clock: clock) { _ in [.tell(.done)] }
        let end = run(growing, workers: 8, executor: executor)
        let jobs = trained(executor)
        #expect(jobs.first == "first.json")
        #expect(jobs.count == 1001 && Set(jobs).count == 1001)
        #expect(end.finishedCount == 1001 && end.total == 1001 && end.isOver)
        #expect(executor.starts.all == Array(1...8))
    }

    @Test func jobsArePreparedOneByOneAsWorkersComeFree() {
        let prepared = prepared
        // What was prepared when the worker of each run was asked.
        let counts = Noted<Int>()
        let executor = FakeExecutor(clock: clock) { _ in
            counts.add(prepared.all.count)
            return [.tell(.done)]
        }
        _ = run(.plan((1...50).map { sampleRun("\($0)") }), workers: 3, executor: executor)
        #expect(counts.all == Array(1...50))
    }

    @Test func aJobIsPreparedOnceForCanaryAndTraining() {
        let executor = FakeExecutor(clock: clock) { order in
            if case .canary = order { [.tell(.passed)] } else { [.tell(.done)] }
        }
        _ = run(workers: 1, executor: executor)
        #expect(executor.orders.all.count == 5)
        #expect(prepared.all.sorted() == ["a", "b", "c"])
    }

    @Test func nothingIsPreparedThatIsNotStarted() {
        let executor = FakeExecutor(clock: clock) { _ in [.hang(obedient: true), .wish] }
        let end = run(.plan((1...50).map { sampleRun("\($0)") }), workers: 2, executor: executor)
        #expect(end.outcomes == ["1": .interrupted, "2": .interrupted])
        #expect(prepared.all == ["1", "2"])
        #expect(end.waiting.count == 48 && end.isOver)
    }

    @Test func outcomesOfTheStoreAreCountedAndNotRun() {
        let executor = FakeExecutor(clock: clock) { _ in [.tell(.done)] }
        let end = run(outcomes: ["a": .done, "b": .failed(message: "unreadable")], workers: 2, executor: executor)
        #expect(trained(executor) == ["c.json"])
        #expect(prepared.all == ["c"])
        #expect(end.finishedCount == 2 && end.total == 3)
        #expect(end.failures.isEmpty)
    }

    @Test func aJobThatCannotBePreparedCostsItsRun() {
        let executor = FakeExecutor(clock: clock) { _ in [.tell(.done)] }
        let end = run(.plan([sampleRun("broken", work: 2), sampleRun("whole")]), workers: 1, executor: executor)
        #expect(end.failures.map(\.message) == ["no such data"])
        #expect(trained(executor) == ["whole.json"])
    }

    // MARK: - Limits

    private func limited(_ rules: ScheduleRules, _ executor: FakeExecutor, clock: FakeClock) -> Schedule {
        var scheduler = Scheduler(executor: executor, clock: clock) { $0.id }
        return scheduler.run(Schedule(.plan([sampleRun("a")]), rules), showing: progress)
    }

    @Test func theClockTellsWhenARunTakesTooLong() {
        let clock = FakeClock()
        let executor = FakeExecutor(clock: clock) { _ in [.hang(obedient: false)] }
        let end = limited(ScheduleRules(timeout: TimeSpan(seconds: 60)), executor, clock: clock)
        #expect(end.failures.map(\.message) == ["timed out after 1 min"])
        #expect(executor.orders.all == [.train(job: "a"), .stop])
        #expect((Duration.seconds(65)...Duration.seconds(66)).contains(clock.now.offset), "\(clock.now.offset)")
    }

    @Test func whatAWorkerTakesOfMemoryIsWatched() {
        let clock = FakeClock()
        var executor = FakeExecutor(clock: clock) { _ in [.hang(obedient: false)] }
        executor.bytesOfWorker = 3e9
        let end = limited(ScheduleRules(memoryOfWorker: MemorySize(bytes: 2e9)), executor, clock: clock)
        #expect(end.failures.map(\.message) == ["took 3 GB of memory, more than a worker may (2 GB, --memory)"])
    }
}
