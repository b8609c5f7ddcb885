import ArgumentParser
import Projects

/// `ablate predictions`: what finished runs have answered for validation and test rows.
struct PredictionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predictions", abstract: "Lists what finished runs have answered for validation and test rows.",
        discussion: """
            A line a run and row: variant, run, part, fold and repeat, seed, the row's number as `ablate data preview` counts it, target and prediction, and a column for the \
            output of each class. Values are in the target's own unit. Under folds the part "folds" has every row that trains once a seed.
            Example: ablate predictions bank-churn --variant wide --part test --key CustomerId -o answers.csv
            """)

    @Argument(help: "The experiment: a path, or the stem of a file in experiments/.")
    var experiment: String

    @Option(help: ArgumentHelp("Only this variant (repeatable); all unless given.", valueName: "variant"))
    var variant: [String] = []

    @Option(help: ArgumentHelp("validation, test or folds, separated by commas; all that there are unless given.", valueName: "parts"))
    var part: String?

    @Option(help: ArgumentHelp("A column of the table that tells its rows apart, such as an identity number.", valueName: "column"))
    var key: String?

    @Option(help: ArgumentHelp("csv, json, md or table.", valueName: "form"))
    var format = Listing.Format.csv

    @OptionGroup var file: ResultFileOptions
    @OptionGroup var folders: FolderOptions

    func validate() throws { _ = try parts }

    private var parts: [StoredPredictions.Part] {
        get throws {
            try (part?.split(separator: ",", omittingEmptySubsequences: false) ?? []).map { word in
                guard let found = StoredPredictions.Part(rawValue: String(word)) else {
                    let known = StoredPredictions.Part.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--part \(word): expected some of \(known), separated by commas")
                }
                return found
            }
        }
    }

    func run() throws {
        let (path, project) = try Project.locate(experiment)
        let workspace = Workspace(project, folders, takesRecordedFeatures: true)
        let predictions = try workspace.storedPredictions(
            of: workspace.experiment(path), variants: variant, parts: parts, key: key)
        Output.warn(predictions.notes + workspace.notesOnFeatures)
        var text = format == .csv ? Listing(columns: predictions.columns).csvHeader : ""
        var whole = Listing(columns: predictions.columns)
        try predictions.forEachRun { lines in
            guard format == .csv else { return lines.forEach { whole.add($0) } }
            var listing = Listing(columns: predictions.columns)
            for line in lines { listing.add(line) }
            text += listing.csvLines
            guard file.output == nil else { return }
            Output.result(text)
            text = ""
        }
        if format != .csv { text = whole.text(as: format, of: "predictions") }
        if !text.isEmpty { try file.write(text) }
    }
}
