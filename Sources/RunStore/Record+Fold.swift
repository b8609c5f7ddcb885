import Documents

extension Record {
    /// The fold that validates as people count it: `2`, or `2 of repeat 3` where folds were dealt several times; nil without folds.
    public var foldWords: String? {
        guard let fold else { return nil }
        guard let foldsOfRepeat, let repetition else { return "\(fold)" }
        return "\((fold - 1) % foldsOfRepeat + 1) of repeat \(repetition)"
    }

    /// The repeat that its fold is of, counted from 1, where folds were dealt several times: folds count over all repeats.
    public var repetition: Int? {
        guard let fold, let foldsOfRepeat else { return nil }
        return (fold - 1) / foldsOfRepeat + 1
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
