import Documents

/// The numbers of a figure as CSV: one line of names, then the rows. Numbers have all their digits; a cell is empty where there is none.
struct FigureData {
    private(set) var text: String

    init(_ head: [String]) {
        text = Self.line(head)
    }

    mutating func append(_ cells: [String]) { text += Self.line(cells) }

    private static func line(_ cells: [String]) -> String { cells.map(\.csvCell).joined(separator: ",") + "\n" }

    /// A number as a cell.
    static func cell(_ value: Double?) -> String { value.flatMap { $0.isFinite ? "\($0)" : nil } ?? "" }
}

extension [ReportFigure] {
    /// What a page shows of the figures of these names, as far as there are any.
    func paragraphs(_ names: String...) -> [String] {
        names.flatMap { name in first { $0.path == "figures/\(name).svg" }?.paragraphs ?? [] }
    }
}
