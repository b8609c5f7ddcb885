/// One more run where folds validate or test by turns: on all rows that do not always test, with nothing that validates. It has no fold.
extension SplitSettings {
    /// Whether a run without a fold is such a run: others have one.
    public func isRefit(fold: Int?) -> Bool { fold == nil && folds != nil }

    /// What a run is called among those of its variant and seed; nil where it is the only one.
    public func runName(fold: Int?) -> String? { fold.map(foldName) ?? (folds == nil ? nil : "all rows") }

    /// The split of such a run. Rows that all runs test with still do.
    public var refitted: SplitSettings {
        SplitSettings(only: only, test: outerFolds == nil ? test : nil, group: group, order: order, gap: gap)
    }
}

extension TrialSettings {
    /// What a run of this fold is trained with.
    public func ofRun(fold: Int?) -> TrialSettings {
        guard split.isRefit(fold: fold) else { return self }
        var settings = self
        settings.split = split.refitted
        return settings
    }
}
