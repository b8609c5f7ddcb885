import CArchive
import Datasets
import Documents
import Foundation
import Settings
import Testing

/// Lines of JSON, compressed tables, and tables of other kinds.
struct JSONLineTests {
    private static let text = """
        {"name": "Ann", "age": 31.5, "code": "007", "note": "says \\"hi\\"", "member": true, "y": 0}
        {"age": 4e1, "name": "Bo\\u00e9", "code": "8", "member": false, "y": 1, "note": null}

        {"name": "Cid", "age": null, "code": "12", "note": "", "member": true, "y": 1}
        {"name": "Ann", "age": -2, "code": "8", "note": "x", "member": false, "y": 0}
        """

    private static func source(_ path: String) throws -> RawSource { try #require(RawSource(userPath: path)) }

    private static func open(_ source: RawSource, _ inputs: String, in folder: TemporaryFolder) throws -> EncodedDataset {
        try DatasetStore(folder: folder.path).open(
            EncodingRequest(
                source: source, inputs: InputText.settings(inputs), target: ColumnSettings(column: "y", encoding: .label),
                split: SplitSettings(validation: .part(PartSettings(size: .fraction(0.25))))))
    }

    @Test func keysAreColumnsAndValuesKeepTheirKind() throws {
        let folder = try TemporaryFolder()
        let source = try Self.source(folder.write(Self.text, to: "my.jsonl"))
        let profile = try DatasetStore(folder: folder.path).profile(of: source)
        #expect(profile.columns.map(\.name) == ["name", "age", "code", "note", "member", "y"])
        #expect(profile["code"]?.kind == .categories, "texts are no numbers, whatever they look like")
        #expect(profile["age"]?.kind == .numbers(low: -2, high: 40, mean: 69.5 / 3, isWhole: false))
        #expect(profile["note"]?.emptyCount == 2)
        let inputs =
            "{age: {encode: auto, missing: 0}, code: {encode: auto, missing: error}, member: {encode: yes-no}, name: {encode: one-hot}}"
        let dataset = try Self.open(source, inputs, in: folder)
        #expect(dataset.summary.featureNames == ["age", "code=007", "code=8", "code=12", "member", "name=Ann", "name=Boé", "name=Cid"])
        #expect(dataset.row(0) == [31.5, 1, 0, 0, 1, 1, 0, 0])
        #expect(dataset.row(1) == [40, 0, 1, 0, 0, 0, 1, 0])
        #expect(dataset.row(2) == [0, 0, 0, 1, 1, 0, 0, 1])
        // Rows that are asked about may stand in either form.
        let asked = try folder.write("age,code,member,name\n40,8,no,Boé\n", to: "asked.csv")
        #expect(try RowEncoder(dataset, format: source.tableFormat).encode(csv: asked).inputs == .dense(dataset.row(1)))
        let lines = try folder.write("{\"name\": \"Cid\", \"member\": true, \"code\": \"12\", \"age\": null}", to: "asked.jsonl")
        #expect(try RowEncoder(dataset, format: source.tableFormat).encode(csv: lines).inputs == .dense(dataset.row(2)))
    }

    @Test func partsMayStandInFilesOfTheirOwn() throws {
        let folder = try TemporaryFolder()
        guard case .csv(let path, let format, _) = try Self.source(folder.write(Self.text, to: "my.jsonl")) else {
            Issue.record("lines of JSON are tables")
            return
        }
        let test = try folder.write(
            "{\"y\": 1, \"name\": \"D\\u00e9\", \"age\": 2, \"code\": \"9\", \"note\": \"\", \"member\": true}", to: "test.jsonl")
        let source = RawSource.csv(path: path, format: format, others: OtherTables(test: test))
        let findings = #expect(throws: Diagnostics.self) { try Self.open(source, "name: {encode: one-hot}", in: folder) }
        #expect(
            findings?.rendered().replacing("\(folder.path)/", with: "").hasPrefix(
                "test.jsonl:1:18: error: found \"Dé\" in the column \"name\", a category that no train row has") == true)
    }

    @Test(arguments: [
        (
            "{\"a\": 1, \"y\": 0}\n{\"a\": {\"b\": 1}, \"y\": [1, 2]}\n",
            """
            2 found an object under "a", where text, a number, true, false or null was expected; write each of its parts under a key of its own, in the line's object
            2 found a list under "y", where text, a number, true, false or null was expected; write each of its parts under a key of its own, in the line's object
            """
        ),
        ("{\"a\": 1, \"y\": 0}\n{\"a\": 1 \"y\": 0}\n", "2 found no JSON: \",\" or \"}\" was expected here; "),
        ("{\"a\": 1, \"a\": 0}\n", "1 found no JSON: each key once was expected here; "),
        ("{\"a\": 1}\n[1]\n", "2 found a list where an object in one line was expected; write one object a line, as jq -c '.[]' does"),
        ("{\"a\": 1}\n<<<<<<< HEAD\n", "2 found \"<<<<<<<\" where an object was expected; it looks like a merge conflict marker"),
        ("{}\n{}\n", " found objects without keys; "),
    ])
    func linesThatAreNoneAreToldWithTheirPlace(text: String, expected: String) throws {
        let folder = try TemporaryFolder()
        var format = CSVFormat()
        format.isJSONLines = true
        let path = try folder.write(text, to: "my.jsonl")
        let findings = #expect(throws: Diagnostics.self) {
            try DatasetStore(folder: folder.path).profile(of: .csv(path: path, format: format))
        }
        #expect(
            findings?.all.map { "\($0.line.map(String.init) ?? "") \($0.message); \($0.help ?? "")" }.joined(separator: "\n") == expected)
    }

    @Test func linesOfJSONAreNoTableInCSV() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.text, to: "my.csv")
        let findings = #expect(throws: Diagnostics.self) {
            try DatasetStore(folder: folder.path).profile(of: .csv(path: path, format: CSVFormat()))
        }
        #expect(
            findings?.all.first.map { "\($0.message); \($0.help ?? "")" }
                == "found an object of JSON where a table was expected; if each line is one, say dataset: {jsonl: PATH}")
    }

    // MARK: - Packed

    private static func pack(_ text: String, to path: String, _ filter: (OpaquePointer?) -> Int32) -> Bool {
        let archive = archive_write_new()
        defer { archive_write_free(archive) }
        guard filter(archive) == ARCHIVE_OK else { return false }
        archive_write_set_format_raw(archive)
        #expect(archive_write_open_filename(archive, path) == ARCHIVE_OK)
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        archive_entry_set_filetype(entry, 0o100000)
        #expect(archive_write_header(archive, entry) == ARCHIVE_OK)
        let bytes = Array(text.utf8)
        #expect(archive_write_data(archive, bytes, bytes.count) == bytes.count)
        #expect(archive_write_close(archive) == ARCHIVE_OK)
        return true
    }

    @Test(arguments: ["gz", "bz2", "xz", "zst", "lz4"])
    func tablesMayBeCompressed(ending: String) throws {
        let folder = try TemporaryFolder()
        let csv = "x,y\n1.5,0\n2.5,1\n3.5,0\n4.5,1\n"
        for (text, name) in [(csv, "my.csv"), (Self.text, "my.jsonl")] {
            let path = "\(folder.path)/\(name).\(ending)"
            let packed = Self.pack(text, to: path) { archive in
                switch ending {
                case "gz": archive_write_add_filter_gzip(archive)
                case "bz2": archive_write_add_filter_bzip2(archive)
                case "xz": archive_write_add_filter_xz(archive)
                case "zst": archive_write_add_filter_zstd(archive)
                default: archive_write_add_filter_lz4(archive)
                }
            }
            try #require(packed)
            let source = try Self.source(path)
            #expect(source.tableFormat.isJSONLines == name.hasSuffix("jsonl"))
            #expect(try DatasetStore(folder: folder.path).profile(of: source).rowCount == 4)
        }
    }

    // MARK: - Of other kinds

    @Test(
        arguments: [
            (
                [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0], "old.xls",
                "it is a spreadsheet; save its sheet as CSV where you edit it, or: python -c \"import pandas; pandas.read_excel('old.xls').to_csv('old.csv', index=False)\""
            ),
            (
                Array("PAR1\u{0}".utf8), "a.parquet",
                "it is a Parquet file; export it: python -c \"import pandas; pandas.read_parquet('a.parquet').to_csv('a.csv', index=False)\""
            ),
            (
                Array("ARROW1\u{0}".utf8), "a.feather",
                "it is an Arrow (Feather) file; export it: python -c \"import pandas; pandas.read_feather('a.feather').to_csv('a.csv', index=False)\""
            ),
            (
                [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], "a.h5",
                "it is an HDF5 file; export its table: python -c \"import pandas; pandas.read_hdf('a.h5').to_csv('a.csv', index=False)\""
            ),
            (
                Array("SQLite format 3\u{0}".utf8), "a.db",
                "it is an SQLite database; export a table: sqlite3 -header -csv 'a.db' 'SELECT * FROM …' > a.csv"
            ),
        ] as [([UInt8], String, String)])
    func otherKindsSayHowTheyAreExported(bytes: [UInt8], name: String, expected: String) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: name)
        let error = #expect(throws: DatasetError.self) { try DatasetStore(folder: folder.path).profile(of: Self.source(path)) }
        #expect(error?.description == "\(path): \(expected)")
    }

    @Test(arguments: [["[Content_Types].xml", "xl/workbook.xml"], ["mimetype", "content.xml"]])
    func spreadsheetsSayHowTheyAreExported(members: [String]) throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/sheet.zip"
        ArchiveWriter.zip(members.map { ($0, [1]) }, to: path)
        let error = #expect(throws: DatasetError.self) {
            try DatasetStore(folder: folder.path).profile(of: .csv(path: path, format: CSVFormat()))
        }
        #expect(error?.description.hasPrefix("\(path): it is a spreadsheet; save its sheet as CSV") == true)
    }
}
