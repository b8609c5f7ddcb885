import Foundation
import Processes
import Testing

/// Real processes; a shell plays the program.
@Suite struct ChildProcessTests {
    /// What a script writes on its standard output, and how it ends.
    private func output(_ script: String, input: String = "", environment: [String]? = nil) throws -> (
        text: String, ending: ChildProcess.Ending
    ) {
        let (orders, answers) = (try Processes.Pipe(), try Processes.Pipe())
        let child = try ChildProcess(
            "sh", ["-c", script], input: .descriptor(orders.reading), output: .descriptor(answers.writing), errors: .nothing,
            environment: environment)
        close(orders.reading)
        close(answers.writing)
        #expect(writeAll(input.utf8, to: orders.writing))
        close(orders.writing)
        defer { close(answers.reading) }
        var bytes: [UInt8] = []
        while true {
            waitForArrival(at: [-1, answers.reading], within: .seconds(10))
            switch readArrived(from: answers.reading) {
            case .bytes(let arrived): bytes += arrived
            case .nothing: Issue.record("nothing came for ten seconds")
            case .end: return (String(decoding: bytes, as: UTF8.self), child.waitForEnding())
            }
        }
    }

    @Test func whatGoesInComesOut() throws {
        let text = String(repeating: "one line\n", count: 5000)
        #expect(try output("cat; exit 3", input: text) == (text, .exited(code: 3)))
    }

    @Test(arguments: [("kill -9 $$", ChildProcess.Ending.killed(signal: 9)), ("exit 0", .exited(code: 0))])
    func theEndingTellsHowItCame(script: String, ending: ChildProcess.Ending) throws {
        #expect(try output(script).ending == ending)
    }

    @Test func aProgramThatIsNotThere() {
        let fault = #expect(throws: StartFault.self) { try ChildProcess("no-such-program", []) }
        #expect(fault?.isAbsence == true && fault?.description == "No such file or directory")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "there is no /proc"))
    func itsMemoryIsKnownWhileItLives() throws {
        let child = try ChildProcess("sleep", ["60"])
        while child.memory ?? 0 == 0, child.ending() == nil { usleep(1000) }
        let memory = try #require(child.memory)
        #expect((4096...100_000_000).contains(memory), "\(memory) bytes")
        child.kill()
        _ = child.waitForEnding()
        #expect(child.memory == nil)
    }

    @Test func itHasAGroupOfItsOwn() throws {
        let child = try ChildProcess("sh", ["-c", "sleep 60"])
        #expect(getpgid(child.id) == child.id && getpgrp() != child.id)
        #expect(child.ending() == nil)
        child.kill()
        #expect(child.waitForEnding() == .killed(signal: 9))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/fd"), "there is no /proc"))
    func itInheritsNoOtherDescriptor() throws {
        // One that is not closed by itself when another program begins.
        let open = open("/dev/null", O_RDONLY)
        defer { close(open) }
        #expect(try output("ls /proc/$$/fd").text == "0\n1\n2\n")
    }

    @Test func ignoredSignalsAreIgnoredHereAlone() throws {
        let before = signal(SIGPIPE, SIG_IGN)
        defer { signal(SIGPIPE, before) }
        #expect(try output("kill -PIPE $$; echo survived") == ("", .killed(signal: Int(SIGPIPE))))
    }

    @Test func theEnvironmentIsThatOfTheParentUnlessGiven() throws {
        #expect(try output("echo $HOME").text == "\(ProcessInfo.processInfo.environment["HOME"] ?? "")\n")
        #expect(try output("echo $COLOUR$HOME", environment: ["COLOUR=green"]).text == "green\n")
    }
}

@Suite struct PipeTests {
    @Test func readingNeverWaits() throws {
        let pipe = try Processes.Pipe()
        #expect(readArrived(from: pipe.reading) == .nothing)
        #expect(writeAll("abc".utf8, to: pipe.writing))
        #expect(readArrived(from: pipe.reading) == .bytes(Array("abc".utf8)))
        close(pipe.writing)
        #expect(readArrived(from: pipe.reading) == .end)
        close(pipe.reading)
    }
}

/// Signals are the whole process's, so these go one after the other.
@Suite(.serialized) struct InterruptionsTests {
    @Test func wishesAreCountedAndThenForgotten() throws {
        let interruptions = try #require(Interruptions())
        defer { interruptions.end() }
        #expect(interruptions.take() == 0)
        raise(SIGINT)
        raise(SIGTERM)
        waitForArrival(at: [interruptions.descriptor], within: .seconds(10))
        #expect(interruptions.take() == 2)
        #expect(interruptions.take() == 0)
    }

    @Test func afterTheEndSignalsDoWhatTheyDidBefore() throws {
        let outer = try #require(Interruptions())
        defer { outer.end() }
        let inner = try #require(Interruptions())
        raise(SIGINT)
        #expect((inner.take(), outer.take()) == (1, 0))
        inner.end()
        raise(SIGINT)
        #expect(outer.take() == 1)
    }
}
