import Settings

/// Watches a figure from epoch to epoch, as Keras's callback of that name does.
package struct EarlyStopping: Sendable {
    /// What it has seen.
    package struct State: Sendable, Hashable {
        /// The best figure so far.
        package var best: Double?
        /// Its epoch; 0 before there is one.
        package var bestEpoch = 0
        /// Epochs since.
        package var waited = 0

        /// Nothing seen.
        package init() {}
    }

    private let settings: EarlyStoppingSettings
    /// What it has seen.
    package private(set) var state: State

    package init(_ settings: EarlyStoppingSettings, state: State = State()) {
        self.settings = settings
        self.state = state
    }

    /// The epoch of the best figure; 0 before there is one.
    package var bestEpoch: Int { state.bestEpoch }

    /// What an epoch's figure means.
    package enum Verdict {
        case improved
        case goOn
        case stop
    }

    /// Takes in the figure of `epoch`, counted from 1.
    package mutating func judge(_ value: Double, epoch: Int) -> Verdict {
        if settings.goal.isImproved(value, from: state.best, by: settings.minDelta) {
            state.best = value
            state.bestEpoch = epoch
            state.waited = 0
            return .improved
        }
        state.waited += 1
        return state.waited >= settings.patience && epoch > 1 ? .stop : .goOn
    }
}

extension Goal {
    /// Whether a figure is better than the best so far by more than `minDelta`; before there is one, any figure that is not the worst possible is.
    func isImproved(_ value: Double, from best: Double?, by minDelta: Double) -> Bool {
        switch self {
        case .minimize: value + minDelta < best ?? .infinity
        case .maximize: value - minDelta > best ?? -.infinity
        }
    }
}
