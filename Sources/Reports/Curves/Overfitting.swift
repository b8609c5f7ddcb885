import Settings
import Statistics

/// Where a validation curve is best, and from where on it is worse for good.
package struct Turn {
    /// The epoch of the best value, counted from 1.
    package let bestEpoch: Int
    package let best: Double
    package let lastEpoch: Int
    /// By what share of the best value the last one is worse; 0 where the best is 0.
    package let loss: Double
    /// The epoch from which the curve stays worse than its best by more than the tolerance, to the end and for a tenth of the epochs at least: a
    /// last epoch that happens to be bad is no overfitting. Nil where there is none.
    package let start: Int?
    /// The same epoch where the train curve gets worse, too: such training does not settle, and ``start`` is nil.
    package let unsettledSince: Int?

    /// Nil for a curve of fewer than two epochs, or without a finite value. `train` is the same figure's curve on the train rows.
    package init?(_ values: [Double], train: [Double] = [], firstEpoch: Int, settings: CurveSettings) {
        let finite = values.filter(\.isFinite)
        guard values.count > 1, let best = settings.goal == .minimize ? finite.min() : finite.max(),
            let place = values.firstIndex(of: best),
            let last = finite.last
        else { return nil }
        let bound = settings.tolerance * abs(best)
        func isWorse(_ value: Double) -> Bool { !(settings.goal == .minimize ? value <= best + bound : value >= best - bound) }
        self.best = best
        bestEpoch = firstEpoch + place
        lastEpoch = firstEpoch + values.count - 1
        loss = best == 0 ? 0 : abs(last - best) / abs(best)
        let after = (values.lastIndex { !isWorse($0) } ?? place) + 1
        let least = max(2, (values.count + 9) / 10)
        let since = values.count - after >= least ? firstEpoch + after : nil
        var isTrainWorse = false
        if train.indices.contains(place), let end = train.last {
            isTrainWorse = !(settings.goal == .minimize ? end <= train[place] : end >= train[place])
        }
        start = isTrainWorse ? nil : since
        unsettledSince = isTrainWorse ? since : nil
    }
}

extension Comparison {
    /// The turn of a variant's mean curve.
    func turn(of result: VariantResult) -> Turn? {
        let settings = curveSettings
        // No curve is as long as a turn needs.
        guard result.runs.contains(where: { $0.history.rows.count > settings.fromEpoch }) else { return nil }
        let train = curve(result, FigureName(settings.monitor).quantity)?.mean ?? []
        return curve(result, settings.monitor).flatMap {
            Turn($0.mean, train: train, firstEpoch: $0.firstEpoch, settings: settings)
        }
    }

    /// Where each seed's own curve starts to overfit, by seed; seeds that do not are left out.
    func overfittingEpochs(of result: VariantResult) -> [Int: Double] {
        let settings = curveSettings
        guard let curve = curve(result, settings.monitor) else { return [:] }
        let train = self.curve(result, FigureName(settings.monitor).quantity)?.whileTraining ?? []
        let starts = curve.whileTraining.compactMap { seed, values in
            let own = train.first { $0.seed == seed }?.values ?? []
            return Turn(values, train: own, firstEpoch: curve.firstEpoch, settings: settings)?.start.map { (seed, Double($0)) }
        }
        return Dictionary(starts) { first, _ in first }
    }

    // MARK: - Words

    /// For example `smoothed mean validation MAE`.
    var monitoredWords: String {
        (curveSettings.smoothing > 0 ? "smoothed mean " : "mean ") + words(FigureName(curveSettings.monitor)).asMarkdown
    }

    /// For example `5 %`, `2.5 %`.
    var toleranceText: String {
        let percent = curveSettings.tolerance * 100
        return Digits(decimals: percent == percent.rounded() ? 0 : 1).text(percent) + " %"
    }

    private var trainWords: String { words(FigureName(FigureName(curveSettings.monitor).quantity)).asMarkdown }

    /// Variants that get worse on their own train rows, too.
    var unsettledSentence: String? {
        let found = results.compactMap { result in
            turn(of: result)?.unsettledSince.map { "\(hasVariants ? result.code + " " : "")from epoch \($0) on" }
        }
        guard !found.isEmpty else { return nil }
        return
            "Training does not settle: \(words(FigureName(curveSettings.monitor)).asMarkdown) and \(trainWords) both get worse and stay so, which is not "
            + "overfitting: \(names(found, limit: 20))."
    }

    private var isMinimized: Bool { curveSettings.goal == .minimize }
    var lowest: String { isMinimized ? "lowest" : "highest" }
    private var above: String { isMinimized ? "above" : "below" }

    /// The rule in a sentence.
    private var rule: String {
        "Overfitting starts where the \(monitoredWords) gets more than \(toleranceText) \(above) its \(lowest) and stays there to the end. "
            + "It must last a tenth of the epochs, and the \(trainWords) must not get worse."
    }

    /// Nil without validation figures of every epoch.
    var overfittingParagraphs: [String] {
        let turns = shown.compactMap { index in turn(of: results[index]).map { (result: results[index], turn: $0) } }
        guard let first = turns.first else { return [] }
        guard hasVariants else {
            let seeds = startsBySeed(first.result).map { " Seed by seed it starts at \($0)." } ?? ""
            return [sentence(first.turn) + " " + rule + seeds]
        }
        let overfitting = turns.filter { $0.turn.start != nil }
        guard !overfitting.isEmpty else { return ["No variant overfits. " + rule] }
        let count = overfitting.count
        let who =
            count == turns.count ? "Every variant overfits." : "\(count) of \(turns.count) variants \(count == 1 ? "overfits" : "overfit")."
        return [who + " " + rule, turnTable(overfitting)]
    }

    private func turnTable(_ turns: [(result: VariantResult, turn: Turn)]) -> String {
        let hasSeeds = experiment.seeds.count > 1
        let digits = Digits(turns.compactMap { Sample([$0.turn.best]) })
        var columns: [MarkdownTable.Column] = [
            .init("variant"), .init("\(lowest) \(monitoredWords)", .right), .init("at epoch", .right), .init("overfits from epoch", .right),
        ]
        if hasSeeds { columns.append(.init("seed by seed", .right)) }
        var table = MarkdownTable(columns + [.init("at the end", .right)])
        for (result, turn) in turns {
            let change = "\(Digits(decimals: 0).text(turn.loss * 100)) % \(above)"
            let seeds = hasSeeds ? [startsBySeed(result) ?? "–"] : []
            table.rows.append(
                [result.code, digits.text(turn.best), grouped(turn.bestEpoch), turn.start.map(grouped) ?? "–"] + seeds + [change])
        }
        return table.folded("variants")
    }

    /// For example `85 ± 10`, `85 ± 10 (3 of 5 seeds)`; nil with a single seed.
    private func startsBySeed(_ result: VariantResult) -> String? {
        guard experiment.seeds.count > 1, let sample = Sample(overfittingEpochs(of: result).sorted { $0.key < $1.key }.map(\.value)) else {
            return nil
        }
        let seeds = self.curve(result, curveSettings.monitor)?.bySeed.count ?? 0
        let count = sample.count < seeds ? " (\(sample.count) of \(seeds) seeds)" : ""
        // A spread of less than an epoch needs no digits: epochs are whole.
        let digits = sample.standardDeviation.map { $0 < 0.95 } ?? true ? Digits(decimals: 0) : Digits([sample])
        return (sample.minimum == sample.maximum ? digits.text(sample.mean) : digits.text(sample)) + count
    }

    private func sentence(_ turn: Turn) -> String {
        let best = "The \(monitoredWords) is \(lowest) at epoch \(turn.bestEpoch) of \(turn.lastEpoch)"
        guard let start = turn.start else { return "\(best); there is no overfitting." }
        return "\(best); from epoch \(start) on the network overfits, and ends \(Digits(decimals: 0).text(turn.loss * 100)) % \(above)."
    }

    /// What the curves say, for the headline of an experiment that asks about them: of the variant that trains longest.
    var overfittingAnswer: String? {
        guard experiment.curves != nil else { return nil }
        let turns = results.compactMap { result in self.turn(of: result).map { (result: result, turn: $0) } }
        guard let longest = turns.max(by: { $0.turn.lastEpoch < $1.turn.lastEpoch }) else { return nil }
        let turn = longest.turn
        let who = hasVariants ? " (\(longest.result.code))" : ""
        let best = "The \(monitoredWords)\(who) is \(lowest) at epoch \(turn.bestEpoch)"
        guard let start = turn.start else { return "\(best) and does not get more than \(toleranceText) worse for good." }
        let seeds = startsBySeed(longest.result).map { ", seed by seed \($0)" } ?? ""
        return "**\(best), and overfitting starts at epoch \(start)**\(seeds)."
    }
}
