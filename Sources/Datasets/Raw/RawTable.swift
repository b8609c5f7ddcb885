/// A data set as it was read, before any encoding: named columns of one length.
struct RawTable {
    /// The name for messages: a catalogue entry's, or a file's.
    let name: String
    let rowCount: Int
    /// The columns' names.
    let columns: [String]
    let contents: Contents

    /// What a format yields. A format with columns of a new kind adds a case here.
    enum Contents {
        /// One text and one class for each row, the classes in the order that the format gives.
        case texts(WordColumn, labels: [Int32], classes: [String])
        /// Cells of a file, not yet looked at, and the order of categories where it is given.
        case cells(Table, categories: [String: [String]])
    }
}

extension RawTable {
    /// Reads an entry's content.
    init(_ entry: CatalogueEntry, content: RawContent) throws {
        switch (entry.format, content) {
        case (.csv(let format), .file(let file)):
            let table = try CSVReader.read(RawBytes(file), file: entry.file, format: format)
            self.init(
                name: entry.name, rowCount: table.rowCount, columns: table.columns, contents: .cells(table, categories: entry.categories))
        case (_, .members(let members)):
            let stories = try ReutersReader.read(members)
            self.init(
                name: entry.name, rowCount: stories.topics.count, columns: ["text", "topic"],
                contents: .texts(stories.text, labels: stories.topics, classes: stories.topicNames))
        case (.reutersSGML, .file):
            throw DatasetError.file(path: entry.file, reason: "an archive was expected")
        }
    }
}
