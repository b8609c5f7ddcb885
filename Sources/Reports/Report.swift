import Experiments
import RunStore
import Settings

/// What people read of an experiment: Markdown with figures beside it, made from finished runs alone. The same store gives the same bytes.
public struct Report: Sendable {
    /// The answer in a sentence or two, as Markdown.
    public let headline: String
    /// What a reader must know before trusting the figures, a sentence each, as Markdown.
    public let warnings: [String]
    /// The whole report; it refers to ``figures`` by their paths.
    public let markdown: String
    /// What became of the experiment's claims.
    public let claims: [ClaimFinding]
    /// The pictures.
    public let figures: [ReportFigure]
    /// The facts of the page as JSON, for a report in that format.
    public let facts: String?
    /// All variants as CSV, where the tables show the best of them alone.
    public let listing: String?

    /// Compares the runs of `experiment` that `survey` found finished.
    ///
    /// `plainMethods` are the figures of methods without a network, for the experiment that asks for them, `predictions` what is predicted for its rows,
    /// `layers` the networks by variant, `pictures` where images of examples and filters are found.
    /// `dataNotices` are what must be known of the data sets, `absentData` those that were not at hand.
    /// `command` is what a reader types to get the same report, such as `make experiment NAME=reuters-width`.
    /// An `excerpt` tells of other or fewer runs than the file asks for: it says so on top and refers to no figures.
    /// With `format` JSON it has ``facts``.
    /// Throws a ``ReportRefusal`` when there is nothing to tell, so that nobody writes an empty report over a full one.
    public init(
        experiment: Experiment, survey: Survey, plainMethods: [PlainMethodRecord] = [],
        predictions: AskedRowPredictions = AskedRowPredictions(), layers: @escaping (_ variant: String) -> [LayerFacts] = { _ in [] },
        pictures: ReportPictures? = nil, dataNotices: [DataNotice] = [], absentData: [String] = [], command: String,
        excerpt: ReportExcerpt? = nil,
        as format: ReportFormat = .markdown
    ) throws(ReportRefusal) {
        let comparison = try Comparison(
            experiment: experiment, survey: survey, plainMethods: plainMethods, predictions: predictions, layers: layers)
        let figures = excerpt == nil ? comparison.figures(pictures) : []
        let warnings = comparison.warningSentences + dataNotices.map(\.warning)
        let claims = excerpt?.keepsSettings ?? true ? comparison.claimFindings : []
        let headline = [comparison.headline, comparison.claimsAnswer(claims)].compactMap(\.self).joined(separator: " ")
        self.headline = headline
        listing = excerpt == nil ? comparison.listing : nil
        self.warnings = warnings
        facts = format == .json ? comparison.facts(answer: headline, claims: claims, warnings: warnings, excerpt).prettyText + "\n" : nil
        self.figures = figures
        self.claims = claims
        markdown =
            [
                comparison.headSection(headline, excerpt),
                comparison.variantsSection(figures: figures, hasListing: listing != nil),
                comparison.claimsSection(claims),
                comparison.seedsSection,
                comparison.finalistsSection,
                comparison.attributionSection,
                comparison.plainMethodsSection,
                comparison.sweptSettingsSection(figures: figures),
                comparison.nestedSelectionSection,
                comparison.refitSection,
                comparison.curvesSection(figures: figures),
                comparison.pretrainingSection(figures: figures),
                comparison.stoppingSection,
                comparison.forecastSection(figures: figures),
                comparison.writtenTextsSection,
                comparison.gradientsSection(figures: figures),
                comparison.stepGradientsSection(figures: figures),
                comparison.classesSection(figures: figures),
                comparison.picturesSection(figures: figures),
                comparison.columnsSection,
                comparison.codeSection(figures: figures),
                comparison.filtersSection(figures: figures),
                comparison.featuresSection(figures: figures),
                comparison.calibrationSection(figures: figures),
                comparison.functionSection,
                comparison.predictionsSection,
                excerpt?.keepsSettings ?? true ? comparison.referencesSection : nil,
                comparison.warningsSection(warnings),
                comparison.layersSection,
                comparison.settingsSection,
                comparison.reproductionSection(command: command, absentData: absentData),
            ].compactMap { $0 }.joined(separator: "\n\n") + "\n"
    }

    /// Writes `report.md`, `figures/*.svg`, their numbers as `figures/*.csv` and, where there is a listing, `figures/variants.csv` into the experiment's folder of
    /// the store and returns the report's path. Figures of an earlier report that this one lacks are removed.
    @discardableResult
    public func write(to folder: OutputFolder) throws(StoreError) -> String {
        var files: [String: String] = ["variants.csv": listing].compactMapValues(\.self)
        for figure in figures {
            files[figure.name + ".svg"] = figure.svg
            files[figure.name + ".csv"] = figure.data
        }
        try folder.folder("figures").replaceAll(of: Self.figureNames, by: files)
        try folder.write(markdown, as: "report.md")
        return folder.path + "/report.md"
    }

    /// The files that a report may write into its folder `figures`.
    private static let figureNames =
        [
            "calibration", "code", "confusion", "curves", "differences", "features", "filters", "forecast", "frontier", "gradients",
            "heatmap",
            "line",
            "mistakes", "parallel", "pictures", PretrainingFigure.name, "ranking",
            "settings", "step-gradients",
        ].flatMap {
            [$0 + ".svg", $0 + ".csv"]
        } + ["variants.csv"]
}

/// Why a report is not that of the whole experiment.
public struct ReportExcerpt: Hashable, Sendable {
    /// What a reader must know first, such as `With training.epochs=3, other than the file says.`
    public let sentence: String
    /// Whether every setting is as the file says, so that figures printed elsewhere may stand beside.
    public let keepsSettings: Bool

    /// An excerpt, and why.
    public init(sentence: String, keepsSettings: Bool) {
        self.sentence = sentence
        self.keepsSettings = keepsSettings
    }
}

extension Comparison {
    /// All that there is reason to draw.
    fileprivate func figures(_ pictures: ReportPictures?) -> [ReportFigure] {
        let settings = sweptSettings
        let joint = [LineFigure(self, settings)?.reportFigure, HeatMapFigure(self, settings)?.reportFigure].compactMap(\.self)
        // Where those tell what the settings do, a cloud a setting tells no more.
        let clouds = joint.isEmpty ? SettingsFigure(self, settings)?.reportFigure : nil
        return [DifferencesFigure(self)?.reportFigure].compactMap(\.self) + joint
            + [
                FrontierFigure(self)?.reportFigure, clouds, ParallelFigure(self, settings)?.reportFigure,
                CurvesFigure(self)?.reportFigure, PretrainingFigure(self)?.reportFigure, ForecastFigure(self, pictures)?.reportFigure,
                GradientsFigure(self)?.reportFigure,
                StepGradientsFigure(self)?.reportFigure,
                ConfusionFigure(self)?.reportFigure,
                CalibrationFigure(self)?.reportFigure, RankingFigure(self)?.reportFigure,
                MistakesFigure(self, pictures)?.reportFigure, FiltersFigure(self, pictures)?.reportFigure,
                FeaturesFigure(self, pictures)?.reportFigure,
                ExhibitsFigure(self)?.reportFigure, CodeFigure(self)?.reportFigure,
            ].compactMap(\.self)
    }
}

/// A picture of a report.
public struct ReportFigure: Hashable, Sendable {
    /// The path from the report, such as `figures/curves.svg`.
    public let path: String
    /// The picture as text.
    public let svg: String
    /// What it shows in a line, for those who do not see it.
    public let caption: String
    /// How it was drawn, for those who do, as Markdown; nil where the caption says it all.
    public let note: String?
    /// Its numbers as CSV.
    public let data: String

    init(path: String, svg: String, caption: String, note: String? = nil, data: String) {
        self.path = path
        self.svg = svg
        self.caption = caption
        self.note = note
        self.data = data
    }

    /// Such as `curves`.
    var name: String { String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "") }

    /// Where its numbers stand, from the report.
    var dataPath: String { "figures/\(name).csv" }

    /// The picture and what is to be said below it, as Markdown.
    var paragraphs: [String] {
        ["![\(caption.asMarkdown)](\(path))", [note, "[The numbers](\(dataPath))."].compactMap(\.self).joined(separator: " ")]
    }
}
