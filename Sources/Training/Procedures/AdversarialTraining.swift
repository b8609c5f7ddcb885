import Datasets
import Metrics
import NeuralNetworks
import RandomNumbers
import Settings
import TensorEngine

/// Training of two networks against each other: one makes examples from noise, the other tells them from the train rows. Each has an optimizer of its own.
///
/// In turn the discriminator makes some steps, each on the next batch of real rows and as many made ones, and then the generator some, the first on the made
/// examples of the discriminator's last; at the end of an epoch the generator's turn comes in any case.
final class AdversarialTraining: TrainingProcedure {
    private let trial: PreparedTrial
    private let pair: AdversarialPair
    private let dataset: EncodedDataset
    private let seed: Int
    private let isShuffled: Bool
    private let epochs: Int
    private let programs: AdversarialPrograms
    private let judge: Judge?
    private let train: [Int32]
    private let validation: UnsafeBufferPointer<Int32>
    private let test: UnsafeBufferPointer<Int32>

    /// Epochs after which examples are kept to be seen, always from the same noise.
    private static let epochsSeen: Set = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
    /// What the tensors are called that hold them.
    private static let seenName = "made/epoch_"
    /// So many examples are judged.
    private static let examplesJudged = 2000

    /// With fresh parameters for `seed`.
    init(
        _ trial: PreparedTrial, _ pair: AdversarialPair, on dataset: EncodedDataset, seed: Int, limit: TrainingLimit?, from start: RunStart
    ) throws {
        self.trial = trial
        self.pair = pair
        self.dataset = dataset
        self.seed = seed
        isShuffled = start.isShuffled
        epochs = min(trial.settings.training.epochs, limit?.epochs ?? .max)
        train = Array(dataset.train.prefix(limit?.rows ?? .max))
        validation = UnsafeBufferPointer(rebasing: dataset.validation.prefix(limit?.rows ?? .max))
        test = UnsafeBufferPointer(rebasing: dataset.test.prefix(limit?.rows ?? .max))
        judge = try start.judge.map { try Judge($0, data: dataset.summary) }
        let store = ParameterStore()
        try pair.initialize(store, seed: seed)
        var labels: LabelTable?
        if pair.classes > 0, case .inputs(let known?, _) = dataset.target, let first = known.baseAddress {
            labels = LabelTable(labels: first, rows: dataset.rowCount, owner: dataset)
        }
        programs = try AdversarialPrograms(
            pair, store: store, training: trial.settings.training,
            inputs: PreparedExamples(dataset, settings: trial.settings).tables.inputs, labels: labels, seed: seed,
            images: dataset.summary.image(of: trial.settings))
    }

    var learningRate: Float {
        get { programs.generatorOptimizer.learningRate }
        set { programs.generatorOptimizer.learningRate = newValue }
    }

    // MARK: - An epoch

    /// What the steps of an epoch add up to.
    private struct Sums {
        var (discriminatorLoss, real, made, rows) = (0.0, 0.0, 0.0, 0)
        var (generatorLoss, madeRows) = (0.0, 0)

        mutating func add(_ step: AdversarialStep, rows count: Int) {
            if let loss = step.discriminatorLoss, let judgements = step.judgements {
                discriminatorLoss += Double(loss) * Double(count)
                real += Double(judgements.real) * Double(count)
                made += Double(judgements.made) * Double(count)
                rows += count
            }
            if let loss = step.generatorLoss {
                generatorLoss += Double(loss) * Double(count)
                madeRows += count
            }
        }

        var figures: [(name: String, value: Double)] {
            [
                ("loss", generatorLoss / Double(madeRows)), ("discriminator_loss", discriminatorLoss / Double(rows)),
                ("real_output", real / Double(rows)), ("generated_output", made / Double(rows)),
            ]
        }
    }

    func epoch(_ number: Int, shouldStop: () -> Bool) throws -> [(name: String, value: Double)]? {
        let training = trial.settings.training
        programs.discriminatorOptimizer.epoch = number
        programs.generatorOptimizer.epoch = number
        let batches = EpochBatches(of: train, batchSize: training.batchSize, seed: seed, epoch: number, isShuffled: isShuffled)
        var (sums, step) = (Sums(), 0)
        let isWhole = try batches.forEach(shouldStop: shouldStop) { batch in
            guard let rows = batch.baseAddress else { return }
            let isTurn = (step + 1).isMultiple(of: training.steps.discriminator) || step + 1 == batches.count
            for turn in 0..<(isTurn ? training.steps.generator : 1) {
                draw(for: batch.count, epoch: number, step: step, turn: turn)
                let sides: AdversarialSides = turn > 0 ? .generator : isTurn ? .both : .discriminator
                let program = try programs.step(batch: batch.count, sides)
                program.run(rows: rows)
                sums.add(program, rows: batch.count)
            }
            step += 1
        }
        guard isWhole else { return nil }
        if Self.epochsSeen.contains(number), number < epochs { try keepExamples(ofEpoch: number) }
        return sums.figures + (validation.isEmpty ? [] : [("val_real_output", try judgement(of: validation))])
    }

    /// Writes the noise of a step, and the places at which slopes are looked at.
    private func draw(for batch: Int, epoch: Int, step: Int, turn: Int) {
        let rooms = programs.rooms(batch: batch)
        rooms.noise.drawNormal(seed: seed, path: turn == 0 ? "examples" : "examples/\(turn)", epoch: epoch, step: step)
        guard trial.settings.training.loss.adversarial.gradientPenalty != nil, turn == 0 else { return }
        var places = RandomStream(seed: seed, stream: .noise, path: "places", epoch: epoch, step: step)
        places.fill(rooms.places.elements, uniformIn: 0, 1)
    }

    /// The mean of what the discriminator says of real rows.
    private func judgement(of rows: UnsafeBufferPointer<Int32>) throws -> Double {
        var sum = 0.0
        for batch in rows.batches() {
            guard let first = batch.baseAddress else { break }
            let program = try programs.judgement(batch: batch.count)
            program.run(rows: first)
            sum += Double(program.output(0)[0]) * Double(batch.count)
        }
        return sum / Double(rows.count)
    }

    // MARK: - Made examples

    /// So many examples, from noise that is the same at any time; of the classes in turn, where the generator is told them.
    private func examples(_ count: Int, for purpose: String) throws -> [Float] {
        var made: [Float] = []
        for start in stride(from: 0, to: count, by: Evaluation.batch) {
            let batch = min(Evaluation.batch, count - start)
            let rooms = programs.rooms(batch: batch)
            rooms.noise.drawNormal(seed: seed, path: purpose, step: start)
            rooms.classes.elements.update(repeating: 0)
            if pair.classes > 0 {
                for place in 0..<batch { rooms.classes.elements[place * pair.classes + (start + place) % pair.classes] = 1 }
            }
            let program = try programs.making(batch: batch)
            program.run()
            made.append(contentsOf: program.output(0))
        }
        return made
    }

    /// Keeps examples among the tensors, so that a run that goes on has them.
    private func keepExamples(ofEpoch number: Int) throws {
        let made = try examples(MadePictures.pictureCount, for: "seen")
        let kept = try programs.store.declare("\(Self.seenName)\(number)", [MadePictures.pictureCount, pair.exampleCount])
        _ = kept.update(fromContentsOf: made)
    }

    func pictures() throws -> [MadePictures] {
        var captions: [String] = []
        if pair.classes > 0, case .inputs(_, let names) = dataset.target {
            captions = (0..<MadePictures.pictureCount).map { names[$0 % pair.classes] }
        }
        let kept = try programs.store.tensors().filter { $0.path.hasPrefix(Self.seenName) }.compactMap { tensor in
            Int(tensor.path.dropFirst(Self.seenName.count)).map { (epoch: $0, numbers: tensor.values) }
        }
        let strips = kept.sorted { $0.epoch < $1.epoch }.map {
            MadePictures(name: "generated", epoch: $0.epoch, captions: captions, numbers: $0.numbers)
        }
        let count = MadePictures.count(trial.settings, on: dataset.summary)
        return strips + [MadePictures(name: "generated", captions: captions, numbers: try examples(count, for: "seen"))]
    }

    // MARK: - Weights and state

    func weights() throws -> [TensorPlace] { try programs.store.places(of: pair.parameters.map(\.path)) }

    func restore(_ weights: [StoredTensor]) throws { try programs.store.restore(weights) }

    func tensors() throws -> [TensorPlace] { try programs.store.places() }

    func place(of path: String, _ shape: Shape) throws -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(try programs.store.declare(path, shape))
    }

    var optimizers: [OptimizerProgress] {
        get { [programs.discriminatorOptimizer, programs.generatorOptimizer].map { OptimizerProgress($0) } }
        set {
            for (optimizer, progress) in zip([programs.discriminatorOptimizer, programs.generatorOptimizer], newValue) {
                progress.restore(optimizer)
            }
        }
    }

    // MARK: - The end

    func end() { programs.endTraining() }

    func result() throws -> [TrainedParameter] {
        try pair.parameters.map { parameter in
            TrainedParameter(
                name: parameter.path, shape: parameter.shape.dimensions,
                values: Array(try programs.store.elements(parameter.path, parameter.shape)))
        }
    }

    func closing() throws -> (figures: [(name: String, value: Double)], predictions: [PartPredictions]) {
        var figures: [(name: String, value: Double)] = test.isEmpty ? [] : [("test_real_output", try judgement(of: test))]
        if let judge, case .dense(let numbers) = dataset.inputs {
            let columns = pair.exampleCount
            let real = train.prefix(Self.examplesJudged).flatMap { row in numbers[Int(row) * columns..<(Int(row) + 1) * columns] }
            figures += try judge.figures(made: examples(Self.examplesJudged, for: "judged"), real: real, columns: columns)
        }
        return (figures, [])
    }
}
