import Datasets
import Metrics
import NeuralNetworks
import Settings
import TensorEngine

/// A classifier that a run of its own trained on real rows, to judge made ones.
public struct JudgingModel: Sendable {
    /// What it was trained by.
    public let settings: TrialSettings
    /// Its classes.
    public let classes: [String]
    /// Its weights.
    public let weights: [TrainedParameter]

    /// A trained classifier.
    public init(settings: TrialSettings, classes: [String], weights: [TrainedParameter]) {
        self.settings = settings
        self.classes = classes
        self.weights = weights
    }
}

/// Judges made examples by what a classifier of real ones says of them, and by where they lie in its last hidden layer.
struct Judge {
    private let model: JudgingModel
    private let network: Network
    /// The layers up to the last hidden one; nil without one.
    private let hidden: Network?
    private let store = ParameterStore()
    private let images: ImageShape?

    /// A judge of rows as `data` has them.
    ///
    /// - Throws: ``PreparationProblem`` when it was trained on rows of another kind.
    init(_ model: JudgingModel, data: DatasetSummary) throws {
        self.model = model
        var seen = data
        seen.target = .classes(names: model.classes)
        network = try Training.network(for: model.settings, data: seen)
        images = data.image(of: model.settings)
        let place = network.layers.lastIndex { type(of: $0.layer).setsWidth } ?? 0
        hidden = place > 0 ? try network.upTo(place - 1) : nil
        try network.initialize(store, seed: 0)
        for parameter in network.parameters {
            guard let found = model.weights.first(where: { $0.name == parameter.path }), found.shape == parameter.shape.dimensions else {
                throw PreparationProblem(
                    path: "training.judge", message: "the judge's \(parameter.path) does not fit rows of \(data.featureCount) numbers",
                    help: "train it on the same inputs")
            }
        }
        try store.restore(
            model.weights.map { StoredTensor(path: $0.name, shape: Shape($0.shape), values: $0.values) }.filter { tensor in
                network.parameters.contains { $0.path == tensor.path }
            })
    }

    /// What it makes of rows: the probabilities of its classes, and the numbers of its last hidden layer.
    struct Answers {
        var probabilities: [[Double]] = []
        var hidden: [Float] = []
        var width = 0
    }

    /// The answers for rows that lie in memory, so many numbers each.
    func answers(to numbers: [Float], columns: Int) throws -> Answers {
        let owned = OwnedNumbers(numbers)
        let rows = numbers.count / max(columns, 1)
        let inputs = ExampleTables.Inputs.dense(FloatTable(elements: owned.start, rows: rows, columns: columns, owner: owned))
        let loss = model.settings.training.loss
        let programs = try InferencePrograms(network, store: store, inputs: inputs, images: images, loss: loss)
        let before = try hidden.map { try InferencePrograms($0, store: store, inputs: inputs, images: images, loss: loss) }
        var answers = Answers()
        answers.width = hidden?.outputShape.count ?? 0
        let order = (0..<Int32(rows)).map { $0 }
        try order.withUnsafeBufferPointer { order in
            for batch in order.batches() {
                guard let first = batch.baseAddress else { break }
                let program = try programs.program(batch: batch.count)
                program.run(rows: first)
                let width = program.scores.count / batch.count
                for row in batch.indices {
                    answers.probabilities.append(program.meaning.scoresByClass(program.scores[row * width..<(row + 1) * width]))
                }
                guard let features = try before?.program(batch: batch.count) else { continue }
                features.run(rows: first)
                answers.hidden.append(contentsOf: features.scores)
            }
        }
        return answers
    }

    /// The figures of made rows beside real ones.
    func figures(made: [Float], real: [Float], columns: Int) throws -> [(name: String, value: Double)] {
        let answers = try answers(to: made, columns: columns)
        let spread = ClassSpread(answers.probabilities)
        var figures = [
            (name: "class_score", value: spread.classScore), (name: "class_entropy", value: spread.classEntropy),
            (name: "answer_entropy", value: spread.answerEntropy), (name: "classes_reached", value: spread.classesReached),
            (name: "largest_class", value: spread.largestClass),
        ]
        if answers.width > 0 {
            let distance = FrechetDistance(answers.hidden, try self.answers(to: real, columns: columns).hidden, width: answers.width)
            figures.append((name: "frechet_distance", value: distance.value))
        }
        return figures
    }
}
