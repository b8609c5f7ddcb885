import Settings

/// Watches a figure from epoch to epoch, as Keras's callback of that name does.
package struct EarlyStopping {
    private let settings: EarlyStoppingSettings
    private var waited = 0
    package private(set) var bestEpoch = 0
    private var best: Double

    package init(_ settings: EarlyStoppingSettings) {
        self.settings = settings
        best = settings.goal == .minimize ? .infinity : -.infinity
    }

    /// What an epoch's figure means.
    package enum Verdict {
        case improved
        case goOn
        case stop
    }

    /// Takes in the figure of `epoch`, counted from 1.
    package mutating func judge(_ value: Double, epoch: Int) -> Verdict {
        let improved = settings.goal == .minimize ? value + settings.minDelta < best : value - settings.minDelta > best
        if improved {
            best = value
            bestEpoch = epoch
            waited = 0
            return .improved
        }
        waited += 1
        return waited >= settings.patience && epoch > 1 ? .stop : .goOn
    }
}
