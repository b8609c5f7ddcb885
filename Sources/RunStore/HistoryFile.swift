import FileSystem

/// `history.csv`: a line of column names, then a line an epoch. A number is written with as many digits as read back to the same bits;
/// whole numbers without a point.
extension History {
    /// The history as text.
    package var csv: String {
        var text = columns.joined(separator: ",") + "\n"
        for row in rows {
            text += row.map(Self.text(of:)).joined(separator: ",") + "\n"
        }
        return text
    }

    /// Reads what ``csv`` writes.
    package init(csv: String, path: String) throws(DamagedFile) {
        var lines = csv.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > 1, let last = lines.popLast(), last.isEmpty else {
            throw DamagedFile(path: path, reason: .form("does not end with a complete line"))
        }
        self.init(columns: Self.fields(lines[0]).map { String($0) })
        for (index, line) in lines.dropFirst().enumerated() {
            let fields = Self.fields(line)
            guard fields.count == columns.count else {
                throw DamagedFile(path: path, reason: .form("line \(index + 2) has \(fields.count) fields, expected \(columns.count)"))
            }
            var row: [Double] = []
            row.reserveCapacity(fields.count)
            for field in fields {
                guard let value = Double(field) else {
                    throw DamagedFile(path: path, reason: .form("line \(index + 2): \"\(field)\" is not a number"))
                }
                row.append(value)
            }
            append(row)
        }
    }

    func write(as name: String, in folder: Folder, isSynced: Bool) throws(StoreError) -> RecordedFile {
        RecordedFile(try stored { () throws(FileFault) in try folder.write(name, Array(csv.utf8), isSynced: isSynced) })
    }

    private static func fields(_ line: Substring.UTF8View) -> [Substring] {
        line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { Substring($0) }
    }

    private static func text(of value: Double) -> String {
        if let whole = Int(exactly: value), abs(value) < 1e15, !(value == 0 && value.sign == .minus) { return String(whole) }
        return value.description
    }
}
