import Datasets
import Settings
import Synchronization

/// The tables of features that were found or made so far, by what asks for them.
final class FeatureSets: Sendable {
    private let known = Mutex<[FeatureSettings: FeatureSet]>([:])
    /// The variants of experiments that are being looked into, each for the one before: those that lead to each other would never end.
    @TaskLocal private static var asking: Set<[String]> = []

    /// The table that `settings` ask for, a file in the cache; made from the run's weights where it is not there yet. Where the workspace takes recorded
    /// features, those that finished runs were trained on stand for others which are made now, or cannot be made.
    ///
    /// - Throws: ``FeaturesWanted`` where the run is not finished, `PreparationProblem` where there is no such run or layer.
    func set(_ settings: FeatureSettings, in workspace: Workspace) throws -> FeatureSet {
        if let set = known.withLock({ $0[settings] }) { return set }
        let variant = [settings.experiment, settings.variant]
        guard !Self.asking.contains(variant) else {
            throw FeatureTable.problem(
                "the features lead to each other in a circle", at: "experiment", help: "begin with data of another kind")
        }
        let set = try Self.$asking.withValue(Self.asking.union([variant])) {
            workspace.takesRecordedFeatures ? try recorded(settings, in: workspace) : try made(settings, in: workspace)
        }
        known.withLock { $0[settings] = set }
        return set
    }

    private func made(_ settings: FeatureSettings, in workspace: Workspace) throws -> FeatureSet {
        let table = try FeatureTable(settings, in: workspace)
        var notes: [String] = []
        if case .features(let own) = table.trial.dataset { notes = try set(own, in: workspace).notes }
        return FeatureSet(path: try table.path(), recorded: nil, split: table.trial.split, notes: notes)
    }

    private func recorded(_ settings: FeatureSettings, in workspace: Workspace) throws -> FeatureSet {
        let recorded = RecordedFeatures(settings, in: workspace)
        do {
            let set = try made(settings, in: workspace)
            guard let recorded, !recorded.contents.contains(try workspace.data.contentDigest(of: set.source)) else { return set }
            return recorded.set(insteadOf: nil)
        } catch {
            guard let recorded else { throw error }
            return recorded.set(insteadOf: error)
        }
    }

    /// The digest of the table at a path, which may not be there, where records alone tell of it.
    func recordedContent(at path: String) -> String? {
        known.withLock { $0.values.first { $0.path == Files.absolute(path) }?.recorded }
    }

    /// What is to be known of all that were asked for, in sentences.
    var notes: [String] {
        var seen: Set<String> = []
        return known.withLock { $0.values.flatMap(\.notes) }.sorted().filter { seen.insert($0).inserted }
    }
}

/// Features that are at hand.
struct FeatureSet {
    /// Their table, which may not be there where records tell of it.
    let path: String
    /// The digest of its content, where records alone tell of the table.
    let recorded: String?
    /// Which rows trained the network that made them; nil where that is not known.
    let split: SplitSettings?
    /// What is to be known of where they come from, in sentences.
    let notes: [String]

    /// The table as a data set.
    var source: RawSource { .csv(path: path, format: FeatureFiles.format) }
}

extension Workspace {
    /// What is to be known of features that records alone tell of, in sentences.
    public var notesOnFeatures: [String] { featureSets.notes }

    /// Where the rows of a trial come from; features of another experiment's run are made where they are not there yet.
    func source(of dataset: DatasetSettings) throws -> RawSource { try data.source(of: placed(dataset), project: project.root) }

    /// The data set as a worker finds it: features of another experiment's run as the table that they lie in.
    func placed(_ dataset: DatasetSettings) throws -> DatasetSettings {
        guard case .features(let settings) = dataset else { return dataset }
        return .csv(CSVSettings(path: try featureSets.set(settings, in: self).path, format: FeatureFiles.format))
    }

    /// What must be known of a trial on features, in sentences.
    func notices(ofFeatures trial: TrialSettings) throws -> [String] {
        guard case .features(let settings) = trial.dataset else { return [] }
        let set = try featureSets.set(settings, in: self)
        let isOfNetwork = if case .layer = settings.making { true } else { false }
        var notices =
            !isOfNetwork
            ? []
            : [
                "The features are what \(settings.experiment), \(settings.variant), seed \(settings.seed) makes: one network for all runs, of whose luck no interval knows."
            ]
        notices += set.notes
        let isAlike =
            set.split.map { source in
                source.test == trial.split.test && source.validation == trial.split.validation && source.only == trial.split.only
                    && source.group == trial.split.group
            } ?? true
        if !isAlike {
            notices.append(
                "\(settings.experiment) splits its rows in another way: some that validate or test here may have had a part in what makes the features."
            )
        }
        return notices
    }
}
