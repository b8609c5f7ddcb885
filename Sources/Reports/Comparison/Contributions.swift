import Metrics
import RunStore
import Settings

/// What each validation or test example of a run contributes to a figure: numbers whose mean is the figure (``MetricSum``).
struct Contributions {
    /// Row numbers in the data set, rising.
    let rows: [Int32]
    /// One a row.
    let values: [Double]

    /// Those of a finished run with these settings; nil as below, and where the run keeps no predictions that can be read.
    init?(_ figure: FigureName, of run: StoredRun, settings: TrialSettings, recorded: Double) {
        guard figure.part != .train, let predictions = try? run.predictions(),
            let part = figure.part == .validation ? predictions.validation : predictions.test
        else { return nil }
        self.init(
            figure, of: part, target: run.record.target, settings: settings, recorded: recorded,
            threshold: settings.training.threshold?.value(in: run.record.figures))
    }

    /// Nil where the figure is not of stored examples, or not defined for them.
    ///
    /// `threshold` is where the run tells two classes apart, `recorded` the figure in its record. A loss's penalties are the same for every example, and so its
    /// contributions are moved alike, to the mean that the record says; so is what layers add to the loss by example, which stored outputs do not tell.
    /// `meaning` is that of the outputs; nil for those of the settings' network.
    init?(
        _ figure: FigureName, of part: Predictions.Part, target: RecordedTarget?, settings: TrialSettings, recorded: Double,
        threshold: Double? = nil, meaning: OutputMeaning? = nil
    ) {
        let count = part.rows.count
        guard count > 0, part.width > 0, part.hasTargets(for: target), recorded.isFinite else { return nil }
        let isLoss = figure.quantity == "loss"
        let metric = settings.training.metrics.first { $0.figure == figure.quantity }
        guard
            let sum = isLoss
                ? settings.training.loss.sum
                : metric?.sum(
                    positive: settings.target.positiveNumber(among: target?.classes ?? []), threshold: threshold)
        else { return nil }
        var values = Self.values(sum, part, target: target, meaning: meaning ?? settings.training.loss.outputMeaning)
        guard values.count == count, values.allSatisfy(\.isFinite) else { return nil }
        if isLoss {
            guard !Self.isRoundedAway(part, settings.training.loss, meaning ?? settings.training.loss.outputMeaning) else { return nil }
            let distance = recorded - values.reduce(0, +) / Double(count)
            for place in values.indices { values[place] += distance }
        }
        let isSorted = zip(part.rows, part.rows.dropFirst()).allSatisfy { $0 < $1 }
        let order = isSorted ? Array(part.rows.indices) : part.rows.indices.sorted { part.rows[$0] < part.rows[$1] }
        rows = isSorted ? part.rows : order.map { part.rows[$0] }
        self.values = isSorted ? values : order.map { values[$0] }
    }

    /// Whether an example's cross-entropy is larger than its stored output tells: a probability that rounding made 1, or 0, though the target is another. By how much
    /// is not known, and so neither how far examples lie apart.
    private static func isRoundedAway(_ part: Predictions.Part, _ loss: LossSettings, _ meaning: OutputMeaning) -> Bool {
        switch loss.kind {
        case .binaryCrossentropy where meaning != .sigmoidLogits && part.targets.count == part.outputs.count:
            zip(part.outputs, part.targets).contains { $0 >= 1 && $1 < 1 || $0 <= 0 && $1 > 0 }
        case .categoricalCrossentropy, .sparseCategoricalCrossentropy:
            meaning != .softmaxLogits && part.width > 1 && part.targets.count == part.rows.count
                && part.targets.enumerated().contains { place, label in
                    guard let label = Int(exactly: label), (0..<part.width).contains(label) else { return false }
                    return part.outputs[place * part.width + label] <= 0
                }
        default: false
        }
    }

    private static func values(_ sum: MetricSum, _ part: Predictions.Part, target: RecordedTarget?, meaning: OutputMeaning) -> [Double] {
        // Targets lie example by example here, not by the data set's rows.
        let places = part.rows.indices.map(Int32.init)
        return places.withUnsafeBufferPointer { places in
            part.outputs.withUnsafeBufferPointer { outputs in
                part.targets.withUnsafeBufferPointer { targets in
                    guard let first = targets.baseAddress else { return [] }
                    let width = targets.count / places.count
                    switch target {
                    case .severalLabels?:
                        return sum.contributions(
                            scores: outputs, meaning: meaning, rows: places, targets: .severalLabels(first, labels: width))
                    case .inputs?:
                        return sum.contributions(
                            scores: outputs, meaning: meaning, rows: places, targets: .values(first, width: width, unit: .training))
                    case .values(let shift, let divisor, let logarithm)?:
                        let unit = TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm)
                        return sum.contributions(
                            scores: outputs, meaning: meaning, rows: places, targets: .values(first, width: width, unit: unit))
                    case .classes?:
                        return targets.map { Int32(exactly: $0) ?? -1 }.withUnsafeBufferPointer { labels in
                            labels.baseAddress.map {
                                sum.contributions(scores: outputs, meaning: meaning, rows: places, targets: .labels($0))
                            } ?? []
                        }
                    case nil: return []
                    }
                }
            }
        }
    }
}

extension Predictions.Part {
    /// Whether its targets are of the kind, as many as there are outputs, or of classes that the outputs tell apart: metrics read what they are told to read.
    func hasTargets(for target: RecordedTarget?) -> Bool {
        switch target {
        case .classes?:
            targets.count == rows.count && targets.allSatisfy { Int(exactly: $0).map { (0..<max(width, 2)).contains($0) } ?? false }
        case .severalLabels?, .values?, .inputs?: targets.count == outputs.count
        case nil: false
        }
    }
}

extension RecordedTarget {
    /// The names of the classes, where it is one of them.
    fileprivate var classes: [String]? { if case .classes(let names) = self { names } else { nil } }
}
