import Datasets
import Metrics
import Settings

/// What a method without a network reaches on the validation and test rows.
public struct PlainMethodFigures: Sendable {
    /// The method.
    public let method: PlainMethod
    /// Figures by name, as a run has them: `val_loss`, `val_accuracy`, `test_accuracy`, …; none where ``note`` says why.
    public let figures: [(name: String, value: Double)]
    /// What it answers for the validation rows, then the test rows: probabilities of the classes, or values in training units.
    public let predictions: [PartPredictions]
    /// Why there are no figures.
    public let note: String?
}

/// Fits methods without a network on the train rows, with the encodings of a trial, and reports the trial's metrics, and its loss
/// where it can be told of them: on validation and test rows, or on the train rows where there are no others. They work in 64 bits on what the file
/// says, `exact`. The same data give the same figures.
///
/// - Throws: ``PreparationProblem`` for settings that the data do not have.
public func plainMethodFigures(
    _ methods: [PlainMethod], for settings: TrialSettings, on dataset: EncodedDataset, exact: ExactNumbers
) throws -> [PlainMethodFigures] {
    try withExtendedLifetime(dataset) {
        let targets = try PreparedExamples(dataset, settings: settings).metricTargets
        let known = exact.target ?? []
        return methods.map { method in
            do throws(MethodRefusal) {
                let fitted = try fit(method, on: dataset, exact)
                var parts = [("val_", dataset.validation), ("test_", dataset.test)].filter { !$0.1.isEmpty }
                // Where all rows train there is nothing else to tell; each is its own nearest neighbour.
                if parts.isEmpty && method != .nearestNeighbours { parts = [("", dataset.train)] }
                let table = DenseRows(exact)
                let threshold = threshold(of: fitted, in: table, settings: settings, dataset: dataset, targets: targets)
                var figures: [(name: String, value: Double)] = []
                var predictions: [PartPredictions] = []
                for (prefix, rows) in parts {
                    let outputs = fitted.outputs(of: rows, in: table)
                    figures += evaluate(
                        outputs, of: rows, settings: settings, target: dataset.summary.target, targets: targets, known: known,
                        threshold: threshold
                    ).map { (name: prefix + $0.name, value: $0.value) }
                    guard !prefix.isEmpty else { continue }
                    predictions.append(
                        PartPredictions(
                            part: prefix == "val_" ? "validation" : "test", rows, of: dataset, targets, outputs: outputs.map(Float.init)))
                }
                if case .chosen? = settings.training.threshold, let threshold { figures.append((Figures.threshold, threshold)) }
                return PlainMethodFigures(method: method, figures: figures, predictions: predictions, note: nil)
            } catch {
                return PlainMethodFigures(method: method, figures: [], predictions: [], note: error.reason)
            }
        }
    }
}

/// What methods without a network, fitted on the train rows, answer for new rows that were encoded as the data set's own: probabilities of the
/// classes, or values in the target's own unit, a row each. Methods that cannot be fitted are left out.
public func plainPredictions(
    _ methods: [PlainMethod], on dataset: EncodedDataset, exact: ExactNumbers, for rows: [EncodedRows]
) -> [(method: PlainMethod, predictions: [[Double]])] {
    withExtendedLifetime(dataset) {
        guard rows.contains(where: { $0.rowCount > 0 }) else { return [] }
        return methods.compactMap { method in
            guard let fitted = try? fit(method, on: dataset, exact) else { return nil }
            return (method, rows.flatMap { predictions(of: fitted, for: $0, on: dataset) })
        }
    }
}

private func predictions(of fitted: any FittedMethod, for rows: EncodedRows, on dataset: EncodedDataset) -> [[Double]] {
    guard rows.rowCount > 0 else { return [] }
    let numbers: [Float] = if case .dense(let numbers) = rows.inputs { numbers } else { [] }
    let table = DenseRows(elements: numbers.map(Double.init), features: rows.featureCount)
    let outputs = (0..<Int32(rows.rowCount)).map { $0 }.withUnsafeBufferPointer { fitted.outputs(of: $0, in: table) }
    let width = outputs.count / rows.rowCount
    return (0..<rows.rowCount).map { row in outputs[row * width..<(row + 1) * width].map { dataset.inOwnUnit($0) } }
}

/// A method that was fitted on train rows.
protocol FittedMethod {
    /// Probabilities of the classes, or values, of each row of a table, one row after the other. Methods that do not look at inputs answer for
    /// sparse rows too, whose table is empty.
    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: DenseRows) -> [Double]
}

/// Why a method was not fitted.
struct MethodRefusal: Error {
    let reason: String

    static let sparse = MethodRefusal(reason: "needs dense columns, the input is multi-hot")

    static func tooLarge(_ rows: Int, _ features: Int) -> MethodRefusal {
        MethodRefusal(reason: "would take too long on \(rows) rows of \(features) features")
    }
}

private func fit(
    _ method: PlainMethod, on dataset: EncodedDataset, _ exact: ExactNumbers
) throws(MethodRefusal) -> any FittedMethod {
    let values = exact.target ?? []
    return switch (method, dataset.target) {
    case (_, .severalLabels): throw MethodRefusal(reason: "knows one class or one number a row, the target has several labels")
    case (.majority, .classes(let labels, let names)): ClassShares(labels, classes: names.count, train: dataset.train)
    case (.mean, .values): MeanTarget(values, train: dataset.train)
    case (.linear, .values): try LeastSquares(exact.denseRows(), values, train: dataset.train)
    case (.logistic, .classes(let labels, let names)):
        try LogisticRegression(exact.denseRows(), labels, classes: names.count, train: dataset.train)
    case (.nearestNeighbours, _):
        try NearestNeighbours(exact.denseRows(), target: dataset.target, values: values, train: dataset.train, of: dataset)
    case (.majority, .values), (.logistic, .values): throw MethodRefusal(reason: "needs classes, the target is numeric")
    case (.mean, .classes), (.linear, .classes): throw MethodRefusal(reason: "needs a numeric target, the target has classes")
    }
}

// MARK: - Figures

/// Where a method tells two classes apart: as given, or as its own probabilities of the validation rows choose.
private func threshold(
    of fitted: any FittedMethod, in table: DenseRows, settings: TrialSettings, dataset: EncodedDataset, targets: MetricTargets
) -> Double? {
    guard case .chosen(let criterion)? = settings.training.threshold else { return settings.training.threshold?.value(in: [:]) }
    return fitted.outputs(of: dataset.validation, in: table).map(Float.init).withUnsafeBufferPointer {
        ClassThreshold(
            of: settings.positive(of: dataset.summary.target), by: criterion, scores: $0, meaning: .plain, rows: dataset.validation,
            targets: targets)?.probability
    }
}

private func evaluate(
    _ outputs: [Double], of rows: UnsafeBufferPointer<Int32>, settings: TrialSettings, target: DatasetSummary.TargetKind,
    targets: MetricTargets, known: [Double], threshold: Double?
) -> [(name: String, value: Double)] {
    let scores = outputs.map(Float.init)
    func value(_ metric: Metric, _ targets: MetricTargets) -> Double {
        var sum = metric.sum(positive: settings.positive(of: target), threshold: threshold)
        switch targets {
        case .labels, .severalLabels: scores.withUnsafeBufferPointer { sum.add(scores: $0, rows: rows, targets: targets) }
        case .values(_, _, let unit):
            sum.add(values: outputs, targets: rows.map { known[Int($0)] }, unit: unit)
        }
        return sum.value
    }
    let loss = lossMetric(settings, width: outputs.count / max(rows.count, 1)).map { ("loss", value($0, targets.inTrainingUnits)) }
    let metrics = settings.training.metrics.map { ($0.figure, value($0, targets)) }
    return ([loss].compactMap { $0 } + metrics).map { (name: $0.0, value: $0.1) }
}

/// The metric that is the loss of plain outputs, without penalties; nil for a loss that only a network has.
private func lossMetric(_ settings: TrialSettings, width: Int) -> Metric? {
    let demands = settings.training.loss.kind.demands
    // A sigmoid's outputs are judged one by one: of two that belong together that is the same.
    if demands.probabilities == .sigmoid, !settings.target.encoding.isOfClasses || width != 2 { return nil }
    return demands.metric
}

extension MetricTargets {
    /// The same with errors in training units.
    fileprivate var inTrainingUnits: MetricTargets {
        if case .values(let values, let width, _) = self { .values(values, width: width, unit: .training) } else { self }
    }
}

// MARK: - Inputs

/// Row-major numbers of a data set.
struct DenseRows {
    let elements: [Double]
    let features: Int

    subscript(row: Int32, feature: Int) -> Double { elements[Int(row) * features + feature] }
}

extension DenseRows {
    /// The inputs; empty where they are sparse.
    init(_ exact: ExactNumbers) { self.init(elements: exact.inputs ?? [], features: exact.featureCount) }

    /// Whether a feature of these rows varies by no more than rounding.
    func isConstant(_ feature: Int, of rows: UnsafeBufferPointer<Int32>) -> Bool {
        guard let first = rows.first else { return true }
        var (low, high) = (self[first, feature], self[first, feature])
        for row in rows {
            low = min(low, self[row, feature])
            high = max(high, self[row, feature])
        }
        return !(low < high) || (low...high).isRoundingAlone
    }
}

extension ExactNumbers {
    fileprivate func denseRows() throws(MethodRefusal) -> DenseRows {
        guard inputs != nil else { throw .sparse }
        return DenseRows(self)
    }
}

extension EncodedDataset {
    /// A value of the target as the raw data have it; probabilities stay as they are.
    fileprivate func inOwnUnit(_ value: Double) -> Double {
        if case .values(_, _, let unit) = target { unit.original(value) } else { value }
    }
}
