import Datasets
import ONNX
import Reports
import Scheduling
import Settings
import Statistics

/// The page that an exported model carries for people: what it is for, what it takes and gives, how well it did, what it comes from.
public struct ModelCard {
    /// The data set, as far as somebody told of it.
    public struct Source: Sendable {
        /// What the experiment calls it.
        public var name: String
        /// What it is, in a few sentences.
        public var description: String?
        /// Under which terms the data may be used.
        public var licence: String?
        /// Whom to cite.
        public var citation: String?

        /// A data set of that name.
        public init(name: String, description: String? = nil, licence: String? = nil, citation: String? = nil) {
            (self.name, self.description, self.licence, self.citation) = (name, description, licence, citation)
        }
    }

    let model: TrainedModel
    let source: Source
    /// Of plain columns the numbers that trained.
    let ranges: [String: ClosedRange<Double>]
    /// What luck can do to the means of figures, where that is known.
    let estimates: [String: DifferenceEstimate]
    let hasONNX: Bool

    /// The card of a model.
    public init(
        _ model: TrainedModel, source: Source, ranges: [String: ClosedRange<Double>], estimates: [String: DifferenceEstimate] = [:],
        hasONNX: Bool
    ) {
        (self.model, self.source, self.ranges, self.estimates, self.hasONNX) = (model, source, ranges, estimates, hasONNX)
    }

    /// The page.
    public var text: String {
        ["# \(model.title.asMarkdown): \(model.variant.asMarkdown)", purpose, use, inputs, figures, data, limits]
            .joined(separator: "\n\n") + "\n"
    }

    private var encoder: FittedEncoder { model.encoders[0] }

    /// What runs on features of another experiment ask of whoever has rows.
    private var featureNote: String {
        guard case .features = model.settings.dataset else { return "" }
        return " Its columns are \(model.settings.dataset.spoken.asMarkdown): this folder does not hold what makes them of rows, which "
            + "`ablate predict \(model.experiment):\(model.variant)` asks in the project itself."
    }

    private var purpose: String {
        let answers =
            switch encoder.target {
            case .classes(let names): "one of \(names.count) classes (\(Self.listed(names)))"
            case .severalLabels(let names): "any of \(names.count) labels (\(Self.listed(names)))"
            case .values: "a number, in its own unit"
            case .inputs: "the inputs given again"
            case .sequences: "numbers"
            }
        let seeds = Set(model.runs.map(\.seed)).sorted().map(String.init).joined(separator: ", ")
        let who =
            model.runs.count == 1
            ? "One run (seed \(seeds)\(model.settings.split.runName(fold: model.runs[0].fold).map { ", " + $0 } ?? "")) answers."
            : "The mean over \(model.runs.count) runs (seeds \(seeds)) answers; each of them can be had by itself with `--seed` or `--run` of `ablate export`."
        return """
            Predicts \(model.target.asMarkdownCode), \(answers), from \(counted(encoder.inputs.count, "column")). \(who) Exported by ablate \
            \(Versions.ablate) from the variant \(model.variant.asMarkdownCode) of the experiment \(model.experiment.asMarkdownCode).
            """ + featureNote
    }

    private var use: String {
        let row = encoder.inputs.prefix(3).map { "\($0.column)=…" }.joined(separator: ",")
        let onnx =
            hasONNX
            ? "\n- `model.onnx`: the same for other programs (ONNX, opset \(ONNXModel.opset)): an input a column, the encodings within."
            : ""
        return """
            ## Use

            \("ablate predict FOLDER --csv new.csv\nablate predict FOLDER --row \((encoder.inputs.count > 3 ? row + ",…" : row).shellWord)".asMarkdownBlock)

            No data set is needed. Tables are written as that of the training data; further columns are ignored.

            - `model.json`: settings, encoders, digests; versioned and sealed.
            - `weights-*.safetensors`: the trained numbers of each run.\(onnx)
            """
    }

    private var inputs: String {
        var table = MarkdownTable([.init("column"), .init("becomes"), .init("trained on"), .init("empty cell")])
        for column in encoder.inputs {
            let range = ranges[column.column].map { "\(spoken(figure: $0.lowerBound)) to \(spoken(figure: $0.upperBound))" } ?? ""
            let empty = column.missing.map { $0.isEmpty ? "none of them" : $0.asMarkdown } ?? "refused"
            table.rows.append([column.column.asMarkdown, column.words.asMarkdown, range, empty])
        }
        let folds =
            model.encoders.count > 1 ? "\n\nFigures and categories are those of the first fold; the others have their own." : ""
        return "## Inputs\n\n\(table.text)\(folds)"
    }

    private var figures: String {
        let names = Set(model.runs.flatMap(\.figures.keys)).filter { FigureName($0).part != .train && !$0.contains("[") }.sorted()
        let intervals = estimates.filter { names.contains($0.key) }.compactMapValues { $0.interval() }
        let hasIntervals = !intervals.isEmpty
        var table = MarkdownTable(
            [.init("figure"), .init(model.runs.count > 1 ? "mean ± deviation of runs" : "value", .right)]
                + (hasIntervals ? [.init("95 % interval", .right), .init("which covers the luck of")] : []))
        for name in names {
            guard let sample = Sample(model.runs.compactMap { $0.figures[name] }) else { continue }
            let digits = Digits([sample])
            table.rows.append(
                [FigureName(name).words, digits.text(sample)]
                    + (hasIntervals
                        ? [
                            intervals[name].map { "\(digits.text($0.lower)) to \(digits.text($0.upper))" } ?? "",
                            intervals[name] == nil ? "" : estimates[name]?.basis.luck ?? "",
                        ] : []))
        }
        let note =
            model.runs.count > 1
            ? "Figures are those of single runs; the mean of their answers was not measured by itself."
            : "Figures of one run on one set of rows; its experiment's report says what they are worth."
        let ofSeeds =
            intervals.keys.contains { estimates[$0]?.basis == .seeds }
            ? " Where an interval covers seeds alone, other rows would vary more." : ""
        return "## Figures\n\n\(table.rows.isEmpty ? "None were kept." : "\(table.text)\n\n\(note)\(ofSeeds)")"
    }

    private var data: String {
        let counts = encoder.counts
        let parts = [(counts.train, "train"), (counts.validation, "validate"), (counts.test, "test")].filter { $0.0 > 0 }
            .map { "\(Reports.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
        let folds = counts.folds.map { " (in each of \($0) folds)" } ?? ""
        let machines = Set(model.runs.map { "\($0.machine.processor), \($0.machine.instructions)" }).sorted().joined(separator: "; ")
        let lines: [String?] = [
            "- Data set: \(source.name.asMarkdown)\(source.description.map { ". \($0.asMarkdown)" } ?? "")",
            "- Rows: \(Reports.grouped(counts.all)), of which \(parts)\(folds)", "- SHA-256 of the content: `\(encoder.contentDigest)`",
            "- Licence of the data: \(source.licence?.asMarkdown ?? "not known to the program; ask whoever gave you the table")",
            source.citation.map { "- Citation: \($0.asMarkdown)" },
            "- Runs: \(model.runs.map { "`\($0.identity.hex)`" }.joined(separator: ", "))",
            "- Trained on: \(machines.asMarkdown)",
        ]
        return "## Where it comes from\n\n" + lines.compactMap(\.self).joined(separator: "\n")
    }

    private var limits: String {
        """
        ## Limits

        - Answers for numbers outside the ranges above, or for rows of another origin, have not been measured.
        - On another kind of processor, or with a build for other instructions, the last bits may differ; `ablate predict` says so.
        """
    }

    private static func listed(_ names: [String]) -> String {
        let shown = names.prefix(12).map(\.asMarkdownCode).joined(separator: ", ")
        return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
    }
}

extension DifferenceEstimate.Basis {
    fileprivate var luck: String {
        switch self {
        case .seedsAndExamples: "seeds and examples"
        case .examples: "examples"
        case .seeds: "seeds"
        case .folds: "folds"
        }
    }
}

extension PredictionSubject {
    /// What luck can do to the means of the runs' figures, by name, where that is known.
    public var estimates: [String: DifferenceEstimate] {
        let names = Set(runs.flatMap(\.record.figures.keys)).filter { FigureName($0).part != .train && !$0.contains("[") }
        return Dictionary(
            names.compactMap { name in DifferenceEstimate(of: name, in: runs).map { (name, $0) } }, uniquingKeysWith: { first, _ in first })
    }

    /// The data set that the runs were trained on, as far as the catalogue tells of it.
    public var source: ModelCard.Source {
        guard case .catalogue(let name) = settings.dataset, let entry = try? workspace.data.entry(named: name) else {
            return ModelCard.Source(name: settings.dataset.spoken)
        }
        return ModelCard.Source(name: entry.title, description: entry.description, licence: entry.licence, citation: entry.citation)
    }
}
