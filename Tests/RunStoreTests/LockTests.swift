import Foundation
import RunStore
import TestSupport
import Testing

@Suite struct LockTests {
    @Test(arguments: DiskKind.allCases) func twoWritersExcludeEachOther(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect { try temporary.store.begin(.sample(), provenance: .sample) } throws: { error in
            guard case StoreError.locked(writer.folder, let claim?) = error else { return false }
            return claim.holder != nil && claim.since != nil
        }
        try writer.interrupt()
        try temporary.finish(.sample())
    }

    @Test(arguments: DiskKind.allCases) func aFinishedRunIsNotBegunAgain(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        try temporary.finish(.sample())
        #expect { try temporary.store.begin(.sample(), provenance: .sample) } throws: { error in
            if case StoreError.alreadyFinished = error { true } else { false }
        }
    }

    @Test(arguments: DiskKind.allCases) func aNewAttemptKeepsNothingButTheLog(on kind: DiskKind) throws {
        let temporary = TemporaryStore(on: kind)
        let first = try temporary.store.begin(.sample(), provenance: .sample)
        try first.log("first")
        try first.fail("no")
        try temporary.write(Data("old".utf8), to: first.folder.historyFile)
        let second = try temporary.store.begin(.sample(), provenance: .sample)
        try second.log("second")
        #expect(!temporary.exists(second.folder.historyFile))
        #expect(try temporary.contents(of: second.folder.logFile) == Data("first\nsecond\n".utf8))
    }

    /// A child process takes the lock, as a worker does, and is killed.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"), "needs the program flock of util-linux"))
    func aLockGoesWithItsProcess() throws {
        let temporary = TemporaryStore()
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        let folder = writer.folder
        let record = try temporary.contents(of: folder.recordFile)
        try writer.interrupt()
        try temporary.write(record, to: folder.recordFile)
        #expect(temporary.state(.sample()) == .interrupted(nil))

        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        child.arguments = ["--exclusive", "--no-fork", folder.path + "/lock", "sh", "-c", "echo locked; exec sleep 60"]
        let output = Pipe()
        child.standardOutput = output
        try child.run()
        #expect(output.fileHandleForReading.readData(ofLength: 7) == Data("locked\n".utf8))
        #expect(temporary.state(.sample()) == .running(nil))
        #expect(throws: StoreError.locked(folder, nil)) { try temporary.store.begin(.sample(), provenance: .sample) }
        #expect(temporary.store.garbage(in: "width", keeping: []).garbage.isEmpty)

        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
        #expect(temporary.state(.sample()) == .interrupted(nil))
    }
}
