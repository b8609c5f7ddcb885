import Datasets
import Foundation
import Settings
import TestSupport
import Testing
import Training

/// Running text in which every step of a window has a target.
@Suite struct StepTargetTests {
    private static let length = 6

    private static func settings(_ layers: [any LayerKind], each: Bool = true) -> TrialSettings {
        let tokens = TokenSettings(length: length, step: length, words: WordSettings(tokens: .characters))
        return TrialSettings(
            dataset: .csv(CSVSettings(path: "text.txt")),
            inputs: InputSettings(columns: [.init(column: "text", encoding: .tokens(tokens))]),
            target: ColumnSettings(column: "text", encoding: .next, each: each),
            split: SplitSettings(test: PartSettings(size: .fraction(0.25)), validation: .part(PartSettings(size: .fraction(0.25)))),
            model: ModelSettings(layers: layers.map { LayerSettings(kind: $0) }),
            training: TrainingSettings(
                loss: LossSettings(kind: .sparseCategoricalCrossentropy), optimizer: .adam(AdamSettings(learningRate: 0.02)), batchSize: 7,
                epochs: 3, metrics: [.accuracy]))
    }

    private static func open(_ settings: TrialSettings) throws -> EncodedDataset {
        // Three letters after each other, now and then one of them twice.
        let text = (0..<400).map { ["a", "b", "c"][$0 * ($0 % 7 == 0 ? 2 : 1) % 3] }.joined()
        let file = try TableOnDisk(text)
        return try DatasetStore(folder: file.folder).open(EncodingRequest(settings, source: .text(path: file.file), fold: nil))
    }

    private static func memory(returnsSequences: Bool = true, goesBackwards: Bool = false) -> LSTMSettings {
        var recurrent = RecurrentSettings(units: 6)
        (recurrent.returnSequences, recurrent.goBackwards) = (returnsSequences, goesBackwards)
        return LSTMSettings(recurrent)
    }

    private static let end = DenseSettings(units: .target, activation: .softmax)
    private static let words = EmbeddingSettings(outputDim: 4)

    /// Loss and accuracy are means over the steps of all windows, as the answers that are kept tell them.
    @Test func figuresAreMeansOverSteps() throws {
        let settings = Self.settings([Self.words, Self.memory(), Self.end])
        let data = try Self.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        for (part, prefix, rows) in [("validation", "val_", data.validation), ("test", "test_", data.test)] {
            let answers = try #require(result.predictions.first { $0.part == part })
            #expect(answers.width == 3 && answers.rows.count == rows.count * Self.length)
            #expect(answers.outputs.count == 3 * answers.rows.count && answers.targets.count == answers.rows.count)
            // Windows follow each other, and so do the characters that are foretold.
            let first = try #require(rows.first)
            let start = data.fileRow(of: first) - Int32(Self.length - 1)
            #expect(answers.rows == (0..<Int32(answers.rows.count)).map { start + $0 })
            var hits = 0
            var loss = 0.0
            for place in answers.targets.indices {
                let own = Array(answers.outputs[3 * place..<3 * place + 3])
                let right = own[Int(answers.targets[place])]
                if right == own.max() { hits += 1 }
                loss -= log(Double(right))
            }
            let count = Double(answers.targets.count)
            #expect(result.figure(prefix + "accuracy") == Double(hits) / count)
            let told: Double = result.figure(prefix + "loss") ?? .nan
            #expect(abs(told - loss / count) < 1e-5)
        }
        // The last target of a window is the one that it has without each.
        let plain = try Self.open(Self.settings([Self.words, Self.memory(returnsSequences: false), Self.end], each: false))
        let answers = try #require(result.predictions.first { $0.part == "test" })
        guard case .classes(let labels, _) = plain.target else { return #expect(Bool(false)) }
        let last = data.test.indices.map { answers.targets[($0 + 1) * Self.length - 1] }
        #expect(last == data.test.map { Float(labels[Int($0)]) })
    }

    /// A network that has learnt the order of letters goes on with a text.
    @Test func whatTheLastStepAnswersIsWritten() throws {
        var settings = Self.settings([Self.words, Self.memory(), Self.end])
        settings.training.epochs = 60
        let data = try Self.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        let predictor = try Predictor(settings, data: data.summary, weights: result.weights)
        let numbers = try ["a", "b", "c"].map { Int32(2 + (try #require(data.vocabulary.firstIndex(of: $0)))) }
        let written = try predictor.writes(TextWriting(length: 5, temperature: 0), after: numbers + numbers, firstWord: 2)
        #expect(written == Array((numbers + numbers).prefix(5)))
    }

    static let refusals: [(layers: [any LayerKind], path: String, message: String)] = [
        (
            [words, memory(returnsSequences: false), end], "model.layers",
            "with each: true there are 6 targets an example, the network gives the shape [3]"
        ),
        (
            [words, memory(goesBackwards: true), end], "model.layers[1]",
            "with each: true a step is asked for what follows it, which layer 2 (lstm) may see"
        ),
        (
            [words, BidirectionalSettings(memory()), end], "model.layers[1]",
            "with each: true a step is asked for what follows it, which layer 2 (bidirectional) may see"
        ),
        (
            [words, Conv1DSettings(filters: 3, kernelSize: 2, padding: .same), end], "model.layers[1]",
            "with each: true a step is asked for what follows it, which layer 2 (conv1d) may see"
        ),
        (
            [words, ResidualSettings([LayerSettings(kind: Conv1DSettings(filters: 4, kernelSize: 2, padding: .same))]), end],
            "model.layers[1]", "with each: true a step is asked for what follows it, which layer 2 (residual) may see"
        ),
        (
            [words, Conv1DSettings(filters: 3, kernelSize: 2, strides: 2, padding: .causal), end], "model.layers",
            "with each: true there are 6 targets an example, the network gives the shape [3, 3]"
        ),
    ]

    @Test(arguments: refusals.indices)
    func aStepIsNotToSeeWhatItIsAsked(index: Int) throws {
        let (layers, path, message) = Self.refusals[index]
        let settings = Self.settings(layers)
        let data = try Self.open(settings)
        let problem = #expect(throws: PreparationProblem.self) { try prepare(settings, data: data.summary) }
        #expect(problem?.path == path && problem?.message == message, "\(String(describing: problem))")
    }

    @Test func layersThatSeeNoLaterStepAreTaken() throws {
        let settings = Self.settings([
            OneHotSettings(), Conv1DSettings(filters: 4, kernelSize: 2, padding: .causal), SpatialDropout1DSettings(rate: 0.1),
            ResidualSettings([LayerSettings(kind: TimeDistributedSettings(DenseSettings(units: .count(4))))]), Self.end,
        ])
        let data = try Self.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        #expect(result.figure("loss")?.isFinite == true)
    }
}
