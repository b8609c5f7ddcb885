import FileSystem

/// Kinds of files that hold tables and are not read, known by their content.
enum ForeignFormat {
    case excel, oldExcel, openDocument, parquet, feather, hdf5, sqlite

    /// The kind of a file with these bytes; nil: none of them.
    init?(_ bytes: UnsafeRawBufferPointer) {
        func starts(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
        if bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            self = .oldExcel
        } else if starts("PAR1") {
            self = .parquet
        } else if starts("ARROW1") || starts("FEA1") {
            self = .feather
        } else if bytes.starts(with: [0x89]), bytes.dropFirst().starts(with: "HDF\r\n".utf8) {
            self = .hdf5
        } else if starts("SQLite format 3\0") {
            self = .sqlite
        } else if starts("PK\u{3}\u{4}"), let kind = Self.spreadsheet(bytes) {
            self = kind
        } else {
            return nil
        }
    }

    private static func spreadsheet(_ bytes: UnsafeRawBufferPointer) -> ForeignFormat? {
        var names: Set<String> = []
        _ = try? ArchiveReader.members(of: bytes, limits: CSVReader.limits) { name in
            names.insert(name)
            return nil
        }
        if names.contains(where: { $0.hasPrefix("xl/") }) { return .excel }
        return names.contains("content.xml") && names.contains("mimetype") ? .openDocument : nil
    }

    /// What the file at this path is, and how its table becomes one that is read.
    func advice(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        func pandas(_ call: String) -> String {
            "python -c \"import pandas; pandas.\(call).to_csv('\(stem).csv', index=False)\""
        }
        return switch self {
        case .excel, .oldExcel, .openDocument:
            "it is a spreadsheet; save its sheet as CSV where you edit it, or: \(pandas("read_excel('\(name)')"))"
        case .parquet: "it is a Parquet file; export it: \(pandas("read_parquet('\(name)')"))"
        case .feather: "it is an Arrow (Feather) file; export it: \(pandas("read_feather('\(name)')"))"
        case .hdf5: "it is an HDF5 file; export its table: \(pandas("read_hdf('\(name)')"))"
        case .sqlite: "it is an SQLite database; export a table: sqlite3 -header -csv '\(name)' 'SELECT * FROM …' > \(stem).csv"
        }
    }
}
