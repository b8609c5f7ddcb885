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
                "Columns of \(counted(rows.madeCount, "row")) that \(rows.madeCount == 1 ? "is" : "are") \(rows.name) and of \(counted(rows.realCount, "\(rows.part) row"))\(rows.omittedWords):",
                rows.spreadTable.folded("columns"),
            ]
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

    fileprivate var omittedWords: String {
        omitted > 0 ? "; \(counted(omitted, "further column")) \(omitted == 1 ? "is" : "are") left out" : ""
    }

    /// The digits of a column's numbers: those that its spread among real rows justifies, and one more.
    private func digits(_ column: Column) -> Digits {
        let spread = [column.realSpread.deviation, column.madeSpread.deviation].lazy.compactMap(\.self).first { $0 > 0 }
        guard let spread, spread.isFinite else { return Digits(decimals: column.real.allSatisfy { $0 == $0.rounded() } ? 0 : 4) }
        return Digits(decimals: Digits(spread: spread).decimals + 1)
    }

    /// A row each, those that were made first.
    fileprivate var rowTable: MarkdownTable {
        let hasCaptions = !captions.isEmpty
        var table = MarkdownTable(
            [.init("rows")] + (hasCaptions ? [.init("made as")] : []) + columns.map { .init($0.name.asMarkdown, .right) })
        for (kind, numbers) in [(name, \Column.made), (part, \Column.real)] {
            for place in columns[0][keyPath: numbers].indices {
                let caption = kind == name && captions.indices.contains(place) ? captions[place].asMarkdown : ""
                table.rows.append(
                    [kind] + (hasCaptions ? [caption] : []) + columns.map { digits($0).text($0[keyPath: numbers][place]) })
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
            let digits = digits(column)
            table.rows.append(
                [column.name.asMarkdown]
                    + [column.madeSpread.mean, column.realSpread.mean, column.madeSpread.deviation, column.realSpread.deviation].map {
                        $0.map { digits.text($0) } ?? "–"
                    })
        }
        return table
    }
}
