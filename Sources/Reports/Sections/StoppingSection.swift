import Settings
import Statistics

/// When training ended, where early stopping may end it: the epochs that were trained, those whose weights were kept, and the lowest figure.
extension Comparison {
    var stoppingSection: String? {
        guard let monitor = results.compactMap({ $0.variant.trial.settings.training.earlyStopping }).first else { return nil }
        let figure = FigureName(monitor.monitor)
        let isLowest = monitor.goal == .minimize
        let best = "\(isLowest ? "lowest" : "highest") \(words(figure).asMarkdown)"
        var table = MarkdownTable([
            .init("variant"), .init("epochs trained", .right), .init("of at most", .right), .init("epoch of the kept weights", .right),
            .init(best, .right),
        ])
        let results = shown.map { self.results[$0] }
        let extremes = results.map { result in
            sample(of: result) { run in
                let curve = run.history[monitor.monitor]?.filter(\.isFinite) ?? []
                return isLowest ? curve.min() : curve.max()
            }
        }
        let digits = Digits(extremes.compactMap { $0 })
        for (result, extreme) in zip(results, extremes) {
            func epochs(_ count: @escaping (ReportedRun) -> Int?) -> String {
                sample(of: result) { count($0).map(Double.init) }.map { Digits(decimals: 0).text($0) } ?? "–"
            }
            table.rows.append([
                result.code, epochs { $0.history.rows.count }, grouped(result.variant.trial.settings.training.epochs),
                epochs { $0.record.keptEpoch ?? $0.history.rows.count }, extreme.map(digits.text) ?? "–",
            ])
        }
        let spread = unitCount > 1 ? "\n\nMean ± standard deviation over \(unit.count(unitCount))." : ""
        return "### Early stopping\n\n" + table.folded("variants") + spread
    }

    /// When early stopping ended the baseline's runs, for the headline.
    var stoppingAnswer: String? {
        let settings = baseline.variant.trial.settings.training
        guard settings.earlyStopping != nil,
            let trained = sample(of: baseline, { Double($0.history.rows.count) }),
            let kept = sample(of: baseline, { Double($0.record.keptEpoch ?? $0.history.rows.count) })
        else { return nil }
        let digits = Digits(decimals: 0)
        func text(_ sample: Sample) -> String { sample.minimum == sample.maximum ? digits.text(sample.mean) : digits.text(sample) }
        let who = hasVariants ? " of the baseline" : ""
        let all = "\(grouped(settings.epochs)) epochs"
        guard trained.minimum < Double(settings.epochs) else { return "Early stopping ended no run\(who) before its \(all)." }
        return "**Early stopping ended training\(who) after \(text(trained)) of at most \(all)**, with the weights of epoch \(text(kept))."
    }

    /// Over the units of the comparison: a seed's figure is the mean over its folds.
    private func sample(of result: VariantResult, _ figure: (ReportedRun) -> Double?) -> Sample? {
        Sample(result.figures(figure).sorted { $0.key < $1.key }.map(\.value))
    }
}
