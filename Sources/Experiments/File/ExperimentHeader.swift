import Documents
import Settings

/// The keys of an experiment file beside those of a trial: the question, and what is varied, repeated and compared.
struct ExperimentHeader: Sendable {
    var title: String?
    var notes: String?
    var extends: String?
    var seeds: SeedSettings
    var ablate: AblateHeader
    var sweep: [SweepBlock]?
    var baselines: [PlainMethod]
    var predict: [Keyed<[Keyed<String>]>]
    var select: SelectHeader?
    var expect: [Node]
    var reference: [Keyed<[Keyed<Node>]>]
    var disagreements: DisagreementSettings?
    var curves: CurveSettings?
    var keep: KeepSettings

    static let record = Record<ExperimentHeader>(
        "the experiment",
        Field(
            optional: "title", \.title, .text(), misnomers: ["name", "question"],
            doc: "The question that the experiment asks; the file's name unless written."),
        Field(optional: "notes", \.notes, .text(), misnomers: ["description", "comment"], doc: "Free text, shown in the report."),
        Field(
            optional: "extends", \.extends, .text("path of another experiment"), misnomers: ["base", "inherits"],
            doc: """
                Another experiment file, seen from this one, that gives the settings which are missing here. Keys here win, maps merge, lists \
                replace. title, notes, ablate, sweep, predict, expect, reference and disagreements belong to each file's own question and are not taken \
                over.
                """),
        Field(
            "seeds", \.seeds, SeedSettings.schema, default: .list([1]), misnomers: ["seed"],
            doc: """
                How many seeds, 1 … n, or a list of them: every variant has the same. {from: 4, to: 20} adds seeds where the comparison with the \
                baseline is still open, at looks that this fixes beforehand.
                """),
        Field(
            "ablate", \.ablate, AblateHeader.schema, default: .nothing, misnomers: ["variants", "ablations"],
            doc: "Named changes to the settings above, which are the baseline: {narrow: {model.mlp.hidden: [64, 4]}}."),
        Field(
            optional: "sweep", \.sweep, SweepBlock.listSchema, misnomers: ["search", "grid"],
            doc: "Spaces of settings to try; a list of blocks is their union, and points that come to one trial are one variant."),
        Field(
            "baselines", \.baselines, PlainMethod.listSchema, default: [], misnomers: ["plain_baselines"],
            doc: "Plain methods to stand beside the networks in the report, on the same rows: [majority, logistic]."),
        Field(
            "predict", \.predict, AskedRow.mapSchema, default: [], misnomers: ["predictions", "ask"],
            doc: """
                Rows to ask the trained networks about, each with a name: {newcomer: {age: 40, city: Riga}}. The report says what every \
                variant answers; under reference the figure is predict.newcomer. Where the data are features of another experiment, rows are \
                given as that experiment has them.
                """),
        Field(optional: "select", \.select, SelectHeader.schema, doc: "What chooses a winner; test figures never do."),
        Field(
            "expect", \.expect, .list(of: .raw), default: [], misnomers: ["claims", "expectations", "assert"],
            doc: """
                What is claimed before any run, an entry each; the report says whether it holds, fails or is undecided: \
                val_accuracy(narrow) < val_accuracy(baseline); wide > baseline > narrow; val_accuracy(baseline) in [0.76, 0.84]; \
                val_loss(a) - val_loss(b) > 0.03. A name alone stands for the figure of select.
                """),
        Field(
            "reference", \.reference, .map(of: "variant", to: .map(of: "figure", to: .raw)), default: [], misnomers: ["references"],
            doc: """
                Figures that others print, by variant: {narrow: {val_accuracy: 0.68, val_accuracy@1: 0.543}}; figure@epoch names an epoch, \
                and a list gives those of epochs 1, 2, …; overfitting_epoch is where overfitting starts by the rule of curves, predict.NAME the answer \
                for a row of predict, and confusion: [[90, 10], [20, 80]] a matrix of counts, a list for each true class.
                """),
        Field(
            optional: "disagreements", \.disagreements, DisagreementSettings.schema,
            doc: "Why figures under reference do not agree with ours, once the reason is found: {because: …, shown_by: an-experiment}."),
        Field(
            optional: "curves", \.curves, CurveSettings.schema, misnomers: ["curve", "plots"],
            doc: "How learning curves are drawn, and where overfitting starts; no run is trained again for it."),
        Field(
            "keep", \.keep, KeepSettings.schema, default: KeepSettings(), misnomers: ["save", "keeps"],
            doc: """
                Of which runs weights and predictions stay on disk: {weights: best, predictions: all}. Records and histories always \
                do, and so does what another experiment needs.
                """),
        build: ExperimentHeader.init)

    /// The keys that one file asks its question with, which no other file takes over.
    static let ownKeys: Set<String> = ["title", "notes", "extends", "ablate", "sweep", "predict", "expect", "reference", "disagreements"]
}

/// What chooses a winner, as written.
struct SelectHeader: Sendable {
    var metric: String
    var goal: Goal?
    var margin: Double?

    static let schema = Record<SelectHeader>(
        "select",
        Field(
            "metric", \.metric, .text("figure such as val_accuracy", pattern: Figures.pattern("val_|test_", trained: true)),
            doc: "The figure; val_accuracy or val_loss unless written."),
        Field(
            optional: "goal", \.goal, Goal.schema, misnomers: ["mode"],
            doc: "Which way it is better; maximize for accuracies and minimize for the rest unless written."),
        Field(
            optional: "margin", \.margin, .number(.above(0)),
            doc: "Differences in the figure up to this one are practically equivalent; without it nothing is called so."),
        build: SelectHeader.init
    ).schema
}

/// The whole file.
public enum ExperimentFormat {
    static let record = ExperimentHeader.record.joined(with: TrialSettings.record)

    /// JSON Schema of an experiment file, made from the definitions that decode it. It requires no key, because `extends` may give it.
    public static var jsonSchema: String {
        guard case .map(let members) = record.shape.jsonSchema(gaps: true) else { return "{}" }
        let head: [PlainValue.Member] = [
            .init("$schema", .text("https://json-schema.org/draft/2020-12/schema")), .init("title", .text("An experiment of Ablate")),
            .init(
                "$defs",
                .map(
                    record.shape.sharedDefinitions
                        + TrialSettings.record.shape.settingDefinitions(
                            beside: AblateHeader.besideSettings.shape, axes: [Axis.depthKey, Axis.widthKey]))),
        ]
        return PlainValue.map(head + members).prettyJSON + "\n"
    }

    /// Every key with its type, default and meaning.
    public static var keyReference: [KeyReference] { record.shape.reference() }

    /// The same as a Markdown table.
    public static var markdownReference: String { record.shape.markdownReference }
}
