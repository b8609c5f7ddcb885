import RunStore
import Settings

/// Rows of a table that a run made, beside real ones.
extension Comparison {
    /// Of the best variant that made any.
    var madeRowsParagraphs: [String] {
        let order = [bestResult] + results.filter { $0.name != bestResult.name }
        for result in order {
            guard let run = result.runs.first(where: { !$0.isDiverged }), let rows = run.stored.exhibits()?.rows, rows.isWhole else {
                continue
            }
            let whose = (hasVariants ? "\(result.code), " : "") + "seed \(run.record.seed)"
            return [
                "Rows that are \(rows.name) beside \(rows.part) rows (\(whose)), in the units of the table where numbers were scaled:",
                rows.rowTable.text,
            ] + rows.spreadParagraphs
        }
        return []
    }
}

extension Exhibits.Rows {
    /// Whether every column has as many rows of each kind.
    fileprivate var isWhole: Bool {
        guard let first = columns.first else { return false }
        return columns.allSatisfy { $0.made.count == first.made.count && $0.real.count == first.real.count }
    }

    /// Of so many made rows means and spreads can be told.
    private static let leastRows = 100

    /// Means and spreads of made rows and of real ones, where there are enough of the made ones.
    fileprivate var spreadParagraphs: [String] {
        guard madeCount >= Self.leastRows else {
            let verb = madeCount == 1 ? "was" : "were"
            return [
                "\(counted(madeCount, "row")) \(verb) made, too few to compare means and spreads with those of \(part) rows\(omittedWords)."
            ]
        }
        return [
            "Columns of \(counted(madeCount, "row")) that are \(name) and of \(counted(realCount, "\(part) row"))\(omittedWords):",
            spreadTable.folded("columns"),
        ]
    }

    private var omittedWords: String {
        omitted > 0 ? "; \(counted(omitted, "further column")) \(omitted == 1 ? "is" : "are") left out" : ""
    }

    /// A row each, those that were made first.
    fileprivate var rowTable: MarkdownTable {
        let hasClasses = !captions.isEmpty
        var table = MarkdownTable(
            [.init("rows")] + (hasClasses ? [.init("class")] : []) + columns.map { .init($0.name.asMarkdown, .right) })
        let texts = columns.map(ColumnNumbers.init)
        for (kind, numbers, classes) in [(name, \Column.made, captions), (part, \Column.real, realCaptions ?? [])] {
            for place in columns[0][keyPath: numbers].indices {
                let own = classes.indices.contains(place) ? classes[place].asMarkdown : ""
                table.rows.append(
                    [kind] + (hasClasses ? [own] : []) + zip(columns, texts).map { $1.text($0[keyPath: numbers][place]) })
            }
        }
        return table
    }

    /// A row a column.
    fileprivate var spreadTable: MarkdownTable {
        var table = MarkdownTable([
            .init("column"), .init("mean, \(name)", .right), .init("mean, \(part)", .right),
            .init("standard deviation, \(name)", .right), .init("standard deviation, \(part)", .right),
        ])
        for column in columns {
            let numbers = ColumnNumbers(column)
            table.rows.append(
                [column.name.asMarkdown]
                    + [column.madeSpread.mean, column.realSpread.mean, column.madeSpread.deviation, column.realSpread.deviation].map {
                        $0.map(numbers.text) ?? "–"
                    })
        }
        return table
    }
}
