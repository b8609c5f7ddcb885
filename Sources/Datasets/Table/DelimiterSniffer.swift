/// Finds out which character separates a table's fields.
enum DelimiterSniffer {
    private static let candidates = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }
    private static let linesLookedAt = 20

    /// The candidate that stands equally often in most of the first lines, outside quotes. Where several stand equally often in all of them a comma comes
    /// last, since it may be that of decimals; else the one that stands most often comes first. A comma when none stands there.
    static func delimiter(of bytes: UnsafeRawBufferPointer) -> UInt8 {
        let lines = counts(bytes)
        var best: (delimiter: UInt8, agreeing: Int, fields: Int) = (candidates[0], 0, 0)
        for (place, candidate) in candidates.enumerated() {
            guard let first = lines.first?[place], first > 0 else { continue }
            let agreeing = lines.count { $0[place] == first }
            let isSurer = best.delimiter == candidates[0] && agreeing == lines.count && agreeing == best.agreeing
            if isSurer || (agreeing, first) > (best.agreeing, best.fields) { best = (candidate, agreeing, first) }
        }
        return best.delimiter
    }

    /// How often each candidate stands in each of the first lines.
    private static func counts(_ bytes: UnsafeRawBufferPointer) -> [[Int]] {
        var lines: [[Int]] = []
        var line = candidates.map { _ in 0 }
        var isQuoted = false
        var isBlank = true
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if !isQuoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                if !isBlank { lines.append(line) }
                if lines.count == linesLookedAt { return lines }
                line = candidates.map { _ in 0 }
                isBlank = true
                continue
            }
            isBlank = false
            if !isQuoted, let place = candidates.firstIndex(of: byte) { line[place] += 1 }
        }
        if !isBlank { lines.append(line) }
        return lines
    }
}
