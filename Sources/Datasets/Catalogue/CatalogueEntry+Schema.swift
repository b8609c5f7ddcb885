import Documents
import Settings

extension CatalogueEntry {
    /// What stands in an entry's file. The name is the file's.
    public static let schema = Record<CatalogueEntry>(
        "the catalogue entry",
        Field("title", \.title, .text("title"), doc: "The name for people."),
        Field("description", \.description, .text("description"), doc: "What the data are, in a few sentences."),
        Field("licence", \.licence, .text("licence"), doc: "Under which terms they may be used."),
        Field("citation", \.citation, .text("citation"), doc: "Whom to cite."),
        Field("format", \.format, formatSchema, doc: "How the raw bytes are written."),
        Field("rows", \.rows, .integer(.atLeast(1)), doc: "How many rows there are."),
        Field("file", \.file, fileSchema, doc: "The file's name, below data/, in a mirror and in the cache of downloads."),
        Field(
            "repacked", \.repacked, .list(of: fileSchema), default: [], doc: "Names of other containers of the same content, in a mirror."),
        Field(
            "addresses", \.addresses, .list(of: addressSchema), default: [], doc: "Where it can be fetched, the origin first, then mirrors."
        ),
        Field(
            optional: "by_hand", \.byHand, .text("words"), doc: "How to come by the file where no address gives it, such as behind a login."
        ),
        Field("digest", \.digest, digestSchema, doc: "SHA-256 of the content that is used, whatever it is packed in."),
        Field(
            "categories", categoryList, categorySchema, default: [], doc: "The order of a column's categories where it is not alphabetical."
        ),
        build: { title, description, licence, citation, format, rows, file, repacked, addresses, byHand, digest, categories in
            CatalogueEntry(
                name: "", title: title, description: description, licence: licence, citation: citation, format: format, rows: rows,
                file: file,
                repacked: repacked, addresses: addresses, byHand: byHand.map { $0.trimmingLineBreaks }, digest: digest,
                categories: Dictionary(categories.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
        }
    ).schema

    // MARK: - Parts

    private static let formatSchema = Schema<Format>.choice(
        "format",
        Case("reuters-sgml", .reutersSGML, doc: "An archive with the SGML files of Reuters-21578: columns text and topic."),
        Case(
            "class-folders", classFolderSchema,
            doc: "An archive with texts as train/CLASS/FILE.txt and test/CLASS/FILE.txt: columns text and class.",
            make: { .classFolders(shuffleSeed: UInt32(clamping: $0)) },
            get: { if case .classFolders(let seed) = $0 { Int(seed) } else { nil } }),
        Case("text", .text, doc: "Running text: the column text."),
        Case(
            "csv", csvSchema, doc: "A table.", make: { .csv($0) },
            get: { if case .csv(let format) = $0 { format } else { nil } })
    )

    private static let classFolderSchema = Record<Int>(
        "class-folders",
        Field(
            "shuffle_seed", { $0 }, .integer(.atLeast(0, upTo: 4_294_967_295)),
            doc: "The seed of the NumPy generator that shuffles the rows, those that train first."),
        build: { $0 }
    ).schema

    private static let csvSchema = Record<CSVFormat>(
        "csv", CSVFormat.delimiterField, CSVFormat.headerField, CSVFormat.columnsField, CSVFormat.quotesField, CSVFormat.emptyField,
        build: { CSVFormat(delimiter: $0, header: $1, columns: $2, quotes: $3, empty: $4) }
    ).schema

    private static let fileSchema = Schema.text("file").checked { text in
        text.hasPrefix("/") || text.split(separator: "/").contains("..")
            ? Problem("% must be a name below the data folder, found \"\(text)\"") : nil
    }

    private static let addressSchema = Schema.text("address").checked { text in
        text.hasPrefix("https://") ? nil : Problem("% must begin with https://, found \"\(text)\"")
    }

    private static let digestSchema = Schema.text("digest").checked { text in
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            ? nil : Problem("% must be 64 hexadecimal digits in lower case, found \"\(text)\"")
    }

    private static let categorySchema = Schema<[Keyed<[String]>]>.map(of: "column", to: .list(of: .text("category"), atLeast: 1))

    private static let categoryList: @Sendable (CatalogueEntry) -> [Keyed<[String]>] = { entry in
        entry.categories.sorted { $0.key < $1.key }.map { Keyed(key: $0.key, value: $0.value) }
    }
}

extension String {
    /// Without the line breaks that a folded text ends in.
    fileprivate var trimmingLineBreaks: String {
        String(self[..<(lastIndex { !$0.isNewline }.map { index(after: $0) } ?? startIndex)])
    }
}
