/// The figures that a trial reports, named as Keras names them.
public struct Figures: Hashable, Sendable {
    /// Those of every epoch: `loss`, `accuracy`, `val_loss`, `val_accuracy`.
    public let everyEpoch: [String]
    /// Those of the end: `test_loss`, `test_accuracy`, `chance_accuracy`. Whether there are test rows, the data set may decide.
    public let atTheEnd: [String]

    /// The figures of a trial.
    public init(of settings: TrialSettings) {
        let names = ["loss"] + settings.training.metrics.map(\.figure)
        everyEpoch = names + (settings.split.validation == nil ? [] : names.map { "val_" + $0 })
        atTheEnd = names.map { "test_" + $0 } + (settings.training.metrics.contains(where: \.isShareOfHits) ? ["chance_accuracy"] : [])
    }

    /// All of them.
    public var all: [String] { everyEpoch + atTheEnd }
}
