import Foundation
import Projects
import RunStore
import Scheduling
import Testing

/// Several processes write the report of one experiment.
@Suite struct SharedReportTests {
    private let temporary: TemporaryProject

    init() throws { temporary = try TemporaryProject() }

    private func train(_ prepared: PreparedExperiment) throws {
        _ = try ExperimentRunner(prepared, ScheduleRules(workers: 2)).run(on: StoreExecutor(), showing: NoProgress())
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// Whoever looked at the store early and writes late must not write over the report of whoever saw more.
    @Test func aReportOfFewerRunsIsNotWrittenOverOneOfMore() throws {
        try train(temporary.prepared(seeds: 1))
        let early = try temporary.prepared()
        let late = try temporary.prepared()
        try train(late)
        let (path, news) = try late.writeReport()
        #expect(news.unfinished == 0)
        let report = try text(path)
        let (again, _) = try early.writeReport()
        #expect(again == path)
        #expect(try text(path) == report)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock"), "needs the program flock of util-linux"))
    func twoDoNotWriteAtOnce() throws {
        let prepared = try temporary.prepared()
        let name = prepared.experiment.name
        #expect(try prepared.store.whileReporting(on: name) { try isReporting(on: name) })
        #expect(try !isReporting(on: name))
    }

    /// Whether another process would have to wait; util-linux's `flock` looks.
    private func isReporting(on experiment: String) throws -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        process.arguments = ["--nonblock", temporary.workspace.store.experimentFolder(experiment) + "/runs", "true"]
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus != 0
    }
}
