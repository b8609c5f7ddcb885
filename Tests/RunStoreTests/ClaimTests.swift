import FileSystem
import Foundation
import RunStore
import Synchronization
import TestSupport
import Testing

/// Two machines on one disk: locks do not reach from one to the other, or there are none; claims do.
@Suite struct ClaimTests {
    private let temporary = TemporaryStore(on: .memory)
    private let memory: MemoryDisk
    private let clock = SharedTime()

    init() throws { memory = try #require(temporary.memory) }

    /// The store as a process sees it that has just begun to look.
    private func store(_ watch: ClaimWatch? = nil) -> RunStore {
        RunStore(root: temporary.store.root, on: memory.disk, watch: watch ?? self.watch())
    }

    private func watch() -> ClaimWatch {
        let clock = clock
        return ClaimWatch(patience: .seconds(60)) { clock.now }
    }

    private func isHeld(_ store: RunStore, _ run: RunSpecification = .sample()) -> Bool {
        do throws(StoreError) {
            try store.begin(run, provenance: .sample).interrupt()
            return false
        } catch {
            if case .locked = error { return true }
            Issue.record("\(error)")
            return false
        }
    }

    @Test func aClaimTellsWhoHoldsItAndSinceWhen() throws {
        let writer = try store().begin(.sample(), provenance: .sample)
        guard case .running(let claim?) = store().survey([.sample()]).runs[0].state else {
            Issue.record("the run is not running")
            return
        }
        #expect(claim.holder == memory.identity)
        #expect(claim.holder?.description == "process 1000 on host of the first boot")
        #expect(abs(try #require(claim.since).timeIntervalSinceNow) < 60)
        try writer.finish(.sample)
        #expect(!memory.exists(writer.folder.path + "/claim"))
    }

    @Test(arguments: [true, false]) func aClaimOfAnotherMachineIsWaitedForUntilItStandsStill(hasLocks: Bool) throws {
        memory.hasLocks = hasLocks
        let writer = try store().begin(.sample(), provenance: .sample)
        memory.move(to: "second boot")
        let observer = store()
        for _ in 0..<5 {
            #expect(isHeld(observer))
            clock.advance(by: .seconds(59))
            writer.keepAlive()
        }
        #expect(isHeld(observer))
        clock.advance(by: .seconds(59))
        #expect(isHeld(observer))
        // Whoever comes new knows nothing of how long it stands still, however old its time is.
        #expect(isHeld(store()))
        clock.advance(by: .seconds(2))
        #expect(!isHeld(observer))
    }

    /// Times of files may go back, as when a clock is set right.
    @Test func aClaimThatMovesBackMoves() throws {
        let writer = try store().begin(.sample(), provenance: .sample)
        memory.move(to: "second boot")
        let observer = store()
        for step in 1...5 {
            #expect(isHeld(observer))
            clock.advance(by: .seconds(40))
            memory.turnClockBack(by: 1_000_000_000 * step)
            writer.keepAlive()
        }
        #expect(isHeld(observer))
    }

    @Test func withoutLocksTheProcessesOfTheMachineTell() throws {
        memory.hasLocks = false
        let writer = try store().begin(.sample(), provenance: .sample)
        #expect(isHeld(store()))
        memory.restart()
        #expect(!isHeld(store()))
        withExtendedLifetime(writer) {}
    }

    @Test func whoeverWasNotHeardOfForTooLongWritesNoEnd() throws {
        let late = try store().begin(.sample(), provenance: .sample)
        memory.move(to: "second boot")
        let observer = store()
        #expect(isHeld(observer))
        clock.advance(by: .seconds(61))
        let second = try observer.begin(.sample(), provenance: .sample)
        #expect { try late.fail("too late") } throws: { if case StoreError.locked = $0 { true } else { false } }
        try second.finish(.sample)
        #expect { try late.interrupt() } throws: { _ in true }
        guard case .finished = store().survey([.sample()], checking: .contents).runs[0].state else {
            Issue.record("the run is not finished")
            return
        }
    }

    @Test(arguments: [[], Array("half a cla".utf8)]) func aTornClaimHoldsNothingUpWhereThereAreLocks(bytes: [UInt8]) throws {
        let folder = try temporary.finish(.sample(seed: 2))
        let path = folder.path.replacingOccurrences(of: RunSpecification.sample(seed: 2).identity.hex, with: "")
        try memory.makeFolder(path: path + RunSpecification.sample().identity.hex)
        try memory.put(bytes, at: path + RunSpecification.sample().identity.hex + "/claim")
        #expect(!isHeld(store()))
        memory.hasLocks = false
        try memory.put(bytes, at: path + RunSpecification.sample().identity.hex + "/claim")
        let observer = store()
        #expect(isHeld(observer))
        clock.advance(by: .seconds(61))
        #expect(!isHeld(observer))
    }

    @Test func aDiskOnWhichNoFileHasTwoNamesHasClaimsToo() throws {
        memory.hasLinks = false
        let writer = try store().begin(.sample(), provenance: .sample)
        memory.move(to: "second boot")
        #expect(isHeld(store()))
        withExtendedLifetime(writer) {}
    }

    // MARK: - The same run of two experiments

    @Test func aRunThatAnotherExperimentTrainsIsHeld() throws {
        let writer = try store().begin(.sample(experiment: "a"), provenance: .sample)
        #expect(isHeld(store(), .sample(experiment: "b")))
        try writer.finish(.sample)
        #expect { try store().begin(.sample(experiment: "b"), provenance: .sample) } throws: { error in
            guard case StoreError.alreadyFinished(let run) = error else { return false }
            return run.folder == writer.folder
        }
        store().removeEmptyTrace(of: RunSpecification.sample().identity, in: "b")
        #expect(!memory.exists(store().folder(of: RunSpecification.sample().identity, in: "b").path))
    }

    @Test func aRunThatAnotherExperimentLeftIsTrainedHere() throws {
        let writer = try store().begin(.sample(experiment: "a"), provenance: .sample)
        try writer.interrupt()
        #expect(!isHeld(store(), .sample(experiment: "b")))
        try store().begin(.sample(experiment: "b"), provenance: .sample).finish(.sample)
        #expect(isHeld(store(), .sample(experiment: "c", seed: 3)) == false)
    }
}

/// A clock that stands still but for what it is told.
private final class SharedTime: Sendable {
    private let time = Mutex<Duration>(.zero)
    var now: Duration { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 += duration } }
}
