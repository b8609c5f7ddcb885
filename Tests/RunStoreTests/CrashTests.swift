import Foundation
import RunStore
import Testing

/// A process that trains may die, and power may fail, between any two changes of the disk.
@Suite struct CrashTests {
    private func isFinished(_ temporary: TemporaryStore, seed: Int = 1, checking: Checking = .contents) -> Bool {
        if case .finished = temporary.state(.sample(seed: seed), checking: checking) { true } else { false }
    }

    /// How many changes of the disk a run asks for.
    private func changes() throws -> Int {
        let temporary = TemporaryStore(on: .memory)
        try temporary.finish(.sample())
        return try #require(temporary.memory).changes
    }

    @Test(arguments: [false, true]) func whateverIsLeftIsTakenUpAgain(losingPower: Bool) throws {
        var states: Set<String> = []
        let changes = try changes()
        for count in 0..<changes {
            let temporary = TemporaryStore(on: .memory)
            let memory = try #require(temporary.memory)
            memory.die(after: count)
            // The last change of all gives the claim up: the run has its end by then.
            let isDone = (try? temporary.finish(.sample())) != nil
            #expect(isDone == (count == changes - 1), "death after \(count) changes")
            memory.restart(losingPower: losingPower)
            let state = temporary.state(.sample(), checking: .contents)
            switch state {
            case .new: states.insert("new")
            case .interrupted: states.insert("interrupted")
            case .finished: states.insert("finished")
            default: Issue.record("\(state) after \(count) changes")
            }
            // Nobody else counts for anything, and what was begun and not finished is garbage.
            let keeping = [RunSpecification.sample().identity] as Set
            let garbage = temporary.store.garbage(in: "width", keeping: keeping).garbage
            #expect(try temporary.store.remove(garbage, keeping: keeping).removed == garbage)
            if case .finished = state {} else { try temporary.finish(.sample()) }
            #expect(isFinished(temporary), "after \(count) changes")
            #expect(temporary.store.garbage(in: "width", keeping: keeping).garbage.isEmpty)
        }
        // Until the end is durable, a loss of power leaves no record.
        #expect(states == (losingPower ? ["new", "finished"] : ["new", "interrupted", "finished"]))
    }

    /// Wherever the room ends, the error says so, nothing counts as finished that is not, and with more room all goes on.
    @Test func aFullDiskIsToldAndLeavesNothingThatCounts() throws {
        let temporary = TemporaryStore(on: .memory)
        let memory = try #require(temporary.memory)
        memory.bytesLeft = 1 << 20
        try temporary.finish(.sample())
        let needed = (1 << 20) - memory.bytesLeft
        for room in stride(from: 0, to: needed, by: 97) {
            let temporary = TemporaryStore(on: .memory)
            let memory = try #require(temporary.memory)
            memory.bytesLeft = room
            let error = #expect(throws: StoreError.self) { try temporary.finish(.sample()) }
            #expect(error?.description.hasSuffix("No space left on device") == true, "\(room) bytes: \(error?.description ?? "")")
            #expect(!isFinished(temporary))
            memory.bytesLeft = .max
            try temporary.finish(.sample())
            #expect(isFinished(temporary))
        }
    }

    @Test func whatIsFinishedOutlivesALossOfPower() throws {
        let temporary = TemporaryStore(on: .memory)
        try temporary.finish(.sample())
        try #require(temporary.memory).restart(losingPower: true)
        #expect(isFinished(temporary))
    }

    /// A run that is made durable later may be lost with the machine's power; one that is not whole never counts as finished, however superficially it is
    /// looked at, and is trained again.
    @Test(arguments: [false, true]) func whatWasNotSettledIsWholeOrTrainedAgain(losingContentsAlone: Bool) throws {
        let all = try changes()
        for count in (0...all).reversed() {
            let temporary = TemporaryStore(on: .memory)
            let memory = try #require(temporary.memory)
            memory.die(after: count)
            _ = try? temporary.finish(.sample(), durably: false)
            memory.restart(losingPower: true, losingContentsAlone: losingContentsAlone)
            #expect(!isFinished(temporary, checking: .changes), "after \(count) changes")
            #expect(!isFinished(temporary), "after \(count) changes")
            try temporary.finish(.sample())
            #expect(isFinished(temporary), "after \(count) changes")
        }
    }

    /// The record may reach the disk before the other files do.
    @Test func aWholeRecordVouchesForNothingOnceTheMachineWasStartedAnew() throws {
        let temporary = TemporaryStore(on: .memory)
        let memory = try #require(temporary.memory)
        let folder = try temporary.finish(.sample(), durably: false)
        #expect(isFinished(temporary, checking: .changes))
        try memory.makeDurable(folder.recordFile)
        memory.restart(losingPower: true, losingContentsAlone: true)
        guard case .damaged(let file) = temporary.state(.sample()) else {
            Issue.record("\(temporary.state(.sample()))")
            return
        }
        #expect(file.reason == .checksum)
    }

    @Test(arguments: [false, true]) func whatWasSettledOutlivesALossOfPower(losingContentsAlone: Bool) throws {
        let temporary = TemporaryStore(on: .memory)
        let memory = try #require(temporary.memory)
        for seed in 1...3 { try temporary.finish(.sample(seed: seed), durably: false) }
        #expect(unsettled(temporary) == [true, true, true])
        try temporary.store.settle("width")
        memory.restart(losingPower: true, losingContentsAlone: losingContentsAlone)
        for seed in 1...3 { #expect(isFinished(temporary, seed: seed, checking: .changes)) }
        #expect(unsettled(temporary) == [false, false, false])
    }

    private func unsettled(_ temporary: TemporaryStore) -> [Bool] {
        temporary.store.storedRuns(in: "width").map { temporary.store.isUnsettled($0) }
    }

    @Test func aLargeRunIsDurableAtOnce() throws {
        let temporary = TemporaryStore(on: .memory)
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        var outcome = RunOutcome.sample
        outcome.weights = [NamedTensor(name: "dense/kernel", shape: [1 << 18], values: Array(repeating: 0.5, count: 1 << 18))]
        try writer.finish(outcome, durably: false)
        try #require(temporary.memory).restart(losingPower: true)
        #expect(isFinished(temporary))
    }

    @Test func aDeadWriterHoldsNoLock() throws {
        let temporary = TemporaryStore(on: .memory)
        let memory = try #require(temporary.memory)
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(temporary.state(.sample()).isRunning)
        memory.die(after: 0)
        #expect(throws: StoreError.self) { try writer.log("line") }
        memory.restart()
        #expect(temporary.state(.sample()) == .interrupted(nil))
        #expect(throws: StoreError.self) { try writer.finish(.sample) }
        #expect(temporary.state(.sample()) == .interrupted(nil))
    }

    /// A file that is being replaced is the old one or the new one.
    @Test func aReportIsOldOrNew() throws {
        var found: Set<String> = []
        for count in 0..<20 {
            let temporary = TemporaryStore(on: .memory)
            let memory = try #require(temporary.memory)
            let output = temporary.store.output(of: "width")
            try output.write("old", as: "report.md")
            memory.die(after: count)
            let isWritten = (try? output.write("new", as: "report.md")) != nil
            memory.restart()
            let text = String(decoding: try temporary.contents(of: output.path + "/report.md"), as: UTF8.self)
            found.insert(text)
            if isWritten { #expect(text == "new") }
            #expect(text == "old" || text == "new")
        }
        #expect(found == ["old", "new"])
    }
}
