import Metrics
import RunStore
import Settings
import Statistics

/// How well each column of a table is given again by networks that are asked for their inputs.
extension Comparison {
    /// So many columns are shown, those that are given again worst.
    private static let mostColumns = 20

    /// Of the best variant and of the baseline; nil where neither is asked for the columns of a table.
    var columnsSection: String? {
        let found = (best == 0 ? [0] : [best, 0]).compactMap { index in ColumnErrors(results[index]).map { (results[index].code, $0) } }
        guard let first = found.first?.1 else { return nil }
        let shown = found.filter { $0.1.names == first.names && $0.1.part == first.part }
        let order = first.columns.indices.sorted { one, other in
            let (a, b) = (first.columns[one].explained ?? -.infinity, first.columns[other].explained ?? -.infinity)
            return (a, one) < (b, other)
        }
        let places = order.count > Self.mostColumns ? Array(order.prefix(Self.mostColumns)) : Array(first.columns.indices)
        var table = MarkdownTable(
            [.init("column"), .init("standard deviation", .right)]
                + shown.flatMap { [.init("error of \($0.0)", .right), .init("explained", .right)] })
        for place in places {
            let figures = shown.flatMap { _, errors -> [String] in
                let column = errors.columns[place]
                return [significant(column.error, digits: 3), column.explained.map { Digits(decimals: 2).text($0) } ?? "–"]
            }
            table.rows.append([first.names[place].asMarkdown, significant(first.columns[place].deviation, digits: 3)] + figures)
        }
        let runs = first.runs > 1 ? "; the mean of \(first.runs) runs" : ""
        let omitted =
            order.count > places.count
            ? " \(counted(order.count - places.count, "further column")) that are given again better \(order.count - places.count == 1 ? "is" : "are") left out."
            : ""
        let note =
            "Error: how far the cells of the \(counted(first.examples, "\(first.part.rawValue) row")) lie from what the network gives again, root mean square, in the column's own unit\(runs). "
            + "Explained: 1 less the square of error over standard deviation, run by run: 1 where it is given again exactly, 0 where its mean would do as well.\(omitted)"
        return ["## Columns given again", table.text, note].joined(separator: "\n\n")
    }
}

/// The errors of a variant's runs by column, means over the runs that keep their answers.
private struct ColumnErrors {
    struct Column {
        /// Root mean square, in the column's own unit.
        var error: Double
        /// Of the cells, with n in the divisor, in the same unit.
        var deviation: Double
        /// The share of the variance, in the same unit; nil where the cells are all the same.
        var explained: Double?
    }

    let part: FigureName.Part
    let names: [String]
    var columns: [Column]
    let runs: Int
    let examples: Int

    /// Of validation rows, or of test rows where none validate; nil where no run tells.
    init?(_ result: VariantResult) {
        var (names, columns, examples): ([String], [[Column]], Set<Int32>) = ([], [], [])
        var part = FigureName.Part.validation
        for run in result.runs where !run.isSpoilt {
            guard case .inputs(let inputs)? = run.record.target, let found = try? run.stored.predictions(),
                let rows = found.validation ?? found.test, rows.hasTargets(for: run.record.target), rows.width == inputs.count,
                names.isEmpty || names == inputs.map(\.name)
            else { continue }
            part = found.validation == nil ? .test : .validation
            names = inputs.map(\.name)
            examples.formUnion(rows.rows)
            columns.append(Self.columns(rows, inputs, result.variant.trial.settings.training.loss.outputMeaning))
        }
        guard let first = columns.first, examples.count > 1 else { return nil }
        let count = Double(columns.count)
        self.columns = first.indices.map { place in
            let shares = columns.compactMap { $0[place].explained }
            return Column(
                error: columns.reduce(0) { $0 + $1[place].error } / count,
                deviation: columns.reduce(0) { $0 + $1[place].deviation } / count,
                explained: shares.count == columns.count ? shares.reduce(0, +) / count : nil)
        }
        (self.part, self.names, runs, self.examples) = (part, names, columns.count, examples.count)
    }

    private static func columns(_ rows: Predictions.Part, _ inputs: [RecordedColumn], _ meaning: OutputMeaning) -> [Column] {
        let width = inputs.count
        let answers = rows.rows.indices.map { meaning.values(rows.outputs[$0 * width..<($0 + 1) * width]) }
        return inputs.indices.map { place in
            let unit = inputs[place].unit
            let seen = rows.rows.indices.map { Double(rows.targets[$0 * width + place]) }
            let given = answers.map { $0[place] }
            let own = seen.map(unit.original)
            let squares = meanSquare(own, given.map(unit.original))
            let variance = meanSquare(own, Array(repeating: mean(own), count: own.count))
            return Column(
                error: squares.squareRoot(), deviation: variance.squareRoot(),
                explained: variance > 0 ? 1 - squares / variance : nil)
        }
    }

    private static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

    private static func meanSquare(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(one.count)
    }
}
