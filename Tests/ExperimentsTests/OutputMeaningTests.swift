import Experiments
import Settings
import TestSupport
import Testing

/// When the outputs of a network are probabilities of classes.
@Suite struct OutputMeaningTests {
    private static func settings(_ loss: LossSettings, _ layers: [any LayerKind]) -> TrialSettings {
        TrialSettings(
            dataset: .csv(CSVSettings(path: "t.csv")),
            inputs: InputSettings(columns: [.init(column: "*", encoding: .numeric(scale: .none))]),
            target: ColumnSettings(column: "y", encoding: .oneHot()), model: ModelSettings(layers: layers.map { LayerSettings(kind: $0) }),
            training: TrainingSettings(loss: loss))
    }

    private static func dense(_ activation: Activation) -> DenseSettings { .dense(DenseSettings(units: .target, activation: activation)) }

    static let cases: [(LossSettings, [any LayerKind], Int, Bool)] = [
        (LossSettings(kind: .categoricalCrossentropy), [dense(.softmax)], 3, true),
        (LossSettings(kind: .meanSquaredError), [dense(.softmax)], 3, true),
        (LossSettings(kind: .binaryCrossentropy), [dense(.sigmoid)], 1, true),
        // Several sigmoids are no distribution.
        (LossSettings(kind: .binaryCrossentropy), [dense(.sigmoid)], 2, false),
        (LossSettings(kind: .binaryCrossentropy, fromLogits: true), [dense(.linear)], 1, true),
        (LossSettings(kind: .binaryCrossentropy, fromLogits: true), [dense(.linear)], 3, false),
        (LossSettings(kind: .categoricalCrossentropy, fromLogits: true), [dense(.linear)], 3, true),
        (LossSettings(kind: .categoricalCrossentropy), [dense(.linear), .activation(.softmax), .activation(.linear)], 3, true),
        (LossSettings(kind: .meanSquaredError), [dense(.softmax), .dropout(rate: 0.5)], 3, false),
        (LossSettings(kind: .hinge), [dense(.tanh)], 1, false), (LossSettings(kind: .multiclassHinge), [dense(.linear)], 3, false),
    ]

    @Test(arguments: cases.indices)
    func probabilities(index: Int) {
        let (loss, layers, outputs, expected) = Self.cases[index]
        #expect(Self.settings(loss, layers).givesProbabilities(outputs: outputs) == expected)
    }
}
