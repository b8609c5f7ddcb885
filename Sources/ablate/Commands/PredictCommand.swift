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
        commandName: "predict", abstract: "Asks finished runs, or an exported model, for new rows.",
        discussion: """
            The rows are encoded as the run's own were. Of an experiment's variant, the mean over all finished seeds and folds answers. Without \
            --row and --csv the rows of the experiment's own key "predict" are asked.
            A text behind the name is asked as it is; of networks trained on running text --length writes on. --steps goes on with a time series, from its end or \
            from the end of the table --csv. Models of images take PNG and JPEG files, and folders of them; they are resized only where the encoding of the inputs \
            says how.
            Where the data are features that another experiment's run makes, rows are given as those of that experiment, under "predict", too, and go through its \
            run first. Windows of a time series are answered with the number of the row that is foretold. What is given again of a table stands in the units of \
            its columns.
            Examples: ablate predict mnist-cnn digit.png; ablate predict bank-churn --row 'Geography=Spain,CreditScore=500,…'; ablate predict wine:wide --csv new.csv; ablate predict ./model --csv new.csv
            """)

    @Argument(
        help:
            "The first digits (4 or more) of a run's identity, or an experiment, or experiment:variant (baseline unless named), or the folder of an exported model."
    )
    var subject: String

    @Argument(help: "A text, for networks whose only input is one; PNG or JPEG files, or folders of them, for models of images.")
    var items: [String] = []

    @Option(help: "How many words or characters a network of running text writes after the text.")
    var length: Int?

    @Option(help: "How boldly it writes: 0 takes the likeliest, 1 as often as it is likely.")
    var temperature = 1.0

    @Option(help: "The seed of what is drawn while it writes.")
    var seed = 1

    @Option(help: "How many steps of a time series are foretold.")
    var steps: Int?

    @Option(help: ArgumentHelp("One row (repeatable).", valueName: "column=value,…"))
    var row: [String] = []

    @Option(help: ArgumentHelp("A table with the columns that the run was trained on; others are ignored.", valueName: "file"))
    var csv: String?

    @Flag(help: "Write JSON.")
    var json = false

    @OptionGroup var folders: FolderOptions

    func validate() throws {
        guard [row.isEmpty, csv == nil, items.isEmpty].count(where: { !$0 }) <= 1 else {
            throw ValidationError("give rows, a table, or texts or pictures: --row column=value,…, --csv FILE, or behind the name")
        }
        if length != nil, items.count != 1 { throw ValidationError("--length goes with a text to go on with") }
        if let length, !(1...100_000).contains(length) { throw ValidationError("--length \(length): expected 1 to 100,000") }
        if let steps, !(1...10_000).contains(steps) { throw ValidationError("--steps \(steps): expected 1 to 10,000") }
        if steps != nil, !items.isEmpty || !row.isEmpty {
            throw ValidationError("--steps goes on with the series, or with a table: --csv FILE")
        }
        if !(0...100).contains(temperature) { throw ValidationError("--temperature \(temperature): expected 0 to 100") }
    }

    func run() throws {
        let (model, askedRows, runs) = try asked()
        let others = model.otherMachines()
        if !others.isEmpty {
            let machines = others.map { "\($0.processor) (\($0.instructions))" }.joined(separator: ", ")
            Output.message("ablate: note: trained on another kind of machine, \(machines): the last digits of answers may differ\n")
        }
        if let length, let text = items.first {
            let found = try model.text(TextWriting(length: length, temperature: temperature, seed: seed), after: text)
            Output.message("\(model.experiment), \(model.variant), seed \(found.run.seed), temperature \(temperature):\n")
            return Output.result(text + found.text + "\n")
        }
        if let steps { return try foretell(steps, model, runs) }
        let files = model.image == nil ? [] : try items.flatMap { Files.isFolder($0) ? try picturesIn($0) : [$0] }
        if model.image == nil, let file = items.first(where: { Files.isFile($0) || Files.isFolder($0) }) {
            throw Refusal(
                "\(file): the inputs of \(model.experiment) are no images, so no picture can be asked",
                help: "give rows: --row column=value,… or --csv FILE")
        }
        guard !row.isEmpty || csv != nil || !items.isEmpty || !askedRows.isEmpty else {
            if model.window != nil {
                throw Refusal("give rows of the series: --csv FILE", help: "or --steps N goes on from the end of the data")
            }
            throw Refusal("give rows: --row column=value,… or --csv FILE", help: "or name rows in the file, under predict")
        }
        var notices: [DatasetNotice] = []
        let predictions = try model.predictions { encoder in
            let rows =
                try model.image.flatMap { files.isEmpty ? nil : [try encoder.encode(pictures: files, as: $0)] }
                ?? encoded(encoder, asked: askedRows, order: model.orderOfWindows)
            notices += rows.flatMap(\.notices)
            guard rows.contains(where: { $0.rowCount > 0 }) else { throw Refusal("\(csv ?? "the table") has no rows") }
            return rows
        }
        tellNotices(notices)
        let names = items.isEmpty ? row.isEmpty && csv == nil ? askedRows.map(\.name) : nil : files.isEmpty ? nil : files
        let answers = PredictionText(model: model, predictions: predictions, names: names, windows: csv == nil ? nil : model.windowsOfRows)
        Output.result(json ? answers.json : answers.table)
    }

    /// The model that is asked, and the rows that its experiment asks about. A folder's name that an experiment has, too, stands for the experiment.
    private func asked() throws -> (TrainedModel, [AskedRow], PredictionSubject?) {
        let isExperiment = Project.containing(Files.currentFolder)?.files.contains { $0.name == subject } ?? false
        if ModelFolder.isOne(subject), !isExperiment { return (try ModelFolder.read(subject), [], nil) }
        if Files.isFolder(subject), !isExperiment {
            throw Refusal("\(subject) is a folder without an exported model", help: "ablate export EXPERIMENT -o FOLDER writes one")
        }
        let runs = try PredictionSubject(named: subject) { Workspace($0, folders, takesRecordedFeatures: true) }
        Output.warn(runs.warnings)
        Output.warn(runs.workspace.notesOnFeatures)
        if runs.runsWithoutWeights > 0 {
            Output.message("\(counted(runs.runsWithoutWeights, "run")) more cannot answer: the weights were removed, as keep has it\n")
        }
        // What a series goes on with are features already.
        return (try runs.model(makesFeatures: steps == nil), runs.askedRows, runs)
    }

    /// Writes the next steps of a series, from the end of the table that is given or of the data that the runs were trained on.
    private func foretell(_ steps: Int, _ model: TrainedModel, _ runs: PredictionSubject?) throws {
        let predictions = try model.forecast(steps: steps) { fitted, encoder, split in
            if let csv { return try SeriesEnd(encoder.encode(csv: csv, order: model.orderOfWindows), fitted) }
            guard let runs else { throw Refusal("a model has no data to go on from", help: "give the last rows: --csv FILE") }
            let dataset = try runs.dataset(split)
            return try withExtendedLifetime(dataset) { try SeriesEnd(dataset) }
        }
        let answers = PredictionText(model: model, predictions: predictions, names: (1...steps).map { "+\($0)" })
        Output.result(json ? answers.json : answers.table)
    }

    // MARK: - Rows

    private func picturesIn(_ folder: String) throws -> [String] {
        let files = try PictureFiles.paths(in: folder)
        guard !files.isEmpty else { throw Refusal("\(folder) has no PNG and no JPEG file") }
        return files
    }

    private func encoded(_ encoder: RowEncoder, asked: [AskedRow], order: String?) throws -> [EncodedRows] {
        if items.isEmpty && row.isEmpty && csv == nil { return try asked.map { try encoder.encode($0.cells(of: encoder)) } }
        if !items.isEmpty {
            guard encoder.columns.count == 1, let column = encoder.columns.first else {
                throw Refusal(
                    "a text alone is not enough, the inputs are \(encoder.columns.joined(separator: ", "))",
                    help: "give --row column=value,…")
            }
            return try items.map { try encoder.encode([column: $0]) }
        }
        if let csv { return [try encoder.encode(csv: csv, order: order)] }
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
