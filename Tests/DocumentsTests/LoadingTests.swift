import Documents
import Foundation
import Testing

/// What stands in the way of reading a file.
struct LoadingTests {
    let folder: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private func message(_ name: String, _ bytes: [UInt8]? = nil) throws -> [String] {
        let path = folder + "/" + name
        defer { try? FileManager.default.removeItem(atPath: folder) }
        if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
        do throws(Diagnostics) {
            _ = try Source.load(path)
            return []
        } catch {
            return error.brief.map { $0.replacingOccurrences(of: folder, with: "FOLDER") }
        }
    }

    @Test func aMissingFileNamesTheNearest() throws {
        try Data().write(to: URL(fileURLWithPath: folder + "/reuters-width.yaml"))
        #expect(try message("reuters-widht.yaml") == ["there is no such file | did you mean \"FOLDER/reuters-width.yaml\"?"])
    }

    @Test func aMissingFileWithoutNeighbours() throws {
        #expect(try message("nothing.yaml") == ["there is no such file"])
    }

    @Test func aFolder() throws {
        #expect(try message(".") == ["this is a folder | name a file in it"])
    }

    @Test func aPathThroughAFile() throws {
        try Data().write(to: URL(fileURLWithPath: folder + "/file"))
        #expect(try message("file/more.yaml") == ["the file cannot be read: Not a directory"])
    }

    @Test(.enabled(if: getuid() != 0, "the superuser may read every file"))
    func aFileWithoutPermission() throws {
        let path = folder + "/locked.yaml"
        try Data("a: 1".utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        #expect(try message("locked.yaml") == ["the file may not be read by this user | change its permissions"])
    }

    @Test func tooLarge() throws {
        let bytes = [UInt8](repeating: 0x23, count: Source.sizeLimit + 1)
        #expect(try message("large.yaml", bytes) == ["the file is larger than 1 MiB, the most that is read | is it the right file?"])
    }

    @Test(arguments: [
        ([0x61, 0x3A, 0x20, 0xE9, 0x0A] as [UInt8], "1:4 byte 0xE9 is not UTF-8 here | save the file as UTF-8"),
        (Array("é: 1\nб: ".utf8) + [0xC0, 0x80], "2:4 byte 0xC0 is not UTF-8 here | save the file as UTF-8"),
        (Array("a: ".utf8) + [0xE2, 0x82], "1:4 byte 0xE2 is not UTF-8 here | save the file as UTF-8"),
        ([0xFF, 0xFE, 0x61, 0x00], "the file is UTF-16 | save it as UTF-8"),
        ([0xFE, 0xFF, 0x00, 0x61], "the file is UTF-16 | save it as UTF-8"),
    ])
    func otherEncodings(bytes: [UInt8], expected: String) throws {
        #expect(try message("file.yaml", bytes) == [expected])
    }

    @Test func aByteOrderMarkIsNoPartOfTheText() throws {
        let source = try Source(name: "file.yaml", bytes: [0xEF, 0xBB, 0xBF] + Array("a: [1".utf8))
        var findings = Diagnostics()
        _ = Node.parse(source, into: &findings)
        #expect(findings.brief == ["1:4 this list is not closed | its \"]\" is missing"])
    }
}
