import Experiments
import Settings
import Statistics

/// One figure of a variant by epoch: its mean over runs, smoothed where the experiment asks for it, and what it is a mean of.
struct LearningCurve {
    /// The epoch of the first value, counted from 1.
    let firstEpoch: Int
    /// The mean over seeds, of each seed's mean over folds, as measured.
    let measured: [Double]
    /// The same, smoothed; equal to ``measured`` without smoothing.
    let mean: [Double]
    /// The curve of each seed (a mean over its folds), smoothed, in the order of the seeds.
    let bySeed: [(seed: Int, values: [Double])]
    /// The same up to the epoch in which the seed's own runs (half of them, under folds) ended: where training turns is looked for here.
    let whileTraining: [(seed: Int, values: [Double])]
    /// The curve of each fold (a mean over seeds), smoothed; empty without folds.
    let byFold: [[Double]]

    var lastEpoch: Int { firstEpoch + mean.count - 1 }

    /// Nil where no run has the figure, or none has come as far as the first epoch.
    init?(_ runs: [ReportedRun], _ name: String, settings: CurveSettings, folds: Int?) {
        let longest = runs.map(\.history.rows.count).max() ?? 0
        let found = runs.compactMap { run in
            run.curve(name, upTo: longest).map { (run: run.specification, values: Array($0.dropFirst(settings.fromEpoch - 1))) }
        }
        .filter { !$0.values.isEmpty }
        let bySeed = Dictionary(grouping: found, by: \.run.seed).sorted { $0.key < $1.key }
        // Half of the folds would not be comparable with all of them; where no seed has all, the runs at hand must do.
        let complete = bySeed.filter { $0.value.count == max(1, folds ?? 1) }
        let used = complete.isEmpty ? bySeed : complete
        guard !used.isEmpty else { return nil }
        let smoothing =
            settings.smoothing > 0
            ? ExponentialSmoothing(factor: settings.smoothing, correctsBias: settings.biasCorrection) : nil
        func smoothed(_ values: [Double]) -> [Double] { smoothing?.smoothed(values) ?? values }
        let seeds = used.map { (seed: $0.key, values: meanCurve($0.value.map(\.values))) }
        firstEpoch = settings.fromEpoch
        measured = meanCurve(seeds.map(\.values))
        mean = smoothed(measured)
        let curves = seeds.map { (seed: $0.seed, values: smoothed($0.values)) }
        self.bySeed = curves
        let lengths = Dictionary(grouping: runs, by: \.specification.seed).mapValues { runs in
            let counts = runs.map(\.history.rows.count).sorted(by: >)
            return max(0, counts[(counts.count - 1) / 2] - settings.fromEpoch + 1)
        }
        whileTraining = curves.map { ($0.seed, Array($0.values.prefix(lengths[$0.seed] ?? 0))) }
        let byFold = Dictionary(grouping: used.flatMap(\.value)) { $0.run.fold ?? 0 }.sorted { $0.key < $1.key }
        self.byFold = folds == nil ? [] : byFold.map { smoothed(meanCurve($0.value.map(\.values))) }
        guard !measured.isEmpty else { return nil }
    }

    /// The lowest and the highest of some curves, epoch by epoch, as far as the mean goes.
    func band(_ curves: [[Double]]) -> (lowest: [Double], highest: [Double]) {
        let samples = mean.indices.map { epoch in
            Sample(curves.compactMap { epoch < $0.count && $0[epoch].isFinite ? $0[epoch] : nil })
        }
        return (samples.map { $0?.minimum ?? .nan }, samples.map { $0?.maximum ?? .nan })
    }
}

extension ReportedRun {
    /// The figure by epoch. A run that early stopping ended goes on with the figure of the weights it kept, up to as many epochs as the longest run
    /// has: without it the mean would follow the runs that are left, and rise because weak ones have ended.
    fileprivate func curve(_ name: String, upTo epochs: Int) -> [Double]? {
        guard let values = history[name] else { return nil }
        guard endedEarly, values.count < epochs, let kept = figure(name, epoch: record.keptEpoch ?? values.count) else { return values }
        return values + Array(repeating: kept, count: epochs - values.count)
    }

    /// Whether early stopping ended the run.
    var endedEarly: Bool { record.stopped == "early stopping" }
}

/// The mean of several curves, epoch by epoch, over those that have come so far. It goes on as long as half of the curves do.
private func meanCurve(_ curves: [[Double]]) -> [Double] {
    let lengths = curves.map(\.count).sorted(by: >)
    let length = lengths.isEmpty ? 0 : lengths[(lengths.count - 1) / 2]
    return (0..<length).map { epoch in
        Sample(curves.compactMap { epoch < $0.count && $0[epoch].isFinite ? $0[epoch] : nil })?.mean ?? .nan
    }
}

extension Comparison {
    /// How curves are drawn. Where no run has come as far as the first epoch that the file asks for, they begin with the first of all.
    static func curveSettings(_ experiment: Experiment, _ results: [VariantResult]) -> CurveSettings {
        var settings = experiment.curves ?? CurveSettings()
        let epochs = results.flatMap(\.runs).map(\.history.rows.count).max() ?? 0
        if settings.fromEpoch > epochs { settings.fromEpoch = 1 }
        return settings
    }

    func curve(_ result: VariantResult, _ name: String) -> LearningCurve? {
        LearningCurve(result.runs, name, settings: curveSettings, folds: experiment.folds)
    }
}
