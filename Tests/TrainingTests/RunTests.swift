import Datasets
import Experiments
import Settings
import TestSupport
import Testing
import Training

/// One run, start to end.
@Suite struct RunTests {
    private func run(
        _ settings: TrialSettings = Blobs.settings(), seed: Int = 1, limit: TrainingLimit? = nil,
        onEpoch: (EpochFigures) -> Bool = { _ in true }
    ) throws -> RunResult {
        let table = try Blobs.table()
        let data = try table.open(settings)
        return try train(prepare(settings, data: data.summary), on: data, seed: seed, limit: limit, onEpoch: onEpoch)
    }

    @Test func figuresHaveKerasNamesInOneOrder() throws {
        let result = try run()
        #expect(result.history.count == 6 && result.stopped == nil && result.keptEpoch == 6)
        for (place, epoch) in result.history.enumerated() {
            #expect(epoch.epoch == place + 1 && epoch.epochs == 6)
            #expect(epoch.figures.map(\.name) == ["loss", "accuracy", "val_loss", "val_accuracy"])
        }
        #expect(
            result.figures.map(\.name) == [
                "loss", "accuracy", "val_loss", "val_accuracy", "test_loss", "test_accuracy", "chance_accuracy",
            ])
        #expect(result.figure("val_loss") == result.history.last?.figure("val_loss"))
    }

    @Test func theNetworkLearns() throws {
        let result = try run(Blobs.settings(epochs: 30))
        #expect(try #require(result.figure("test_accuracy")) > 0.9)
        let (first, last) = (try #require(result.history.first), try #require(result.history.last))
        #expect(try #require(last.figure("loss")) < 0.5 * (try #require(first.figure("loss"))))
    }

    @Test func predictionsGiveTheFigures() throws {
        let result = try run()
        #expect(result.predictions.map(\.part) == ["validation", "test"])
        for (part, figure) in try paired(result.predictions, ["val_accuracy", "test_accuracy"]) {
            #expect(part.width == 3 && part.outputs.count == 3 * part.rows.count && part.targets.count == part.rows.count)
            var hits = 0
            for (place, target) in part.targets.enumerated() {
                let outputs = Array(part.outputs[place * 3..<place * 3 + 3])
                #expect(abs(outputs.reduce(0, +) - 1) < 1e-5)
                if outputs.firstIndex(of: outputs.max() ?? 0) == Int(target) { hits += 1 }
            }
            #expect(result.figure(figure) == Double(hits) / Double(part.rows.count))
        }
    }

    /// A metric of stored predictions is the metric that training reported, to the last bit.
    @Test(arguments: [false, true])
    func everyMetricIsComputedFromPredictionsAsInTraining(fromLogits: Bool) throws {
        var settings = Blobs.settings()
        settings.training.metrics = [
            .accuracy, .topKAccuracy(k: 2), .precision(.macro), .recall(.macro), .f1(.micro), .logLoss, .mae, .rmse,
        ]
        if fromLogits {
            settings.training.loss.fromLogits = true
            settings.model.layers[1].kind = .dense(3)
        }
        let result = try run(settings)
        let part = try #require(result.predictions.last)
        let labels = part.targets.map { Int32($0) }
        let rows = labels.indices.map(Int32.init)
        for metric in settings.training.metrics {
            var sum = metric.sum(positive: 1)
            labels.withUnsafeBufferPointer { labels in
                rows.withUnsafeBufferPointer { rows in
                    part.outputs.withUnsafeBufferPointer { outputs in
                        guard let base = labels.baseAddress else { return }
                        sum.add(scores: outputs, meaning: settings.training.loss.outputMeaning, rows: rows, targets: .labels(base))
                    }
                }
            }
            #expect(sum.value == result.figure("test_" + metric.figure), "\(metric)")
        }
    }

    @Test func weightsAreNamedByLayer() throws {
        let result = try run()
        #expect(result.weights.map(\.name) == ["layer_1/kernel", "layer_1/bias", "output/kernel", "output/bias"])
        #expect(result.weights.map(\.shape) == [[2, 8], [8], [8, 3], [3]])
        #expect(result.parameters == 2 * 8 + 8 + 8 * 3 + 3)
    }

    @Test(arguments: [OperatorCase.rmsprop, .sgd, .adam])
    func theSameSeedGivesTheSameBits(optimizer: OperatorCase) throws {
        let settings = Blobs.settings(optimizer: optimizer.settings)
        let (first, second, other) = (try run(settings), try run(settings), try run(settings, seed: 2))
        #expect(first.weights.map(\.values) == second.weights.map(\.values))
        #expect(first.predictions.map(\.outputs) == second.predictions.map(\.outputs))
        #expect(first.history.map { $0.figures.map(\.value) } == second.history.map { $0.figures.map(\.value) })
        #expect(first.figures.map(\.value) == second.figures.map(\.value))
        #expect(first.weights.map(\.values) != other.weights.map(\.values))
    }

    enum OperatorCase: Sendable {
        case rmsprop, sgd, adam

        var settings: OptimizerSettings {
            switch self {
            case .rmsprop: .rmsprop(RMSpropSettings())
            case .sgd: .sgd(SGDSettings(momentum: 0.9, nesterov: true))
            case .adam: .adam(AdamSettings())
            }
        }
    }

    @Test func runsBesideEachOtherDoNotDisturbEachOther() async throws {
        let alone = try run().weights.map(\.values)
        try await withThrowingTaskGroup(of: [[Float]].self) { group in
            for _ in 0..<4 { group.addTask { try self.run().weights.map(\.values) } }
            for try await weights in group { #expect(weights == alone) }
        }
    }

    // MARK: - Ends

    @Test func sayingNoAfterAnEpochInterrupts() throws {
        let result = try run { $0.epoch < 3 }
        #expect(result.stopped == .interrupted && result.history.count == 3 && result.keptEpoch == 3)
        #expect(result.figure("test_loss") != nil)
    }

    @Test func aWishToStopIsHeardInTheMiddleOfAnEpoch() throws {
        let table = try Blobs.table()
        let settings = Blobs.settings(batchSize: 1)
        let data = try table.open(settings)
        var questions = 0
        var epochs = 0
        let result = try train(
            prepare(settings, data: data.summary), on: data, seed: 1,
            shouldStop: {
                questions += 1
                return questions == 6
            },
            onEpoch: { _ in
                epochs += 1
                return true
            })
        // 55 batches an epoch, a question every 16: the sixth is the second one of the second epoch.
        #expect(result.stopped == .interrupted && result.history.count == 1 && epochs == 1 && questions == 6)
    }

    @Test func sayingNoAfterTheLastEpochIsNoInterruption() throws {
        #expect(try run { $0.epoch < 6 }.stopped == nil)
    }

    @Test func aLossThatIsNoNumberEndsTheRun() throws {
        let settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(4), .dense(1)],
            training: TrainingSettings(
                loss: LossSettings(kind: .meanSquaredError), optimizer: .sgd(SGDSettings(learningRate: 1e6)), batchSize: 4, epochs: 50))
        let table = try TableOnDisk(columns: ["a", "y"], rows: (0..<20).map { ["\($0)", "\($0 * $0)"] })
        let data = try table.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        #expect(result.stopped == .diverged && result.isSpoilt)
        #expect(result.history.count < 50)
        #expect(result.history.last?.figure("loss")?.isFinite == false)
        #expect(result.history.dropLast().allSatisfy { $0.figure("loss")?.isFinite == true })
    }

    @Test func aLimitCutsEpochsAndRows() throws {
        var asked = 0
        let result = try run(limit: TrainingLimit(epochs: 1, rows: 5)) { epoch in
            asked = epoch.epochs
            return true
        }
        #expect(result.history.count == 1 && asked == 1)
        #expect(result.predictions.map(\.rows.count) == [5, 5])
    }

    // MARK: - Sizes

    @Test func aBatchMayBeLargerThanTheRows() throws {
        let whole = try run(Blobs.settings(batchSize: 55))
        let larger = try run(Blobs.settings(batchSize: 1_000_000))
        #expect(whole.weights.map(\.values) == larger.weights.map(\.values))
    }

    @Test func batchesOfOneTrain() throws {
        #expect(try #require(run(Blobs.settings(batchSize: 1)).figure("loss")).isFinite)
    }

    @Test func withoutOtherPartsThereAreOnlyTrainFigures() throws {
        var settings = Blobs.settings()
        settings.split = SplitSettings()
        let result = try run(settings)
        #expect(result.figures.map(\.name) == ["loss", "accuracy"])
        #expect(result.predictions.isEmpty)
    }

    @Test func foldsValidateTheirOwnRows() throws {
        var settings = Blobs.settings(epochs: 1)
        settings.split = SplitSettings(validation: .folds(count: 3, kind: .contiguous))
        let table = try Blobs.table()
        var rows: [Int32] = []
        for fold in 1...3 {
            let data = try table.open(settings, fold: fold)
            let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
            #expect(result.predictions.map(\.part) == ["validation"])
            rows += result.predictions[0].rows
        }
        #expect(rows.sorted() == (0..<90).map { Int32($0) })
    }

    // MARK: - Targets

    /// Two classes as one number, as one-hot rows, and with the sparse form of the loss.
    @Test func labelsOneHotRowsAndTheSparseLossAgree() throws {
        let table = try Blobs.table()
        func result(_ encoding: Settings.Encoding, _ loss: LossKind) throws -> RunResult {
            var settings = Blobs.settings()
            settings.target.encoding = encoding
            settings.training.loss.kind = loss
            let data = try table.open(settings)
            return try train(prepare(settings, data: data.summary), on: data, seed: 1)
        }
        let (dense, sparse) = (try result(.oneHot(), .categoricalCrossentropy), try result(.label, .sparseCategoricalCrossentropy))
        #expect(dense.weights.map(\.values) == sparse.weights.map(\.values))
        #expect(dense.figures.map(\.value) == sparse.figures.map(\.value))
    }

    @Test func metricsOfAScaledTargetAreInItsOwnUnit() throws {
        let settings = TrialSettings.of(
            target: .numeric(scale: .standard), layers: [.dense(1, initializer: .zeros)],
            training: TrainingSettings(
                loss: LossSettings(kind: .meanSquaredError), optimizer: .sgd(SGDSettings(learningRate: 1e-12)), batchSize: 64,
                metrics: [.mae, .mse]))
        let table = try TableOnDisk(columns: ["a", "y"], rows: (0..<10).map { ["\($0)", "\(100 + 20 * ($0 % 2))"] })
        let data = try table.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        #expect(abs((result.figure("loss") ?? 0) - 1) < 1e-5)
        #expect(abs((result.figure("mae") ?? 0) - 10) < 1e-4)
        #expect(abs((result.figure("mse") ?? 0) - 100) < 1e-3)
    }

    /// Two linear layers are no better than one: their output is that of the product of their kernels.
    @Test func aNetworkOfLinearLayersEqualsItsProduct() throws {
        let settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(5), .dense(4), .dense(1)],
            training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError), epochs: 3), test: PartSettings(size: .first(10)))
        var numbers = SeededNumbers(seed: 2)
        let rows = (0..<40).map { _ in (0..<4).map { _ in "\(numbers.number(in: -1...1))" } }
        let table = try TableOnDisk(columns: ["a", "b", "c", "y"], rows: rows)
        let data = try table.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        func forward(_ x: [Double]) -> Double {
            var signal = x
            for layer in stride(from: 0, to: result.weights.count, by: 2) {
                let (kernel, bias) = (result.weights[layer], result.weights[layer + 1])
                signal = bias.values.indices.map { unit in
                    signal.indices.reduce(Double(bias.values[unit])) {
                        $0 + signal[$1] * Double(kernel.values[$1 * kernel.shape[1] + unit])
                    }
                }
            }
            return signal[0]
        }
        let zero = forward([0, 0, 0])
        let slopes = [forward([1, 0, 0]) - zero, forward([0, 1, 0]) - zero, forward([0, 0, 1]) - zero]
        let predictions = try #require(result.predictions.first)
        for (place, row) in predictions.rows.enumerated() {
            let x = rows[Int(row)].prefix(3).compactMap(Double.init)
            let linear = weighted(slopes, x) + zero
            #expect(abs(Double(predictions.outputs[place]) - linear) < 1e-5)
        }
        func weighted(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    /// A network on words: the sparse first layer, rows without a known word among them.
    @Test func multiHotInputsTrain() throws {
        let settings = TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")),
            inputs: InputSettings(columns: [.init(column: "text", encoding: .multiHot(vocabulary: nil))]),
            target: ColumnSettings(column: "y", encoding: .label), split: SplitSettings(test: PartSettings(size: .first(10))),
            model: ModelSettings(layers: [LayerSettings(kind: .dense(5, .relu)), LayerSettings(kind: .dense(1, .sigmoid))]),
            training: TrainingSettings(
                loss: LossSettings(kind: .binaryCrossentropy), optimizer: .rmsprop(RMSpropSettings(learningRate: 0.05)), batchSize: 8,
                epochs: 30,
                metrics: [.accuracy]))
        let words = ["good", "fine", "bad", "poor"]
        let rows = (0..<60).map { row in ["\(words[row % 4]) film\(row % 7)", row % 4 < 2 ? "yes" : "no"] }
        let table = try TableOnDisk(columns: ["text", "y"], rows: rows)
        let data = try table.open(settings)
        #expect(data.summary.inputKind == .multiHot)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        #expect(try #require(result.figure("test_accuracy")) == 1)
    }

    /// A text beside other columns stays sparse, and trains as the same numbers do in columns of their own.
    @Test(arguments: [
        OptimizerSettings.rmsprop(RMSpropSettings(learningRate: 0.01)), .adam(AdamSettings(learningRate: 0.01)),
        .sgd(SGDSettings(learningRate: 0.1)),
    ])
    func aTextBesideColumnsTrainsAsItsNumbersDo(optimizer: OptimizerSettings) throws {
        let words = ["good", "fine", "bad", "poor"]
        let texts = (0..<60).map { row in "\(words[row % 4]) \(words[row % 3]) \(words[row % 4])" }
        let sizes = (0..<60).map { Double($0 * 7 % 13) }
        func figures(_ columns: [ColumnSettings], header: [String], rows: [[String]]) throws -> [Double] {
            let settings = TrialSettings(
                dataset: .csv(CSVSettings(path: "table.csv")), inputs: InputSettings(columns: columns),
                target: ColumnSettings(column: "y", encoding: .label), split: SplitSettings(test: PartSettings(size: .first(10))),
                model: ModelSettings(layers: [LayerSettings(kind: .dense(5, .tanh)), LayerSettings(kind: .dense(1, .sigmoid))]),
                training: TrainingSettings(
                    loss: LossSettings(kind: .binaryCrossentropy), optimizer: optimizer, batchSize: 8, epochs: 5, metrics: [.accuracy]))
            let data = try TableOnDisk(
                columns: header + ["y"], rows: rows.enumerated().map { $1 + [$0 % 4 < 2 ? "yes" : "no"] }
            ).open(settings)
            #expect(data.summary.inputKind == (columns.count == 2 ? .sparse : .dense))
            return try train(prepare(settings, data: data.summary), on: data, seed: 1).history.flatMap { $0.figures.map(\.value) }
        }
        let sparse = try figures(
            [
                .init(column: "size", encoding: .numeric(scale: .standard)),
                .init(column: "text", encoding: .multiHot(vocabulary: 4, words: WordSettings(weights: .counts)), fit: .all),
            ], header: ["size", "text"], rows: zip(sizes, texts).map { ["\($0)", $1] })
        var counts: [String: Int] = [:]
        for word in texts.joined(separator: " ").split(separator: " ") { counts[String(word), default: 0] += 1 }
        let ranked = words.sorted {
            (-(counts[$0] ?? 0), words.firstIndex(of: $0) ?? 0) < (-(counts[$1] ?? 0), words.firstIndex(of: $1) ?? 0)
        }
        let dense = try figures(
            [.init(column: "size", encoding: .numeric(scale: .standard))]
                + ranked.map { .init(column: $0, encoding: .numeric(scale: .none)) }, header: ["size"] + ranked,
            rows: zip(sizes, texts).map { size, text in
                let own = text.split(separator: " ").map(String.init)
                return ["\(size)"] + ranked.map { word in "\(own.count { $0 == word })" }
            })
        for (one, other) in try paired(sparse, dense) { #expect(abs(one - other) < 1e-4, "\(one) \(other)") }
    }

    /// Rows that were left out do not move the others: a report names the rows of the file.
    @Test func predictionsNameTheRowsOfTheFile() throws {
        var settings = TrialSettings.of(
            target: .numeric(scale: .none), layers: [.dense(1)], training: TrainingSettings(loss: LossSettings(kind: .meanSquaredError)),
            test: PartSettings(size: .first(2)))
        settings.inputs.columns[0].missing = .drop
        let table = try TableOnDisk(
            columns: ["x", "y"], rows: [["", "1"], ["2", "1"], ["", "2"], ["4", "2"], ["5", "3"], ["6", "3"]])
        let data = try table.open(settings)
        let result = try train(prepare(settings, data: data.summary), on: data, seed: 1)
        #expect(result.predictions.map(\.rows) == [[1, 3]])
    }
}
