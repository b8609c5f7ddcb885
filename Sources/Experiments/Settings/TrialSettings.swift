/// Everything that decides the result of a trial: which data, how they are encoded and split, which network, how it is trained.
public struct TrialSettings: Codable, Hashable, Sendable {
    /// Where the rows come from.
    public var dataset: DatasetSettings
    /// How the columns become features.
    public var inputs: InputSettings
    /// What is to be predicted.
    public var target: TargetSettings
    /// Which rows train, validate and test.
    public var split: SplitSettings
    /// The network.
    public var model: ModelSettings
    /// How the network is trained.
    public var training: TrainingSettings

    /// Puts the parts of a trial together.
    public init(
        dataset: DatasetSettings, inputs: InputSettings, target: TargetSettings, split: SplitSettings = SplitSettings(),
        model: ModelSettings, training: TrainingSettings
    ) {
        self.dataset = dataset
        self.inputs = inputs
        self.target = target
        self.split = split
        self.model = model
        self.training = training
    }
}
