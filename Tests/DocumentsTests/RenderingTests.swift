import Documents
import Testing

/// Errors look as a reader expects them: place, line, caret, what to do.
struct RenderingTests {
    @Test func severalErrorsOfAFile() {
        let text = "training:\n  loss: mse\n  activation: rleu # спасибо\n  epoch: 20\n"
        let source = Source(name: "experiments/wide.yaml", text: text)
        func place(_ line: Int, _ from: Int, _ to: Int) -> Place {
            Place(source: source, start: .init(line: line, scalars: from), end: .init(line: line, scalars: to))
        }
        let diagnostics = Diagnostics([
            Diagnostic("unknown key \"epoch\" in training", at: place(4, 2, 7), help: "did you mean \"epochs\"?"),
            Diagnostic("unknown activation \"rleu\"", at: place(3, 14, 18), help: "did you mean \"relu\"?"),
            Diagnostic("unknown activation \"rleu\"", at: place(3, 14, 18), help: "did you mean \"relu\"?"),
        ])
        #expect(
            diagnostics.rendered(outcome: "nothing was started") == """
                experiments/wide.yaml:3:15: error: unknown activation "rleu"
                    3 |   activation: rleu # спасибо
                      |               ^~~~ did you mean "relu"?
                experiments/wide.yaml:4:3: error: unknown key "epoch" in training
                    4 |   epoch: 20
                      |   ^~~~~ did you mean "epochs"?
                2 errors; nothing was started

                """)
    }

    @Test func aLineWithoutColumnsAndAFileWithoutLine() {
        let diagnostics = Diagnostics([
            Diagnostic(file: "data/my.csv", line: 102, message: "found \"=======\" where a row of 14 fields was expected"),
            Diagnostic(file: "data/other.csv", message: "there is no such file", help: "look for it elsewhere"),
        ])
        #expect(
            diagnostics.rendered() == """
                data/my.csv:102: error: found "=======" where a row of 14 fields was expected
                data/other.csv: error: there is no such file; look for it elsewhere

                """)
    }

    @Test func columnsCountCharactersAndTheCaretCountsCells() {
        let text = "名前: ×é👩‍🔬 @\n"
        let scalars = text.unicodeScalars.count - 2
        let source = Source(name: "f.yaml", text: text)
        let place = Place(source: source, start: .init(line: 1, scalars: scalars), end: .init(line: 1, scalars: scalars + 1))
        #expect(place.column == 9)
        #expect(
            Diagnostic("here", at: place).rendered() == """
                f.yaml:1:9: error: here
                    1 | 名前: ×é👩‍🔬 @
                      |            ^

                """)
    }

    @Test func longLinesAreCutAroundThePlace() {
        let source = Source(name: "f.yaml", text: String(repeating: "a", count: 300) + "X" + String(repeating: "b", count: 300))
        let place = Place(source: source, start: .init(line: 1, scalars: 300), end: .init(line: 1, scalars: 301))
        let lines = Diagnostic("here", at: place).rendered().split(separator: "\n")
        #expect(lines[0] == "f.yaml:1:301: error: here")
        #expect(lines[1].count < 140)
        let caret = lines[2].firstIndex(of: "^").map { lines[2].distance(from: lines[2].startIndex, to: $0) }
        let culprit = lines[1].firstIndex(of: "X").map { lines[1].distance(from: lines[1].startIndex, to: $0) }
        #expect(caret == culprit)
    }

    @Test func warningsAreNoErrors() {
        let diagnostics = Diagnostics(Diagnostic(file: "a", severity: .warning, message: "odd"))
        #expect(diagnostics.rendered(outcome: "nothing was started") == "a: warning: odd\n")
        #expect(diagnostics.errorCount == 0)
    }

    @Test func colourIsAddedOnRequestAlone() {
        let diagnostic = Diagnostic(file: "a", message: "odd")
        #expect(!diagnostic.rendered().contains("\u{1B}"))
        #expect(diagnostic.rendered(color: true) == "\u{1B}[1ma\u{1B}[0m: \u{1B}[1;31merror:\u{1B}[0m odd\n")
    }

    @Test func manyErrorsAreCounted() {
        let diagnostics = Diagnostics((1...50).map { Diagnostic(file: "a", line: $0, message: "odd") })
        let text = diagnostics.rendered(outcome: "stop", limit: 3)
        #expect(text.hasSuffix("a:3: error: odd\n… and 47 more\n50 errors; stop\n"))
    }
}
