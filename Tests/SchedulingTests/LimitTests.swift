import Scheduling
import Testing

/// Retries, and limits of time and memory, by plain calls.
@Suite struct LimitTests {
    // MARK: - Retries

    @Test func aRunThatCrashedIsTriedAgainAfterTheOthers() {
        let (a, b) = (sampleRun("a", work: 2), sampleRun("b"))
        var schedule = Schedule(.plan([a, b]), ScheduleRules(retries: 2))
        _ = schedule.begin()
        let words = "the worker was ended by signal 11 (segmentation fault)"
        #expect(
            schedule.handle(.ended(.killed(signal: 11), worker: 1)) == [
                .announce(.triedAgain(a, message: words, left: 2)), .start(worker: 1), .send(.train(b), worker: 1),
            ])
        #expect(schedule.waiting == [a])
        #expect(schedule.total == 2)
        #expect(schedule.handle(.event(.done, from: 1)).last == .send(.train(a), worker: 1))
        #expect(schedule.handle(.ended(.killed(signal: 11), worker: 1)).first == .announce(.triedAgain(a, message: words, left: 1)))
        // The third time is the last.
        #expect(schedule.handle(.ended(.killed(signal: 11), worker: 1)) == [.announce(.failed(a, message: words))])
        #expect(schedule.isOver)
        #expect(schedule.failures.map(\.run) == [a])
    }

    @Test(arguments: [(FailureCause.input, false), (.circumstances, true)])
    func whatTheInputIsToBlameForIsNotTriedAgain(cause: FailureCause, isTriedAgain: Bool) {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(retries: 1))
        _ = schedule.begin()
        _ = schedule.handle(.event(.failed(message: "bad", cause: cause), from: 1))
        #expect(schedule.failures.isEmpty == isTriedAgain)
        #expect((schedule.workers[0] == .training(sampleRun("a"), latest: nil)) == isTriedAgain)
    }

    @Test func aFailedCanaryIsNotTriedAgain() {
        let runs = [sampleRun("w", work: 3, architecture: "w"), sampleRun("x", work: 2, architecture: "x")]
        var schedule = Schedule(.plan(runs), ScheduleRules(retries: 3))
        _ = schedule.begin()
        _ = schedule.handle(.ended(.killed(signal: 5), worker: 1))
        #expect(schedule.failures.map(\.run.id) == ["x"])
    }

    @Test func theFirstFailureThatLastsStopsTheOthers() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(failFast: true, retries: 1))
        _ = schedule.begin()
        _ = schedule.handle(.ended(.exited(code: 1), worker: 1))
        #expect(schedule.mood == .going)
        _ = schedule.handle(.ended(.exited(code: 1), worker: 1))
        #expect(schedule.mood == .stopping)
    }

    @Test func aSourceThatFollowsOutcomesDoesNotStartWhatIsToBeTriedAgain() {
        var schedule = Schedule(.following { _ in [sampleRun("a", work: 2), sampleRun("b")] }, ScheduleRules(retries: 1))
        _ = schedule.begin()
        _ = schedule.handle(.ended(.exited(code: 1), worker: 1))
        #expect(schedule.workers[0].run?.id == "b")
        #expect(schedule.handle(.event(.done, from: 1)).last == .send(.train(sampleRun("a", work: 2)), worker: 1))
        #expect(schedule.total == 2)
    }

    // MARK: - Time

    private let tenMinutes = TimeSpan(seconds: 600)

    @Test func aRunThatTakesTooLongIsAskedToStopAndHasFailed() {
        var schedule = Schedule(.plan([sampleRun("a", work: 2), sampleRun("b")]), ScheduleRules(timeout: tenMinutes))
        _ = schedule.begin()
        #expect(schedule.handle(.passed(seconds: 599)).isEmpty)
        #expect(schedule.handle(.passed(seconds: 1)) == [.send(.stop, worker: 1)])
        #expect(
            schedule.handle(.event(.interrupted, from: 1)) == [
                .announce(.failed(sampleRun("a", work: 2), message: "timed out after 10 min")), .send(.train(sampleRun("b")), worker: 1),
            ])
        // The next one has all the time again.
        #expect(schedule.handle(.passed(seconds: 599)).isEmpty)
    }

    @Test func aWorkerThatDoesNotListenIsKilled() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(timeout: tenMinutes))
        _ = schedule.begin()
        #expect(schedule.handle(.passed(seconds: 600)) == [.send(.stop, worker: 1)])
        #expect(schedule.handle(.passed(seconds: 4)).isEmpty)
        #expect(schedule.handle(.passed(seconds: 1)) == [.kill(worker: 1)])
        #expect(
            schedule.handle(.ended(.killed(signal: 9), worker: 1)) == [
                .announce(.failed(sampleRun("a"), message: "timed out after 10 min"))
            ])
    }

    @Test func aFirstStepThatHangsFailsItsArchitecture() {
        let runs = [sampleRun("w", work: 3, architecture: "w"), sampleRun("x", work: 2, architecture: "x")]
        var schedule = Schedule(.plan(runs), ScheduleRules(timeout: tenMinutes))
        _ = schedule.begin()
        _ = schedule.handle(.passed(seconds: 600))
        #expect(schedule.handle(.passed(seconds: 6)) == [.kill(worker: 1)])
        _ = schedule.handle(.ended(.killed(signal: 9), worker: 1))
        #expect(schedule.failures.map(\.message) == ["at its first step: timed out after 10 min"])
        #expect(schedule.workers[0].run?.id == "w")
    }

    @Test func aRunThatFinishesAfterAllHasFinished() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(timeout: tenMinutes))
        _ = schedule.begin()
        _ = schedule.handle(.passed(seconds: 600))
        _ = schedule.handle(.event(.done, from: 1))
        #expect(schedule.finishedCount == 1 && schedule.failures.isEmpty)
    }

    @Test func whenTimeIsUpNothingIsStartedAndWhatIsUnderWayEndsTidily() {
        var schedule = Schedule(.plan([sampleRun("a", work: 2), sampleRun("b")]), ScheduleRules(maxTime: tenMinutes))
        _ = schedule.begin()
        #expect(schedule.handle(.passed(seconds: 600)) == [.announce(.timeIsUp(tenMinutes)), .send(.stop, worker: 1)])
        #expect(
            schedule.handle(.event(.interrupted, from: 1)) == [.announce(.interrupted(sampleRun("a", work: 2))), .dismiss(worker: 1)])
        _ = schedule.handle(.ended(.exited(code: 0), worker: 1))
        #expect(schedule.isOver && schedule.isOutOfTime && !schedule.wasInterrupted)
        #expect(schedule.waiting.map(\.id) == ["b"])
    }

    @Test func nobodyIsWaitedForForEverWhenTimeIsUp() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(maxTime: tenMinutes))
        _ = schedule.begin()
        _ = schedule.handle(.passed(seconds: 600))
        #expect(schedule.handle(.passed(seconds: 29)).isEmpty)
        #expect(schedule.handle(.passed(seconds: 1)) == [.kill(worker: 1)])
        #expect(schedule.handle(.ended(.killed(signal: 9), worker: 1)) == [.announce(.interrupted(sampleRun("a")))])
        #expect(schedule.isOver)
    }

    /// After Ctrl-C the user says how long to wait.
    @Test func anInterruptedScheduleWaits() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(timeout: tenMinutes, maxTime: tenMinutes))
        _ = schedule.begin()
        _ = schedule.handle(.interrupted)
        #expect(schedule.handle(.passed(seconds: 10_000)).isEmpty)
    }

    // MARK: - Memory

    private func large(_ id: String, _ gigabytes: Double, work: Double = 1) -> RunRequest {
        sampleRun(id, work: work, memory: gigabytes * 1e9)
    }

    @Test func aRunIsStartedWhenItFitsBesideTheOthers() {
        let runs = [large("a", 3, work: 3), large("b", 3, work: 2), large("c", 1)]
        var schedule = Schedule(.plan(runs), ScheduleRules(workers: 3, memory: MemorySize(bytes: 4e9)))
        let actions = schedule.begin()
        // The smaller one goes before the longer one, which has no room.
        #expect(
            actions.filter { if case .send = $0 { true } else { false } } == [
                .send(.train(runs[0]), worker: 1), .send(.train(runs[2]), worker: 2),
            ])
        #expect(
            actions.last
                == .announce(.memoryIsShort(workers: 2, needed: MemorySize(bytes: 7e9), atHand: MemorySize(bytes: 4e9))))
        #expect(schedule.handle(.event(.done, from: 2)).count == 1)
        #expect(schedule.handle(.event(.done, from: 1)).contains(.send(.train(runs[1]), worker: 1)))
    }

    @Test func aRunThatNeedsMoreThanThereIsRunsAlone() {
        var schedule = Schedule(.plan([large("a", 9)]), ScheduleRules(workers: 2, memory: MemorySize(bytes: 4e9)))
        #expect(schedule.begin().contains(.send(.train(large("a", 9)), worker: 1)))
    }

    @Test func aRunThatNeedsMoreThanAWorkerMayTakeFailsBeforehand() {
        var schedule = Schedule(
            .plan([large("a", 3, work: 2), large("b", 1)]), ScheduleRules(retries: 1, memoryOfWorker: MemorySize(bytes: 2e9)))
        // It leaves no log.
        let refused = RunRequest(id: "a", title: "a", log: nil, work: 2, architecture: "a", memory: 3e9)
        #expect(
            schedule.begin() == [
                .announce(.failed(refused, message: "needs about 3 GB, more than a worker may take (2 GB, --memory)")),
                .start(worker: 1), .send(.train(large("b", 1)), worker: 1),
            ])
    }

    @Test func aWorkerThatTakesTooMuchIsKilled() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(memoryOfWorker: MemorySize(bytes: 2e9)))
        _ = schedule.begin()
        #expect(schedule.handle(.memory(bytes: 2e9, worker: 1)).isEmpty)
        #expect(schedule.handle(.memory(bytes: 2.1e9, worker: 1)) == [.kill(worker: 1)])
        #expect(schedule.handle(.memory(bytes: 2.2e9, worker: 1)).isEmpty)
        _ = schedule.handle(.ended(.killed(signal: 9), worker: 1))
        #expect(schedule.failures.map(\.message) == ["took 2.1 GB of memory, more than a worker may (2 GB, --memory)"])
    }

    // MARK: - Words

    @Test(arguments: [
        ("30s", 30, "30 s"), ("10m", 600, "10 min"), ("2h", 7200, "2 h"), ("1h30m", 5400, "1 h 30 min"), ("1.5h", 5400, "1 h 30 min"),
        ("90 sec", 90, "1 min 30 s"), ("1d", 86400, "24 h"), ("0.5s", 0.5, "0.5 s"), ("5s", 5, "5 s"),
    ])
    func timesAreReadAndSaid(text: String, seconds: Double, words: String) throws {
        let span = try TimeSpan(parsing: text)
        #expect(span.seconds == seconds)
        #expect(span.description == words)
    }

    @Test(arguments: ["", "10", "m", "10x", "-5s", "0s", "30s10m", "1h1h", "1..5h", "inf s"]) func otherTimesAreRefused(text: String) {
        let fault = #expect(throws: LimitFault.self) { try TimeSpan(parsing: text) }
        #expect(fault?.description == "expected a time such as 30s, 10m, 2h or 1h30m")
    }

    @Test(arguments: [
        ("800MB", 800e6, "800 MB"), ("2GB", 2e9, "2 GB"), ("1.5 gb", 1.5e9, "1.5 GB"), ("2GiB", 0x1p31, "2.1 GB"), ("24g", 24e9, "24 GB"),
        ("1500k", 1.5e6, "2 MB"),
    ])
    func amountsOfMemoryAreReadAndSaid(text: String, bytes: Double, words: String) throws {
        let size = try MemorySize(parsing: text)
        #expect(size.bytes == bytes)
        #expect(size.description == words)
    }

    @Test(arguments: ["", "2", "GB", "2 bytes", "-1GB", "0GB", "many"]) func otherAmountsOfMemoryAreRefused(text: String) {
        #expect(throws: LimitFault.self) { try MemorySize(parsing: text) }
    }
}
