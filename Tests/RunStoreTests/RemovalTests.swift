import Foundation
import RunStore
import TestSupport
import Testing

/// Weights and predictions of finished runs that are not kept.
@Suite struct RemovalTests {
    private func stored(_ temporary: TemporaryStore, _ specification: RunSpecification = .sample()) throws -> StoredRun {
        guard case .finished(let run) = temporary.state(specification, checking: .contents) else {
            Issue.record("the run is \(temporary.state(specification, checking: .contents))")
            throw CancellationError()
        }
        return run
    }

    @Test(arguments: DiskKind.allCases) func aRunThatLostFilesIsFinishedAndSaysSo(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        try temporary.finish(.sample())
        let run = try stored(temporary)
        let bytes = try temporary.contents(of: run.folder.weightsFile).count
        let removed = try temporary.store.remove([Removal(run.record.identity, in: run.folder, [.weights])])
        #expect(removed.files == 1 && removed.bytes == bytes)
        let after = try stored(temporary)
        #expect(after.record.removed == [.weights] && after.record.figures["val_accuracy"] == run.record.figures["val_accuracy"])
        #expect(try after.weights().isEmpty && after.weightShapes() == nil)
        #expect(try after.predictions() == run.predictions() && after.history().rows.count == 2)
        #expect(!temporary.exists(run.folder.weightsFile) && !temporary.exists(run.folder.path + "/claim"))
        // Once more does nothing.
        #expect(try temporary.store.remove([Removal(run.record.identity, in: run.folder, [.weights])]) == Removed())
        #expect(try temporary.store.remove([Removal(after.record.identity, in: after.folder, [.weights, .predictions])]).files == 1)
        #expect(try stored(temporary).record.removed == [.weights, .predictions])
    }

    @Test func whatIsNotToBeKeptIsNotWritten() throws {
        let temporary = TemporaryStore()
        try temporary.store.begin(.sample(), provenance: .sample).finish(.sample, leaving: [.weights, .predictions])
        let run = try stored(temporary)
        #expect(run.record.removed == [.weights, .predictions] && run.record.files.keys.sorted() == ["history.csv"])
        #expect(!temporary.exists(run.folder.weightsFile) && !temporary.exists(run.folder.predictionsFile))
    }

    @Test func aRunThatSomebodyHoldsStaysAsItIs() throws {
        let temporary = TemporaryStore()
        try temporary.store.begin(.sample(), provenance: .sample).finish(.sample, leaving: [.weights])
        let run = try stored(temporary)
        let writer = try temporary.store.begin(.sample(), provenance: .sample, restoringFiles: true)
        #expect(try temporary.store.remove([Removal(run.record.identity, in: run.folder, [.predictions])]) == Removed())
        #expect(temporary.exists(run.folder.predictionsFile))
        try writer.interrupt()
        #expect(try temporary.store.remove([Removal(run.record.identity, in: run.folder, [.predictions])]).files == 1)
    }

    @Test(arguments: DiskKind.allCases) func aRunTrainedAgainCountsAsFinishedMeanwhileAndKeepsItsFiles(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        try temporary.store.begin(.sample(), provenance: .sample).finish(.sample, leaving: [.weights])
        let before = try stored(temporary)
        #expect(throws: StoreError.self) { try temporary.store.begin(.sample(), provenance: .sample) }
        for end: (RunWriter) throws -> Void in [{ try $0.interrupt() }, { try $0.fail("no") }, { _ in }] {
            let writer = try temporary.store.begin(.sample(), provenance: .sample, restoringFiles: true)
            #expect(try stored(temporary).record.bytes == before.record.bytes)
            try end(writer)
            #expect(try stored(temporary).record.bytes == before.record.bytes)
        }
        try temporary.store.begin(.sample(), provenance: .sample, restoringFiles: true).finish(.sample)
        let after = try stored(temporary)
        #expect(after.record.removed.isEmpty && after.record.isKeptOnRequest)
        #expect(try after.weights().count == 2)
        // Nothing removes them any more, and there is nothing to train it again for.
        #expect(try temporary.store.remove([Removal(after.record.identity, in: after.folder, [.weights])]) == Removed())
        #expect(throws: StoreError.self) {
            try temporary.store.begin(.sample(), provenance: .sample, restoringFiles: true)
        }
    }

    /// Power fails, or the process dies, before any change of the disk: the run is finished whatever happens, and the next removal ends what was begun.
    @Test(arguments: [false, true]) func aRemovalThatIsCutShortLosesNothing(losingPower: Bool) throws {
        for deaths in 0..<12 {
            let temporary = TemporaryStore(on: .memory)
            let memory = try #require(temporary.memory)
            try temporary.finish(.sample())
            let run = try stored(temporary)
            memory.die(after: deaths)
            let isThrough = (try? temporary.store.remove([Removal(run.record.identity, in: run.folder, [.weights])])) != nil
            memory.restart(losingPower: losingPower)
            let after = try stored(temporary)
            #expect(try after.record.removed == [.weights] || after.weights().count == 2, "death before change \(deaths)")
            _ = try temporary.store.remove([Removal(after.record.identity, in: after.folder, [.weights])])
            #expect(try stored(temporary).record.removed == [.weights])
            #expect(!temporary.exists(run.folder.weightsFile))
            if isThrough { return }
        }
        Issue.record("the removal makes more changes than were tried")
    }

    @Test func cleanFindsWhatAKilledProcessLeftInAFinishedRun() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        try store.begin(.sample(), provenance: .sample).finish(.sample, leaving: [.weights])
        let folder = try stored(temporary).folder
        let keeping: Set = [RunSpecification.sample().identity]
        #expect(store.garbage(in: "width", keeping: keeping).garbage.isEmpty)
        for file in [folder.checkpointFile, folder.weightsFile] { try temporary.write(Data("left".utf8), to: file) }
        let garbage = store.garbage(in: "width", keeping: keeping).garbage
        #expect(garbage.map(\.kind) == [.leftOver, .leftOver])
        #expect(garbage.map(\.path).sorted() == [folder.checkpointFile, folder.weightsFile].sorted())
        #expect(try store.remove(garbage, keeping: keeping).removed == garbage)
        #expect(!temporary.exists(folder.checkpointFile) && !temporary.exists(folder.weightsFile))
        #expect(temporary.exists(folder.predictionsFile) && temporary.exists(folder.recordFile))
    }

    @Test func aRunThatFailedBeforeItBeganHasARecord() throws {
        let temporary = TemporaryStore()
        try temporary.store.noteFailure("at its first step: no", of: .sample(), provenance: .sample)
        guard case .failed("at its first step: no", let run) = temporary.state(.sample()) else {
            Issue.record("the run is \(temporary.state(.sample()))")
            return
        }
        #expect(run.record.provenance.host == "host" && run.record.seed == 1 && run.record.ended != nil)
        // A run with an end keeps it.
        try temporary.finish(.sample())
        try temporary.store.noteFailure("too late", of: .sample(), provenance: .sample)
        _ = try stored(temporary)
    }
}
