import Settings

/// A data set as it was read, before any encoding: named columns of one length.
struct RawTable {
    /// The name for messages: a catalogue entry's, or a file's.
    let name: String
    let rowCount: Int
    /// The columns' names.
    let columns: [String]
    let contents: Contents

    /// Train and test rows, in order, where the data set comes with them.
    var ownParts: SplitRows?
    /// What the rows are called where each is a file of its own.
    var rowNames: [String]?
    /// What was noticed while it was read.
    var notices: [DatasetNotice] = []

    /// What a format yields. A format with columns of a new kind adds a case here.
    enum Contents {
        /// One text and one class for each row, the classes in the order that the format gives.
        case texts(WordColumn, labels: [Int32], classes: [String])
        /// Cells of a file, not yet looked at, and the order of categories where it is given.
        case cells(Table, categories: [String: [String]])
        /// Running text, UTF-8.
        case running(RawBytes)
    }
}

extension RawTable {
    /// A table of the user's own.
    init(_ table: Table, ownParts: SplitRows? = nil) {
        self.init(
            name: table.file, rowCount: table.rowCount, columns: table.columns, contents: .cells(table, categories: [:]), ownParts: ownParts
        )
    }

    /// Reads an entry's content; texts are split as `tokens` says, or as the format does.
    init(_ entry: CatalogueEntry, content: RawContent, tokens: Tokens?) throws {
        switch (entry.format, content) {
        case (.csv(let format), .file(let file)):
            try self.init(entry, table: RawBytes(file), format: format)
        case (.csv(let format), .bytes(let bytes)):
            try self.init(entry, table: RawBytes(copying: bytes), format: format)
        case (.classFolders(let seed), .members(let members)):
            let texts = try ClassFolderReader.read(members, of: entry.file, shuffleSeed: seed, tokens: tokens ?? .words)
            self.init(
                name: entry.name, rowCount: texts.labels.count, columns: ["text", "class"],
                contents: .texts(texts.text, labels: texts.labels, classes: texts.classes), ownParts: texts.parts,
                rowNames: texts.names)
        case (.reutersSGML, .members(let members)):
            let stories = try ReutersReader.read(members, tokens: tokens ?? .keras)
            self.init(
                name: entry.name, rowCount: stories.topics.count, columns: ["text", "topic"],
                contents: .texts(stories.text, labels: stories.topics, classes: stories.topicNames))
        case (.text, .file(let file)): self.init(name: entry.name, running: RawBytes(file))
        case (.text, .bytes(let bytes)): self.init(name: entry.name, running: RawBytes(copying: bytes))
        case (.text, .members), (.reutersSGML, _), (.classFolders, _), (.csv, .members):
            throw DatasetError.file(path: entry.file, reason: "content of another kind than the format's")
        }
    }

    /// Running text.
    init(name: String, running bytes: RawBytes) {
        self.init(name: name, rowCount: 1, columns: ["text"], contents: .running(bytes))
    }

    private init(_ entry: CatalogueEntry, table bytes: RawBytes, format: CSVFormat) throws {
        let table = try CSVReader.read(bytes, file: entry.file, format: format)
        self.init(
            name: entry.name, rowCount: table.rowCount, columns: table.columns, contents: .cells(table, categories: entry.categories))
    }
}
