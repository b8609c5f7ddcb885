import Documents
import Experiments
import Testing

struct SweepTests {
    @Test func aGridIsAProductWithTheLastAxisFastest() throws {
        let experiment = try load(
            base + """
                sweep:
                  grid:
                    training.batch_size: [8, 16]
                    training.optimizer: [sgd, {adam: {learning_rate: 1e-3}}]
                  exclude:
                    - {training.batch_size: 8, training.optimizer: {adam: {learning_rate: 0.001}}}

                """)
        #expect(
            experiment.variants.map(\.name) == [
                "baseline", "batch-size-8-optimizer-sgd", "batch-size-16-optimizer-sgd", "batch-size-16-optimizer-adam-learning-rate-0-001",
            ])
        #expect(experiment.variants[3].changes.map(\.text) == ["16", "{adam: {learning_rate: 0.001}}"])
        #expect(experiment.isSweep)
    }

    @Test func namesDoNotDependOnTheOtherValues() throws {
        let few = try load(base + "sweep: {grid: {model.middle.units: [8]}}\n").variants.map(\.name)
        let many = try load(base + "sweep: {grid: {model.middle.units: [2, 4, 8]}}\n").variants.map(\.name)
        #expect(few == ["baseline", "units-8"])
        #expect(many == ["baseline", "units-2", "units-4", "units-8"])
    }

    @Test func listsAreShortInNames() throws {
        let text = perceptron + "sweep: {grid: {model.mlp.hidden: [[], [32, 32, 32], [32, 32, 16], [8]]}}\n"
        #expect(try load(text).variants.map(\.name) == ["baseline", "hidden-none", "hidden-32x3", "hidden-32x2-16", "hidden-8"])
    }

    @Test func namesAreValidAndDistinct() throws {
        let experiment = try load(
            base + """
                sweep:
                  grid:
                    training.optimizer:
                      - {rmsprop: {learning_rate: 0.5, rho: 0.25, momentum: 0.125, epsilon: 0.0625, centered: true}}
                      - {rmsprop: {learning_rate: 0.5, rho: 0.25, momentum: 0.125, epsilon: 0.0625, centered: false}}
                      - {sgd: {learning_rate: 0.5}}
                      - {sgd: {learning_rate: 5e-1, momentum: 0.5}}
                ablate: {optimizer-sgd-learning-rate-0-5: {training.epochs: 1}}

                """)
        let names = experiment.variants.map(\.name)
        #expect(names.count == 6)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(name.count <= 80)
            #expect(name.allSatisfy { $0 == "-" || $0.isNumber || ($0.isLetter && $0.isASCII && $0.isLowercase) })
        }
    }

    @Test(arguments: [
        (
            "{zip: []}",
            [
                "15:8 missing key \"grid\" in sweep | add \"grid: …\", a map of keys and values",
                "15:9 \"zip\" in sweep is not available yet | write the points as variants under ablate",
            ]
        ),
        ("{grid: {}}", ["15:15 the grid names no setting | such as training.batch_size: [128, 512]"]),
        ("{grid: {training.batch_size: 8}}", ["15:37 training.batch_size must be a list, found 8 | write [8]"]),
        ("{grid: {training.batch_size: []}}", ["15:37 training.batch_size is empty | at least 1 expected"]),
        ("{grid: {training.batch_size: [8, 8.0]}}", ["15:41 training.batch_size has this value twice | take one out"]),
        (
            "{grid: {training.batch: [8]}}",
            [
                "15:25 unknown setting \"batch\" in training | did you mean \"batch_size\"? known keys: batch_size, class_weight, early_stopping, epochs, gradient_clipping, gradient_norms, loss, metrics, optimizer, reduce_on_plateau"
            ]
        ),
        ("{grid: {training.batch_size: [8, 0]}}", ["15:41 batch_size must be between 1 and 1,000,000, found 0"]),
        (
            "{grid: {training.batch_size: [8]}, exclude: [{training.batch: 8}]}",
            [
                "15:54 unknown axis \"training.batch\" | did you mean \"training.batch_size\"?"
            ]
        ),
        (
            "{grid: {training.batch_size: [8]}, exclude: [{training.batch_size: 9}]}",
            [
                "15:54 this matches no point of the grid that is left | check its values"
            ]
        ),
    ])
    func errorsOfASweep(sweep: String, expected: [String]) {
        #expect(errors(base + "sweep: \(sweep)\n") == expected)
    }

    @Test func theNumberOfPointsIsBounded() {
        let values = "[" + (1...200).map(String.init).joined(separator: ", ") + "]"
        let text = base + "sweep: {grid: {training.batch_size: \(values), training.epochs: \(values)}}\n"
        #expect(errors(text) == ["15:16 the grid has more than 10,000 points: 200 x 200 | take values out"])
    }

    @Test func aSweepNeedsValidationRows() {
        let text = base.replacing("split: {validation: {first: 10}}\n", with: "") + "sweep: {grid: {training.epochs: [1, 2]}}\n"
        #expect(
            errors(text) == ["14:1 a sweep needs validation rows to choose by | add split.validation; test figures never choose a winner"])
    }
}
