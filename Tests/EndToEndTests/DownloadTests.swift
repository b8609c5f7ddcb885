import Foundation
import Testing

/// Downloads that are disturbed; a script plays curl.
@Suite struct DownloadTests {
    private let project: SampleProject
    private var environment: [String: String] { ["PATH": "\(project.folder.path)/bin:/usr/bin:/bin"] }

    /// A curl that says who it is, gives the beginning of a table, and goes on as `rest` says.
    init() throws {
        project = try SampleProject()
        try project.write(SampleProject.farAway, to: "data/catalogue/far.yaml")
    }

    private func playCurl(_ rest: String) throws {
        try project.write("#!/bin/sh\necho $$ > '\(project.folder.path)/curl'\nprintf 'a,b\\n1,2'\n\(rest)\n", to: "bin/curl")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: project.folder.path + "/bin/curl")
    }

    private var downloads: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: project.folder.path + "/data/cache/downloads")) ?? []
    }

    private func hasGone(_ process: Int32) -> Bool { kill(process, 0) != 0 }

    /// The number of the curl that has begun to write.
    private func begunCurl() throws -> Int32 {
        #expect(eventually { downloads.contains { $0.hasSuffix(".part") } && project.exists("curl") })
        var process: Int32?
        #expect(
            try eventually {
                process = Int32(try project.text("curl").trimmingCharacters(in: .whitespacesAndNewlines))
                return process != nil
            })
        return try #require(process)
    }

    @Test(arguments: [SIGINT, SIGTERM]) func aWishToStopEndsCurlAndLeavesNothingHalfWritten(signal: Int32) throws {
        try playCurl("sleep 60")
        let fetching = try project.start("data", "fetch", "far", environment: environment)
        let curl = try begunCurl()
        kill(fetching.process.processIdentifier, signal)
        let result = try fetching.result()
        #expect(result.status == 130)
        #expect(result.messages.hasSuffix("interrupted\n") && !result.messages.contains("error"), "\(result.messages)")
        #expect(downloads.isEmpty)
        #expect(eventually { hasGone(curl) })
    }

    @Test func aRunThatIsStoppedWhileItFetchesStartsNothing() throws {
        try playCurl("sleep 60")
        try project.write(SampleProject.tiny.replacing("{csv: data/table.csv}", with: "far"), to: "experiments/distant.yaml")
        let running = try project.start("run", "distant", environment: environment)
        _ = try begunCurl()
        kill(running.process.processIdentifier, SIGINT)
        #expect(try running.result().status == 130)
        #expect(downloads.isEmpty && project.runs(of: "distant").isEmpty)
    }

    @Test func curlDoesNotOutliveAKilledProgram() throws {
        try playCurl("while printf '3,4\\n'; do sleep 0.05; done")
        let fetching = try project.start("data", "fetch", "far", environment: environment)
        let curl = try begunCurl()
        kill(fetching.process.processIdentifier, SIGKILL)
        _ = try fetching.result()
        #expect(eventually { hasGone(curl) })
    }

    @Test func whatCurlSaysIsHandedOn() throws {
        try playCurl("echo 'HTTP/2 404' >&2; echo 'curl: (22) The requested URL returned error: 404' >&2; exit 22")
        let result = try project.ablate("data", "fetch", "far", environment: environment)
        #expect(result.status == 2)
        #expect(result.messages.contains("https://far.invalid/far.csv: curl: (22) The requested URL returned error: 404\n"))
        #expect(downloads.isEmpty)
    }
}
