import Foundation

/// The built executable, which lies beside the tests' own.
enum Program {
    static let path: String = {
        let tests = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        var folder = URL(fileURLWithPath: tests).deletingLastPathComponent()
        while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.appendingPathComponent("ablate").path) {
            folder.deleteLastPathComponent()
        }
        return folder.appendingPathComponent("ablate").path
    }()

    /// What a finished process left.
    struct Result {
        let status: Int32
        let output: String
        let messages: String
    }
}

/// A process under way whose output goes to files, so that no pipe can fill.
final class Running {
    let process = Process()
    private let output: URL
    private let messages: URL

    init(_ arguments: [String], executable: String = Program.path, in folder: URL, environment: [String: String] = [:]) throws {
        let mark = UUID().uuidString
        output = FileManager.default.temporaryDirectory.appendingPathComponent("\(mark).out")
        messages = FileManager.default.temporaryDirectory.appendingPathComponent("\(mark).err")
        for file in [output, messages] { FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(["TERM": "dumb", "NO_COLOR": "", "ABLATE_MIRROR": ""]) { $1 }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: messages)
        try process.run()
    }

    /// Waits for its end.
    func result() throws -> Program.Result {
        process.waitUntilExit()
        defer { for file in [output, messages] { try? FileManager.default.removeItem(at: file) } }
        return Program.Result(
            status: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
    }

    /// The processes that this one has started, from whichever thread.
    var children: [Int32] {
        let tasks = "/proc/\(process.processIdentifier)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return threads.flatMap { thread in
            let text = (try? String(contentsOfFile: "\(tasks)/\(thread)/children", encoding: .utf8)) ?? ""
            return text.split(separator: " ").compactMap { Int32($0) }
        }
    }
}

/// Looks again and again until it is so; false when it was not so for half a minute.
func eventually(_ isSo: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<6000 {
        if try isSo() { return true }
        usleep(5000)
    }
    return false
}
