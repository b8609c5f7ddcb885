import Documents

extension Record {
    /// The fold that validates as people count it: `2`, or `2 of repeat 3` where folds were dealt several times; nil without folds.
    public var foldWords: String? {
        guard let fold else { return isRefit ? "none: all rows train" : nil }
        guard let outerFold else { return innerWords(fold) }
        return innerFolds == nil ? "outer fold \(outerFold)" : "\(innerWords(innerFold ?? fold)) of outer fold \(outerFold)"
    }

    /// The repeat that its fold is of, counted from 1, where folds were dealt several times: folds count over all repeats.
    public var repetition: Int? {
        guard let innerFold, let foldsOfRepeat else { return nil }
        return (innerFold - 1) / foldsOfRepeat + 1
    }

    /// The fold that tests, counted from 1, where folds test by turns.
    public var outerFold: Int? {
        guard let fold, settings["split"]?["test"]?["folds"]?.integer != nil else { return nil }
        return (fold - 1) / max(innerFolds ?? 1, 1) + 1
    }

    /// The fold among those of its outer fold.
    private var innerFold: Int? {
        guard let fold else { return nil }
        return outerFold == nil ? fold : (fold - 1) % max(innerFolds ?? 1, 1) + 1
    }

    /// How many folds validate, those of all repeats.
    private var innerFolds: Int? {
        let validation = settings["split"]?["validation"]
        return validation?["folds"]?.integer.map { $0 * max(validation?["repeats"]?.integer ?? 1, 1) }
    }

    private func innerWords(_ fold: Int) -> String {
        guard let foldsOfRepeat, let repetition else { return "\(fold)" }
        return "\((fold - 1) % foldsOfRepeat + 1) of repeat \(repetition)"
    }

    /// Whether it trained on all rows beside the folds.
    public var isRefit: Bool {
        let split = settings["split"]
        return fold == nil && (split?["validation"]?["folds"]?.integer ?? split?["test"]?["folds"]?.integer) != nil
    }

    /// How many folds each of several repeats has.
    private var foldsOfRepeat: Int? {
        let validation = settings["split"]?["validation"]
        guard let count = validation?["folds"]?.integer, count > 0, let repeats = validation?["repeats"]?.integer, repeats > 1 else {
            return nil
        }
        return count
    }
}
