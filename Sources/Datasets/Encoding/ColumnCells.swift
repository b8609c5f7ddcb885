import Settings

/// A column's cells, read in the way that its encoding needs. Nothing was learned from them yet, and empty cells are still empty.
enum ColumnCells {
    /// Numbers, and how they were read where all carry a sign; an empty cell is not a number.
    case numbers([Double], mark: MarkedCells?)
    /// Dates.
    case dates(DateCells)
    /// One category a cell.
    case categories(CategoryCells)
    /// Several categories a cell.
    case parts(PartCells)
    /// The words of each cell, and which of them have numbers of their own.
    case words(WordColumn, vocabulary: Int?, WordSettings)
    /// None: of a target that is the inputs, with no labels beside them.
    case nothing
}

extension ColumnCells {
    /// Which cells are empty; of texts, and of cells of several categories, none is.
    var areEmpty: [Bool] {
        switch self {
        case .numbers(let numbers, _): numbers.map(\.isNaN)
        case .dates(let dates): dates.seconds.map(\.isNaN)
        case .categories(let categories): categories.numbers.map { $0 < 0 }
        case .parts, .words, .nothing: []
        }
    }
}
