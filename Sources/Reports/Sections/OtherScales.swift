import Settings

/// Errors on several scales are different figures: those of numbers that variants scale, or encode, each in its own way.
extension Comparison {
    /// The variants whose figure, by which variants are compared, is on another scale than the baseline's: a loss is of targets as a network sees them, and so is every
    /// error of inputs that are given again.
    var withOtherScales: [String] {
        let base = baseline.variant.trial.settings
        switch base.target.encoding {
        case .inputs:
            guard figure.quantity == "loss" || base.training.metrics.contains(where: { $0.figure == figure.quantity }) else { return [] }
            return others { $0.inputs != base.inputs || $0.dataset != base.dataset }
        case .numeric, .auto:
            return figure.quantity == "loss" ? others { $0.target != base.target } : []
        default: return []
        }
    }

    private func others(_ isOther: (TrialSettings) -> Bool) -> [String] {
        results.dropFirst().filter { isOther($0.variant.trial.settings) }.map(\.code)
    }

    /// What keeps these from being compared, and what would not.
    private func scaleReason(_ names: [String]) -> (what: String, advice: String) {
        let (sees, has) = names.count == 1 ? ("sees", "has") : ("see", "have")
        return baseline.variant.trial.settings.target.encoding == .inputs
            ? (
                "\(self.names(names, limit: 20)) \(sees) other inputs than the baseline, or \(sees) them on another scale",
                "Compare networks that are asked for the same numbers."
            )
            : (
                "\(self.names(names, limit: 20)) \(has) the target on another scale than the baseline",
                "Select a metric in the target's own unit, such as mae."
            )
    }

    /// Said beside the answer.
    var scaleClause: String? {
        let others = withOtherScales
        guard !others.isEmpty else { return nil }
        let (what, advice) = scaleReason(others)
        return "**\(what): these figures do not compare.** \(advice)"
    }

    var scaleWarnings: [String] {
        let others = withOtherScales
        guard !others.isEmpty else { return [] }
        let (what, advice) = scaleReason(others)
        return ["\(what): \(words(figure)) is not comparable. \(advice)"]
    }
}
