extension String {
    /// The text as one word of a shell's command line, on one line: as it is where that is safe, else in quotes.
    public var shellWord: String {
        if !isEmpty, allSatisfy({ $0.isLetter || $0.isNumber || "-_=./,:@%+".contains($0) }) { return self }
        guard unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            return "'" + replacing("'", with: "'\\''") + "'"
        }
        let parts = unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "\\n"
            case "\t": "\\t"
            case "'", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "$'" + parts.joined() + "'"
    }
}
