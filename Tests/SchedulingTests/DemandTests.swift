import Scheduling
import Testing

/// What is wanted, and how many workers there are, follows what became of the runs.
@Suite struct DemandTests {
    private func busy(_ schedule: Schedule) -> Int {
        schedule.workers.count { if case .training = $0 { true } else { false } }
    }

    @Test func workersComeAndGoWithTheWork() {
        var schedule = Schedule(
            .following { outcomes in
                switch outcomes.count {
                case 0: [sampleRun("one")]
                case 1, 2: ["two", "three", "four"].map { sampleRun($0) }
                default: ["two", "three", "four", "five", "six"].map { sampleRun($0) }
                }
            }, ScheduleRules(workers: 3))
        #expect(schedule.begin().count == 2)
        #expect(busy(schedule) == 1 && schedule.total == 1)
        // The worker that came free goes on, two more are started.
        let grown = schedule.handle(.event(.done, from: 1))
        #expect(
            grown.dropFirst() == [
                .send(.train(sampleRun("two")), worker: 1), .start(worker: 2), .send(.train(sampleRun("three")), worker: 2),
                .start(worker: 3),
                .send(.train(sampleRun("four")), worker: 3),
            ])
        #expect(schedule.handle(.event(.done, from: 1)).last == .dismiss(worker: 1))
        _ = schedule.handle(.ended(.exited(code: 0), worker: 1))
        #expect(busy(schedule) == 2)
        // One outcome wants two more runs: one for the worker that came free, one for a worker that is started again.
        #expect(
            schedule.handle(.event(.done, from: 2)).dropFirst() == [
                .send(.train(sampleRun("five")), worker: 2), .start(worker: 1), .send(.train(sampleRun("six")), worker: 1),
            ])
        for worker in 1...3 { _ = schedule.handle(.event(.done, from: worker)) }
        for worker in 1...3 { _ = schedule.handle(.ended(.exited(code: 0), worker: worker)) }
        #expect(schedule.isOver && schedule.finishedCount == 6)
    }

    @Test func aWorkerOnItsWayOutIsStartedAgainForLateWork() {
        var schedule = Schedule(
            .following { outcomes in ["a", "b"].map { sampleRun($0) } + (outcomes.count == 2 ? [sampleRun("c"), sampleRun("d")] : []) },
            ScheduleRules(workers: 2))
        _ = schedule.begin()
        #expect(schedule.handle(.event(.done, from: 1)).last == .dismiss(worker: 1))
        #expect(schedule.handle(.event(.done, from: 2)).dropFirst() == [.send(.train(sampleRun("c")), worker: 2)])
        #expect(schedule.handle(.ended(.exited(code: 0), worker: 1)) == [.start(worker: 1), .send(.train(sampleRun("d")), worker: 1)])
    }

    @Test func aSourceMayTakeBackWhatIsNotUnderWay() {
        // Seeds are added until the first outcome decides.
        var schedule = Schedule(.following { $0.isEmpty ? ["a", "b", "c"].map { sampleRun($0) } : [] }, ScheduleRules(workers: 2))
        _ = schedule.begin()
        #expect(schedule.waiting.map(\.id) == ["c"])
        #expect(schedule.handle(.event(.done, from: 1)).last == .dismiss(worker: 1))
        #expect(schedule.waiting.isEmpty)
        #expect(schedule.handle(.event(.done, from: 2)).last == .dismiss(worker: 2))
        #expect(schedule.outcomes.count == 2 && schedule.total == 2)
    }

    @Test func aSourceSeesFailuresAndWhatStoodInTheStore() {
        let source = RequestSource.following { outcomes in
            if case .failed? = outcomes["risky"] { return [sampleRun("safe")] }
            return outcomes["stored"] == nil ? [] : [sampleRun("risky")]
        }
        var schedule = Schedule(source, outcomes: ["stored": .done], ScheduleRules(workers: 1))
        #expect(schedule.begin() == [.start(worker: 1), .send(.train(sampleRun("risky")), worker: 1)])
        #expect(schedule.handle(.event(.failed(message: "bad"), from: 1)).last == .send(.train(sampleRun("safe")), worker: 1))
    }

    @Test func architecturesThatAppearLaterAreTriedFirst() {
        let late = [sampleRun("y", work: 3, architecture: "y"), sampleRun("z", work: 2, architecture: "z"), sampleRun("a2", work: 1)]
        var schedule = Schedule(
            .following { $0["a"] == nil ? [sampleRun("a"), sampleRun("b")] : [sampleRun("b")] + late }, ScheduleRules(workers: 2))
        #expect(schedule.begin().count == 4)
        // One worker is free: y gets it at once when z has been tried.
        #expect(schedule.handle(.event(.done, from: 1)).dropFirst() == [.send(.canary(late[1]), worker: 1)])
        #expect(schedule.handle(.event(.passed, from: 1)) == [.send(.train(late[0]), worker: 1)])
        #expect(schedule.handle(.event(.done, from: 2)).dropFirst() == [.send(.train(late[1]), worker: 2)])
    }

    @Test func aRunThatIsHeldStaysAsideWhileOthersAreWanted() {
        var schedule = Schedule(
            .following { outcomes in [sampleRun("held", work: 9)] + (0...outcomes.count).map { sampleRun("\($0)") }.prefix(3) },
            ScheduleRules(workers: 1))
        _ = schedule.begin()
        #expect(schedule.handle(.event(.held, from: 1)) == [.send(.train(sampleRun("0")), worker: 1)])
        #expect(schedule.handle(.passed(seconds: 0.2)).isEmpty)
        #expect(schedule.handle(.event(.done, from: 1)).dropFirst() == [.send(.train(sampleRun("1")), worker: 1)])
        #expect(schedule.handle(.event(.done, from: 1)).dropFirst() == [.send(.train(sampleRun("2")), worker: 1)])
        #expect(schedule.handle(.event(.done, from: 1)).count == 1)
        #expect(schedule.handle(.passed(seconds: 0.2)) == [.send(.train(sampleRun("held", work: 9)), worker: 1)])
    }

    @Test func idleWorkersStayOnlyForAsManyRunsAsOthersHold() {
        var schedule = Schedule(.plan([sampleRun("a", work: 3), sampleRun("b", work: 2), sampleRun("c")]), ScheduleRules(workers: 3))
        _ = schedule.begin()
        _ = schedule.handle(.event(.held, from: 1))
        #expect(schedule.workers[0] == .idle)
        #expect(schedule.handle(.event(.done, from: 2)).last == .dismiss(worker: 2))
        #expect(schedule.workers[0] == .idle)
    }

    @Test func anInterruptionEndsAlsoASourceThatWouldWantMore() {
        var schedule = Schedule(.following { outcomes in (0...outcomes.count).map { sampleRun("\($0)") } }, ScheduleRules(workers: 1))
        _ = schedule.begin()
        #expect(schedule.handle(.interrupted) == [.announce(.stopping), .send(.stop, worker: 1)])
        #expect(schedule.handle(.event(.interrupted, from: 1)) == [.announce(.interrupted(sampleRun("0"))), .dismiss(worker: 1)])
        _ = schedule.handle(.ended(.exited(code: 0), worker: 1))
        #expect(schedule.isOver)
    }
}
