import Datasets
import Metrics
import NeuralNetworks
import Settings
import TensorEngine

/// A trained network that answers for new rows.
public struct Predictor: Sendable {
    /// What the predictions are.
    public enum OutputKind: Sendable, Hashable {
        /// A number for each of these classes: probabilities, or plain scores of a network that gives none.
        case classes(names: [String], areProbabilities: Bool)
        /// A number for each of these labels, of which a row has any number: probabilities, or plain scores of a network that gives none.
        case severalLabels(names: [String], areProbabilities: Bool)
        /// Values in the target's own unit.
        case values
    }

    /// What the predictions are.
    public let outputKind: OutputKind
    let trial: PreparedTrial
    let data: DatasetSummary
    private let weights: [TrainedParameter]
    private var loss: LossSettings { trial.settings.training.loss }

    /// The network of a trial on data of this summary, with the weights that a run kept.
    ///
    /// - Throws: ``PreparationProblem`` when the trial does not fit the data, ``PredictionProblem`` when the weights are not the network's.
    public init(_ settings: TrialSettings, data: DatasetSummary, weights: [TrainedParameter]) throws {
        trial = try prepare(settings, data: data, memory: .unlimited)
        self.data = data
        self.weights = weights
        guard trial.pair == nil else { throw PredictionProblem.makesExamples }
        switch data.target {
        case .classes(let names):
            outputKind = .classes(
                names: names, areProbabilities: settings.givesProbabilities(outputs: settings.answers(of: trial.network)))
        case .severalLabels(let names):
            outputKind = .severalLabels(names: names, areProbabilities: settings.givesProbabilitiesOfLabels)
        case .values, .sequences, .inputs: outputKind = .values
        }
        for parameter in trial.network.parameters {
            guard let found = weights.first(where: { $0.name == parameter.path }) else { throw PredictionProblem.lacking(parameter.path) }
            guard found.shape == parameter.shape.dimensions, found.values.count == parameter.shape.count else {
                throw PredictionProblem.otherShape(parameter.path, found: found.shape, expected: parameter.shape.dimensions)
            }
        }
    }

    /// The predictions for rows that were encoded as the data set's own, a row each: a number for each class, or the values.
    ///
    /// - Throws: `ShapeError` when the rows are not as wide as the data set's.
    public func predictions(for rows: EncodedRows) throws -> [[Double]] {
        guard rows.rowCount > 0, let inputs = inputs(of: rows) else { return [] }
        let programs = try programs(inputs)
        var predictions: [[Double]] = []
        let numbers = (0..<Int32(rows.rowCount)).map { $0 }
        try numbers.withUnsafeBufferPointer { numbers in
            for batch in numbers.batches() {
                guard let first = batch.baseAddress else { break }
                let program = try programs.program(batch: batch.count)
                program.run(rows: first)
                let outputs = program.scores.count / batch.count
                for place in 0..<batch.count {
                    // Of a network that answers at every step the last one counts.
                    let last = trial.settings.target.each ? trial.settings.answers(of: trial.network) : outputs
                    let scores = program.scores[place * outputs..<(place + 1) * outputs].suffix(last)
                    predictions.append(read(scores, meaning: program.meaning))
                }
            }
        }
        return predictions
    }

    /// Encoded rows as programs read them; nil for tokens where the data set has none.
    func inputs(of rows: EncodedRows) -> ExampleTables.Inputs? {
        switch rows.inputs {
        case .dense(let numbers):
            let owned = OwnedNumbers(numbers)
            return .dense(FloatTable(elements: owned.start, rows: rows.rowCount, columns: rows.featureCount, owner: owned))
        case .tokens(let numbers):
            let owned = OwnedNumbers(numbers)
            guard case .sequences(let vocabulary) = data.inputKind else { return nil }
            return .tokens(
                TokenTable(tokens: owned.start, rows: rows.rowCount, length: rows.featureCount, owner: owned), vocabulary: vocabulary)
        case .sparse(let sparse):
            let owned = OwnedRows(sparse)
            return .sparse(
                SparseTable(
                    offsets: owned.offsets.start, columnNumbers: owned.columns.start, values: owned.values?.start, rows: rows.rowCount,
                    columns: rows.featureCount, owner: owned))
        }
    }

    /// The network, or the beginning of it, with its weights, on these inputs.
    func programs(_ inputs: ExampleTables.Inputs, upTo place: Int? = nil) throws -> InferencePrograms {
        let store = ParameterStore()
        try trial.network.initialize(store, seed: 0)
        let known = Set(trial.network.parameters.map(\.path))
        try store.restore(
            weights.filter { known.contains($0.name) }.map { StoredTensor(path: $0.name, shape: Shape($0.shape), values: $0.values) })
        let network = try place.map { try trial.network.upTo($0) } ?? trial.network
        let givesAgain = place == nil && loss.kind == .contrastiveDivergence
        return try InferencePrograms(
            network, store: store, inputs: inputs, images: data.image(of: trial.settings), loss: loss,
            backThrough: givesAgain ? BoltzmannMachine(trial.network) : nil)
    }

    private func read(_ scores: Slice<UnsafeBufferPointer<Float>>, meaning: OutputMeaning) -> [Double] {
        switch data.target {
        case .values(_, let shift, let divisor, let logarithm):
            meaning.values(scores).map(TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm).original)
        case .classes: meaning.scoresByClass(scores)
        case .severalLabels, .sequences, .inputs: meaning.values(scores)
        }
    }
}

/// Why stored weights cannot be used.
public enum PredictionProblem: Error, Hashable, CustomStringConvertible {
    /// The network makes examples from noise.
    case makesExamples
    /// A parameter of the network is not among the weights.
    case lacking(String)
    /// A parameter has another shape.
    case otherShape(String, found: [Int], expected: [Int])

    /// What was found and what was expected.
    public var description: String {
        switch self {
        case .makesExamples: "the network makes examples from noise, and answers no rows"
        case .lacking(let name): "the stored weights lack \(name), which the network has"
        case .otherShape(let name, let found, let expected): "the stored \(name) has the shape \(found), the network's has \(expected)"
        }
    }
}

private final class OwnedRows: Sendable {
    let offsets: OwnedNumbers<Int32>
    let columns: OwnedNumbers<Int32>
    let values: OwnedNumbers<Float>?

    init(_ rows: SparseRows) {
        offsets = OwnedNumbers(rows.offsets)
        columns = OwnedNumbers(rows.columns)
        values = rows.values.map { OwnedNumbers($0) }
    }
}
