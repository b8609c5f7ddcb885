import Documents
import FileSystem
import Settings

/// A file whose bytes are a part of those of a table.
struct JoinedFile: Sendable {
    /// The name that messages give it.
    let name: String
    /// Where its bytes stand.
    let range: Range<Int>
}

/// Puts tables with the same columns below each other, in the order of the first one's columns.
enum JoinedTables {
    /// One of the tables, and the part of the split that its rows are.
    struct Part {
        let table: Table
        let role: Role
    }

    /// What rows are for.
    enum Role {
        case train, validation, test
    }

    /// Reads the table of another part. Its first line names columns when that of `first` does; one that seems to be of another kind is refused.
    static func read(_ file: FileBytes, path: String, format: CSVFormat, like first: Table) throws -> Table {
        var own = format
        own.columns = nil
        let table = try CSVReader.read(file, path: path, format: own, names: first.headerNames ?? [])
        func refusal(_ message: String, _ help: String) -> Diagnostics {
            Diagnostics(Diagnostic(file: path, line: 1, message: message, help: help))
        }
        switch (first.headerNames, table.headerNames) {
        case (nil, nil): break
        case (let names?, let found?):
            if format.columns != nil, names != found {
                throw refusal(
                    "its header is not that of \(first.file), whose columns are named anew",
                    "make the headers alike, in the same order, or leave out columns")
            }
        case (_?, nil):
            throw refusal("its first line is no header, as \(first.file) has one", "all tables of a data set have a header, or none has")
        case (nil, _?):
            throw refusal(
                "its first line looks like a header, and \(first.file) has none",
                "all tables of a data set have a header, or none has; if none has, say so: {csv: {path: …, header: false}}")
        }
        return format.columns == nil ? table : try table.named(first.columns)
    }

    /// All rows, those of `first` train, and which of them are for what. Throws `Diagnostics` when columns are not the same.
    static func join(_ first: Table, _ others: [Part]) throws -> (table: Table, own: SplitRows) {
        let findings = others.flatMap { differences(of: $0.table, from: first) }
        guard findings.isEmpty else { throw Diagnostics(findings) }
        let parts = [Part(table: first, role: .train)] + others
        var bytes: [UInt8] = []
        var joined = first
        joined.cells = []
        joined.origins = [:]
        joined.fileLength = nil
        joined.cells.reserveCapacity(parts.reduce(0) { $0 + $1.table.cells.count })
        var fileRows: [Int32] = []
        var own = SplitRows(train: [])
        for part in parts {
            let table = part.table
            let order = first.columns.map { table.place(of: $0) ?? 0 }
            let rows = Int32(fileRows.count)..<Int32(fileRows.count + table.rowCount)
            for row in 0..<table.rowCount { joined.cells += order.map { table[row, $0].moved(by: bytes.count) } }
            for (start, range) in table.origins {
                joined.origins[start + UInt32(bytes.count)] = range.lowerBound + bytes.count..<range.upperBound + bytes.count
            }
            joined.textColumns.formUnion(order.indices.filter { table.textColumns.contains(order[$0]) })
            fileRows += (0..<Int32(table.rowCount)).map { $0 }
            switch part.role {
            case .train: own.train += rows
            case .validation: own.validation += rows
            case .test: own.test += rows
            }
            joined.files.append(
                JoinedFile(name: table.file, range: bytes.count..<bytes.count + (table.fileLength ?? table.bytes.bytes.count)))
            bytes += table.bytes.bytes
            // An empty cell at the end of one file does not stand at the start of the next.
            bytes.append(UInt8(ascii: "\n"))
        }
        joined.fileRows = fileRows
        return (joined.with(bytes: RawBytes(copying: bytes)), own)
    }

    private static func differences(of table: Table, from first: Table) -> [Diagnostic] {
        let (known, found) = (Set(first.columns), Set(table.columns))
        let lacking = first.columns.filter { !found.contains($0) }
        let additional = table.columns.filter { !known.contains($0) }
        var differences: [String] = []
        if !lacking.isEmpty { differences.append("it lacks \(named(lacking))") }
        if !additional.isEmpty { differences.append("it has \(named(additional)) besides") }
        if differences.isEmpty { return [] }
        return [
            Diagnostic(
                file: table.file, line: 1,
                message: "its columns are not those of \(first.file): \(differences.joined(separator: ", and "))",
                help: "all tables of a data set need the same columns, in any order")
        ]
    }

    private static func named(_ columns: [String]) -> String {
        columns.prefix(10).map { "\"\(TablePlaces.shown($0))\"" }.joined(separator: ", ") + (columns.count > 10 ? ", …" : "")
    }
}

extension SplitRows {
    /// The parts that are left when only these rows are kept, numbered anew.
    func keeping(_ rows: [Int32], of count: Int) -> SplitRows {
        var places = [Int32](repeating: -1, count: count)
        for (place, row) in rows.enumerated() { places[Int(row)] = Int32(place) }
        func kept(_ part: [Int32]) -> [Int32] { part.compactMap { places[Int($0)] < 0 ? nil : places[Int($0)] } }
        return SplitRows(train: kept(train), validation: kept(validation), test: kept(test))
    }
}
