import Datasets
import Metrics
import NeuralNetworks
import Settings
import TensorEngine

/// A trained network that answers for new rows.
public struct Predictor {
    /// What the answers are.
    public enum Answer: Sendable, Hashable {
        /// A number for each of these classes: probabilities, or plain scores of a network that gives none.
        case classes(names: [String], areProbabilities: Bool)
        /// Values in the target's own unit.
        case values
    }

    /// What the answers are.
    public let answer: Answer
    private let trial: PreparedTrial
    private let data: DatasetSummary
    private let weights: [TrainedParameter]
    private let loss: Loss

    /// The network of a trial on data of this summary, with the weights that a run kept.
    ///
    /// - Throws: ``PreparationProblem`` when the trial does not fit the data, ``PredictionProblem`` when the weights are not the network's.
    public init(_ settings: TrialSettings, data: DatasetSummary, weights: [TrainedParameter]) throws {
        trial = try prepare(settings, data: data, memory: .unlimited)
        self.data = data
        self.weights = weights
        loss = Loss(settings.training.loss)
        switch data.target {
        case .classes(let names):
            answer = .classes(
                names: names, areProbabilities: settings.givesProbabilities(outputs: trial.network.widths.last ?? 0))
        case .values: answer = .values
        }
        for parameter in trial.network.parameters {
            guard let found = weights.first(where: { $0.name == parameter.path }) else { throw PredictionProblem.lacking(parameter.path) }
            guard found.shape == parameter.shape.dimensions, found.values.count == parameter.shape.count else {
                throw PredictionProblem.otherShape(parameter.path, found: found.shape, expected: parameter.shape.dimensions)
            }
        }
    }

    /// The answers for rows that were encoded as the data set's own, a row each: a number for each class, or the values.
    ///
    /// - Throws: `ShapeError` when the rows are not as wide as the data set's.
    public func answers(for rows: EncodedRows) throws -> [[Double]] {
        guard rows.rowCount > 0 else { return [] }
        let outputs = trial.network.widths.last ?? 0
        let inputs: ExampleTables.Inputs
        switch rows.inputs {
        case .dense(let numbers):
            let owned = OwnedNumbers(numbers)
            inputs = .dense(FloatTable(elements: owned.start, rows: rows.rowCount, columns: rows.featureCount, owner: owned))
        case .sparse(let offsets, let columns):
            let (owned, numbers) = (OwnedNumbers(offsets), OwnedNumbers(columns))
            inputs = .sparse(
                SparseTable(
                    offsets: owned.start, columnNumbers: numbers.start, rows: rows.rowCount, columns: rows.featureCount,
                    owner: Both(owned, numbers)))
        }
        // Nobody knows what is right; a program wants targets all the same.
        let unknown = OwnedNumbers([Float](repeating: 0, count: rows.rowCount * outputs))
        let targets = FloatTable(elements: unknown.start, rows: rows.rowCount, columns: outputs, owner: unknown)
        let model = try Model(
            network: trial.network, loss: loss, optimizer: Optimizer(trial.settings.training),
            examples: ExampleTables(inputs: inputs, targets: .values(targets)), seed: 0)
        for weight in weights where trial.network.parameters.contains(where: { $0.path == weight.name }) {
            _ = try model.store.elements(weight.name, Shape(weight.shape)).update(fromContentsOf: weight.values)
        }
        var answers: [[Double]] = []
        let numbers = (0..<Int32(rows.rowCount)).map { $0 }
        try numbers.withUnsafeBufferPointer { numbers in
            for start in stride(from: 0, to: numbers.count, by: Evaluation.batch) {
                let batch = numbers[start..<min(start + Evaluation.batch, numbers.count)]
                guard let first = UnsafeBufferPointer(rebasing: batch).baseAddress else { break }
                let program = try model.evaluation(batch: batch.count)
                program.run(rows: first)
                for place in 0..<batch.count {
                    answers.append(read(program.scores[place * outputs..<(place + 1) * outputs], meaning: program.meaning))
                }
            }
        }
        return answers
    }

    private func read(_ scores: Slice<UnsafeBufferPointer<Float>>, meaning: OutputMeaning) -> [Double] {
        switch data.target {
        case .values(_, let shift, let divisor): meaning.values(scores).map { $0 * divisor + shift }
        case .classes: meaning.scoresByClass(scores)
        }
    }
}

/// Why stored weights cannot be used.
public enum PredictionProblem: Error, Hashable, CustomStringConvertible {
    /// A parameter of the network is not among the weights.
    case lacking(String)
    /// A parameter has another shape.
    case otherShape(String, found: [Int], expected: [Int])

    /// What was found and what was expected.
    public var description: String {
        switch self {
        case .lacking(let name): "the stored weights lack \(name), which the network has"
        case .otherShape(let name, let found, let expected): "the stored \(name) has the shape \(found), the network's has \(expected)"
        }
    }
}

private final class Both: Sendable {
    let offsets: OwnedNumbers<Int32>
    let columns: OwnedNumbers<Int32>

    init(_ offsets: OwnedNumbers<Int32>, _ columns: OwnedNumbers<Int32>) { (self.offsets, self.columns) = (offsets, columns) }
}
