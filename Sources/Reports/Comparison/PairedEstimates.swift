import RunStore
import Statistics

/// Differences between two variants, from the pairs that both have.
extension VariantResult {
    /// This variant's figure minus another's, with what luck can do to it: over seeds and examples where the predictions are stored, else over seeds alone; over folds with
    /// the correction for the rows that folds share. Nil without a common seed (or fold).
    ///
    /// - Parameter chosen: the seeds that count; nil for all. Where there are folds, all do.
    func estimate(_ figure: FigureName, against other: VariantResult, of chosen: Set<Int>? = nil) -> DifferenceEstimate? {
        switch unit {
        case .fold: return foldEstimate(figureByFold(figure.name), other.figureByFold(figure.name))
        case .seed(let folds?) where folds > 1: return foldEstimate(figureByFold(figure.name), other.figureByFold(figure.name))
        case .seed: break
        }
        let (own, theirs) = (contributions(figure), other.contributions(figure))
        let (mine, others) = (figures(figure.name), other.figures(figure.name))
        let units = mine.keys.filter { others[$0] != nil && chosen?.contains($0) ?? true }.sorted()
        let pairs = units.compactMap { unit -> [Double]? in
            guard let mine = own[unit], let others = theirs[unit], mine.rows == others.rows else { return nil }
            return zip(mine.values, others.values).map { $0 - $1 }
        }
        if pairs.count == units.count, let differences = PairedDifferences(pairs) { return differences.estimate }
        return Sample(units.compactMap { unit in mine[unit].flatMap { mine in others[unit].map { mine - $0 } } })?.seedsEstimate
    }

    /// The figure itself, with what luck can do to its mean, in the same way.
    func meanEstimate(_ figure: FigureName) -> DifferenceEstimate? {
        switch unit {
        case .fold: return nil
        case .seed(let folds?) where folds > 1: return nil
        case .seed: break
        }
        let units = figures(figure.name).keys.sorted()
        let own = contributions(figure)
        let values = units.compactMap { own[$0]?.values }
        if values.count == units.count, let estimate = PairedDifferences(values)?.estimate { return estimate }
        return sample(figure.name)?.seedsEstimate
    }

    private func foldEstimate(_ own: [Int: Double], _ theirs: [Int: Double]) -> DifferenceEstimate? {
        let differences = own.sorted { $0.key < $1.key }.compactMap { fold, value in theirs[fold].map { value - $0 } }
        let folds = variant.trial.settings.split.folds ?? differences.count
        // Of k equal folds one validates and k − 1 train.
        return FoldDifferences(differences, testShare: 1 / Double(max(folds - 1, 1)))?.estimate
    }

    /// A figure of every fold, its mean over the seeds that have all folds.
    func figureByFold(_ name: String) -> [Int: Double] {
        let units = Set(figures(name).keys)
        return figureByFold { run in units.contains(unit.number(of: run.specification)) ? run.figure(name) : .nan }
    }

    /// Whatever `figure` takes from a run, for every fold the mean over its seeds; runs for which it is no number are passed over.
    func figureByFold(_ figure: (ReportedRun) -> Double?) -> [Int: Double] {
        Dictionary(grouping: runs) { $0.specification.fold ?? 0 }.compactMapValues { runs in
            Sample(runs.compactMap(figure).filter(\.isFinite))?.mean
        }
    }
}
