import Documents

/// Text that came from outside (titles, notes, names of columns and classes, cells, messages), so that a reader of the page sees just this text.
extension String {
    /// The text on one line, with a backslash before each character that Markdown would take for its own: nothing in it is emphasis, HTML, a
    /// link, a picture, an entity or a heading. GitHub's own additions (bare addresses, formulas, strikethrough) are kept from waking up, too.
    package var asMarkdown: String {
        let scalars = Array(printableLine.trimmed.unicodeScalars)
        var text = String.UnicodeScalarView()
        for (place, scalar) in scalars.enumerated() {
            let before = place > 0 ? scalars[place - 1] : nil
            let after = place + 1 < scalars.count ? scalars[place + 1] : nil
            if scalar.isLive(before: before, after: after, in: scalars, at: place) { text.append("\\") }
            text.append(scalar)
            // No backslash stops GitHub from taking this for an address; an invisible joiner does.
            if scalar == "@", let before, let after, before != " ", after != " " { text.append("\u{2060}") }
        }
        return String(text)
    }

    /// Several lines, each ``asMarkdown``.
    package var asMarkdownLines: [String] {
        // Lines one below the other could be a table.
        printable.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).asMarkdown.replacing("|", with: "\\|") }
    }

    /// The text as a path in a link: each byte but letters, digits and a few signs by its number.
    package var asMarkdownPath: String {
        utf8.map { byte in
            let isPlain = byte < 0x80 && (Unicode.Scalar(byte).isWordPart || "-_./".utf8.contains(byte))
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    /// A code span that shows the text on one line.
    package var asMarkdownCode: String {
        let line = printableLine
        let fence = String(repeating: "`", count: line.longestRun(of: "`") + 1)
        let space = line.hasPrefix("`") || line.hasSuffix("`") || line.isEmpty ? " " : ""
        return fence + space + line + space + fence
    }

    /// A block of code that shows the text.
    package var asMarkdownBlock: String {
        let text = printable
        let fence = String(repeating: "`", count: max(3, text.longestRun(of: "`") + 1))
        return "\(fence)\n\(text)\n\(fence)"
    }

    private var trimmed: Substring {
        var text = self[...]
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }

    private func longestRun(of character: Character) -> Int {
        split(whereSeparator: { $0 != character }).map(\.count).max() ?? 0
    }
}

extension Unicode.Scalar {
    fileprivate var isWordPart: Bool { properties.isAlphabetic || ("0"..."9").contains(self) }

    /// Whether Markdown would read the character at this place of a line, between its neighbours, as something else than itself.
    fileprivate func isLive(
        before: Unicode.Scalar?, after: Unicode.Scalar?, in line: [Unicode.Scalar], at place: Int
    ) -> Bool {
        switch self {
        case "\\", "`", "*", "[", "]", "<", ">", "~", "$", "#": true
        // Within a word it is no emphasis.
        case "_": !(before?.isWordPart == true && after?.isWordPart == true)
        case "&": line[(place + 1)...].first { !$0.isWordPart && $0 != "#" } == ";"
        case ":": after == "/" || line[..<place].ends(with: "mailto") || line[..<place].ends(with: "xmpp")
        case "." where line[..<place].ends(with: "www"): true
        case ".", ")":
            place > 0 && (after == nil || after == " ") && line[..<place].allSatisfy { ("0"..."9").contains($0) }
        case "-", "+", "=": place == 0 && (after == nil || after == " " || after == self)
        default: false
        }
    }
}

extension ArraySlice<Unicode.Scalar> {
    /// Whether the scalars end with this word, in capitals or not.
    fileprivate func ends(with word: String) -> Bool {
        suffix(word.unicodeScalars.count).map(\.properties.lowercaseMapping).joined() == word
    }
}
