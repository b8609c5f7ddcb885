import Foundation
import Scheduling
import Synchronization
import Testing

/// Real processes; a shell plays the worker.
@Suite struct WorkerProcessesTests {
    private func play(_ script: String, commands: [WorkerOrder] = [.train(job: "j")]) async -> (
        events: [WorkerEvent], ending: WorkerEnding
    ) {
        let stream = AsyncStream { continuation in
            for command in commands { continuation.yield(command) }
            continuation.finish()
        }
        let processes = WorkerProcesses(executable: "/bin/sh", arguments: ["-c", script])
        let noted = Noted()
        let ending = await processes.work(1, commands: stream) { noted.note($0) }
        return (noted.events, ending)
    }

    private final class Noted: Sendable {
        private let all = Mutex<[WorkerEvent]>([])
        var events: [WorkerEvent] { all.withLock { $0 } }
        func note(_ event: WorkerEvent) { all.withLock { $0.append(event) } }
    }

    @Test func commandsGoInAndEventsComeOut() async {
        let (events, ending) = await play(
            #"read line; test "$line" = '{"train":{"job":"j"}}' && echo '{"passed":{}}'; cat >/dev/null; exit 0"#)
        #expect(events == [.passed])
        #expect(ending == .exited(code: 0))
    }

    @Test(arguments: [("exit 3", WorkerEnding.exited(code: 3)), ("kill -9 $$", .killed(signal: 9)), ("kill -SEGV $$", .killed(signal: 11))])
    func theEndingTellsHowItCame(script: String, ending: WorkerEnding) async {
        #expect(await play(script).ending == ending)
    }

    @Test func aWorkerThatTalksNonsenseIsEnded() async {
        let (events, ending) = await play("echo '{\"passed\":{}}'; echo hello; sleep 60")
        #expect(events == [.passed])
        #expect(ending == .misspoke(line: "hello"))
    }

    @Test func anExecutableThatIsNotThere() async {
        let processes = WorkerProcesses(executable: "/nonexistent/ablate", arguments: [])
        let ending = await processes.work(1, commands: AsyncStream { $0.finish() }) { _ in }
        guard case .notStarted(let reason) = ending else {
            Issue.record("it ended as \(ending)")
            return
        }
        #expect(reason.hasPrefix("/nonexistent/ablate: "))
    }

    @Test func cancellingKillsTheWholeGroup() async {
        let mark = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-group-\(UUID())").path
        let processes = WorkerProcesses(
            executable: "/bin/sh", arguments: ["-c", "(sleep 1; touch '\(mark)') & echo '{\"passed\":{}}'; wait"])
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let (commands, keepOpen) = AsyncStream.makeStream(of: WorkerOrder.self)
        let task = Task { await processes.work(1, commands: commands) { _ in start.yield() } }
        for await _ in started { break }
        task.cancel()
        #expect(await task.value == .killed(signal: 9))
        keepOpen.finish()
        try? await Task.sleep(for: .seconds(1.5))
        #expect(!FileManager.default.fileExists(atPath: mark))
    }
}
