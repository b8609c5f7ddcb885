import Scheduling
import Testing

/// The loop on a fake executor and a fake clock.
@Suite struct SchedulerTests {
    private let runs = [
        sampleRun("a", work: 3, architecture: "a"), sampleRun("b", work: 2, architecture: "b"), sampleRun("c", work: 1, architecture: "c"),
    ]
    private let clock = FakeClock()
    private let status = NotedProgress()

    private func sweep(workers: Int, failFast: Bool = false, executor: FakeExecutor) -> Schedule {
        var scheduler = Scheduler(executor: executor, clock: clock)
        return scheduler.run(Schedule(everyRun(of: runs), workers: workers, failFast: failFast), status: status)
    }

    @Test(arguments: 1...4) func everyRunIsTrainedOnceWhateverTheNumberOfWorkers(workers: Int) {
        let executor = FakeExecutor(clock: clock) { order in
            if case .canary = order { [.tell(.passed)] } else { [.tell(.done)] }
        }
        let end = sweep(workers: workers, executor: executor)
        let trained = executor.orders.all.filter { if case .train = $0 { true } else { false } }
        #expect(Set(trained) == [.train(job: "a.json"), .train(job: "b.json"), .train(job: "c.json")])
        #expect(trained.count == 3)
        #expect(end.isOver && end.failures.isEmpty && end.outcomes.count == 3)
        #expect(status.announced.count == 3)
        #expect(status.ends == 1)
    }

    @Test func aWorkerThatDiesCostsOneRun() {
        let executor = FakeExecutor(clock: clock) { order in
            switch order {
            case .canary: [.tell(.passed)]
            case .train(job: "b.json"): [.die(.killed(signal: 11))]
            default: [.tell(.done)]
            }
        }
        let end = sweep(workers: 1, executor: executor)
        #expect(end.failures.map(\.run.id) == ["b"])
        #expect(end.outcomes["a"] != nil && end.outcomes["c"] != nil)
    }

    @Test func workersThatNeverStartEndTheSweepWithTheReason() {
        let executor = FakeExecutor(clock: clock, startFault: { _ in "no descriptors" }) { _ in [] }
        let end = sweep(workers: 2, executor: executor)
        #expect(end.startFault == "no descriptors")
        #expect(end.outcomes.isEmpty)
    }

    @Test func theSweepGoesOnWithTheWorkersThatCouldBeStarted() {
        let executor = FakeExecutor(clock: clock, startFault: { $0 > 1 ? "no descriptors" : nil }) { order in
            if case .canary = order { [.tell(.passed)] } else { [.tell(.done)] }
        }
        let end = sweep(workers: 3, executor: executor)
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
        let end = sweep(workers: 1, executor: executor)
        #expect(end.outcomes.count == 3 && end.failures.isEmpty)
        #expect(status.announced.count { $0 == .waiting(runs: 1) } == 1)
        // The others were trained meanwhile, and time passed before each new try.
        #expect(executor.orders.all.suffix(3) == Array(repeating: .train(job: "b.json"), count: 3))
        #expect(clock.now.offset == .milliseconds(600))
    }

    @Test func oneInterruptionStopsObedientWorkers() {
        let executor = FakeExecutor(clock: clock) { order in
            if case .canary = order { [.tell(.passed)] } else { [.hang(obedient: true), .wish] }
        }
        let end = sweep(workers: 1, executor: executor)
        #expect(end.wasInterrupted)
        #expect(end.outcomes == ["a": .interrupted])
    }

    @Test func theSecondInterruptionEndsWorkersThatDoNotListen() {
        let executor = FakeExecutor(clock: clock) { order in
            if case .canary = order { [.tell(.passed)] } else { [.hang(obedient: false), .wish, .wish] }
        }
        let end = sweep(workers: 1, executor: executor)
        #expect(end.mood == .killing)
        #expect(end.outcomes == ["a": .interrupted])
    }
}
