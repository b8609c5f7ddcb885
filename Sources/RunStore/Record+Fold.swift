import Documents

extension Record {
    /// The fold that validates as people count it: `2`, or `2 of repeat 3` where folds were dealt several times; nil without folds.
    public var foldWords: String? {
        guard let fold else { return nil }
        let validation = settings["split"]?["validation"]
        guard let count = validation?["folds"]?.integer, count > 0, let repeats = validation?["repeats"]?.integer, repeats > 1 else {
            return "\(fold)"
        }
        return "\((fold - 1) % count + 1) of repeat \((fold - 1) / count + 1)"
    }
}
