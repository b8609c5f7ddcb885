import Foundation
import RunStore
import TestSupport
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
        try temporary.write(Data(), to: damaged.recordFile)
        let leftOvers = [kept.path, temporary.root + "/width/runs", temporary.root + "/width", temporary.root + "/width/figures"].map {
            $0 + "/.writing-999999999-baselines.json"
        }
        mkdir(temporary.root + "/width/figures", 0o755)
        let beingWritten = kept.path + "/.writing-\(getpid())-history.csv"
        for file in leftOvers + [beingWritten] { try temporary.write(Data("x".utf8), to: file) }

        let keeping = Set((1...6).map { RunSpecification.sample(seed: $0).identity })
        let (garbage, left) = store.garbage(in: "width", keeping: keeping)
        var expected: [String: Garbage.Kind] = [
            stale.path: .staleRun, failed.folder.path: .failedRun, interrupted.folder.path: .interruptedRun, damaged.path: .damagedRun,
        ]
        for file in leftOvers { expected[file] = .temporaryFile }
        #expect(Dictionary(uniqueKeysWithValues: garbage.map { ($0.path, $0.kind) }) == expected)
        #expect(left.isEmpty)
        #expect(garbage.allSatisfy { $0.bytes > 0 })
        #expect(try store.remove(garbage, keeping: keeping).removed == garbage)
        for path in expected.keys { #expect(!temporary.exists(path)) }
        for path in [kept.recordFile, running.folder.recordFile, beingWritten] { #expect(temporary.exists(path)) }
        #expect(store.garbage(in: "width", keeping: keeping).garbage.isEmpty)
    }

    @Test(arguments: DiskKind.allCases) func aRunThatIsTakenUpAfterTheListingStays(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        try temporary.store.begin(.sample(), provenance: .sample).fail("no")
        let garbage = temporary.store.garbage(in: "width", keeping: []).garbage
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(garbage.count == 1)
        #expect(try temporary.store.remove(garbage, keeping: []).removed.isEmpty)
        #expect(temporary.exists(writer.folder.recordFile))
    }

    @Test(arguments: DiskKind.allCases) func aRunThatIsFinishedAfterTheListingStays(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let keeping: Set = [RunSpecification.sample().identity]
        try temporary.store.begin(.sample(), provenance: .sample).interrupt()
        let garbage = temporary.store.garbage(in: "width", keeping: keeping).garbage
        let folder = try temporary.finish(.sample())
        #expect(garbage.map(\.kind) == [.interruptedRun])
        #expect(try temporary.store.remove(garbage, keeping: keeping).removed.isEmpty)
        #expect(temporary.exists(folder.recordFile))
    }

    /// Somebody cleans while somebody else begins, again and again: neither fails, and what was finished stays.
    @Test func cleaningBesideTrainingHarmsNothing() async throws {
        let temporary = TemporaryStore()
        let store = temporary.store
        let keeping = Set((1...40).map { RunSpecification.sample(seed: $0).identity })
        async let cleaning: Void = Task.detached {
            for _ in 0..<60 { _ = try store.remove(store.garbage(in: "width", keeping: keeping).garbage, keeping: keeping) }
        }.value
        for seed in 1...40 {
            try store.begin(.sample(seed: seed), provenance: .sample).interrupt()
            try temporary.finish(.sample(seed: seed))
        }
        try await cleaning
        for seed in 1...40 {
            guard case .finished = temporary.state(.sample(seed: seed)) else {
                Issue.record("seed \(seed) is \(temporary.state(.sample(seed: seed)))")
                return
            }
        }
    }

    @Test(arguments: DiskKind.allCases) func anUnknownExperimentHasNone(on kind: DiskKind) {
        let (garbage, left) = TemporaryStore(on: kind).store.garbage(in: "nothing", keeping: [])
        #expect(garbage.isEmpty && left.isEmpty)
    }
}
