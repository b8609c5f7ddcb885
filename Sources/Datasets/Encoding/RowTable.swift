import FileSystem
import Settings

/// Reads tables of further rows, such as those that a run is asked about, in the format of the data set's own.
enum RowTable {
    /// The table in the file at `path`, which must have `columns`, and may have others. Where `format` names the columns, a table without those names has
    /// them in the same order, with or without the `target`.
    static func read(path: String, format: CSVFormat, columns: [String], target: String?) throws -> Table {
        var own = format
        own.columns = nil
        own.header = format.header == true ? true : nil
        own.isJSONLines = try holdsJSONLines(path)
        let table = try CSVReader.read(
            path: path, format: own, names: columns, isHeaderInDoubt: format.header,
            help: "write the names of the columns in the first line")
        guard let given = format.columns, !columns.allSatisfy({ table.place(of: $0) != nil }) else { return table }
        for names in [given, given.filter { $0 != target }] where names.count == table.columns.count { return try table.named(names) }
        return table
    }

    /// Whether the file has lines of JSON, however the data set's own tables are written.
    private static func holdsJSONLines(_ path: String) throws(DatasetError) -> Bool {
        do {
            let file = try FileBytes(path: path)
            let bytes = try CSVReader.contents(of: file, path: path)
            return withExtendedLifetime((file, bytes)) { JSONLineReader.looksLikeLines(bytes.bytes) }
        } catch let fault as FileFault {
            throw .file(path: path, reason: fault.words)
        } catch let error as DatasetError {
            throw error
        } catch {
            return false
        }
    }
}
