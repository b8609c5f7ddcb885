import Documents
import Projects
import Scheduling

/// What a network gives again of a table, with the names of its columns and in their own units.
extension PredictionText {
    /// So many columns of a table stand beside each other.
    private static let mostColumnsAcross = 8
    /// So many columns of a single row are listed.
    private static let mostColumnsDown = 40

    func linesByColumn(of reconstructions: Reconstructions) -> [String] {
        let answers = RunMeans(reconstructions.byRun)
        let columns = reconstructions.columns
        let limit = isSingle ? Self.mostColumnsDown : Self.mostColumnsAcross
        let left = columns.count > limit ? ["  the first \(limit) of \(columns.count) columns; --json tells all"] : []
        var table: TextTable
        if isSingle {
            table = TextTable([("column", .left), ("given again", .right)] + spreadColumn)
            for (place, column) in columns.prefix(limit).enumerated() {
                let spread = answers.spreads.map { [spoken(figure: $0[0][place])] } ?? []
                table.add([column, Self.told(answers.means[0][place])] + spread)
            }
        } else {
            table = TextTable([rowColumn] + errorColumn + columns.prefix(limit).map { ($0, .right) })
            for (row, values) in answers.means.enumerated() {
                table.add([name(row)] + error(row) + values.prefix(limit).map(Self.told))
            }
        }
        return table.lines + left + errorLines + ["  in the units of the table where numbers were scaled"]
    }

    /// A row's numbers by their columns, beside those that the network gives.
    func columnMembers(of reconstructions: Reconstructions) -> [[String: JSONValue]] {
        let answers = RunMeans(reconstructions.byRun)
        func byColumn(_ numbers: [Double]) -> JSONValue {
            .object(
                Dictionary(zip(reconstructions.columns, numbers.map(JSONValue.number)), uniquingKeysWith: { first, _ in first }))
        }
        return answers.means.indices.map { row in
            var members = ["columns": byColumn(answers.means[row])]
            members["column_deviations"] = answers.spreads.map { byColumn($0[row]) }
            return members
        }
    }
}
