import ArgumentParser
import Datasets
import Documents
import Experiments
import Projects
import RunStore
import Scheduling
import Settings
import Training

/// `ablate predict`: what finished runs answer for new rows.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Asks finished runs for new rows.",
        discussion: """
            The rows are encoded as the run's own were. Of an experiment's variant, the mean over all finished seeds and folds answers. Without \
            --row and --csv the rows of the experiment's own key "predict" are asked.
            Examples: ablate predict bank-churn --row 'Geography=Spain,CreditScore=500,…'; ablate predict wine:wide --csv new.csv
            """)

    @Argument(help: "The first digits (4 or more) of a run's identity, or an experiment, or experiment:variant (baseline unless named).")
    var subject: String

    @Option(help: ArgumentHelp("One row (repeatable).", valueName: "column=value,…"))
    var row: [String] = []

    @Option(help: ArgumentHelp("A table with the columns that the run was trained on; others are ignored.", valueName: "file"))
    var csv: String?

    @Flag(help: "Write JSON.")
    var json = false

    @OptionGroup var folders: FolderOptions

    func validate() throws {
        guard row.isEmpty || csv == nil else { throw ValidationError("give rows or a table: --row column=value,… or --csv FILE") }
    }

    func run() throws {
        let subject = try PredictionSubject(named: subject) { Workspace($0, folders) }
        Output.warn(subject.warnings)
        if subject.runsWithoutWeights > 0 {
            Output.message("\(counted(subject.runsWithoutWeights, "run")) more cannot answer: the weights were removed, as keep has it\n")
        }
        guard !row.isEmpty || csv != nil || !subject.askedRows.isEmpty else {
            throw Refusal("give rows: --row column=value,… or --csv FILE", help: "or name rows in the file, under predict")
        }
        let format = try subject.workspace.request(for: subject.settings).source.tableFormat
        var notices: [DatasetNotice] = []
        let predictions = try VariantPredictions(of: subject.runs, settings: subject.settings) { fold, seed in
            let dataset = try subject.dataset(fold: fold, seed: seed)
            let rows = try encoded(RowEncoder(dataset, format: format), asked: subject.askedRows)
            notices += rows.flatMap(\.notices)
            guard rows.contains(where: { $0.rowCount > 0 }) else { throw Refusal("\(csv ?? "the table") has no rows") }
            return (dataset.summary, rows)
        }
        tellNotices(notices)
        let text = PredictionText(
            subject: subject, target: subject.settings.target.column, predictions: predictions,
            names: row.isEmpty && csv == nil ? subject.askedRows.map(\.name) : nil)
        Output.result(json ? text.json : text.table)
    }

    // MARK: - Rows

    private func encoded(_ encoder: RowEncoder, asked: [AskedRow]) throws -> [EncodedRows] {
        if row.isEmpty && csv == nil { return try asked.map { try encoder.encode($0.cells(of: encoder)) } }
        if let csv { return [try encoder.encode(csv: csv)] }
        return try row.map { try encoder.encode(cells(of: $0, columns: encoder.columns)) }
    }

    /// The cells of a row by column. A value in quotes, or that of a single column, may hold commas.
    private func cells(of row: String, columns: [String]) throws -> [String: String] {
        if columns.count == 1, let column = columns.first, row.hasPrefix(column + "=") {
            return [column: String(row.dropFirst(column.count + 1))]
        }
        var cells: [String: String] = [:]
        for part in row.splitOutsideQuotes() {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                throw Refusal(
                    "--row: \"\(part)\" is not of the form column=value",
                    help: "a value with a comma stands in quotes, column=\"a, b\"; columns: \(columns.joined(separator: ", "))")
            }
            let name = sides[0].trimmed
            guard cells.updateValue(sides[1].trimmed.unquoted, forKey: name) == nil else { throw Refusal("--row: \(name) stands twice") }
        }
        return cells
    }
}

extension String {
    /// The parts between commas; a comma between double quotes parts nothing.
    fileprivate func splitOutsideQuotes() -> [Substring] {
        var isQuoted = false
        var before: Character?
        return split(omittingEmptySubsequences: false) { character in
            // A quote that does not open a value, as that of 5", is a character like others.
            if character == "\"", isQuoted || before == "=" || before == "\"" { isQuoted.toggle() }
            before = character
            return character == "," && !isQuoted
        }
    }

    /// The text between the quotes that enclose it, `""` standing for one of them; the text itself when none do.
    fileprivate var unquoted: String {
        guard count > 1, first == "\"", last == "\"" else { return self }
        return String(dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
