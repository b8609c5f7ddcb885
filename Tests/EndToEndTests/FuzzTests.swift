import Foundation
import Testing

/// Files of every kind that the program reads, changed at random (`Tests/FuzzDriver`), by processes that may die of it. `ABLATE_FUZZ=100000` asks for as many cases in all.
@Suite struct FuzzTests {
    private static let count = ProcessInfo.processInfo.environment["ABLATE_FUZZ"].flatMap { Int($0) } ?? 2000
    private static let kinds = ["experiments", "tables", "arrays", "texts", "pictures", "encoded", "runs", "models"]
    private static let driver = URL(fileURLWithPath: Program.path).deletingLastPathComponent().appendingPathComponent("fuzz-driver").path
    /// So many cases that fail are enough to see what is wrong.
    private static let mostFailures = 20

    @Test(arguments: kinds) func damagedFilesAreRefusedOrRead(kind: String) throws {
        let count = (Self.count + Self.kinds.count - 1) / Self.kinds.count
        var (next, failures, accepted) = (0, 0, 0)
        while next < count, failures < Self.mostFailures {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-fuzz-\(UUID().uuidString)")
                .resolvingSymlinksInPath()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let result = try Running([kind, folder.path, "\(next)", "\(count - next)"], executable: Self.driver, in: folder).result()
            let lines = result.output.split(separator: "\n")
            if result.status == 0, let words = lines.last?.split(separator: " "), words.count > 1, let read = Int(words[1]) {
                accepted += read
                break
            }
            // The number that was told last is that of the case that ended the process.
            let culprit = try #require(lines.last.flatMap { Int($0) }, "the driver did not begin: \(result.messages)")
            let why = Self.words(of: result)
            Issue.record("\(why); again: fuzz-driver \(kind) FOLDER \(culprit) 1")
            failures += 1
            next = culprit + 1
        }
        // Were all refused, the readers would not have been tried; were all read, nothing would have been changed. What is wrong in the cache is made anew.
        if failures == 0 {
            #expect(accepted > count / 50 && (accepted < count - count / 50 || kind == "encoded"), "\(accepted) of \(count) were read")
        }
    }

    private static func words(of result: Program.Result) -> String {
        let said = result.messages.split(separator: "\n").prefix(3).joined(separator: " ")
        switch result.status {
        case 128 + SIGPROF: return "hangs"
        case 128...: return "ended by signal \(result.status - 128) \(said)"
        default: return said
        }
    }
}
