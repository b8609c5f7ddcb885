import Datasets
import Settings
import TestSupport
import Testing
import Training

/// Images that change while they train.
@Suite struct AugmentationTests {
    /// 60 images of 6 x 5 pixels: a bar that stands, or lies.
    private static func table() throws -> TableOnDisk {
        var numbers = SeededNumbers(seed: 7)
        let rows = (0..<60).map { row in
            let place = Int(numbers.number(in: 1...3.99))
            let pixels = (0..<30).map { (row % 2 == 0 ? $0 % 5 : $0 / 5) == place ? "1" : "0" }
            return pixels + [row % 2 == 0 ? "stands" : "lies"]
        }
        return try TableOnDisk(columns: (1...30).map { "p\($0)" } + ["y"], rows: rows)
    }

    private static func settings(
        _ augment: AugmentationSettings? = nil, validation: AugmentationSettings? = nil, epochs: Int = 3, batch: Int = 8,
        rate: Double = 0.1,
        layers: [any LayerKind] = [.dense(2, .softmax)]
    ) -> TrialSettings {
        var settings = TrialSettings.of(
            target: .label, layers: layers,
            training: TrainingSettings(
                loss: LossSettings(kind: .sparseCategoricalCrossentropy), optimizer: .sgd(SGDSettings(learningRate: .constant(rate))),
                batchSize: batch, epochs: epochs, augment: augment, augmentValidation: validation),
            validation: .part(PartSettings(size: .first(20))))
        settings.inputs.columns[0].image = ImageShape(height: 6, width: 5)
        return settings
    }

    private func run(_ settings: TrialSettings, seed: Int = 1) throws -> RunResult {
        let data = try Self.table().open(settings)
        return try train(prepare(settings, data: data.summary), on: data, seed: seed)
    }

    @Test func trainingSeesOtherImagesInEachEpoch() throws {
        // Nothing is learned: what changes is what is seen.
        let still = try run(Self.settings(rate: 0)).history.compactMap { $0.figure("loss") }
        let moved = try run(Self.settings(AugmentationSettings(shift: 2), rate: 0)).history.compactMap { $0.figure("loss") }
        #expect(abs(still[0] - still[1]) < 1e-6)
        #expect(Set(moved.map(Float.init)).count == 3)
    }

    @Test(
        arguments: [
            (
                AugmentationSettings(mask: 0.5, clip: 0...1),
                ["training.augment.clip has no effect without noise: add noise, or leave out clip."]
            ),
            (
                AugmentationSettings(noise: 0.5, cutout: 2, fill: .nearest, clip: 0...1),
                [
                    "training.augment.fill has no effect: no other change shows what is beyond an image; add shift, crop, rotate or zoom, or leave out fill."
                ]
            ),
            (AugmentationSettings(shift: 1, noise: 0.5, fill: .nearest, clip: 0...1), []),
            (AugmentationSettings(cutout: 2, fill: .number(1)), []),
        ] as [(AugmentationSettings, [String])]) func settingsThatChangeNoImageAreTold(_ augment: AugmentationSettings, _ told: [String])
        throws
    {
        func notices(_ settings: TrialSettings) throws -> [String] {
            try prepare(settings, data: Self.table().open(settings).summary).notices.filter { $0.hasPrefix("training.") }
        }
        #expect(try notices(Self.settings(augment)) == told)
        #expect(try notices(Self.settings(validation: augment)) == told.map { $0.replacing("augment", with: "augment_validation") })
    }

    @Test func imagesThatValidateAreSeenAsTheyAre() throws {
        let still = try run(Self.settings(rate: 0)).history.map { $0.figure("val_loss") }
        let moved = try run(Self.settings(AugmentationSettings(shift: 2, noise: 1), rate: 0)).history.map { $0.figure("val_loss") }
        #expect(still == moved)
    }

    @Test func imagesThatValidateChangeInOneWayWhereTheyAreToChange() throws {
        let shift = AugmentationSettings(shift: 2)
        let still = try run(Self.settings(rate: 0)).history.compactMap { $0.figure("val_loss") }
        let moved = try run(Self.settings(validation: shift, rate: 0)).history.compactMap { $0.figure("val_loss") }
        #expect(Set(moved).count == 1)
        #expect(moved[0] != still[0])
        #expect(
            try run(Self.settings(validation: shift)).history.map { $0.figure("loss") }
                == run(Self.settings()).history.map { $0.figure("loss") })
    }

    /// With one step an epoch, from the same weights, sums over another order of the rows differ by rounding alone.
    @Test func theBatchDoesNotDecideWhatIsSeen() throws {
        let augment = AugmentationSettings(shift: 2, flip: .both)
        let losses = try [3, 8, 40].map { try run(Self.settings(augment, batch: $0, rate: 0)).history.compactMap { $0.figure("loss") } }
        for other in losses.dropFirst() {
            for (first, second) in try paired(losses[0], other) { #expect(abs(first - second) < 1e-6) }
        }
    }

    @Test func changesHelpWhereBarsMayStandAnywhere() throws {
        let found = try run(Self.settings(AugmentationSettings(shift: 1), epochs: 60)).history.last?.figure("val_loss")
        #expect(try #require(found) < 0.5)
    }

    /// Zeros around add nothing to a dense layer, and its answers are the same.
    @Test func paddingAddsRoom() throws {
        var settings = Self.settings(AugmentationSettings(shift: 6), epochs: 2)
        settings.inputs.columns[0].image?.pad = 4
        let table = try Self.table()
        let data = try table.open(settings)
        let trial = try prepare(settings, data: data.summary)
        #expect(trial.parameters == 14 * 13 * 2 + 2)
        let result = try train(trial, on: data, seed: 1)
        let answers = try Predictor(settings, data: data.summary, weights: result.weights)
            .predictions(for: RowEncoder(data).encode(csv: table.file))
        let stored = try #require(result.predictions.first)
        #expect(stored.rows == (0..<20).map { Int32($0) })
        for (answer, output) in try paired(Array(answers.prefix(20).joined()), stored.outputs.map(Double.init)) {
            #expect(abs(answer - output) < 1e-6)
        }
    }

    // MARK: - Errors

    @Test(arguments: [
        (
            AugmentationSettings(shift: 5),
            "training.augment.shift: shift of 5 pixels leaves nothing of images of 6 x 5 | write a number below 5"
        ),
        (
            AugmentationSettings(crop: 9),
            "training.augment.crop: crop of 9 pixels leaves nothing of images of 6 x 5 | write a number below 5"
        ),
        (
            AugmentationSettings(cutout: 5),
            "training.augment.cutout: cutout of 5 pixels leaves nothing of images of 6 x 5 | write a number below 5"
        ),
    ])
    func changesThatLeaveNothingAreErrors(augment: AugmentationSettings, message: String) throws {
        #expect(try problem(Self.settings(augment)) == message)
    }

    @Test func inputsThatAreNoImagesAreAnError() throws {
        var settings = Self.settings(AugmentationSettings(shift: 1))
        settings.inputs.columns[0].image = nil
        #expect(
            try problem(settings)
                == "training.augment: augment changes images, the inputs are 30 numbers in a row | "
                + "write {encode: image, height: …, width: …} where they are pixels, or leave out augment")
    }

    private func problem(_ settings: TrialSettings) throws -> String? {
        let data = try Self.table().open(settings)
        do {
            _ = try prepare(settings, data: data.summary)
            return nil
        } catch {
            return "\(error.path): \(error.message) | \(error.help ?? "")"
        }
    }
}
