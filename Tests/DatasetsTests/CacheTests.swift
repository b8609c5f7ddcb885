import Datasets
import FileSystem
import Foundation
import Settings
import Testing

struct CacheTests {
    private static let text = "a,b,y\n1,2,u\n3,4,v\n5,6,u\n7,8,v\n"

    private static func request(_ folder: TemporaryFolder, text: String = text) throws -> EncodingRequest {
        EncodingRequest(
            source: .csv(path: try folder.write(text, to: "my.csv"), format: CSVFormat()),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
            target: ColumnSettings(column: "y", encoding: .label), split: SplitSettings(validation: .part(PartSettings(size: .first(1)))))
    }

    private static func files(_ folder: TemporaryFolder) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/cache/encoded").sorted()
    }

    private static func onlyFile(_ folder: TemporaryFolder) throws -> URL {
        let files = try files(folder)
        #expect(files.count == 1)
        return URL(fileURLWithPath: "\(folder.path)/cache/encoded/\(try #require(files.first))")
    }

    @Test func isWrittenOnceAndOpenedFromThenOn() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        let request = try Self.request(folder)
        #expect(try store.summary(of: request) == nil)
        let log = ProgressLog()
        let built = try store.open(request) { log.note($0) }
        #expect(!log.all.isEmpty)
        let events = log.all.count
        let opened = try store.open(request) { log.note($0) }
        #expect(log.all.count == events, "the second time nothing is read or encoded")
        #expect(opened.summary == built.summary)
        #expect(try store.summary(of: request) == built.summary)
        #expect(opened.matrix == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(opened.labels == [0, 1, 0, 1])
        #expect(opened.trainRows == [1, 2, 3])
        #expect(opened.validationRows == [0])
        #expect(built.summary.contentDigest == (try store.contentDigest(of: request)))
        #expect(built.summary.encodingDigest == store.encodingDigest(of: request))
    }

    @Test func anotherContentOrEncodingHasAnotherFile() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        var request = try Self.request(folder)
        _ = try store.open(request)
        request.split.validation = nil
        _ = try store.open(request)
        _ = try store.open(Self.request(folder, text: Self.text + "9,9,u\n"))
        #expect(try Self.files(folder).count == 3)
    }

    @Test func flippedBytesAreFoundAndRebuilt() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        let request = try Self.request(folder)
        let whole = try store.open(request)
        let file = try Self.onlyFile(folder)
        let bytes = try Data(contentsOf: file)
        // Bytes 24 to 63 are unused, and so is the padding behind the header's text and between the sections' ends and the next multiple of 64.
        let headerEnd = 192 + bytes[12..<16].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
        let sections = (headerEnd + 63) / 64 * 64
        for place in Array(0..<24) + Array(stride(from: 64, to: headerEnd, by: 13)) + Array(stride(from: sections, to: bytes.count, by: 13))
        {
            var damaged = bytes
            damaged[place] ^= 0x41
            try damaged.write(to: file)
            let log = ProgressLog()
            // A file is tested once in the life of a store.
            let again = try DatasetStore(folder: folder.path).open(request) { log.note($0) }
            #expect(log.rebuildReasons.count == 1, "byte \(place)")
            #expect(again.matrix == whole.matrix)
            #expect(try Data(contentsOf: file) == bytes, "the same bytes are written again")
        }
    }

    @Test(arguments: [0, 1, 63, 64, 150, 191, 192, 300, -1])
    func aTruncatedFileIsRebuiltWithoutVerifying(length: Int) throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        let request = try Self.request(folder)
        _ = try store.open(request)
        let file = try Self.onlyFile(folder)
        let bytes = try Data(contentsOf: file)
        try bytes.prefix(length < 0 ? bytes.count + length : length).write(to: file)
        let log = ProgressLog()
        #expect(try store.open(request) { log.note($0) }.matrix == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(log.rebuildReasons.count == 1)
        #expect(try Data(contentsOf: file) == bytes)
    }

    /// A checksum tells only that the file is as somebody wrote it: numbers that lead out of their arrays must be seen all the same.
    @Test func indexesOutOfRangeAreSeen() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        let request = try Self.request(folder)
        _ = try store.open(request)
        let file = try Self.onlyFile(folder)
        let bytes = try Data(contentsOf: file)
        let headerEnd = 192 + bytes[12..<16].enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
        // The inputs take the first section of 64 bytes, the labels the next, then come the train rows.
        let train = (headerEnd + 63) / 64 * 64 + 128
        var damaged = bytes
        damaged[train + 3] = 0x7f
        var hash = SHA256()
        Array(damaged[((headerEnd + 63) / 64 * 64)...]).withUnsafeBytes { hash.update($0) }
        damaged.replaceSubrange(128..<192, with: Array(hash.finalize().hex.utf8))
        try damaged.write(to: file)
        let log = ProgressLog()
        let dataset = try store.open(request) { log.note($0) }
        #expect(dataset.trainRows == [1, 2, 3])
        #expect(log.rebuildReasons == ["numbers in the file are out of range"])
    }

    @Test func aFileOfAnotherLayoutOrKeyIsRebuilt() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        let request = try Self.request(folder)
        _ = try store.open(request)
        let file = try Self.onlyFile(folder)
        var bytes = try Data(contentsOf: file)
        bytes[8] = 99
        try bytes.write(to: file)
        let log = ProgressLog()
        _ = try store.open(request) { log.note($0) }
        #expect(log.rebuildReasons == ["the file has layout version 99, not 7"])
        var other = request
        other.split.validation = nil
        _ = try store.open(other)
        let others = try Self.files(folder).filter { $0 != file.lastPathComponent }
        try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/cache/encoded/\(try #require(others.first))")).write(to: file)
        _ = try store.open(request) { log.note($0) }
        #expect(log.rebuildReasons.last == "the file holds another encoding")
    }

    /// Content that is named is opened wherever it is: from the cache, or from a file that still has it.
    @Test func contentThatIsNamedIsOpenedOrRefused() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        let request = try Self.request(folder)
        let content = try store.contentDigest(of: request)
        _ = try store.open(request, content: content)
        _ = try folder.write("torn,", to: "my.csv")
        #expect(try DatasetStore(folder: folder.path).open(request, content: content).matrix == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(try store.summary(of: request, content: content)?.contentDigest == content)
        try FileManager.default.removeItem(at: Self.onlyFile(folder))
        let error = #expect(throws: DatasetError.self) { try store.open(request, content: content) }
        #expect(error == .contentChanged(name: "\(folder.path)/my.csv"))
        #expect(
            error?.description
                == "\(folder.path)/my.csv has changed meanwhile; run the command again when nothing writes it any more")
        _ = try folder.write(Self.text, to: "my.csv")
        #expect(try store.open(request, content: content).labels == [0, 1, 0, 1])
    }

    @Test func theSameContentElsewhereIsNotEncodedAgain() throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        var request = try Self.request(folder)
        _ = try store.open(request)
        request.source = .csv(path: try folder.write(Self.text, to: "deep/other.csv"), format: CSVFormat())
        let log = ProgressLog()
        _ = try store.open(request) { log.note($0) }
        #expect(log.all.isEmpty)
    }

    @Test(arguments: ["pipe", "folder", "missing"])
    func whatIsNoFileIsRefusedAtOnce(kind: String) throws {
        let folder = try TemporaryFolder()
        var request = try Self.request(folder)
        let path = "\(folder.path)/\(kind)"
        if kind == "pipe" { #expect(mkfifo(path, 0o600) == 0) }
        if kind == "folder" { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }
        request.source = .csv(path: path, format: CSVFormat())
        let reason = ["pipe": "it is no regular file", "folder": "Is a directory", "missing": "No such file or directory"][kind] ?? ""
        #expect(throws: DatasetError.file(path: path, reason: reason)) { try DatasetStore(folder: folder.path).open(request) }
    }

    @Test func buildersBesideEachOtherDoNoHarm() async throws {
        let folder = try TemporaryFolder()
        let store = DatasetStore(folder: folder.path)
        let request = try Self.request(folder)
        let matrices = try await withThrowingTaskGroup(of: [Float].self) { group in
            for _ in 0..<8 { group.addTask { try store.open(request).matrix } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(matrices == Array(repeating: [1, 2, 3, 4, 5, 6, 7, 8], count: 8))
        #expect(try Self.files(folder).count == 1, "no unfinished file is left behind")
    }
}
