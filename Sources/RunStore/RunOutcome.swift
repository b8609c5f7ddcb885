/// All that a finished run leaves to the store.
public struct RunOutcome: Sendable {
    /// Final figures by name, such as `val_accuracy`.
    public var figures: [String: Double]
    /// A row an epoch.
    public var history: History
    /// The answers for validation and test examples; nil stores none.
    public var predictions: Predictions?
    /// The trained tensors; an empty list stores none.
    public var weights: [NamedTensor]
    /// Trained numbers in all.
    public var parameters: Int
    /// What the outputs stand for.
    public var target: RecordedTarget?
    /// The columns of the settings' inputs in the order of their features.
    public var inputs: [String]?
    /// The epoch, counted from 1, whose weights are kept.
    public var keptEpoch: Int
    /// Why training ended before its last epoch, where it did.
    public var stopped: String?
    /// Where the time went.
    public var timings: Timings
    /// What a network of running text wrote.
    public var texts: [WrittenText] = []
    /// What there is to see of it.
    public var exhibits = Exhibits()
    /// The layers that were trained by themselves first.
    public var pretraining: [PretrainedLayer] = []

    /// All of it, as given.
    public init(
        figures: [String: Double], history: History, predictions: Predictions? = nil, weights: [NamedTensor] = [], parameters: Int,
        target: RecordedTarget? = nil, inputs: [String]? = nil, keptEpoch: Int, stopped: String? = nil, timings: Timings
    ) {
        self.figures = figures
        self.history = history
        self.predictions = predictions
        self.weights = weights
        self.parameters = parameters
        self.target = target
        self.inputs = inputs
        self.keptEpoch = keptEpoch
        self.stopped = stopped
        self.timings = timings
    }

    /// About how many bytes its files have.
    var roughSize: Int {
        let parts = [predictions?.validation, predictions?.test].compactMap(\.self)
        let answers = parts.reduce(0) { $0 + $1.rows.count + $1.targets.count + $1.outputs.count }
        let numbers = weights.reduce(answers) { $0 + $1.values.count }
        return 4 * numbers + 20 * history.rows.count * history.columns.count
    }
}
