import ArgumentParser
import Datasets
import Documents
import Experiments
import RunStore
import Training

/// `ablate predict`: what finished runs answer for new rows.
struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict", abstract: "Asks finished runs for new rows.",
        discussion: """
            The rows are encoded as the run's own were. Of an experiment's variant, the mean over all finished seeds and folds answers.
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
        guard row.isEmpty != (csv == nil) else { throw ValidationError("give rows: --row column=value,… or --csv FILE") }
    }

    func run() throws {
        let subject = try PredictionSubject(named: subject, folders)
        let dataset = try subject.workspace.data.open(
            subject.workspace.request(for: subject.settings), progress: { tellProgress($0) })
        try subject.check(dataset.summary)
        let rows = try encoded(RowEncoder(dataset))
        guard rows.contains(where: { $0.rowCount > 0 }) else { throw Refusal("\(csv ?? "the table") has no rows") }
        var sums: [[Double]] = []
        var answer = Predictor.Answer.values
        for run in subject.runs {
            let predictor = try predictor(run, settings: subject.settings, data: dataset.summary)
            answer = predictor.answer
            let answers = try rows.flatMap { try predictor.answers(for: $0) }
            sums = sums.isEmpty ? answers : zip(sums, answers).map { zip($0, $1).map { $0 + $1 } }
        }
        let count = Double(subject.runs.count)
        let text = PredictionText(
            subject: subject, target: dataset.summary.targetColumn, answer: answer, answers: sums.map { $0.map { $0 / count } })
        Output.result(json ? text.json : text.table)
    }

    private func predictor(_ run: StoredRun, settings: TrialSettings, data: DatasetSummary) throws -> Predictor {
        do {
            let weights = try run.weights().map { TrainedParameter(name: $0.name, shape: $0.shape, values: $0.values) }
            return try Predictor(settings, data: data, weights: weights)
        } catch let damage as DamagedFile {
            throw Refusal("\(damage)", exitCode: .runFailed)
        } catch let problem as PredictionProblem {
            throw Refusal("\(Files.spoken(run.folder.path)): \(problem)", exitCode: .runFailed)
        } catch let problem as PreparationProblem {
            throw Refusal("\(problem)", exitCode: .runFailed)
        }
    }

    // MARK: - Rows

    private func encoded(_ encoder: RowEncoder) throws -> [EncodedRows] {
        if let csv { return [try encoder.encode(csv: csv)] }
        return try row.map { try encoder.encode(cells(of: $0, columns: encoder.columns)) }
    }

    /// The cells of a row by column. A single column's value may hold commas.
    private func cells(of row: String, columns: [String]) throws -> [String: String] {
        if columns.count == 1, let column = columns.first, row.hasPrefix(column + "=") {
            return [column: String(row.dropFirst(column.count + 1))]
        }
        var cells: [String: String] = [:]
        for part in row.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2 else {
                throw Refusal("--row: \"\(part)\" is not of the form column=value", help: "columns: \(columns.joined(separator: ", "))")
            }
            let name = sides[0].trimmed
            guard cells.updateValue(sides[1].trimmed, forKey: name) == nil else { throw Refusal("--row: \(name) stands twice") }
        }
        return cells
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
