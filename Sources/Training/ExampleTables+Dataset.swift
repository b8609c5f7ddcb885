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

    init(_ dataset: EncodedDataset, settings: TrialSettings) throws(PreparationProblem) {
        self.dataset = dataset
        let rows = dataset.rowCount
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
            metricTargets = .labels(labels.orEmpty)
            var weights: FloatTable?
            if let byClass = try classWeights(of: settings, data: dataset.summary)?.resolved(on: dataset, labels: labels) {
                let byRow = OwnedNumbers(labels.map { byClass[Int($0)] })
                weights = FloatTable(elements: byRow.start, rows: rows, columns: 1, owner: byRow)
            }
            if settings.target.encoding == .label && !settings.training.loss.kind.demands.comparesClasses {
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
        guard shape.count > 1, let first = settings.model.layers.first, type(of: first.kind).takesShapes else {
            return .dense([shape.reduce(1, *)])
        }
        let lacksChannels = image == nil && shape.count == 2 && window == nil && !type(of: first.kind).takesSequences
        return .dense(Shape(lacksChannels ? shape + [1] : shape))
    }
}
