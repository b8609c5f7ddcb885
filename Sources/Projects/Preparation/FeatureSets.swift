import Datasets
import Settings
import Synchronization

/// The tables of features that were found or made so far, by what asks for them.
final class FeatureSets: Sendable {
    private let known = Mutex<[FeatureSettings: FeatureSet]>([:])
    /// The experiments that are being looked into, each for the one before: those that lead to each other would never end.
    @TaskLocal private static var asking: Set<String> = []

    /// The table that `settings` ask for, a file in the cache; made from the run's weights where it is not there yet.
    ///
    /// - Throws: ``FeaturesWanted`` where the run is not finished, `PreparationProblem` where there is no such run or layer.
    func set(_ settings: FeatureSettings, in workspace: Workspace) throws -> FeatureSet {
        if let set = known.withLock({ $0[settings] }) { return set }
        guard !Self.asking.contains(settings.experiment) else {
            throw FeatureTable.problem(
                "the features lead to each other in a circle", at: "experiment", help: "begin with data of another kind")
        }
        let set = try Self.$asking.withValue(Self.asking.union([settings.experiment])) {
            let table = try FeatureTable(settings, in: workspace)
            return FeatureSet(path: try table.path(), split: table.trial.split)
        }
        known.withLock { $0[settings] = set }
        return set
    }
}

/// Features that are at hand.
struct FeatureSet {
    /// Their table.
    let path: String
    /// Which rows trained the network that made them.
    let split: SplitSettings
}

extension Workspace {
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
        let source = try featureSets.set(settings, in: self).split
        let isOfNetwork = if case .layer = settings.making { true } else { false }
        var notices =
            !isOfNetwork
            ? []
            : [
                "the features are what \(settings.experiment), \(settings.variant), seed \(settings.seed) makes: one network for all runs, of whose luck no interval knows."
            ]
        let isAlike =
            source.test == trial.split.test && source.validation == trial.split.validation && source.only == trial.split.only
            && source.group == trial.split.group
        if !isAlike {
            notices.append(
                "\(settings.experiment) splits its rows in another way: some that validate or test here may have had a part in what makes the features."
            )
        }
        return notices
    }
}
