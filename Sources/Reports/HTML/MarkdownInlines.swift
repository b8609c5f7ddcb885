/// What stands in a line of Markdown, as HTML: text, `**strong**`, `*emphasis*`, code, links. Marks are scalars, whatever accents follow them.
struct MarkdownInlines {
    private typealias Scalars = Substring.UnicodeScalarView

    /// Gives the address of a link, or nil where only its text is to be shown.
    let address: (String) -> String?

    /// The HTML of a text. All of its words are escaped; the tags are these alone: `strong`, `em`, `code`, `a`, `br`.
    func html(_ text: some StringProtocol) -> String {
        var rest = Substring(text).unicodeScalars
        var html = ""
        var plain = String.UnicodeScalarView()
        var open: [(mark: String, tag: String)] = []
        func flush() {
            html += String(plain).asHTML
            plain = String.UnicodeScalarView()
        }
        while let scalar = rest.first {
            let next = rest.dropFirst().first
            if scalar == "\\", next == "\n" {
                flush()
                html += "<br/>\n"
                rest = rest.dropFirst(2)
            } else if scalar == "\\", let next, next.isMarkdownPunctuation {
                plain.append(next)
                rest = rest.dropFirst(2)
            } else if scalar == "`", let (code, after) = Self.code(rest) {
                flush()
                html += "<code>\(code.asHTML)</code>"
                rest = after
            } else if scalar == "[", let (label, path, after) = Self.link(rest) {
                flush()
                html += link(label, path)
                rest = after
            } else if scalar == "*" {
                let (mark, tag) = next == "*" ? ("**", "strong") : ("*", "em")
                rest = rest.dropFirst(mark.unicodeScalars.count)
                if open.last?.mark == mark {
                    flush()
                    html += "</\(tag)>"
                    open.removeLast()
                } else if !open.contains(where: { $0.mark == mark }), rest.first != " ", String(rest).contains(mark) {
                    flush()
                    html += "<\(tag)>"
                    open.append((mark, tag))
                } else {
                    plain.append(contentsOf: mark.unicodeScalars)
                }
            } else {
                plain.append(scalar)
                rest = rest.dropFirst()
            }
        }
        flush()
        return html + open.reversed().map { "</\($0.tag)>" }.joined()
    }

    private func link(_ label: String, _ path: String) -> String {
        guard let address = address(path) else { return html(label) }
        let download =
            address.hasPrefix("data:") ? " download=\"\((path.split(separator: "/").last.map(String.init) ?? path).asHTML)\"" : ""
        return "<a href=\"\(address.asHTML)\"\(download)>\(html(label))</a>"
    }

    /// The words of a text without its marks, as HTML.
    static func words(_ text: String) -> String {
        var words = String.UnicodeScalarView()
        var isTag = false
        for scalar in MarkdownInlines(address: { _ in nil }).html(text).unicodeScalars {
            if scalar == "<" { isTag = true } else if scalar == ">" { isTag = false } else if !isTag { words.append(scalar) }
        }
        return String(words)
    }

    /// A text that is a picture alone: what it shows, and its path.
    static func picture(_ text: String) -> (caption: String, path: String)? {
        let scalars = Substring(text).unicodeScalars
        guard scalars.first == "!", let (label, path, after) = link(scalars.dropFirst()), after.isEmpty else { return nil }
        return (label, path)
    }

    // MARK: - Parts

    /// A code span at the beginning, and what comes after.
    private static func code(_ text: Scalars) -> (code: String, after: Scalars)? {
        let fence = text.prefix { $0 == "`" }
        var rest = text.dropFirst(fence.count)
        var code = String.UnicodeScalarView()
        while let scalar = rest.first {
            let run = rest.prefix { $0 == "`" }
            if run.count == fence.count {
                let isPadded = code.count > 2 && code.first == " " && code.last == " " && !code.allSatisfy { $0 == " " }
                return (String(isPadded ? String.UnicodeScalarView(code.dropFirst().dropLast()) : code), rest.dropFirst(run.count))
            }
            if run.isEmpty { code.append(scalar) } else { code.append(contentsOf: run) }
            rest = rest.dropFirst(max(run.count, 1))
        }
        return nil
    }

    /// `[label](path)` at the beginning, and what comes after.
    private static func link(_ text: Scalars) -> (label: String, path: String, after: Scalars)? {
        guard text.first == "[", let (label, afterLabel) = upTo("]", text.dropFirst()), afterLabel.first == "(",
            let (path, after) = upTo(")", afterLabel.dropFirst())
        else { return nil }
        return (label, path, after)
    }

    /// What stands before the first such mark that no backslash stands before, and what comes after it.
    private static func upTo(_ mark: Unicode.Scalar, _ text: Scalars) -> (String, after: Scalars)? {
        var isEscaped = false
        for index in text.indices {
            if isEscaped {
                isEscaped = false
            } else if text[index] == mark {
                return (String(text[..<index]), text[text.index(after: index)...])
            } else {
                isEscaped = text[index] == "\\"
            }
        }
        return nil
    }
}

extension String {
    /// The text with nothing in it that HTML or XML would take for its own, in content and between double quotes.
    var asHTML: String {
        guard utf8.contains(where: { "&<>\"".utf8.contains($0) }) else { return self }
        var text = String.UnicodeScalarView()
        // By scalars: an accent that follows makes another character of a mark, and the mark is there all the same.
        for scalar in unicodeScalars {
            switch scalar {
            case "&": text.append(contentsOf: "&amp;".unicodeScalars)
            case "<": text.append(contentsOf: "&lt;".unicodeScalars)
            case ">": text.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": text.append(contentsOf: "&quot;".unicodeScalars)
            default: text.append(scalar)
            }
        }
        return String(text)
    }
}

extension Unicode.Scalar {
    fileprivate var isMarkdownPunctuation: Bool {
        (0x21...0x2F).contains(value) || (0x3A...0x40).contains(value) || (0x5B...0x60).contains(value) || (0x7B...0x7E).contains(value)
    }
}
