import Foundation
import RunStore
import Testing

@Suite struct GarbageTests {
    @Test func whatNobodyNeedsIsListedAndRemoved() throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let kept = try temporary.finish(.sample(seed: 1))
        let stale = try temporary.finish(.sample(seed: 2, epochs: 99))
        let failed = try store.begin(.sample(seed: 3), provenance: .sample)
        try failed.fail("no")
        let interrupted = try store.begin(.sample(seed: 4), provenance: .sample)
        try interrupted.interrupt()
        let running = try store.begin(.sample(seed: 5), provenance: .sample)
        let damaged = try temporary.finish(.sample(seed: 6))
        try write(Data(), to: damaged.recordFile)
        let leftOver = kept.path + "/.writing-999999999-history.csv"
        let beingWritten = kept.path + "/.writing-\(getpid())-history.csv"
        try write(Data("x".utf8), to: leftOver)
        try write(Data("x".utf8), to: beingWritten)

        let keeping = Set((1...6).map { RunSpecification.sample(seed: $0).identity })
        let garbage = store.garbage(in: "width", keeping: keeping)
        let expected: [String: Garbage.Kind] = [
            stale.path: .staleRun, failed.folder.path: .failedRun, interrupted.folder.path: .interruptedRun, damaged.path: .damagedRun,
            leftOver: .temporaryFile,
        ]
        #expect(Dictionary(uniqueKeysWithValues: garbage.map { ($0.path, $0.kind) }) == expected)
        #expect(garbage.allSatisfy { $0.bytes > 0 })
        #expect(try store.remove(garbage) == garbage)
        for path in expected.keys { #expect(!FileManager.default.fileExists(atPath: path)) }
        for path in [kept.recordFile, running.folder.recordFile, beingWritten] { #expect(FileManager.default.fileExists(atPath: path)) }
        #expect(store.garbage(in: "width", keeping: keeping).isEmpty)
    }

    @Test func aRunThatIsTakenUpAfterTheListingStays() throws {
        let temporary = TemporaryStore()
        try temporary.store.begin(.sample(), provenance: .sample).fail("no")
        let garbage = temporary.store.garbage(in: "width", keeping: [])
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(garbage.count == 1)
        #expect(try temporary.store.remove(garbage).isEmpty)
        #expect(FileManager.default.fileExists(atPath: writer.folder.recordFile))
    }

    @Test func anUnknownExperimentHasNone() {
        #expect(TemporaryStore().store.garbage(in: "nothing", keeping: []).isEmpty)
    }
}
