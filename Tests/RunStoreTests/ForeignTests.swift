import FileSystem
import Foundation
import RunStore
import Testing

/// Nothing that the store did not make is deleted, overwritten or followed.
@Suite struct ForeignTests {
    private let temporary = TemporaryStore()
    private let elsewhere: String

    init() throws {
        elsewhere = temporary.root + "-elsewhere"
        try FileManager.default.createDirectory(atPath: elsewhere + "/sub", withIntermediateDirectories: true)
        for name in ["thesis.tex", "record.json", "sub/history.csv", "curves.svg", "report.md"] {
            try temporary.write(Data("mine".utf8), to: "\(elsewhere)/\(name)")
        }
    }

    private func expectUntouched() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: elsewhere).sorted()
        #expect(names == ["curves.svg", "record.json", "report.md", "sub", "sub/history.csv", "thesis.tex"])
        for name in names where name != "sub" { #expect(try temporary.contents(of: "\(elsewhere)/\(name)") == Data("mine".utf8)) }
        try FileManager.default.removeItem(atPath: elsewhere)
    }

    /// The places of a run's folder that a link may take, from the inside out.
    static let places = ["width/runs/\(RunSpecification.sample().identity)", "width/runs", "width"]

    @Test(arguments: places) func aLinkedFolderIsRefusedAndItsTargetStays(place: String) throws {
        let link = "\(temporary.root)/\(place)"
        try FileManager.default.createDirectory(
            atPath: URL(fileURLWithPath: link).deletingLastPathComponent().path, withIntermediateDirectories: true)
        #expect(symlink(elsewhere, link) == 0)
        let fault = FileFault(path: link, reason: .kind(found: .link, expected: .folder))
        #expect(throws: StoreError.file(fault)) { try temporary.store.begin(.sample(), provenance: .sample) }
        #expect(
            "\(StoreError.file(fault))"
                == "\(link): is a symbolic link, expected a folder; links are not followed, for reading, writing or removal")
        guard case .unusable(let file) = temporary.state(.sample()) else {
            Issue.record("expected unusable, found \(temporary.state(.sample()))")
            return
        }
        #expect(file.reason == .kind(found: .link, expected: .folder))
        let (garbage, left) = temporary.store.garbage(in: "width", keeping: [])
        #expect(garbage.isEmpty)
        #expect(left == [.unusable(file)])
        if place != Self.places[0] {
            #expect(throws: StoreError.self) { try temporary.store.keep([], of: "width", as: RunSpecification.sample().identity) }
        }
        try expectUntouched()
    }

    @Test func linkedFiguresAreNeitherWrittenNorCleaned() throws {
        let output = temporary.store.output(of: "width")
        try output.write("text", as: "report.md")
        #expect(symlink(elsewhere, temporary.root + "/width/figures") == 0)
        #expect(throws: StoreError.self) {
            try output.folder("figures").replaceAll(of: ["curves.svg"], by: [:])
        }
        #expect(temporary.store.garbage(in: "width", keeping: []).garbage.isEmpty)
        try expectUntouched()
    }

    @Test func aLinkInPlaceOfAReportIsNotReplaced() throws {
        let output = temporary.store.output(of: "width")
        try output.write("text", as: "other.md")
        let link = temporary.root + "/width/report.md"
        #expect(symlink(elsewhere + "/report.md", link) == 0)
        #expect(throws: StoreError.file(FileFault(path: link, reason: .kind(found: .link, expected: .file)))) {
            try output.write("new", as: "report.md")
        }
        try expectUntouched()
    }

    @Test func aLinkInPlaceOfALogIsNotWritten() throws {
        let writer = try temporary.store.begin(.sample(), provenance: .sample)
        #expect(symlink(elsewhere + "/thesis.tex", writer.folder.logFile) == 0)
        #expect(throws: StoreError.self) { try writer.log("line") }
        #expect(throws: StoreError.self) { try writer.openLog() }
        try writer.interrupt()
        try expectUntouched()
    }

    @Test func onlyFilesOfOurNamesAreRemoved() throws {
        let folder = try temporary.finish(.sample())
        try temporary.write(Data("mine".utf8), to: folder.path + "/notes.txt")
        mkdir(folder.path + "/checkpoints", 0o755)
        #expect(symlink(elsewhere, folder.path + "/link") == 0)
        let garbage = temporary.store.garbage(in: "width", keeping: []).garbage
        #expect(garbage.map(\.kind) == [.staleRun])
        let (removed, left) = try temporary.store.remove(garbage, keeping: [])
        #expect(removed == garbage)
        #expect(left == ["checkpoints", "link", "notes.txt"].map { .foreign(path: "\(folder.path)/\($0)") })
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["checkpoints", "link", "notes.txt"])
        try expectUntouched()
    }

    @Test func aNewAttemptLeavesForeignFiles() throws {
        let folder = try temporary.finish(.sample())
        try temporary.write(Data("mine".utf8), to: folder.path + "/notes.txt")
        try temporary.write(Data(), to: folder.historyFile)
        try temporary.finish(.sample())
        #expect(try temporary.contents(of: folder.path + "/notes.txt") == Data("mine".utf8))
        try expectUntouched()
    }

    /// Folders of other programs that happen to lie in a folder `runs`.
    @Test(arguments: ["2024-01-01", "0123456789abcdef01234567", "mlflow", "0123456789ABCDEF01234567"])
    func foldersOfOtherProgramsStay(name: String) throws {
        let folder = "\(temporary.root)/other/runs/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try temporary.write(Data("1".utf8), to: folder + "/events.out")
        let (garbage, left) = temporary.store.garbage(in: "other", keeping: [])
        #expect(garbage.isEmpty)
        #expect(left == [.foreign(path: folder)])
        #expect("\(left[0])" == "\(folder): is nothing that this program writes, and is left as it is")
        try expectUntouched()
    }

    @Test func aTemporaryNameThatIsALinkIsNotFollowed() throws {
        let folder = try temporary.finish(.sample())
        #expect(symlink(elsewhere + "/thesis.tex", folder.path + "/.writing-999999999-record.json") == 0)
        #expect(temporary.store.garbage(in: "width", keeping: [RunSpecification.sample().identity]).garbage.isEmpty)
        try expectUntouched()
    }
}
