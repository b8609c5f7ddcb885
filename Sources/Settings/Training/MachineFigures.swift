/// The figures that contrastive divergence adds to those of its runs.
public enum MachineFigures {
    /// The mean of Σᵢ ln p(vᵢ | all others) over rows; of visible units of 0 and 1.
    public static let pseudoLikelihood = OwnFigure(
        "pseudo_likelihood",
        meaning:
            "The mean logarithm of how probable each bit is, given all others of its row. It stands for the likelihood, which cannot be computed at this size, and can rank machines otherwise.",
        goal: .maximize, possible: -.infinity...0)
    /// The mean of the free energy over rows: alone it says nothing, but where it rises on validation rows above that of train rows, the machine overfits.
    public static let freeEnergy = OwnFigure(
        "free_energy",
        meaning:
            "By itself it says nothing, and different machines' are not comparable: where that of validation rows rises above that of train rows, the machine overfits.",
        goal: nil)
    /// How far the mean free energy of validation rows lies above that of train rows.
    public static let freeEnergyGap = OwnFigure.gap(of: freeEnergy, meaning: "Where it grows from epoch to epoch, the machine overfits.")
    /// The mean of ln p(v) over rows; of machines with few hidden units.
    public static let logLikelihood = OwnFigure(
        "log_likelihood", meaning: "Exact: the mean logarithm of a row's probability, summed over all states of the hidden units.",
        goal: .maximize)

    /// The most hidden units over whose states a likelihood is summed.
    public static let mostUnitsOfLikelihood = 20

    static let all = [pseudoLikelihood, freeEnergy, freeEnergyGap, logLikelihood]

    /// Those of a trial.
    static func of(_ settings: TrialSettings) -> [OwnFigure] {
        guard settings.training.loss.kind == .contrastiveDivergence,
            let machine = settings.model.layers.compactMap({ $0.kind as? RBMSettings }).first
        else { return [] }
        return (machine.visible == .bernoulli ? [pseudoLikelihood] : []) + [freeEnergy, freeEnergyGap]
            + (machine.units <= mostUnitsOfLikelihood ? [logLikelihood] : [])
    }
}
