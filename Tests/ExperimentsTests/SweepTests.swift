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

    @Test func whatABaselineHasIsLeftOutOfNames() throws {
        let few = try load(base + "sweep: {grid: {training.batch_size: [16, 64]}}\n")
        #expect(few.variants.map(\.name) == ["baseline", "batch-size-16", "batch-size-64"])
        // Another axis changes no name; the long names are understood as well.
        let more = try load(
            base + """
                sweep: {grid: {training.batch_size: [16, 64], training.epochs: [4, 5]}}
                reference: {batch-size-16-epochs-5: {loss: 1}}

                """)
        #expect(
            more.variants.map(\.name) == [
                "baseline", "batch-size-16-epochs-4", "batch-size-16", "batch-size-64-epochs-4", "batch-size-64",
            ])
        #expect(more.references.map(\.variant) == ["batch-size-16"])
        // Nor does a setting that was laid over the baseline by hand.
        let overridden = try load(
            base + "sweep: {grid: {training.batch_size: [16, 64], training.epochs: [4, 5]}}\n", overrides: ["training.epochs=4"])
        #expect(overridden.variants.map(\.name) == more.variants.map(\.name))
    }

    @Test func listsAreShortInNames() throws {
        let text = perceptron + "sweep: {grid: {model.mlp.hidden: [[], [32, 32, 32], [32, 32, 16], [8]]}}\n"
        #expect(try load(text).variants.map(\.name) == ["baseline", "hidden-none", "hidden-32x3", "hidden-32x2-16", "hidden-8"])
    }

    @Test(
        arguments: [
            (
                "training.optimizer.learning_rate", "[1e-30, 1.0e+30, 1.5e20]",
                ["learning-rate-1e-30", "learning-rate-1e30", "learning-rate-1-5e20"]
            ),
            (
                "training.optimizer", "[{sgd: {learning_rate: 1e30}}, {sgd: {learning_rate: 1e-30}}]",
                ["optimizer-sgd-learning-rate-1e30", "optimizer-sgd-learning-rate-1e-30"]
            ),
            (
                "model.middle.bias_initializer", "[{constant: 0.5}, {constant: -0.5}, {constant: -1e20}]",
                ["bias-initializer-constant-0-5", "bias-initializer-constant-minus-0-5", "bias-initializer-constant-minus-1e20"]
            ),
        ]) func namesTellSignsOfNumbersAndPowers(setting: String, values: String, names: [String]) throws
    {
        #expect(try load(base + "sweep: {grid: {\(setting): \(values)}}\n").variants.map(\.name) == ["baseline"] + names)
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
        ("{zip: []}", ["15:14 the zip names no setting | such as training.batch_size: [128, 512]"]),
        ("{grid: {}}", ["15:15 the grid names no setting | such as training.batch_size: [128, 512]"]),
        ("{exclude: []}", ["15:8 this sweeps over nothing | write grid, zip, random or quasi_random"]),
        ("[]", ["15:8 sweep is empty | at least 1 expected"]),
        (
            "{gird: {training.batch_size: [8]}}",
            [
                "15:9 unknown key \"gird\" in sweep | did you mean \"grid\"? known keys: exclude, finalists, grid, match, max_points, quasi_random, random, set, when, zip"
            ]
        ),
        ("{grid: {training.batch_size: 8}}", ["15:37 training.batch_size must be a list, found 8 | write [8]"]),
        ("{grid: {training.batch_size: []}}", ["15:37 training.batch_size is empty | at least 1 expected"]),
        ("{grid: {training.batch_size: [8, 8.0]}}", ["15:41 training.batch_size has this value twice | take one out"]),
        (
            "{grid: {training.batch: [8]}}",
            [
                "15:25 unknown setting \"batch\" in training | did you mean \"batch_size\"? known keys: augment, augment_validation, batch_size, class_weight, clusters, continue_from, discriminator_optimizer, early_stopping, epochs, freeze, gradient_clipping, gradient_norms, judge, labelled, loss, metrics, optimizer, pretrain, reduce_on_plateau, steps, tensorboard, threshold"
            ]
        ),
        ("{grid: {training.batch_size: [8, 0]}}", ["15:41 batch_size must be between 1 and 1,000,000, found 0"]),
        (
            "{grid: {training.batch_size: [8, 0], training.epochs: [0, 1, -1]}}",
            [
                "15:41 batch_size must be between 1 and 1,000,000, found 0", "15:63 epochs must be between 1 and 1,000,000, found 0",
                "15:69 epochs must be between 1 and 1,000,000, found -1",
            ]
        ),
        (
            "{grid: {training.batch_size: [8]}, exclude: [{training.batch: 8}]}",
            [
                "15:54 unknown axis \"training.batch\" | did you mean \"training.batch_size\"?"
            ]
        ),
        (
            "{grid: {training.batch_size: [8]}, exclude: [{training.batch_size: 9}]}",
            [
                "15:54 this matches no point of the sweep that is left | check its values"
            ]
        ),
        (
            "{zip: {training.batch_size: [8, 16, 32], training.epochs: [1, 2]}}",
            [
                "15:49 zipped settings need values in equal numbers: training.batch_size has 3, training.epochs has 2 | or move one of them to grid, for all combinations"
            ]
        ),
        (
            "{grid: {training.epochs: [1]}, zip: {training.epochs: [2]}}",
            ["15:45 training.epochs is an axis twice | give all of its values in one place"]
        ),
        (
            "{grid: {training.epochs: [1]}, set: {training.epochs: 2}}",
            ["15:45 training.epochs is an axis already | take it out of set"]
        ),
        (
            "{grid: {training.epochs: [1]}, when: {training.epoch: {training.epochs: 1}}}",
            ["15:46 unknown axis \"training.epoch\" | did you mean \"training.epochs\"?"]
        ),
        (
            "{grid: {training.epochs: [1], training.batch_size: [2]}, when: {training.epochs: {training.batch_size: 2}, training.batch_size: {training.epochs: 1}}}",
            [
                "15:72 these conditions look at each other in a circle | an axis may depend on those that do not depend on it; within one zip or draw, on those before it"
            ]
        ),
        (
            "{random: {training.epochs: [1]}}",
            ["15:17 missing key \"points\" in the draw | add \"points: …\", a whole number"]
        ),
        ("{random: {points: 3}}", ["15:17 random names no setting | such as training.optimizer.learning_rate: {log_uniform: [1e-4, 0.1]}"]),
        (
            "{random: {points: 3, training.epochs: {log_unifrom: [1, 2]}}}",
            ["15:47 unknown distribution \"log_unifrom\" | did you mean \"log_uniform\"?"]
        ),
        (
            "{random: {points: 3, training.epochs: {log_uniform: [0, 2]}}}", ["15:61 log_uniform[0] must be above 0, found 0"]
        ),
        (
            "{random: {points: 3, training.epochs: {int_uniform: [9, 2]}}}",
            ["15:60 int_uniform must be a range from a lower to a higher number | write [low, high]"]
        ),
        (
            "{random: {points: 3, training.epochs: {int_uniform: {min: 1, high: 2}}}}",
            ["15:61 unknown key \"min\" in the range | did you mean \"low\"? known keys: high, low"]
        ),
        (
            // However many of the numbers that are drawn are wrong, their axis is told once.
            "{random: {points: 90, training.optimizer.learning_rate: {uniform: [-2, -1]}}}",
            ["15:64 learning_rate must be above 0, found -1.53546"]
        ),
    ])
    func errorsOfASweep(sweep: String, expected: [String]) {
        #expect(errors(base + "sweep: \(sweep)\n") == expected)
    }

    @Test(arguments: [
        (200, "", "40,000 points (200 x 200)", "take values out, or write max_points: 40000"),
        (101, "", "10,201 points (101 x 101)", "take values out, or write max_points: 10201"),
        (1001, "", "1,002,001 points (1,001 x 1,001)", "take values out"),
    ])
    func theNumberOfPointsIsBounded(count: Int, more: String, amount: String, help: String) {
        let values = "[" + (1...count).map(String.init).joined(separator: ", ") + "]"
        let text = base + "sweep: {grid: {training.batch_size: \(values), training.epochs: \(values)}}\n"
        #expect(errors(text) == ["15:9 the sweep has \(amount), and may have 10,000 | \(help)"])
    }

    @Test func aSweepNeedsValidationRows() {
        let text = base.replacing("split: {validation: {first: 10}}\n", with: "") + "sweep: {grid: {training.epochs: [1, 2]}}\n"
        #expect(
            errors(text) == ["14:1 a sweep needs validation rows to choose by | add split.validation; test figures never choose a winner"])
    }
}
