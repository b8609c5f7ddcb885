import FileSystem
import Foundation
import TestSupport
import Testing

@Suite struct FolderTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-folder-\(UUID().uuidString)").path

    private func made(on kind: DiskKind = .disk) throws -> Folder {
        let disk = kind == .disk ? Disk.system : MemoryDisk().disk
        try Folder.make(path + "/a/b", on: disk)
        return try Folder(path: path + "/a", on: disk)
    }

    private func remove() { try? FileManager.default.removeItem(atPath: path) }

    @Test(arguments: DiskKind.allCases) func aFileIsWrittenWholeAndItsDigestIsKnown(on kind: DiskKind) throws {
        defer { remove() }
        let folder = try made(on: kind)
        let written = try folder.write("x", Array("one".utf8))
        #expect(written.length == 3)
        #expect(written.digest == SHA256.digest(of: "one"))
        #expect(try folder.digest(of: "x") == written.digest)
        #expect(try folder.status(of: "x") == folder.status(of: "x"))
        #expect(try folder.status(of: "x")?.changed == written.changed)
        try folder.write("x", text: "two")
        #expect(try folder.read("x") == Array("two".utf8))
        #expect(try folder.names() == ["b", "x"])
    }

    @Test(arguments: DiskKind.allCases) func nothingStaysOfAFileThatFailed(on kind: DiskKind) throws {
        defer { remove() }
        let folder = try made(on: kind)
        let fault = FileFault(path: "p", reason: .refused(.write, code: ENOSPC))
        #expect(throws: fault) {
            try folder.write("x") { (file: inout FileSink) throws(FileFault) in
                try file.append(Array("half".utf8))
                throw fault
            }
        }
        #expect(try folder.names() == ["b"])
    }

    @Test(arguments: ["", ".", "..", "a/b", "/etc/passwd", "../a", "nul\0l"], DiskKind.allCases)
    func aNameStaysInTheFolder(name: String, on kind: DiskKind) throws {
        defer { remove() }
        let folder = try made(on: kind)
        let fault = FileFault(path: folder.path(of: name), reason: .refused(.open, code: EINVAL))
        #expect(throws: fault) { try folder.read(name) }
        #expect(throws: fault) { try folder.write(name, text: "x") }
        #expect(throws: fault) { try folder.remove(name) }
        #expect(throws: fault) { try folder.makeFolder(name) }
        #expect(throws: fault) { try folder.removeFolder(name) }
    }

    @Test func noLinkIsFollowed() throws {
        defer { remove() }
        let folder = try made()
        try folder.write("file", text: "mine")
        #expect(symlink("file", folder.path(of: "link")) == 0)
        #expect(symlink("b", folder.path(of: "folders")) == 0)
        #expect(symlink("nowhere", folder.path(of: "dangling")) == 0)
        func fault(_ name: String, _ expected: FileKind) -> FileFault {
            FileFault(path: folder.path(of: name), reason: .kind(found: .link, expected: expected))
        }
        for name in ["link", "dangling"] {
            #expect(throws: fault(name, .file)) { try folder.read(name) }
            #expect(throws: fault(name, .file)) { try folder.digest(of: name) }
            #expect(throws: fault(name, .file)) { try folder.write(name, text: "x") }
            #expect(throws: fault(name, .file)) { try folder.append("x", to: name) }
            #expect(throws: fault(name, .file)) { try folder.remove(name) }
            #expect(throws: fault(name, .file)) { try FileLock.take(folder, name) }
        }
        #expect(throws: fault("folders", .folder)) { try folder.folder("folders") }
        #expect(throws: fault("folders", .folder)) { try folder.makeFolder("folders") }
        #expect(throws: fault("folders", .folder)) { try Folder(path: folder.path(of: "folders"), followsLink: false) }
        #expect(try folder.read("file") == Array("mine".utf8))
        #expect(try folder.names() == ["b", "dangling", "file", "folders", "link"])
    }

    @Test(
        arguments: [
            (FileFault.Reason.kind(found: .folder, expected: .file), "p: is a folder, expected a regular file"),
            (
                .kind(found: .link, expected: .folder),
                "p: is a symbolic link, expected a folder; links are not followed, for reading, writing or removal"
            ),
            (.refused(.makeFolder, code: EACCES), "p: cannot make the folder: Permission denied"),
        ]) func aFaultHasWordsWhoeverTellsIt(reason: FileFault.Reason, words: String)
    {
        #expect("\(FileFault(path: "p", reason: reason))" == words)
    }

    /// A pipe without a writer, or without a reader, would hold up whoever opens it.
    @Test(.timeLimit(.minutes(1))) func nothingWaitsAtAPipeOrASocket() throws {
        defer { remove() }
        let folder = try made()
        #expect(mkfifo(folder.path(of: "pipe"), 0o600) == 0)
        let fault = FileFault(path: folder.path(of: "pipe"), reason: .kind(found: .pipe, expected: .file))
        #expect(throws: fault) { try folder.read("pipe") }
        #expect(throws: fault) { try folder.write("pipe", text: "x") }
        #expect(throws: fault) { try folder.append("x", to: "pipe") }
        #expect(throws: fault) { try folder.remove("pipe") }
        #expect(throws: fault) { try FileLock.take(folder, "pipe") }
        #expect(throws: fault) { try FileLock.isHeld(folder, "pipe") }
    }

    @Test(arguments: DiskKind.allCases) func aLockIsHeldUntilItGoes(on kind: DiskKind) throws {
        defer { remove() }
        let folder = try made(on: kind)
        #expect(try FileLock.isHeld(folder, "lock") == false)
        do {
            guard case .taken(let lock) = try FileLock.take(folder, "lock") else {
                Issue.record("the lock was not taken")
                return
            }
            #expect(try FileLock.isHeld(folder, "lock") == true)
            guard case .held = try FileLock.take(folder, "lock") else {
                Issue.record("the lock was taken twice")
                return
            }
            withExtendedLifetime(lock) {}
        }
        #expect(try FileLock.isHeld(folder, "lock") == false)
    }

    @Test(arguments: DiskKind.allCases) func aLockInAFolderThatHasGoneGuardsNothing(on kind: DiskKind) throws {
        defer { remove() }
        let folder = try made(on: kind)
        let gone = try folder.makeFolder("run")
        #expect(try folder.removeFolder("run"))
        guard case .gone = try FileLock.take(gone, "lock") else {
            Issue.record("a lock was taken in a folder without a name")
            return
        }
        #expect(!folder.holds(gone, as: "run"))
    }

    @Test func whatAProcessLeftHalfWrittenIsKnown() throws {
        defer { remove() }
        let folder = try made()
        for name in [".writing-999999999-x", ".writing-\(getpid())-x", ".writing-x", "x"] { try folder.write(name, text: "x") }
        #expect(try folder.names().filter(folder.isLeftOver) == [".writing-999999999-x", ".writing-x"])
        #expect(mkfifo(folder.path(of: ".writing-999999999-pipe"), 0o600) == 0)
        #expect(!folder.isLeftOver(".writing-999999999-pipe"))
    }

    @Test func whatIsMissingIsAnAbsence() throws {
        defer { remove() }
        let folder = try made()
        #expect { try folder.read("x") } throws: { ($0 as? FileFault)?.isAbsence == true }
        #expect { try folder.folder("x") } throws: { ($0 as? FileFault)?.isAbsence == true }
        #expect { try Folder(path: path + "/x") } throws: { ($0 as? FileFault)?.isAbsence == true }
        #expect(try folder.status(of: "x") == nil)
        try folder.remove("x")
        #expect(try folder.removeFolder("x"))
    }
}
