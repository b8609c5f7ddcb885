import Datasets
import FileSystem
import Foundation
import Settings
import Testing

struct ArchiveTests {
    private static let limits = ArchiveReader.Limits(chosen: 1_000_000, total: 4_000_000)

    private static func members(_ path: String, limits: ArchiveReader.Limits = limits) throws(ArchiveReader.Failure) -> [RawMember] {
        guard let file = try? FileBytes(path: path) else {
            Issue.record("\(path) cannot be read")
            return []
        }
        return try withExtendedLifetime(file) { () throws(ArchiveReader.Failure) in
            try ArchiveReader.members(of: file.bytes, limits: limits, choose: ReutersReader.memberName)
        }
    }

    @Test func givesTheChosenMembersInNameOrder() throws {
        let folder = try TemporaryFolder()
        for gzip in [true, false] {
            let path = "\(folder.path)/stories.tar"
            ArchiveWriter.tar(
                [
                    ("b/reut2-001.sgm", Array("one".utf8)), ("README", Array("no".utf8)), ("./reut2-000.sgm", Array("zero".utf8)),
                    ("x.sgm", []),
                ],
                gzip: gzip, to: path)
            let members = try Self.members(path)
            #expect(members.map(\.name) == ["reut2-000.sgm", "reut2-001.sgm", "x.sgm"])
            #expect(members.map { String(decoding: $0.bytes, as: UTF8.self) } == ["zero", "one", ""])
        }
    }

    @Test func hostileNamesLeadNowhere() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/inner/hostile.tar.gz"
        try FileManager.default.createDirectory(atPath: "\(folder.path)/inner", withIntermediateDirectories: true)
        ArchiveWriter.tar(
            [("../escaped.sgm", Array("a".utf8)), ("\(folder.path)/absolute.sgm", Array("b".utf8)), ("../../etc/passwd", Array("c".utf8))],
            to: path)
        #expect(try Self.members(path).map(\.name) == ["absolute.sgm", "escaped.sgm"])
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        #expect(files == ["inner", "inner/hostile.tar.gz"], "nothing is unpacked")
    }

    @Test func aBombIsNotReadToItsEnd() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/bomb.tar.gz"
        ArchiveWriter.tar([("bomb.sgm", [UInt8](repeating: 0x20, count: 50_000_000))], to: path)
        #expect(throws: ArchiveReader.Failure.tooLarge(limit: 1_000_000)) { try Self.members(path) }
        // A large member that nobody wants counts as well.
        ArchiveWriter.tar([("bomb.bin", [UInt8](repeating: 0x20, count: 50_000_000)), ("a.sgm", [1])], to: path)
        #expect(throws: ArchiveReader.Failure.tooLarge(limit: 4_000_000)) { try Self.members(path) }
    }

    @Test func aDamagedArchiveSaysSo() throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/whole.tar.gz"
        let text = (0..<20_000).map { "story \($0 &* 2_654_435_761)" }.joined()
        ArchiveWriter.tar([("a.sgm", Array(text.utf8))], to: path)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let cut = try folder.write([UInt8](bytes.prefix(bytes.count / 2)), to: "cut.tar.gz")
        let other = try folder.write("this is no archive at all", to: "other.tar.gz")
        for path in [cut, other] {
            let failure = #expect(throws: ArchiveReader.Failure.self) { try Self.members(path) }
            #expect(failure?.reason.contains("it is damaged, cut off or of another kind") == true)
        }
    }

    @Test func theDigestDoesNotDependOnTheContainer() throws {
        let folder = try TemporaryFolder()
        let story = Array("<TOPICS><D>earn</D></TOPICS><BODY>a b</BODY>".utf8)
        ArchiveWriter.tar([("reuters/reut2-000.sgm", story), ("README", [1])], to: "\(folder.path)/one.tar.gz")
        ArchiveWriter.tar([("./reut2-000.sgm", story)], gzip: false, to: "\(folder.path)/two.tar")
        ArchiveWriter.tar([("./reut2-001.sgm", story)], gzip: false, to: "\(folder.path)/three.tar")
        func digest(_ file: String) throws -> String? {
            let entry = CatalogueEntry(
                name: "stories", title: "", description: "", licence: "", citation: "", format: .reutersSGML, rows: 1, file: file,
                addresses: [],
                digest: String(repeating: "0", count: 64))
            let error = #expect(throws: DatasetError.self) { try DatasetStore(folder: folder.path).fetch(entry) }
            guard case .unavailable(_, _, _, _, _, let tried) = error else { return nil }
            return tried.first?.problem
        }
        let one = try digest("one.tar.gz")
        #expect(one?.hasPrefix("other content, its SHA-256 is ") == true)
        #expect(try digest("two.tar") == one)
        #expect(try digest("three.tar") != one)
    }

    // MARK: - A user's own archives

    private static func profile(_ path: String, in folder: TemporaryFolder) throws -> DatasetProfile {
        try DatasetStore(folder: folder.path).profile(of: try #require(RawSource(userPath: path)))
    }

    @Test(arguments: [true, false])
    func aTableMayLieAloneInAnArchive(gzip: Bool) throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/table.tar"
        let hidden = [("__MACOSX/._my.csv", [UInt8](repeating: 0, count: 9)), (".DS_Store", [1])]
        ArchiveWriter.tar([("data/my.csv", Array("x,y\n1,2\n3,4\n".utf8))] + hidden, gzip: gzip, to: path)
        #expect(try Self.profile(path, in: folder).columns.map(\.name) == ["x", "y"])
        ArchiveWriter.tar([("a.csv", [1]), ("b.csv", [2])], gzip: gzip, to: path)
        let error = #expect(throws: DatasetError.self) { try Self.profile(path, in: folder) }
        #expect(
            error?.description.hasSuffix("the archive holds 2 files (a.csv, b.csv); unpack it, and name the one that is the table") == true)
    }

    @Test(arguments: ["", "films/", "films/train/"])
    func textsByClassMayLieInAnArchive(above: String) throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/films.tar.gz"
        var members = ["pos/1.txt", "pos/2.txt", "neg/1.txt", "neg/.hidden.txt"].map { ("\(above)\($0)", Array("some words".utf8)) }
        if above.hasSuffix("train/") { members.append(("films/test/pos/3.txt", Array("words".utf8))) }
        ArchiveWriter.tar(members, to: path)
        #expect(RawSource(userPath: path) == .folder(path: path))
        let profile = try Self.profile(path, in: folder)
        #expect(profile.rowCount == (above.hasSuffix("train/") ? 4 : 3))
        #expect(profile["class"]?.mostFrequent.map(\.text).sorted() == ["neg", "pos"])
    }
}
