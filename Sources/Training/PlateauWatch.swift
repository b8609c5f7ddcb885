import Settings

/// Lowers the learning rate when a figure no longer improves, as Keras's ReduceLROnPlateau does.
package struct PlateauWatch {
    private let settings: PlateauSettings
    private var best: Double
    private var waited = 0
    private var resting = 0

    package init(_ settings: PlateauSettings) {
        self.settings = settings
        best = settings.goal == .minimize ? .infinity : -.infinity
    }

    /// The learning rate to go on with after an epoch, or nil to leave it.
    package mutating func rate(after epoch: EpochFigures, at rate: Double) -> Double? {
        guard let value = epoch.figures.first(where: { $0.name == settings.monitor })?.value else { return nil }
        if resting > 0 {
            resting -= 1
            waited = 0
        }
        let improved = settings.goal == .minimize ? value + settings.minDelta < best : value - settings.minDelta > best
        if improved {
            best = value
            waited = 0
            return nil
        }
        guard resting == 0 else { return nil }
        waited += 1
        guard waited >= settings.patience, rate > settings.minLearningRate else { return nil }
        resting = settings.cooldown
        waited = 0
        return max(rate * settings.factor, settings.minLearningRate)
    }
}
