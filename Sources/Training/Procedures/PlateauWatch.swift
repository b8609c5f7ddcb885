import Settings

/// Lowers the learning rate when a figure no longer improves, as Keras's ReduceLROnPlateau does.
package struct PlateauWatch: Sendable {
    /// What it has seen.
    package struct State: Sendable, Hashable {
        /// The best figure so far.
        package var best: Double?
        /// Epochs since, or since the rate was lowered.
        package var waited = 0
        /// Epochs to come in which nothing is counted.
        package var resting = 0

        /// Nothing seen.
        package init() {}
    }

    private let settings: PlateauSettings
    /// What it has seen.
    package private(set) var state: State

    package init(_ settings: PlateauSettings, state: State = State()) {
        self.settings = settings
        self.state = state
    }

    /// The learning rate to go on with after an epoch, or nil to leave it.
    package mutating func rate(after epoch: EpochFigures, at rate: Double) -> Double? {
        guard let value = epoch.figures.first(where: { $0.name == settings.monitor })?.value else { return nil }
        if state.resting > 0 {
            state.resting -= 1
            state.waited = 0
        }
        if settings.goal.isImproved(value, from: state.best, by: settings.minDelta) {
            state.best = value
            state.waited = 0
            return nil
        }
        guard state.resting == 0 else { return nil }
        state.waited += 1
        guard state.waited >= settings.patience, rate > settings.minLearningRate else { return nil }
        state.resting = settings.cooldown
        state.waited = 0
        return max(rate * settings.factor, settings.minLearningRate)
    }
}
