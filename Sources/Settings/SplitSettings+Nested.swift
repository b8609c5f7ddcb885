/// Nested selection: each of several folds tests in turn, and of the rows that remain a part or folds validate. Runs are numbered over all of these: the
/// folds that validate in the first fold that tests come first.
extension SplitSettings {
    /// How many folds test by turns; nil where the test part is always the same.
    public var outerFolds: Int? {
        if case .fold(nil, let count, _) = test?.size { count } else { nil }
    }

    /// The fold that tests in a run of this fold, both counted from 1; nil where none does by turns.
    public func outerFold(of fold: Int) -> Int? {
        outerFolds == nil ? nil : (fold - 1) / max(innerFolds ?? 1, 1) + 1
    }

    /// How many rows test over those that train, on average over the folds that test; nil where none does by turns.
    public var testShare: Double? {
        guard case .fold(_, let count, let kind) = test?.size else { return nil }
        return kind.share(of: count) * (1 + (validationShare ?? 0))
    }

    /// The split of a run, in which one fold tests, and which fold of what remains validates; the first fold tests where none is chosen.
    public func choosing(_ fold: Int?) -> (split: SplitSettings, fold: Int?) {
        guard case .fold(nil, let count, let kind) = test?.size else { return (self, fold) }
        var split = self
        split.test?.size = .fold(outerFold(of: fold ?? 1), of: count, kind: kind)
        return (split, fold.flatMap { fold in innerFolds.map { (fold - 1) % max($0, 1) + 1 } })
    }
}
