import Scheduling
import Testing

/// The rules, by plain calls.
@Suite struct ScheduleTests {
    @Test func everyWorkerGetsARunAndIsDismissedWhenNoneIsLeft() {
        var schedule = Schedule(.plan([sampleRun("a"), sampleRun("b")]), ScheduleRules(workers: 2))
        #expect(
            schedule.begin() == [
                .start(worker: 1), .send(.train(sampleRun("a")), worker: 1), .start(worker: 2), .send(.train(sampleRun("b")), worker: 2),
            ])
        let actions = schedule.handle(.event(.done, from: 1))
        #expect(actions == [.announce(.finished(sampleRun("a"), figures: [Figure("loss", 0.5)], seconds: 1)), .dismiss(worker: 1)])
        #expect(!schedule.isOver)
        _ = schedule.handle(.ended(.exited(code: 0), worker: 1))
        _ = schedule.handle(.event(.done, from: 2))
        _ = schedule.handle(.ended(.exited(code: 0), worker: 2))
        #expect(schedule.isOver)
        #expect(schedule.outcomes.count == 2)
        #expect(schedule.failures.isEmpty)
    }

    @Test func thereAreNoMoreWorkersThanRuns() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(workers: 8))
        #expect(schedule.begin().count == 2)
        #expect(schedule.workers.count == 1)
    }

    @Test func withoutRunsItIsOverAtOnce() {
        var schedule = Schedule(.plan([]), ScheduleRules(workers: 2))
        #expect(schedule.begin().isEmpty)
        #expect(schedule.isOver)
    }

    private let canaryRuns = [
        sampleRun("w", work: 4, architecture: "w"), sampleRun("x", work: 3, architecture: "x"), sampleRun("y1", work: 2, architecture: "y"),
        sampleRun("y2", work: 1, architecture: "y"),
    ]

    @Test func canariesGoFirstAndTheOthersWaitForThem() {
        var schedule = Schedule(.plan(canaryRuns), ScheduleRules(workers: 2))
        #expect(schedule.begin() == [.start(worker: 1), .send(.canary(canaryRuns[2]), worker: 1)])
        #expect(
            schedule.handle(.event(.passed, from: 1)) == [
                .send(.train(canaryRuns[0]), worker: 1), .start(worker: 2), .send(.train(canaryRuns[1]), worker: 2),
            ])
    }

    @Test(arguments: [
        (Schedule.Input.event(.failed(message: "bad"), from: 1), "bad", false),
        (.ended(.killed(signal: 5), worker: 1), "the worker was ended by signal 5 (trap, as after a failed check)", true),
    ])
    func aFailedCanaryFailsItsArchitectureAlone(input: Schedule.Input, words: String, isNewWorker: Bool) {
        var schedule = Schedule(.plan(canaryRuns), ScheduleRules(workers: 2))
        _ = schedule.begin()
        let message = "at its first step: \(words)"
        let start: [Schedule.Action] = isNewWorker ? [.start(worker: 1)] : []
        #expect(
            schedule.handle(input) == [
                .announce(.failed(canaryRuns[2], message: message)), .announce(.failed(canaryRuns[3], message: message)),
            ] + start + [.send(.train(canaryRuns[0]), worker: 1), .start(worker: 2), .send(.train(canaryRuns[1]), worker: 2)])
        #expect(schedule.failures.map(\.run.id) == ["y1", "y2"])
    }

    @Test func aDeadWorkerCostsItsRunAndIsReplaced() {
        var schedule = Schedule(.plan([sampleRun("a", work: 2), sampleRun("b")]), ScheduleRules(workers: 1))
        #expect(schedule.begin() == [.start(worker: 1), .send(.train(sampleRun("a", work: 2)), worker: 1)])
        let actions = schedule.handle(.ended(.killed(signal: 9), worker: 1))
        let message = "the worker was ended by signal 9 (killed, as when memory runs out)"
        #expect(
            actions == [
                .announce(.failed(sampleRun("a", work: 2), message: message)), .start(worker: 1), .send(.train(sampleRun("b")), worker: 1),
            ])
    }

    @Test func failFastStopsTheOthers() {
        var schedule = Schedule(.plan([sampleRun("a"), sampleRun("b")]), ScheduleRules(workers: 2, failFast: true))
        _ = schedule.begin()
        let actions = schedule.handle(.event(.failed(message: "bad"), from: 1))
        #expect(actions == [.announce(.failed(sampleRun("a"), message: "bad")), .send(.stop, worker: 2), .dismiss(worker: 1)])
        #expect(schedule.handle(.event(.interrupted, from: 2)) == [.announce(.interrupted(sampleRun("b"))), .dismiss(worker: 2)])
        _ = schedule.handle(.ended(.exited(code: 0), worker: 1))
        _ = schedule.handle(.ended(.exited(code: 0), worker: 2))
        #expect(schedule.isOver)
        #expect(!schedule.wasInterrupted)
    }

    @Test func theFirstInterruptionStopsTidilyTheSecondKills() {
        var schedule = Schedule(.plan([sampleRun("a"), sampleRun("b"), sampleRun("c")]), ScheduleRules(workers: 2))
        _ = schedule.begin()
        #expect(schedule.handle(.interrupted) == [.announce(.stopping), .send(.stop, worker: 1), .send(.stop, worker: 2)])
        #expect(schedule.handle(.event(.interrupted, from: 1)) == [.announce(.interrupted(sampleRun("a"))), .dismiss(worker: 1)])
        #expect(schedule.handle(.interrupted) == [.kill(worker: 1), .kill(worker: 2)])
        _ = schedule.handle(.ended(.killed(signal: 9), worker: 1))
        #expect(schedule.handle(.ended(.killed(signal: 9), worker: 2)) == [.announce(.interrupted(sampleRun("b")))])
        #expect(schedule.isOver)
        #expect(schedule.failures.isEmpty)
        #expect(schedule.waiting.map(\.id) == ["c"])
    }

    @Test func aRunThatFinishesWhileStoppingCounts() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(workers: 1))
        _ = schedule.begin()
        _ = schedule.handle(.interrupted)
        _ = schedule.handle(.event(.done, from: 1))
        #expect(schedule.outcomes["a"] == .finished(figures: [Figure("loss", 0.5)], seconds: 1))
    }

    @Test func whenNoWorkerCanBeStartedItIsOver() {
        var schedule = Schedule(.plan([sampleRun("a"), sampleRun("b")]), ScheduleRules(workers: 1))
        _ = schedule.begin()
        #expect(schedule.handle(.ended(.notStarted(reason: "no such file"), worker: 1)).isEmpty)
        #expect(schedule.isOver)
        #expect(schedule.startFault == "no such file")
    }

    @Test func aHeldRunIsPutAsideForTheOthers() {
        var schedule = Schedule(.plan([sampleRun("a", work: 2), sampleRun("b")]), ScheduleRules(workers: 1))
        _ = schedule.begin()
        #expect(schedule.handle(.event(.held, from: 1)) == [.send(.train(sampleRun("b")), worker: 1)])
        #expect(schedule.handle(.passed(seconds: 0.2)).isEmpty)
        // The worker stays: what is left may come free.
        #expect(schedule.handle(.event(.done, from: 1)).count == 1)
        #expect(!schedule.isOver)
        #expect(schedule.handle(.passed(seconds: 0.2)) == [.send(.train(sampleRun("a", work: 2)), worker: 1)])
        #expect(schedule.handle(.event(.held, from: 1)) == [.announce(.waiting(runs: 1))])
        #expect(schedule.waiting.map(\.id) == ["a"])
        #expect(schedule.handle(.passed(seconds: 0.2)) == [.send(.train(sampleRun("a", work: 2)), worker: 1)])
        #expect(schedule.handle(.event(.held, from: 1)).isEmpty)
        #expect(schedule.handle(.interrupted) == [.announce(.stopping), .dismiss(worker: 1)])
        #expect(schedule.handle(.passed(seconds: 0.2)).isEmpty)
        _ = schedule.handle(.ended(.exited(code: 0), worker: 1))
        #expect(schedule.isOver)
    }

    @Test func aWorkerThatCannotBeStartedLeavesItsRunToTheOthers() {
        var schedule = Schedule(.plan([sampleRun("a", work: 2), sampleRun("b")]), ScheduleRules(workers: 2))
        _ = schedule.begin()
        #expect(schedule.handle(.ended(.notStarted(reason: "none"), worker: 2)).isEmpty)
        #expect(schedule.startFault == nil)
        _ = schedule.handle(.event(.done, from: 1))
        #expect(schedule.workers[0] == .training(sampleRun("b"), latest: nil))
    }

    @Test func messagesOfUnknownWorkersAreIgnored() {
        var schedule = Schedule(.plan([sampleRun("a")]), ScheduleRules(workers: 1))
        _ = schedule.begin()
        #expect(schedule.handle(.event(.done, from: 7)).isEmpty)
        #expect(schedule.handle(.ended(.exited(code: 1), worker: 0)).isEmpty)
    }
}
