import Settings

/// A data set's description: what it is, who made it, where its bytes come from, and the digest that tells whether they are the right ones.
public struct CatalogueEntry: Sendable, Hashable {
    /// How the raw bytes are written.
    public enum Format: Sendable, Hashable {
        /// The SGML files of Reuters-21578, in an archive: columns `text` and `topic`.
        case reutersSGML
        /// Texts in folders of their classes, below a folder `train` and a folder `test`, in an archive: columns `text` and `class`. The rows of each
        /// part, classes and files in name order, are shuffled by one NumPy generator of this seed, train first.
        case classFolders(shuffleSeed: UInt32)
        /// A table.
        case csv(CSVFormat)
        /// Running text: the column `text`.
        case text
    }

    /// The name, which is the stem of its file in the catalogue.
    public var name: String
    /// The name for people.
    public var title: String
    /// What the data are, in a few sentences.
    public var description: String
    /// Under which terms they may be used.
    public var licence: String
    /// Whom to cite.
    public var citation: String
    /// How the raw bytes are written.
    public var format: Format
    /// How many rows there are.
    public var rows: Int
    /// The file's name, in a mirror and in the cache of downloads, or below `data/` when it ships with the project.
    public var file: String
    /// Names of other containers of the same content, in a mirror.
    public var repacked: [String]
    /// Where it can be fetched, the first that answers.
    public var addresses: [String]
    /// How to come by the file where no address gives it, such as behind a login.
    public var byHand: String?
    /// The digest (SHA-256, hexadecimal) of the content that is used: of a plain file its bytes, of an archive the names and bytes of the members in use.
    public var digest: String
    /// The order of a column's categories where it is not alphabetical.
    public var categories: [String: [String]]

    /// An entry.
    public init(
        name: String, title: String, description: String, licence: String, citation: String, format: Format, rows: Int, file: String,
        repacked: [String] = [], addresses: [String], byHand: String? = nil, digest: String,
        categories: [String: [String]] = [:]
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.licence = licence
        self.citation = citation
        self.format = format
        self.rows = rows
        self.file = file
        self.repacked = repacked
        self.addresses = addresses
        self.byHand = byHand
        self.digest = digest
        self.categories = categories
    }
}
