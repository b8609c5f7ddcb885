import Settings

/// What the figure of learning curves says of itself: its caption, how it was drawn, its legend.
extension CurvesFigure {
    var caption: String {
        let what = quantities.map { comparison.quantityWords(FigureName($0)) }.joined(separator: " and ").capitalized
        let left = comparison.results.count { !$0.runs.isEmpty } - results.count
        return "\(what) by epoch\(left > 0 ? ", the baseline and the best (\(left) more variants are left out)" : "")"
            + (settings.smoothing > 0 ? ", smoothed" : "") + ": \(meansText)"
    }

    private var seeds: Int { comparison.experiment.seeds.count }
    private var folds: Int { comparison.experiment.folds ?? 1 }

    private var meansText: String {
        switch (hasFoldBand, hasSeedBand) {
        case (false, false): "one run"
        case (false, true): "mean over seeds, band from the lowest to the highest seed"
        case (true, false): "mean over folds, band from the lowest to the highest fold"
        case (true, true): "mean over folds and seeds, bands from the lowest to the highest fold and seed"
        }
    }

    /// How the curves came about: what is averaged, smoothed, left out and marked.
    var note: String {
        ([
            meanSentence, smoothingSentence, beginningSentence, endSentence, cutSentence, divergedSentence, epochsSentence, markSentence,
            headingSentence,
        ]
        .compactMap(\.self))
        .joined(
            separator: " ")
    }

    private var meanSentence: String {
        switch (hasFoldBand, hasSeedBand) {
        case (false, false): "One run."
        case (false, true): "Lines are means over the seeds; bands reach from the lowest to the highest of them."
        case (true, false): "Lines are means over the \(folds) folds; bands reach from the lowest to the highest of them."
        case (true, true):
            "A seed's curve is the mean over its \(folds) folds, and lines are means over the \(seeds) seeds. The dark band reaches from the lowest to the "
                + "highest seed, the light one from the lowest to the highest fold (means over seeds)."
        }
    }

    private var smoothingSentence: String? {
        guard settings.smoothing > 0 else { return nil }
        let factor = number(settings.smoothing)
        let rest = number(1 - settings.smoothing)
        let start =
            settings.biasCorrection
            ? "divided by 1 − \(factor)^t to correct the bias of its start" : "the first point kept, no bias correction"
        return
            "Strong lines and bands are smoothed, V(t) = \(factor) V(t−1) + \(rest) x(t), \(start); faint lines are the means as measured."
    }

    private var beginningSentence: String? {
        switch settings.fromEpoch {
        case 1: nil
        case 2: "The first epoch is left out."
        default: "The first \(grouped(settings.fromEpoch - 1)) epochs are left out."
        }
    }

    /// Runs that stop by themselves end at epochs of their own.
    private var endSentence: String? {
        let lengths = results.map { $0.runs.map(\.history.rows.count) }
        guard lengths.contains(where: { Set($0).count > 1 }) else { return nil }
        let stopped = results.contains { $0.runs.contains(where: \.endedEarly) }
        return stopped
            ? "Runs of a variant end at different epochs: after early stopping, the mean goes on with the figure of the weights that were kept."
            : "Runs of a variant end at different epochs; a mean goes on as long as half of them do."
    }

    private var cutSentence: String? {
        let cut = quantities.filter { range($0).cutsFirstEpoch }.map { comparison.quantityWords(FigureName($0)).asMarkdown }
        return cut.isEmpty ? nil : "The train \(enumeration(cut)) of the first epoch, a mean over its steps, may lie outside the panels."
    }

    private var divergedSentence: String? {
        diverged.isEmpty
            ? nil : "Where training diverged, curves may lie outside the panels: \(comparison.names(diverged.map(\.code), limit: 20))."
    }

    private var epochsSentence: String? {
        let own = results.filter(hasOwnEpochs).map(\.code)
        return own.isEmpty
            ? nil
            : "Panels of variants that train less than half as long as the longest have their own epoch scale: \(comparison.names(own, limit: 8))."
    }

    private var markSentence: String? {
        hasTurn ? "The vertical line marks where overfitting starts." : nil
    }

    private var headingSentence: String? {
        guard let point = results.first(where: isNamedByValues) else { return nil }
        let paths = point.variant.changes.map { $0.path.hasPrefix("training.") ? String($0.path.dropFirst("training.".count)) : $0.path }
        return "Panels of the sweep are headed by the values of \(enumeration(paths.map(\.asMarkdown)))."
    }

    /// A factor as it was written.
    private func number(_ value: Double) -> String {
        let rounded = (value * 1e6).rounded() / 1e6
        return rounded.description
    }

    var legend: Legend {
        let band: (Style) -> Style? = { hasSeedBand || hasFoldBand ? $0 : nil }
        var entries: [(sample: Legend.Sample, text: String)] = [(.line(.train, band: band(.trainBand)), "train")]
        if hasValidation { entries.append((.line(.validation, band: band(.validationBand)), "validation")) }
        if settings.smoothing > 0 {
            entries.append((.line(hasValidation ? .validationMeasured : .trainMeasured, band: nil), "not smoothed"))
        }
        if hasGhost { entries.append((.line(.ghost, band: nil), "baseline’s \(hasValidation ? "validation" : "train")")) }
        if hasReferences { entries.append((.dot(.validationReference, radius: 4), "printed in the notes")) }
        if hasTurn { entries.append((.line(.mark, band: nil), "overfitting starts")) }
        switch (hasFoldBand, hasSeedBand) {
        case (false, false): break
        case (false, true): entries.append((.none, "band: lowest to highest of \(counted(seeds, "seed"))"))
        case (true, false): entries.append((.none, "band: lowest to highest of \(counted(folds, "fold"))"))
        case (true, true):
            entries.append((.band(.validationBand), "lowest to highest of \(counted(seeds, "seed"))"))
            entries.append((.band(.validationWideBand), "lowest to highest of \(counted(folds, "fold"))"))
        }
        return Legend(entries: entries)
    }
}
