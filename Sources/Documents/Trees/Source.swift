/// A text that nodes and errors point into: a file, or an argument such as `-S model.mlp.hidden=[64,4]`.
public final class Source: Sendable, Hashable {
    /// The file as the caller named it, or what the text is, such as `-S`.
    public let name: String
    /// The text, without a byte order mark.
    public let text: String
    /// The lines, as libyaml counts them.
    public let lines: [Substring]

    /// A text and its name.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
        self.lines = Source.lines(of: text)
    }

    /// Whether both are the same object.
    public static func == (one: Source, other: Source) -> Bool { one === other }

    /// Hashes the object's identity.
    public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    /// The line of that number, counted from 1; empty past the end.
    public func line(_ number: Int) -> Substring {
        lines.indices.contains(number - 1) ? lines[number - 1] : ""
    }

    private static func lines(of text: String) -> [Substring] {
        let scalars = text.unicodeScalars
        var lines: [Substring] = []
        var start = scalars.startIndex
        var index = start
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let next = scalars.index(after: index)
            switch scalar {
            case "\n", "\u{85}", "\u{2028}", "\u{2029}":
                lines.append(text[start..<index])
                start = next
            case "\r":
                lines.append(text[start..<index])
                start = next < scalars.endIndex && scalars[next] == "\n" ? scalars.index(after: next) : next
            default:
                break
            }
            index = max(next, start)
        }
        lines.append(text[start...])
        return lines
    }
}
