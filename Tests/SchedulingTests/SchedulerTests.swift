import Scheduling
import Testing

/// The loop on a fake executor and a fake clock.
@Suite struct SchedulerTests {
    private let runs = [
        sampleRun("a", work: 3, architecture: "a"), sampleRun("b", work: 2, architecture: "b"), sampleRun("c", work: 1, architecture: "c"),
    ]

    private func sweep(
        workers: Int, failFast: Bool = false, executor: FakeExecutor, interruptions: AsyncStream<Void>, status: NotedStatus = NotedStatus()
    ) async -> Schedule {
        let scheduler = Scheduler(executor: executor, clock: FakeClock())
        return await scheduler.run(
            Schedule(everyRun(of: runs), workers: workers, failFast: failFast), interruptions: interruptions, status: status)
    }

    private var quiet: AsyncStream<Void> { AsyncStream { _ in } }

    @Test(arguments: 1...4) func everyRunIsTrainedOnceWhateverTheNumberOfWorkers(workers: Int) async {
        let executor = FakeExecutor { command in
            if case .canary = command { [.tell(.passed)] } else { [.tell(.done)] }
        }
        let status = NotedStatus()
        let end = await sweep(workers: workers, executor: executor, interruptions: quiet, status: status)
        let trained = executor.commands.filter { if case .train = $0 { true } else { false } }
        #expect(Set(trained) == [.train(job: "a.json"), .train(job: "b.json"), .train(job: "c.json")])
        #expect(trained.count == 3)
        #expect(end.isOver && end.failures.isEmpty && end.outcomes.count == 3)
        #expect(status.announced.count == 3)
        #expect(status.ends == 1)
    }

    @Test func aWorkerThatDiesCostsOneRun() async {
        let executor = FakeExecutor { command in
            switch command {
            case .canary: [.tell(.passed)]
            case .train(job: "b.json"): [.die(.killed(signal: 11))]
            default: [.tell(.done)]
            }
        }
        let end = await sweep(workers: 1, executor: executor, interruptions: quiet)
        #expect(end.failures.map(\.run.id) == ["b"])
        #expect(end.outcomes["a"] != nil && end.outcomes["c"] != nil)
    }

    @Test func workersThatNeverStartEndTheSweepWithTheReason() async {
        let executor = FakeExecutor { _ in [.die(.notStarted(reason: "gone"))] }
        let end = await sweep(workers: 2, executor: executor, interruptions: quiet)
        #expect(end.startFault == "gone")
        #expect(end.outcomes.isEmpty)
    }

    @Test func oneInterruptionStopsObedientWorkers() async {
        let (wishes, wish) = AsyncStream.makeStream(of: Void.self)
        let executor = FakeExecutor { command in
            if case .canary = command { return [.tell(.passed)] }
            wish.yield()
            return [.hang(obedient: true)]
        }
        let end = await sweep(workers: 1, executor: executor, interruptions: wishes)
        #expect(end.wasInterrupted)
        #expect(end.outcomes == ["a": .interrupted])
    }

    @Test func theSecondInterruptionEndsWorkersThatDoNotListen() async {
        let (wishes, wish) = AsyncStream.makeStream(of: Void.self)
        let executor = FakeExecutor { command in
            if case .canary = command { return [.tell(.passed)] }
            wish.yield()
            wish.yield()
            return [.hang(obedient: false)]
        }
        let end = await sweep(workers: 1, executor: executor, interruptions: wishes)
        #expect(end.mood == .killing)
        #expect(end.outcomes == ["a": .interrupted])
    }
}
