extension Diagnostics {
    /// The findings as text: place and message, the line, a caret with what to do; then how many errors there are and `outcome`.
    ///
    ///     experiments/wide.yaml:16:3: error: unknown key "epoch" in training
    ///        16 |   epoch: 20
    ///           |   ^~~~~ did you mean "epochs"?
    ///     1 error; nothing was started
    ///
    /// Without an `outcome` the count is left out; with an empty one it stands alone. At most `limit` findings are shown. With `color`, the marks for a terminal are put in.
    public func rendered(outcome: String? = nil, color: Bool = false, limit: Int = 40) -> String {
        let findings = sorted
        var text = findings.prefix(limit).map { $0.rendered(color: color) }.joined()
        if findings.count > limit { text += "… and \(findings.count - limit) more\n" }
        let errors = findings.count { $0.severity == .error }
        if let outcome, errors > 0 { text += "\(errors) \(errors == 1 ? "error" : "errors")\(outcome.isEmpty ? "" : "; \(outcome)")\n" }
        return text
    }
}

extension Diagnostic {
    /// The finding as lines of text, each with its end.
    public func rendered(color: Bool = false) -> String {
        let paint = Paint(isOn: color)
        let accent: Paint.Tone = severity == .error ? .red : .yellow
        var place = file.printableLine
        if let line {
            place += ":\(line)"
            if let columns { place += ":\(columns.lowerBound)" }
        }
        let head = "\(paint(place, .bold)): \(paint(severity.rawValue + ":", accent)) \(message.printable)"
        let help = help?.printable
        guard let line, let columns, let sourceLine else {
            return head + (help.map { "; \($0)" } ?? "") + "\n"
        }
        let window = Window(of: sourceLine, around: columns)
        let number = String(line)
        let margin = String(repeating: " ", count: max(0, 5 - number.count)) + number
        let blank = String(repeating: " ", count: margin.count)
        let caret = paint("^" + String(repeating: "~", count: window.width - 1), accent)
        let pad = String(repeating: " ", count: window.indent)
        return """
            \(head)
            \(margin) | \(window.text)
            \(blank) | \(pad)\(caret)\(help.map { " " + $0 } ?? "")

            """
    }
}

// MARK: - Details

/// The part of a line that is shown, and where the caret goes under it, in terminal cells.
private struct Window {
    let text: String
    let indent: Int
    let width: Int

    /// Long lines are cut around the columns of interest.
    init(of line: String, around columns: Range<Int>, limit: Int = 120) {
        let characters = Array(line)
        let first = min(max(columns.lowerBound - 1, 0), characters.count)
        let last = min(max(columns.upperBound - 1, first), characters.count)
        var from = 0
        var to = characters.count
        if characters.count > limit {
            from = max(0, min(first - limit / 3, characters.count - limit))
            to = min(characters.count, from + limit)
        }
        let shown = characters[from..<to].map { $0 == "\t" ? " " : $0.isShown ? String($0) : "\u{FFFD}" }
        let head = from > 0 ? "…" : ""
        text = head + shown.joined() + (to < characters.count ? "…" : "")
        indent = head.count + characters[from..<first].reduce(0) { $0 + $1.cells }
        width = max(1, characters[first..<max(first, min(last, to))].reduce(0) { $0 + $1.cells })
    }
}

extension Character {
    /// Whether the character shows as itself; others stand as one sign, so that the caret keeps its place.
    fileprivate var isShown: Bool { String(self).printable == String(self) }

    /// How many cells of a terminal the character takes: 2 for Chinese, Japanese and Korean ones and most pictures.
    fileprivate var cells: Int {
        guard let first = unicodeScalars.first?.value, first >= 0x1100 else { return 1 }
        switch first {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default:
            return 1
        }
    }
}

/// The marks that colour text on a terminal.
private struct Paint {
    enum Tone: String {
        case bold = "\u{1B}[1m"
        case red = "\u{1B}[1;31m"
        case yellow = "\u{1B}[1;33m"
    }

    let isOn: Bool

    func callAsFunction(_ text: String, _ tone: Tone) -> String {
        isOn ? tone.rawValue + text + "\u{1B}[0m" : text
    }
}
