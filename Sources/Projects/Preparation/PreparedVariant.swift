import Datasets
import Documents
import Experiments
import RunStore
import Settings
import Training

/// A variant that was fitted to its data: what its runs are known by, how large they are. A class, since a search has thousands.
public final class PreparedVariant: Sendable {
    /// The variant.
    public let variant: Variant
    /// The encoded data that it is trained on.
    public let data: DatasetSummary
    /// What its trial needs.
    public let trial: PreparedTrial
    /// What its runs' identities have in common.
    public let basis: RunBasis
    /// The data set, as the file names it, where only records tell what its content was: it is not at hand.
    public let absentData: String?
    /// What must be known of features that another experiment's run makes.
    private let noticesOfFeatures: [String]

    init(
        variant: Variant, data: DatasetSummary, trial: PreparedTrial, basis: RunBasis, absentData: String?, noticesOfFeatures: [String] = []
    ) {
        (self.variant, self.data, self.trial, self.basis, self.absentData) = (variant, data, trial, basis, absentData)
        self.noticesOfFeatures = noticesOfFeatures
    }

    /// What must be known of its data and of what is made of them, in sentences.
    public var notices: [(sentence: String, isOfData: Bool)] {
        data.notices.map { ($0.sentence(naming: variant.trial.settings.split.foldName), true) }
            + (noticesOfFeatures + trial.notices).map { ($0, false) }
    }

    /// The estimated work of a run.
    public var work: Double { trial.estimatedSeconds }
    /// Equal for variants that run the same program.
    public var architecture: String { trial.signature }

    /// Fits every variant of an experiment to its data, which is fetched and encoded when that was not done yet. All findings come together. With `takesRecords`
    /// data that are not at hand are taken for those that finished runs were trained on.
    public static func all(of experiment: Experiment, workspace: Workspace, takesRecords: Bool = true) throws -> [PreparedVariant] {
        var summaries: [DataSettings: Result<DatasetSummary, any Error>] = [:]
        // Variants are compared, so they must have the same content, though somebody may be writing it.
        var contents = DataContents(of: experiment, workspace: workspace, takesRecords: takesRecords)
        var networks = KnownNetworks()
        var findings = Diagnostics()
        var fitted: [PreparedVariant] = []
        // Variants share most of their settings, and so their errors.
        var found = VariantFindings()
        for variant in experiment.variants {
            found.look(at: variant)
            do {
                let settings = variant.trial.settings
                let asked = DataSettings(settings)
                let summary =
                    summaries[asked]
                    ?? Result {
                        let request = try workspace.request(for: settings, seed: experiment.seeds.first)
                        return try workspace.summary(of: request, content: contents.digest(of: request), for: experiment.name)
                    }
                summaries[asked] = summary
                let data = try summary.get()
                let trial = try prepare(settings, data: data, known: &networks)
                if settings.split.refit { try workspace.checkRefit(settings, content: data.contentDigest, for: experiment.name) }
                let digests = DataDigests(content: data.contentDigest, encoding: data.encodingDigest)
                let basis = RunBasis(canonical: variant.trial.canonical, digests: digests, resultsVersion: resultsVersion)
                let source = try contents.absent.isEmpty ? nil : workspace.request(for: settings).source.name
                fitted.append(
                    PreparedVariant(
                        variant: variant, data: data, trial: trial, basis: basis,
                        absentData: source.flatMap { contents.absent.contains($0) ? $0 : nil },
                        noticesOfFeatures: try workspace.notices(ofFeatures: settings)))
            } catch let problem as PreparationProblem {
                found.add(variant.diagnostic(problem.message, at: problem.path, help: problem.help), of: variant)
            } catch {
                let wrong =
                    switch error {
                    case let error as DatasetError: [try variant.diagnostic(error)]
                    case let errors as DatasetErrors: try errors.all.map { try variant.diagnostic($0) }
                    case let findings as Diagnostics: findings.all
                    default: throw error
                    }
                for finding in FeatureFindings(of: variant, in: workspace)?.told(wrong) ?? wrong { found.add(finding, of: variant) }
            }
        }
        findings.all += found.told
        let summarised = fitted.map { ($0.variant, $0.data) }
        if let first = fitted.first, first.variant.name == experiment.baseline.name {
            if let problem = undefinedSelection(experiment.selection.metric, first.variant.trial.settings, data: first.data) {
                findings.all.append(experiment.diagnosticOfSelection(problem.message, help: problem.help))
            }
            findings.all += experiment.findingsInMethods(first.data)
        }
        // What a variant with an error has of columns is not known here: rows are looked at once all variants fit.
        if !experiment.askedRows.isEmpty, fitted.count == experiment.variants.count {
            let asked = try fitted.map {
                let columns = try AskedRowColumns(of: $0.variant.trial.settings, data: $0.data, for: experiment.name, in: workspace)
                return ($0.variant, $0.data, columns)
            }
            findings.all += experiment.findingsInAskedRows(asked)
        }
        findings.all += experiment.findingsInConfusions(summarised)
        guard findings.errorCount == 0 else { throw findings }
        return fitted
    }
}

/// What of a trial's settings decides its encoded data: variants share most of it, so what is found out for one stands for many.
struct DataSettings: Hashable {
    let dataset: DatasetSettings
    let inputs: InputSettings
    let target: ColumnSettings
    let labels: String?
    let split: SplitSettings

    init(_ settings: TrialSettings) {
        (dataset, inputs, split) = (settings.dataset, settings.inputs, settings.split)
        (target, labels) = (settings.target, settings.labels)
    }
}

extension Workspace {
    /// What a trial asks of the data sets. A table's path counts from the project's folder. The seed is that of a split that is drawn anew.
    public func request(for settings: TrialSettings, fold: Int? = nil, seed: Int? = nil) throws -> EncodingRequest {
        try EncodingRequest(settings, source: source(of: settings.dataset), fold: fold, seed: seed)
    }

    /// The encoded rows of the content that is named, for a fold or for all rows that train in some fold.
    public func dataset(for settings: TrialSettings, fold: Int? = nil, seed: Int? = nil, content: String) throws -> EncodedDataset {
        try data.open(request(for: settings, fold: fold, seed: seed), content: content, progress: { progress($0) })
    }

    /// Whether the run on all rows can be trained: it has nothing that validates.
    fileprivate func checkRefit(_ settings: TrialSettings, content: String, for experiment: String) throws {
        let refit = settings.ofRun(fold: nil)
        do {
            _ = try prepare(refit, data: summary(of: request(for: refit), content: content, for: experiment))
        } catch let problem as PreparationProblem {
            throw PreparationProblem(
                path: problem.path, message: "the run on all rows (split.refit): \(problem.message)",
                help: "leave out refit, or what wants rows that validate")
        }
    }

    /// The numbers of the same rows before they are rounded to 32 bits, where one of the methods works on them.
    func exactNumbers(for methods: [PlainMethod], _ settings: TrialSettings, fold: Int? = nil, seed: Int? = nil, content: String) throws
        -> ExactNumbers
    {
        guard methods.contains(where: { $0.needsInputs || $0.isForValues }) else { return .none }
        return try data.exactNumbers(of: request(for: settings, fold: fold, seed: seed), content: content) { progress in
            // The data have just been read once before.
            if case .reading = progress { return }
            self.progress(progress)
        }
    }
}

extension PreparedVariant {
    /// Why the rows that its runs are to be trained on cannot be had; they are fetched and encoded when that was not done yet.
    func findingsInRows(_ workspace: Workspace) throws -> [Diagnostic] {
        let request = try workspace.request(for: variant.trial.settings)
        do {
            if try workspace.data.summary(of: request, content: data.contentDigest) == nil {
                _ = try workspace.data.open(request, content: data.contentDigest) { workspace.progress($0) }
            }
            return []
        } catch let error as DatasetError {
            return [try variant.diagnostic(error)]
        }
    }
}

extension Variant {
    /// What is wrong with the data, at the setting that is to blame; the error itself when none is.
    func diagnostic(_ error: DatasetError) throws -> Diagnostic {
        guard let path = error.settingPath(in: trial.settings) else { throw error }
        let isNotThere = if case .file(let file, _) = error { !Files.isFile(file) && !Files.isFolder(file) } else { false }
        return diagnostic(error.description, at: path, help: isNotThere ? "paths count from the project folder" : nil)
    }
}

extension DatasetError {
    /// The setting that is to blame, when one is.
    fileprivate func settingPath(in settings: TrialSettings) -> String? {
        switch self {
        case .unknownDataset: "dataset"
        case .unknownColumn(let name, _, _), .wrongEncoding(let name, _, _), .wrongMissing(let name, _, _),
            .emptyColumn(let name), .datesByAuto(let name), .oneClass(let name, _), .labelsAlike(let name, _), .noWordKept(let name),
            .noLabel(let name):
            path(to: name, in: settings)
        case .targetAmongInputs(let name, _): "inputs.\(name)"
        case .noInputs, .notAnImage, .picturesOfSeveralSizes, .pictureOfOtherSize, .everyRowDropped, .vocabularyOutOfRange, .tooLarge,
            .windowsDiffer, .noFullWindow, .rowsOutOfOrder, .droppedFromSeries, .tokensBesideOthers:
            "inputs"
        case .fractionOutOfRange(let part, _), .partDoesNotFit(let part, _, _), .noRowWithValue(let part, _, _),
            .stratifiedPartNeedsClasses(let part), .stratifiedOrder(let part), .classOfOneRow(let part),
            .fewerRowsThanClasses(let part, _, _), .partGivenTwice(let part), .tooFewGroups(let part, _), .partTakesAllGroups(let part, _),
            .groupedOrder(let part):
            "split.\(part)"
        case .valuesWithoutRow(let column, let values, _): splitPath(to: column, values: values, in: settings)
        case .foldsDoNotFit(let folds, _), .expandingFoldsDoNotFit(let folds, _, _), .fewerGroupsThanFolds(_, _, let folds):
            settings.split.outerFolds == folds ? "split.test" : "split.validation"
        case .stratifiedFoldsNeedClasses:
            if case .fold(_, _, .stratified) = settings.split.test?.size { "split.test" } else { "split.validation" }
        case .noSuchFold: "split.validation"
        case .groupInTwoParts, .rowWithoutGroup, .groupsOfWindows: "split.group"
        case .noOrder: "split.order"
        case .gapDoesNotFit: "split.gap"
        case .seedOutOfRange, .runningTextSplit: "split"
        case .file(let path, _), .missingClassFolders(let path, _, _), .missingPictureFolders(let path, _, _):
            settings.dataset.settingPath(ofFile: path)
        case .whileValidating(_, let error): error.settingPath(in: settings)
        case .contentChanged, .unavailable, .interrupted, .otherContent, .damagedMember, .lackingColumns, .noTarget, .nothingToLearn,
            .singleColumn,
            .rowInTwoParts, .rowForWindow, .seriesCannotGoOn:
            nil
        }
    }

    /// The part that takes its rows by these values of a column.
    private func splitPath(to column: String, values: [String], in settings: TrialSettings) -> String {
        if case .rows(column, let asked) = settings.split.test?.size, values.allSatisfy(asked.contains) { return "split.test" }
        if case .rows(column, let asked) = settings.split.only?.size, values.allSatisfy(asked.contains) { return "split.only" }
        return "split.validation"
    }

    /// Where a column is spoken of.
    private func path(to column: String, in settings: TrialSettings) -> String {
        if column == settings.target.column { return "target.\(column)" }
        if column == settings.labels { return "labels" }
        if settings.inputs.columns.contains(where: { $0.column == column }) { return "inputs.\(column)" }
        if settings.inputs.drop.contains(column) { return "inputs.drop" }
        for (part, place) in [(settings.split.only, "only"), (settings.split.test, "test"), (settings.split.train, "train")] {
            if case .rows(column, _) = part?.size { return "split.\(place)" }
        }
        if case .part(let part) = settings.split.validation, case .rows(column, _) = part.size { return "split.validation" }
        if settings.split.group == column { return "split.group" }
        if settings.split.order == column { return "split.order" }
        return "inputs"
    }
}

extension DatasetSettings {
    /// The setting that names a file; nil when none does.
    fileprivate func settingPath(ofFile path: String) -> String? {
        let named: [(setting: String, path: String?)] =
            switch self {
            case .catalogue, .features: []
            case .csv(let table):
                [("dataset.csv.path", table.path), ("dataset.csv.test", table.test), ("dataset.csv.validation", table.validation)]
            case .jsonl(let table):
                [("dataset.jsonl.path", table.path), ("dataset.jsonl.test", table.test), ("dataset.jsonl.validation", table.validation)]
            case .lines(let lines): [("dataset.lines.path", lines.path)]
            case .numpy(let file): [("dataset.numpy", file)]
            case .folder(let folder): [("dataset.folder", folder)]
            case .text(let file): [("dataset.text", file)]
            case .images(let folder): [("dataset.images", folder)]
            case .idx(let files):
                [
                    ("dataset.idx.images", files.images), ("dataset.idx.labels", files.labels),
                    ("dataset.idx.test_images", files.testImages), ("dataset.idx.test_labels", files.testLabels),
                ]
            }
        // A picture lies in the folder that is named.
        if case .images(let folder) = self, path.contains(folder + "/") { return "dataset.images" }
        return named.first { $0.path.map(path.hasSuffix) ?? false }?.setting
    }
}
