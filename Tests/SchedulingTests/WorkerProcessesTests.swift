import Foundation
import Scheduling
import Testing

/// Real processes; a shell plays the worker.
@Suite struct WorkerProcessesTests {
    private func play(_ script: String, orders: [WorkerOrder] = [.train(job: "j")]) -> (events: [WorkerEvent], ending: WorkerEnding?) {
        var processes = WorkerProcesses(executable: "/bin/sh", arguments: ["-c", script])
        #expect(processes.start(1) == nil)
        for order in orders { processes.send(order, to: 1) }
        processes.dismiss(1)
        return listen(to: &processes)
    }

    /// What comes until the worker has gone.
    private func listen(to processes: inout WorkerProcesses) -> (events: [WorkerEvent], ending: WorkerEnding?) {
        var events: [WorkerEvent] = []
        for _ in 0..<1000 {
            for input in processes.news(within: .milliseconds(50)) {
                switch input {
                case .event(let event, from: 1): events.append(event)
                case .ended(let ending, worker: 1): return (events, ending)
                default: Issue.record("unexpected: \(input)")
                }
            }
        }
        return (events, nil)
    }

    @Test func ordersGoInAndEventsComeOut() {
        let (events, ending) = play(
            #"read line; test "$line" = '{"train":{"job":"j"}}' && echo '{"passed":{}}'; cat >/dev/null; exit 0"#)
        #expect(events == [.passed])
        #expect(ending == .exited(code: 0))
    }

    @Test(arguments: [("exit 3", WorkerEnding.exited(code: 3)), ("kill -9 $$", .killed(signal: 9)), ("kill -SEGV $$", .killed(signal: 11))])
    func theEndingTellsHowItCame(script: String, ending: WorkerEnding) {
        #expect(play(script).ending == ending)
    }

    /// As when the loader finds no memory, or the worker no thread.
    @Test(arguments: [127, 71]) func aWorkerThatCouldNotBeginWasNotStarted(code: Int) {
        #expect(play("exit \(code)").ending == .notStarted(reason: "it left at once with exit code \(code)"))
        #expect(play("echo '{\"passed\":{}}'; exit \(code)").ending == .exited(code: code))
    }

    @Test func aWorkerThatTalksNonsenseIsEnded() {
        let (events, ending) = play("echo '{\"passed\":{}}'; echo hello; sleep 60")
        #expect(events == [.passed])
        #expect(ending == .misspoke(line: "hello"))
    }

    /// It would fill the memory of the one who listens.
    @Test func aWorkerThatTalksWithoutEndIsEnded() {
        let (events, ending) = play("yes | tr -d '\\n'")
        #expect(events.isEmpty)
        guard case .misspoke(let line)? = ending else {
            Issue.record("\(String(describing: ending))")
            return
        }
        #expect(line.count == 1000)
        #expect(WorkerEnding.misspoke(line: "\u{1b}[2J\nx").description == "the worker wrote a line that is no message: \\u{1B}[2J x")
    }

    @Test func anExecutableThatIsNotThere() {
        var processes = WorkerProcesses(executable: "/nonexistent/ablate", arguments: [])
        #expect(processes.start(1) == "/nonexistent/ablate: No such file or directory")
        #expect(processes.news(within: .zero).isEmpty)
    }

    @Test func whatAWorkerSaidLastIsHeard() {
        let lines = String(repeating: "{\"passed\":{}}\n", count: 5000)
        let (events, ending) = play("printf '%s' '\(lines)'; printf '{\"held\":{}}'; kill -9 $$")
        #expect(events.count == 5001 && events.last == .held)
        #expect(ending == .killed(signal: 9))
    }

    @Test func killingEndsTheWholeGroup() throws {
        let mark = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-group-\(UUID())").path
        var processes = WorkerProcesses(
            executable: "/bin/sh", arguments: ["-c", "(sleep 1; touch '\(mark)') & echo '{\"passed\":{}}'; wait"])
        #expect(processes.start(1) == nil)
        while processes.news(within: .milliseconds(50)).isEmpty {}
        processes.kill(1)
        #expect(listen(to: &processes).ending == .killed(signal: 9))
        Thread.sleep(forTimeInterval: 1.5)
        #expect(!FileManager.default.fileExists(atPath: mark))
    }
}
