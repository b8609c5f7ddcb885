import Datasets
import Metrics
import NeuralNetworks
import Settings
import TensorEngine

/// An encoded data set as the engine and the metrics see it.
struct PreparedExamples {
    let tables: ExampleTables
    let metricTargets: MetricTargets
    let dataset: EncodedDataset
    /// How many targets a row has: one, or one a step.
    private let steps: Int

    init(_ dataset: EncodedDataset, settings: TrialSettings) throws(PreparationProblem) {
        self.dataset = dataset
        let rows = dataset.rowCount
        steps = settings.target.each ? dataset.featureCount : 1
        let inputs: ExampleTables.Inputs
        switch dataset.inputs {
        case .dense(let elements):
            inputs = .dense(FloatTable(elements: elements.orEmpty, rows: rows, columns: dataset.featureCount, owner: dataset))
        case .tokens(let tokens):
            guard case .sequences(let vocabulary) = dataset.summary.inputKind else {
                throw PreparationProblem(path: "inputs", message: "the inputs have no vocabulary", help: "encode them anew")
            }
            inputs = .tokens(
                TokenTable(tokens: tokens.orEmpty, rows: rows, length: dataset.featureCount, owner: dataset), vocabulary: vocabulary)
        case .sparse(let offsets, let columns, let values):
            inputs = .sparse(
                SparseTable(
                    offsets: offsets.orEmpty, columnNumbers: columns.orEmpty, values: values?.orEmpty, rows: rows,
                    columns: dataset.featureCount, owner: dataset))
        }
        switch dataset.target {
        case .values(let values, let width, let unit):
            metricTargets = .values(values.orEmpty, width: width, unit: unit)
            tables = ExampleTables(
                inputs: inputs, targets: .values(FloatTable(elements: values.orEmpty, rows: rows, columns: width, owner: dataset)))
        case .inputs:
            guard case .dense(let table) = inputs else {
                throw PreparationProblem(
                    path: "target", message: "the inputs are no rows of numbers, which a network could give again",
                    help: "encode them dense")
            }
            metricTargets = .values(table.elements, width: table.columns, unit: .training)
            tables = ExampleTables(inputs: inputs, targets: .values(table))
        case .severalLabels(let ones, let names):
            metricTargets = .severalLabels(ones.orEmpty, labels: names.count)
            tables = ExampleTables(
                inputs: inputs, targets: .values(FloatTable(elements: ones.orEmpty, rows: rows, columns: names.count, owner: dataset)))
        case .classes(let labels, let names):
            let byStep = settings.target.each ? OwnedNumbers(dataset.labelsOfSteps(labels, classes: names.count)) : nil
            metricTargets = .labels(byStep.map { UnsafePointer($0.start) } ?? labels.orEmpty)
            var weights: FloatTable?
            if let byClass = try classWeights(of: settings, data: dataset.summary)?.resolved(on: dataset, labels: labels) {
                let places = UnsafeBufferPointer(start: byStep.map { UnsafePointer($0.start) } ?? labels.orEmpty, count: rows * steps)
                let byTarget = OwnedNumbers(places.map { byClass[Int($0)] })
                weights = FloatTable(elements: byTarget.start, rows: rows, columns: steps, owner: byTarget)
            }
            if let byStep {
                tables = ExampleTables(
                    inputs: inputs,
                    targets: .steps(
                        TokenTable(tokens: byStep.start, rows: rows, length: steps, owner: byStep), classes: names.count),
                    weights: weights)
            } else if settings.target.encoding == .label && !settings.training.loss.kind.demands.comparesClasses {
                // One number an example: the label itself is what the network should give.
                let numbers = OwnedNumbers(labels.map(Float.init))
                tables = ExampleTables(
                    inputs: inputs, targets: .values(FloatTable(elements: numbers.start, rows: rows, columns: 1, owner: numbers)),
                    weights: weights)
            } else {
                tables = ExampleTables(
                    inputs: inputs, targets: .labels(LabelTable(labels: labels.orEmpty, rows: rows, owner: dataset), classes: names.count),
                    weights: weights)
            }
        }
    }
}

extension PreparedExamples {
    /// Gives the places of all targets of some rows, row by row, as metrics count them.
    func withTargets<Result>(of rows: UnsafeBufferPointer<Int32>, _ body: (UnsafeBufferPointer<Int32>) throws -> Result) rethrows -> Result
    {
        guard steps > 1 else { return try body(rows) }
        let places = rows.flatMap { row in (0..<Int32(steps)).map { row * Int32(steps) + $0 } }
        return try places.withUnsafeBufferPointer(body)
    }

    /// The row of the file in which a target stands: that of an example's last one is the example's.
    func fileRow(ofTarget place: Int32) -> Int32 {
        let steps = Int32(steps)
        return dataset.fileRow(of: place / steps) - (steps - 1 - place % steps)
    }
}

extension EncodedDataset {
    /// Of windows of a text the class of what follows each step: the next word of the window, behind its last one the window's own label.
    fileprivate func labelsOfSteps(_ labels: UnsafeBufferPointer<Int32>, classes: Int) -> [Int32] {
        guard case .tokens(let words) = inputs, case .sequences(let vocabulary) = summary.inputKind else { return [] }
        let firstClass = Int32(vocabulary - classes)
        return labels.enumerated().flatMap { row, label in
            words[row * featureCount + 1..<(row + 1) * featureCount].map { $0 - firstClass } + [label]
        }
    }
}

extension UnsafeBufferPointer where Element: BitwiseCopyable & Sendable {
    /// The address, or that of nothing when there are no elements: it is never read then.
    fileprivate var orEmpty: UnsafePointer<Element> { baseAddress ?? nothing.assumingMemoryBound(to: Element.self) }
}

/// Where no elements stand.
private nonisolated(unsafe) let nothing = UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64))

extension DatasetSummary {
    /// What an example is to a network: with its shape where the first layer takes shapes, a channel added to rows and columns alone, and zeros around where
    /// images are padded.
    func exampleInput(for settings: TrialSettings) -> ExampleInput {
        if isSparse { return .sparse(columns: featureCount) }
        if case .sequences(let vocabulary) = inputKind { return .tokens(length: featureCount, vocabulary: vocabulary) }
        let image = image(of: settings)
        let shape = image?.paddedSizes ?? inputShape
        guard shape.count > 1, let first = settings.model.layers.first(where: { !type(of: $0.kind).takesAnyShape }),
            type(of: first.kind).takesShapes
        else {
            return .dense([shape.reduce(1, *)])
        }
        let lacksChannels = image == nil && shape.count == 2 && window == nil && !type(of: first.kind).takesSequences
        return .dense(Shape(lacksChannels ? shape + [1] : shape))
    }
}
