import Documents

/// A row that an experiment asks its networks about: the report says what they answer.
public struct AskedRow: Sendable {
    /// What the file calls it.
    public let name: String
    /// Its cells in the order of the file, as text.
    public let cells: [Cell]
    private let file: String
    private let place: Place?

    /// A cell of a row.
    public struct Cell: Sendable {
        /// The column of the data set.
        public let column: String
        /// The cell as a table would have it.
        public let text: String
        let place: Place?

        /// A cell.
        public init(column: String, text: String) {
            self.init(column: column, text: text, place: nil)
        }

        init(column: String, text: String, place: Place?) {
            self.column = column
            self.text = text
            self.place = place
        }
    }

    /// A row that does not come from a file; errors about it have no place in one.
    public init(name: String, cells: [Cell]) {
        self.init(name: name, cells: cells, file: name, place: nil)
    }

    private init(name: String, cells: [Cell], file: String, place: Place?) {
        self.name = name
        self.cells = cells
        self.file = file
        self.place = place
    }

    /// The figure that stands for what is answered: `predict.NAME`.
    public var figure: String { Self.figurePrefix + name }

    /// What the names of such figures begin with.
    public static let figurePrefix = "predict."

    /// An error about the row, or about its cell of a column, at its place in the file.
    public func diagnostic(_ message: String, column: String? = nil, help: String? = nil) -> Diagnostic {
        let cell = column.flatMap { column in cells.first { $0.column == column }?.place }
        guard let place = cell ?? place else { return Diagnostic(file: file, message: "\(name): \(message)", help: help) }
        return Diagnostic(message, at: place, help: help)
    }
}

// MARK: - In the file

extension AskedRow {
    package static let mapSchema = Schema<[Keyed<[Keyed<String>]>]>.map(of: "row", to: .map(of: "column", to: cell)).checked { rows in
        rows.count <= mostRows
            ? nil
            : Problem(
                "% has \(rows.count) rows, at most \(mostRows) are possible", help: "ablate predict --csv takes a table of any length")
    }

    /// The report shows a column for each.
    private static let mostRows = 100

    /// Numbers stay as they are written.
    private static let cell = Schema<String>(
        .any,
        decode: { node, decoding in
            guard let scalar = node.scalar, node.kind != .null else {
                return decoding.mismatch(node, expected: "a number or text", help: "an empty cell is \"\"")
            }
            return scalar.text
        }, encode: { text, _ in .text(text) })

    package static func rows(_ written: [Keyed<[Keyed<String>]>], file: String) -> [AskedRow] {
        written.map { row in
            AskedRow(
                name: row.key, cells: row.value.map { Cell(column: $0.key, text: $0.value, place: $0.place) }, file: file, place: row.place)
        }
    }
}
