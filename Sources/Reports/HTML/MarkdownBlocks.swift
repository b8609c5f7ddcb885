/// The Markdown that reports are written in, as blocks: what `Report` writes of GitHub's dialect, and no more. All else is text, so nothing in a page comes
/// from data but its words.
enum MarkdownBlock: Equatable {
    case heading(level: Int, String)
    case paragraph(String)
    /// What a picture shows, and its path.
    case picture(caption: String, path: String)
    case code(String)
    case quote([MarkdownBlock])
    case list(items: [[MarkdownBlock]], isNumbered: Bool)
    case table(MarkdownCells)
    /// Something that is folded under its summary.
    case details(summary: String, [MarkdownBlock])

    /// The blocks of a text.
    static func blocks(of text: String) -> [MarkdownBlock] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        return blocks(&lines)
    }

    private static let opening = ("<details><summary>", "</summary>")
    private static let closing = "</details>"

    /// Takes the blocks up to the end, or to the end of the details that these lines are in.
    private static func blocks(_ lines: inout ArraySlice<String>) -> [MarkdownBlock] {
        var blocks: [MarkdownBlock] = []
        while let line = lines.first {
            if line.isEmpty {
                lines.removeFirst()
            } else if line == closing {
                lines.removeFirst()
                return blocks
            } else if line.hasPrefix(opening.0), line.hasSuffix(opening.1) {
                lines.removeFirst()
                let summary = String(line.dropFirst(opening.0.count).dropLast(opening.1.count))
                blocks.append(.details(summary: summary, Self.blocks(&lines)))
            } else {
                blocks.append(block(line, &lines))
            }
        }
        return blocks
    }

    private static func block(_ line: String, _ lines: inout ArraySlice<String>) -> MarkdownBlock {
        let level = line.prefix { $0 == "#" }.count
        if (1...6).contains(level), line.dropFirst(level).first == " " {
            lines.removeFirst()
            return .heading(level: level, String(line.dropFirst(level + 1)))
        }
        let fence = line.prefix { $0 == "`" }
        if fence.count >= 3, !line.dropFirst(fence.count).contains("`") {
            lines.removeFirst()
            let inside = lines.prefix { !($0.hasPrefix(fence) && $0.allSatisfy { $0 == "`" }) }
            lines = lines.dropFirst(inside.count + 1)
            return .code(inside.joined(separator: "\n"))
        }
        if line.hasPrefix(">") {
            let quoted = lines.prefix { $0.hasPrefix(">") }
            lines = lines.dropFirst(quoted.count)
            return .quote(blocks(of: quoted.map { $0.hasPrefix("> ") ? $0.dropFirst(2) : $0.dropFirst() }.joined(separator: "\n")))
        }
        if let mark = ListMark(line) { return list(mark, &lines) }
        if let table = MarkdownCells(lines.prefix { $0.hasPrefix("|") }) {
            lines = lines.dropFirst(table.rows.count + 2)
            return .table(table)
        }
        lines.removeFirst()
        let further = lines.prefix { !$0.isEmpty && !beginsBlock($0) }
        lines = lines.dropFirst(further.count)
        let text = ([line] + further).joined(separator: "\n")
        return if let (caption, path) = MarkdownInlines.picture(text) { .picture(caption: caption, path: path) } else { .paragraph(text) }
    }

    private static func beginsBlock(_ line: String) -> Bool {
        line.hasPrefix("#") || line.hasPrefix(">") || line.hasPrefix("```") || line.hasPrefix("|") || line.hasPrefix("<details>")
            || line == closing || ListMark(line) != nil
    }

    // MARK: - Lists

    /// What an item begins with: `- `, or a number as in `1. `.
    private struct ListMark {
        let isNumbered: Bool
        let width: Int

        init?(_ line: String) {
            let digits = line.prefix { $0.isASCII && $0.isNumber }.count
            isNumbered = digits > 0
            width = digits > 0 ? digits + 2 : 2
            guard digits < 10, line.hasPrefix("- ") || digits > 0 && line.dropFirst(digits).hasPrefix(". ") else { return nil }
        }
    }

    private static func list(_ mark: ListMark, _ lines: inout ArraySlice<String>) -> MarkdownBlock {
        var items: [[MarkdownBlock]] = []
        while let line = lines.first, let next = ListMark(line), next.isNumbered == mark.isNumbered {
            lines.removeFirst()
            let indent = String(repeating: " ", count: next.width)
            let further = lines.prefix { $0.hasPrefix(indent) }
            lines = lines.dropFirst(further.count)
            items.append(
                blocks(
                    of: ([String(line.dropFirst(next.width))] + further.map { String($0.dropFirst(next.width)) }).joined(separator: "\n")))
        }
        return .list(items: items, isNumbered: mark.isNumbered)
    }
}

/// The cells of a table.
struct MarkdownCells: Equatable {
    let head: [String]
    /// Whether a column's cells stand at its right.
    let isRight: [Bool]
    let rows: [[String]]

    /// Nil for lines that are none: a head, a rule, and rows.
    init?(_ lines: ArraySlice<String>) {
        guard let first = lines.first, let rule = lines.dropFirst().first else { return nil }
        let marks = Self.cells(rule)
        head = Self.cells(first)
        guard marks.count == head.count, marks.allSatisfy({ $0.contains("-") && $0.allSatisfy { "-:".contains($0) } }) else { return nil }
        isRight = marks.map { $0.hasSuffix(":") && !$0.hasPrefix(":") }
        rows = lines.dropFirst(2).map(Self.cells)
    }

    /// What stands between the bars of a line; a bar after a backslash is none, and loses the backslash.
    private static func cells(_ line: String) -> [String] {
        var cells = [String.UnicodeScalarView()]
        var isEscaped = false
        for scalar in line.unicodeScalars {
            switch scalar {
            case "|" where isEscaped:
                cells[cells.count - 1].removeLast()
                cells[cells.count - 1].append(scalar)
                isEscaped = false
            case "|":
                cells.append(String.UnicodeScalarView())
            default:
                cells[cells.count - 1].append(scalar)
                // As GitHub has it: what stands before a bar decides, whatever stands before that.
                isEscaped = scalar == "\\"
            }
        }
        // Nothing stands before the first bar and after the last.
        return cells.dropFirst().dropLast().map { cell in
            let inner = cell.drop { $0 == " " }
            return String(String.UnicodeScalarView(inner.prefix(inner.count - inner.reversed().prefix { $0 == " " }.count)))
        }
    }
}
