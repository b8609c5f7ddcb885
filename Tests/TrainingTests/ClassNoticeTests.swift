import Datasets
import Settings
import Testing
import Training

/// Numbers that were measured are taken for classes only with a word.
@Suite struct ClassNoticeTests {
    private static func numbers(_ count: Int) -> [String] { (0..<count).map { "\(Double($0) / 4)" } }

    private func notices(labels: [String]) throws -> [String] {
        let settings = TrialSettings(
            dataset: .csv(CSVSettings(path: "table.csv")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
            target: .inputsAsTarget, labels: "y", split: SplitSettings(validation: .part(PartSettings(size: .first(20)))),
            model: ModelSettings(layers: [LayerSettings(kind: .dense(2))]),
            training: TrainingSettings(
                loss: LossSettings(kind: .meanSquaredError), optimizer: .sgd(SGDSettings(learningRate: 0.05)), batchSize: 16, epochs: 1))
        var data = try Blobs.table().open(settings).summary
        data.target = .inputs(labels: labels)
        return try prepare(settings, data: data).notices
    }

    private func notices(classes: [String]) throws -> [String] {
        var settings = Blobs.settings()
        settings.model = ModelSettings(layers: [LayerSettings(kind: .dense(classes.count, .softmax))])
        var data = try Blobs.table().open(settings).summary
        data.target = .classes(names: classes)
        return try prepare(settings, data: data).notices
    }

    @Test func manyDifferentNumbersBesideTheInputsAreTold() throws {
        #expect(
            try notices(labels: Self.numbers(30)) == [
                "the labels \"y\" are 30 different numbers, and each is taken for a class of its own: name a column of classes, or leave labels out."
            ])
    }

    @Test func manyDifferentNumbersAsATargetAreTold() throws {
        #expect(
            try notices(classes: Self.numbers(30)) == [
                "the target \"y\" has 30 different numbers, and each is taken for a class of its own: encode: numeric predicts numbers."
            ])
    }

    @Test(arguments: [numbers(20), (0..<30).map { "class \($0)" }]) func whatMayWellBeClassesIsNotTold(names: [String]) throws {
        #expect(try notices(labels: names).isEmpty)
        #expect(try notices(classes: names).isEmpty)
    }
}
