extension String {
    /// The text as a terminal or a page may show it: what would act instead of being read is spelled out, such as `\u{1B}`. Line feeds and tabs stay,
    /// a carriage return before a line feed goes.
    ///
    /// Spelled out are control characters (C0, C1 and delete), marks that turn the direction of text, separators of lines and paragraphs, and tags.
    public var printable: String {
        guard unicodeScalars.contains(where: \.acts) || utf8.contains(UInt8(ascii: "\r")) else { return self }
        var text = String.UnicodeScalarView()
        var scalars = unicodeScalars.makeIterator()
        var next = scalars.next()
        while let scalar = next {
            next = scalars.next()
            if scalar == "\r", next == "\n" { continue }
            if scalar.acts || scalar == "\r" {
                text.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// The same on one line: line feeds and tabs become spaces.
    public var printableLine: String {
        let text = printable
        guard text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\t" }) else { return text }
        return text.replacing("\n", with: " ").replacing("\t", with: " ")
    }
}

extension Unicode.Scalar {
    /// Whether a terminal or a page would do something instead of showing it.
    fileprivate var acts: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}
