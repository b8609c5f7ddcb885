/// What rows are called where they come from: the files of a folder of texts, or the cells of a column.
public struct RowNames: Sendable {
    /// The column, or `file`.
    public let title: String
    private let names: [String]
    /// Where the rows of a part begin that has a table of its own.
    private let starts: [String: Int]

    fileprivate init(_ title: String, _ names: [String], starts: [String: Int] = [:]) {
        (self.title, self.names, self.starts) = (title, names, starts)
    }

    /// The name of a row of a part, `validation` or `test`, by its number in its file from 0; nil where there is none.
    public func name(of fileRow: Int32, in part: String) -> String? {
        let place = (starts[part] ?? 0) + Int(fileRow)
        return names.indices.contains(place) ? names[place] : nil
    }
}

extension DatasetStore {
    /// What the rows of a data set are called, read from its raw data: by a column of its table, or without one by the files of a folder of texts. Nil for tables
    /// without a column.
    ///
    /// - Parameter content: the digest of the content that is wanted; other content is an error (`DatasetError.contentChanged`).
    public func rowNames(of request: EncodingRequest, column: String?, content: String) throws -> RowNames? {
        var isFolder = false
        switch request.source {
        case .folder, .images: isFolder = true
        case .catalogue(let entry): if case .classFolders = entry.format { isFolder = true }
        case .csv, .lines, .numpy, .idx, .text: break
        }
        guard isFolder || column != nil else { return nil }
        let raw = try raw(
            request.source, request.inputs, names: request.columnNames + [column].compactMap(\.self), wanted: content,
            progress: { _ in }
        ).raw
        guard let column else { return raw.rowNames.map { RowNames("file", $0) } }
        guard case .cells(let table, _) = raw.contents, let place = table.place(of: column) else {
            throw DatasetError.unknownColumn(name: column, dataset: raw.name, known: raw.columns)
        }
        let own = table.fileRows == nil ? nil : raw.ownParts
        let starts = ["validation": own?.validation.first, "test": own?.test.first].compactMapValues { $0.map(Int.init) }
        return RowNames(column, (0..<table.rowCount).map { table.text(of: table[$0, place]) ?? "" }, starts: starts)
    }
}
