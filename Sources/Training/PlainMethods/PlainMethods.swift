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
    /// Why there are no figures, or what must be known of those that there are, in words that follow the method's name.
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
        let known = exact.known(as: dataset.summary.target)
        return methods.map { method in
            do throws(MethodRefusal) {
                let fitted = try fit(method, for: settings, on: dataset, exact)
                var parts = [("val_", dataset.validation), ("test_", dataset.test)].filter { !$0.1.isEmpty }
                // Where all rows train there is nothing else to tell; each is its own nearest neighbour.
                if parts.isEmpty && method != .nearestNeighbours { parts = [("", dataset.train)] }
                let table = InputTable(dataset, exact)
                let threshold = threshold(of: fitted, in: table, settings: settings, dataset: dataset, targets: targets)
                var figures: [(name: String, value: Double)] = []
                var predictions: [PartPredictions] = []
                for (prefix, rows) in parts {
                    let outputs = fitted.outputs(of: rows, in: table)
                    figures += evaluate(
                        outputs, of: rows, settings: settings, target: dataset.summary.target, targets: targets, known: known,
                        threshold: threshold
                    ).map { (name: prefix + $0.name, value: $0.value) }
                    figures += fitted.figures(of: rows, in: table, labels: dataset.classNumbers(of: rows)).map {
                        (name: prefix + $0.name, value: $0.value)
                    }
                    guard !prefix.isEmpty else { continue }
                    predictions.append(
                        PartPredictions(
                            part: prefix == "val_" ? "validation" : "test", rows, fileRows: rows.map { dataset.fileRow(of: $0) }, targets,
                            outputs: outputs.map(Float.init)))
                }
                if case .chosen? = settings.training.threshold, let threshold { figures.append((Figures.threshold, threshold)) }
                return PlainMethodFigures(
                    method: method, figures: figures, predictions: predictions,
                    note: fitted.remark
                        ?? (figures.isEmpty && !parts.isEmpty ? "has none of the figures that are asked for; add metrics: [mse]" : nil))
            } catch {
                return PlainMethodFigures(method: method, figures: [], predictions: [], note: error.reason)
            }
        }
    }
}

/// What methods without a network, fitted on the train rows, answer for new rows that were encoded as the data set's own: probabilities of the
/// classes, or values in the target's own unit, a row each. Methods that cannot be fitted are left out.
public func plainPredictions(
    _ methods: [PlainMethod], for settings: TrialSettings, on dataset: EncodedDataset, exact: ExactNumbers, asked rows: [EncodedRows]
) -> [(method: PlainMethod, predictions: [[Double]])] {
    withExtendedLifetime(dataset) {
        guard rows.contains(where: { $0.rowCount > 0 }) else { return [] }
        return methods.compactMap { method in
            guard let fitted = try? fit(method, for: settings, on: dataset, exact) else { return nil }
            return (method, rows.flatMap { predictions(of: fitted, for: $0, on: dataset) })
        }
    }
}

private func predictions(of fitted: any FittedMethod, for rows: EncodedRows, on dataset: EncodedDataset) -> [[Double]] {
    guard rows.rowCount > 0 else { return [] }
    let table = InputTable(rows)
    let outputs = (0..<Int32(rows.rowCount)).map { $0 }.withUnsafeBufferPointer { fitted.outputs(of: $0, in: table) }
    let width = outputs.count / rows.rowCount
    return (0..<rows.rowCount).map { row in outputs[row * width..<(row + 1) * width].map { dataset.inOwnUnit($0) } }
}

/// A method that was fitted on train rows.
protocol FittedMethod {
    /// Probabilities of the classes, or values in training units, of each row of a table, one row after the other; of the inputs as many as they have.
    func outputs(of rows: UnsafeBufferPointer<Int32>, in table: InputTable) -> [Double]

    /// Figures of its own beside the trial's metrics; `labels` are the rows' classes where the target has such, or stands beside such.
    func figures(of rows: UnsafeBufferPointer<Int32>, in table: InputTable, labels: [Int]?) -> [(name: String, value: Double)]

    /// What must be known of the fit, in words that follow the method's name: `did not converge …`. Nil as a rule.
    var remark: String? { get }
}

extension FittedMethod {
    func figures(of rows: UnsafeBufferPointer<Int32>, in table: InputTable, labels: [Int]?) -> [(name: String, value: Double)] { [] }

    var remark: String? { nil }
}

/// Why a method was not fitted.
struct MethodRefusal: Error {
    let reason: String

    static let sparse = MethodRefusal(reason: "needs dense columns, there is a text among the inputs")

    static let tokens = MethodRefusal(reason: "counts no sequences of words; encode the text as multi-hot for it")

    static let steps = MethodRefusal(reason: "answers once for an example, which has a target at each step")

    static let givesInputs = MethodRefusal(reason: "gives the inputs back, the target is another; write target: inputs for it")

    static func tooLarge(_ rows: Int, _ features: Int) -> MethodRefusal {
        MethodRefusal(reason: "would take too long on \(rows) rows of \(features) features")
    }
}

private func fit(
    _ method: PlainMethod, for settings: TrialSettings, on dataset: EncodedDataset, _ exact: ExactNumbers
) throws(MethodRefusal) -> any FittedMethod {
    let values = exact.target ?? []
    let train = dataset.train
    if case .tokens = dataset.inputs, method.needsInputs { throw .tokens }
    if settings.target.each { throw .steps }
    switch dataset.target {
    case .severalLabels: throw MethodRefusal(reason: "knows one class or one number a row, the target has several labels")
    case .inputs:
        switch method {
        case .pca(let components): return try ComponentsMethod(exact.denseRows(), count: components, train: train)
        case .kMeans(let settings): return try KMeansMethod(exact.denseRows(), settings, train: train)
        default: throw MethodRefusal(reason: "knows one class or one number a row, the target is the inputs")
        }
    case .classes(let labels, let names):
        let classes = TrainClasses(labels, count: names.count, train: train, settings, dataset)
        switch method {
        case .majority: return ClassShares(labels, classes: names.count, train: train)
        case .logistic(let c):
            if c == nil, exact.inputs != nil {
                return try LogisticRegression(exact.denseRows(), labels, classes: names.count, train: train, weights: classes.weights)
            }
            return PenalisedLogistic(try table(dataset, exact), classes, c: c ?? 1, train: train)
        case .nearestNeighbours:
            return try NearestNeighbours(exact.denseRows(), target: dataset.target, values: values, train: train, of: dataset)
        case .linearSVM(let c): return LinearSVM(try table(dataset, exact), classes, c: c, train: train)
        case .tree(let settings): return try DecisionTree(exact.denseRows(), classes, settings, train: train)
        case .boostedTrees(let settings): return try BoostedTrees(exact.denseRows(), classes, settings, train: train)
        case .mean, .persistence, .linear, .ridge, .lasso: throw MethodRefusal(reason: "needs a numeric target, the target has classes")
        case .pca, .kMeans: throw .givesInputs
        }
    case .values:
        switch method {
        case .mean: return MeanTarget(values, train: train)
        case .persistence: return try Persistence(dataset.summary)
        case .linear: return try LeastSquares(exact.denseRows(), values, train: train)
        case .nearestNeighbours:
            return try NearestNeighbours(exact.denseRows(), target: dataset.target, values: values, train: train, of: dataset)
        case .ridge(let alpha): return Ridge(try table(dataset, exact), values, alpha: alpha, train: train)
        case .lasso(let alpha): return Lasso(try table(dataset, exact), values, alpha: alpha, train: train)
        case .tree(let settings): return try DecisionTree(exact.denseRows(), values, settings, train: train)
        case .boostedTrees(let settings): return try BoostedTrees(exact.denseRows(), values, settings, train: train)
        case .majority, .logistic, .linearSVM: throw MethodRefusal(reason: "needs classes, the target is numeric")
        case .pca, .kMeans: throw .givesInputs
        }
    }
}

/// Sparse rows, or dense ones in 64 bits.
private func table(_ dataset: EncodedDataset, _ exact: ExactNumbers) throws(MethodRefusal) -> InputTable {
    if case .dense = dataset.inputs, exact.inputs == nil { throw .sparse }
    return InputTable(dataset, exact)
}

/// The classes of the train rows, numbered, with what each row counts.
struct TrainClasses {
    /// A class a row, in the order of the train rows.
    let numbers: [Int]
    let count: Int
    /// The weight of a row's class in the experiment, 1 where it has none.
    let weights: [Double]

    fileprivate init(
        _ labels: UnsafeBufferPointer<Int32>, count: Int, train: UnsafeBufferPointer<Int32>, _ settings: TrialSettings,
        _ dataset: EncodedDataset
    ) {
        self.count = count
        let numbers = train.map { Int(labels[Int($0)]) }
        self.numbers = numbers
        // Weights that the data do not have were refused with the networks.
        let byClass = (try? classWeights(of: settings, data: dataset.summary))?.resolved(on: dataset, labels: labels)
        weights = byClass.map { byClass in numbers.map { Double(byClass[$0]) } } ?? [Double](repeating: 1, count: numbers.count)
    }

    /// The weight of each class, summed.
    var totals: [Double] {
        var totals = [Double](repeating: 0, count: count)
        for (number, weight) in zip(numbers, weights) { totals[number] += weight }
        return totals
    }
}

// MARK: - Figures

/// Where a method tells two classes apart: as given, or as its own probabilities of the validation rows choose.
private func threshold(
    of fitted: any FittedMethod, in table: InputTable, settings: TrialSettings, dataset: EncodedDataset, targets: MetricTargets
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
        case .values(_, let width, let unit):
            sum.add(values: outputs, targets: rows.flatMap { known[Int($0) * width..<(Int($0) + 1) * width] }, unit: unit)
        }
        return sum.value
    }
    let loss = lossMetric(settings, width: outputs.count / max(rows.count, 1)).map { ("loss", value($0, targets.inTrainingUnits)) }
    let metrics = settings.training.metrics.map { ($0.figure, value($0, targets)) }
    return ([loss].compactMap { $0 } + metrics).map { (name: $0.0, value: $0.1) }
}

/// The metric that is the loss of plain outputs, without penalties; nil for a loss that only a network has, or a sum over outputs.
private func lossMetric(_ settings: TrialSettings, width: Int) -> Metric? {
    let demands = settings.training.loss.kind.demands
    guard !settings.training.loss.sumsOutputs || width == 1 else { return nil }
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

extension ExactNumbers {
    /// What a target's values should be.
    fileprivate func known(as target: DatasetSummary.TargetKind) -> [Double] {
        if case .inputs = target { inputs ?? [] } else { self.target ?? [] }
    }

    fileprivate func denseRows() throws(MethodRefusal) -> DenseRows {
        guard let inputs else { throw .sparse }
        return DenseRows(elements: inputs, features: featureCount)
    }
}

extension EncodedDataset {
    /// A value of the target as the raw data have it; probabilities stay as they are.
    fileprivate func inOwnUnit(_ value: Double) -> Double {
        if case .values(_, _, let unit) = target { unit.original(value) } else { value }
    }
}
