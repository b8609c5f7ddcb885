import Foundation
import Testing

private let hasScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

/// Progress on a terminal, which the command `script` pretends to be.
@Suite(.enabled(if: hasScript, "needs the command script of util-linux")) struct TerminalTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    private func onTerminal(_ command: String, columns: Int = 80, environment: [String: String]) throws -> String {
        let script = "stty cols \(columns) rows 24; \(Program.path) \(command)"
        let environment = environment.merging(["SHELL": "/bin/sh"]) { $1 }
        return try Running(["-qec", script, "/dev/null"], executable: "/usr/bin/script", in: project.folder, environment: environment)
            .result().output
    }

    @Test func liveLinesAreRedrawnInPlaceAndTheCursorComesBack() throws {
        let shown = try onTerminal("run tiny -j 2", environment: ["TERM": "xterm"])
        #expect(shown.components(separatedBy: "\u{1B}[?25l").count == 2)
        #expect(shown.components(separatedBy: "\u{1B}[?25h").count == 2)
        #expect(shown.contains("\u{1B}[3A\u{1B}[J"))
        #expect(shown.contains("\u{1B}[32m✓\u{1B}[0m wide, seed 2"))
        #expect(shown.hasSuffix("→ results/tiny/report.md\r\n"))
    }

    @Test func noColourWhenItIsNotWanted() throws {
        let shown = try onTerminal("run tiny", environment: ["TERM": "xterm", "NO_COLOR": "1"])
        #expect(shown.contains("\u{1B}[J"))
        #expect(!shown.contains("\u{1B}[32m"))
    }

    @Test func aDumbTerminalGetsPlainLines() throws {
        let shown = try onTerminal("run tiny", environment: ["TERM": "dumb"])
        #expect(!shown.contains("\u{1B}"))
        #expect(shown.contains("✓ wide, seed 2"))
    }

    @Test func linesFitANarrowTerminal() throws {
        let shown = try onTerminal("run tiny", columns: 30, environment: ["TERM": "xterm"])
        let live = shown.components(separatedBy: "\r\n").filter { $0.hasPrefix("tiny") || $0.hasPrefix("  worker") }
        #expect(!live.isEmpty)
        for line in live { #expect(line.count < 30) }
    }
}
