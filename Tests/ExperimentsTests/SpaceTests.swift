import Documents
import Experiments
import Testing

/// What the points of a sweep are.
struct SpaceTests {
    /// The points of a sweep over a small perceptron, each as what it changes.
    private func points(_ sweep: String, of text: String = perceptron) throws -> [String] {
        try load(text + "sweep:\n" + sweep.indented).variants.filter { $0.origin == .sweep }
            .map { $0.changes.map { "\($0.path.split(separator: ".").last ?? "")=\($0.text)" }.joined(separator: " ") }
    }

    @Test(arguments: [
        (
            "grid: {training.epochs: [1, 2], training.batch_size: [8, 16]}",
            ["epochs=1 batch_size=8", "epochs=1 batch_size=16", "epochs=2 batch_size=8", "epochs=2 batch_size=16"]
        ),
        ("zip: {training.epochs: [1, 2], training.batch_size: [8, 16]}", ["epochs=1 batch_size=8", "epochs=2 batch_size=16"]),
        (
            "zip: [{training.epochs: [1, 2]}, {training.batch_size: [8, 16]}]",
            ["epochs=1 batch_size=8", "epochs=1 batch_size=16", "epochs=2 batch_size=8", "epochs=2 batch_size=16"]
        ),
        (
            "grid: {training.optimizer: [sgd, adam]}\nzip: {training.epochs: [1, 2], training.batch_size: [8, 16]}",
            [
                "optimizer=sgd epochs=1 batch_size=8", "optimizer=sgd epochs=2 batch_size=16", "optimizer=adam epochs=1 batch_size=8",
                "optimizer=adam epochs=2 batch_size=16",
            ]
        ),
        ("- grid: {training.epochs: [1, 2]}\n- grid: {training.batch_size: [8]}", ["epochs=1", "epochs=2", "batch_size=8"]),
        // An axis under a condition, wherever it stands.
        (
            "grid: {training.optimizer: [{sgd: {learning_rate: 0.5}}, adam], training.optimizer.momentum: [0, 0.9]}\nwhen: {training.optimizer.momentum: {training.optimizer: sgd}}",
            ["optimizer={sgd: {learning_rate: 0.5}} momentum=0", "optimizer={sgd: {learning_rate: 0.5}} momentum=0.9", "optimizer=adam"]
        ),
        (
            "grid: {training.optimizer.momentum: [0, 0.9], training.optimizer: [sgd, adam]}\nwhen: {training.optimizer.momentum: {training.optimizer: sgd}}",
            ["momentum=0 optimizer=sgd", "momentum=0.9 optimizer=sgd", "optimizer=adam"]
        ),
        (
            "grid: {training.optimizer: [sgd, rmsprop, adam], training.optimizer.momentum: [0.5, 0.9]}\nwhen: {training.optimizer.momentum: {training.optimizer: [sgd, rmsprop]}}\nexclude: [{training.optimizer.momentum: 0.9, training.optimizer: sgd}]",
            ["optimizer=sgd momentum=0.5", "optimizer=rmsprop momentum=0.5", "optimizer=rmsprop momentum=0.9", "optimizer=adam"]
        ),
        // A condition upon an axis that does not apply does not hold.
        (
            "grid: {training.optimizer: [sgd, adam], training.optimizer.momentum: [0, 0.9], training.optimizer.nesterov: [true, false]}\nwhen: {training.optimizer.momentum: {training.optimizer: sgd}, training.optimizer.nesterov: {training.optimizer.momentum: 0.9}}",
            [
                "optimizer=sgd momentum=0", "optimizer=sgd momentum=0.9 nesterov=true", "optimizer=sgd momentum=0.9 nesterov=false",
                "optimizer=adam",
            ]
        ),
        (
            "grid: {training.batch_size: [8, 16, 64], training.epochs: [1, 2]}\nexclude: [{training.batch_size: [8, 64], training.epochs: 1}]",
            ["batch_size=8 epochs=2", "batch_size=16 epochs=1", "batch_size=16 epochs=2", "batch_size=64 epochs=2"]
        ),
        ("grid: {model.mlp.hidden: [[8], [8, 4]]}\nexclude: [{model.mlp.hidden: [8, 4]}]", ["hidden=[8]"]),
        // Values from others.
        ("grid: {width: [8, 16]}\nset: {model.mlp.hidden: [=width, =width/2]}", ["hidden=[8, 4]", "hidden=[16, 8]"]),
        (
            "grid: {training.batch_size: [8, 16], training.epochs: [=batch_size * 2, =training.batch_size + 1]}",
            ["batch_size=8 epochs=16", "batch_size=8 epochs=9", "batch_size=16 epochs=32", "batch_size=16 epochs=17"]
        ),
        ("grid: {training.batch_size: [8]}\nset: {training.epochs: =training.epochs * 2}", ["batch_size=8 epochs=10"]),
        ("grid: {shape: [[4, 2], [3]]}\nset: {model.mlp.hidden: =shape}", ["hidden=[4, 2]", "hidden=[3]"]),
        ("grid: {half: [4], whole: [=half * 2]}\nset: {model.mlp.hidden: [=whole]}", ["hidden=[8]"]),
        // Depth and width.
        ("grid: {model.mlp.depth: [1, 2], model.mlp.width: [8, 16]}", ["hidden=[8]", "hidden=[16]", "hidden=[8, 8]", "hidden=[16, 16]"]),
        ("grid: {model.mlp.depth: [2, 3]}", ["hidden=[64, 64]", "hidden=[64, 64, 64]"]),
        ("grid: {model.mlp.width: [2, =depth * 3], model.mlp.depth: [2]}", ["hidden=[2, 2]", "hidden=[6, 6]"]),
        // Whole fragments.
        (
            "grid: {model: [{layers: [{dropout: 0.5}, {dense: {units: classes, activation: softmax}}]}]}",
            ["model={layers: [{dropout: 0.5}, {dense: {units: classes, activation: softmax}}]}"]
        ),
        ("random: {points: 3, training.epochs: [7]}", ["epochs=7"]),
        (
            "random: {points: 2, training.epochs: [7]}\ngrid: {training.batch_size: [8, 16]}",
            ["batch_size=8 epochs=7", "batch_size=16 epochs=7"]
        ),
    ])
    func pointsOfASweep(sweep: String, expected: [String]) throws {
        #expect(try points(sweep) == expected)
    }

    @Test(arguments: [
        ("=width/", "16:31 the formula ends where a number or a name was expected"),
        ("=width +* 2", "16:33 \"*\" stands where a number or a name was expected"),
        ("=(width", "16:31 a \")\" is missing"),
        ("=width / 0", "16:32 division by 0"),
        ("=widht * 2", "16:26 nothing is called \"widht\" here | did you mean \"width\"? known names: width"),
        ("=sqrt(width)", "16:26 unknown function \"sqrt\" | known functions: min, max, round, floor, ceil"),
        ("=width ** 2", "16:32 formulas know no powers | multiply"),
        ("=width < 2", "16:32 \"<\" is not understood here | formulas know + - * / // %, min, max, round, floor and ceil"),
        ("=round(1, width)", "16:26 round takes one number, found 2"),
        ("=training.optimizer * 1", "16:26 training.optimizer is no number here, but a map"),
        ("=1e308 * 10 * width", "16:32 the result is beyond any number"),
        ("=width / 3", "16:24 hidden[0] must be a whole number, found 2.6666666666666665"),
        ("=system", "16:26 nothing is called \"system\" here | known names: width"),
    ])
    func errorsOfFormulas(formula: String, expected: String) {
        let text = perceptron + "sweep:\n  grid: {width: [8]}\n  set:\n    model.mlp.hidden: [\"\(formula)\"]\n"
        #expect(errors(text) == [expected])
    }

    @Test func namesThatStandForNothingAreTold() {
        // A word that no formula uses is no axis.
        #expect(
            errors(perceptron + "sweep: {grid: {width: [8]}}\n") == [
                "13:16 no setting is called \"width\", and no formula or condition uses it | for all hidden layers of a mlp write model.mlp.width"
            ])
        #expect(
            errors(perceptron + "sweep: {grid: {a: [=b], b: [=a]}, set: {training.epochs: =a}}\n").allSatisfy {
                $0.contains("computed from itself")
            })
        #expect(
            errors(perceptron.replacing("hidden: [64]", with: "hidden: [64, 8]") + "sweep: {grid: {model.mlp.depth: [1]}}\n") == [
                "13:16 a depth needs a width, and the baseline's hidden layers have several | add model.mlp.width to the axes"
            ])
    }

    @Test func whatGoesWrongElsewhereIsToldOfThePoint() {
        let text = base.replacing("epochs: 5\n", with: "epochs: 5\n  reduce_on_plateau: {patience: 2}\n")
        let found = errors(text + "sweep: {grid: {split.validation.first: [5, 0]}}\n")
        #expect(found.allSatisfy { $0.hasPrefix("16:") }, "\(found)")
        #expect(!found.isEmpty)
    }

    // MARK: - Conditions

    @Test(arguments: [
        ("exclude: [width * depth > 64]", ["depth-1-width-16", "depth-1-width-64", "depth-2-width-16"]),
        ("exclude: [\"width == 64 and depth in [1, 2]\", {model.mlp.depth: 1}]", ["depth-2-width-16"]),
        ("exclude: [not (width == 16) or depth == training.epochs - 4]", ["depth-2-width-16"]),
        ("when: {model.mlp.depth: width > 16}", ["width-16", "depth-1-width-64", "depth-2-width-64"]),
    ])
    func conditionsAreWrittenAsText(rule: String, expected: [String]) throws {
        let sweep = "sweep: {grid: {model.mlp.depth: [1, 2], model.mlp.width: [16, 64]}, \(rule)}\n"
        let experiment = try load(perceptron.replacing("hidden: [64]", with: "hidden: [8]") + sweep)
        let names = experiment.variants.dropFirst().flatMap { [$0.name] + $0.aliases }
        #expect(Set(expected).isSubset(of: names), "\(names)")
        #expect(experiment.variants.count == expected.count + 1)
    }

    @Test func anAxisThatDoesNotApplyIsNone() throws {
        let sweep = """
            sweep:
              grid: {size: [small, large], training.optimizer: [sgd, adam], training.optimizer.momentum: [0.5, 0.9]}
              when: {training.optimizer.momentum: optimizer == sgd and size == large}
              set: {training.batch_size: 8}
              exclude: [momentum == none and size == large, momentum > 0.8]

            """
        let experiment = try load(base + sweep)
        #expect(
            experiment.variants.dropFirst().map(\.name) == [
                "size-small-optimizer-sgd", "size-small-optimizer-adam", "size-large-optimizer-sgd-momentum-0-5",
            ])
    }

    @Test(arguments: [
        ("exclude: [widht > 3]", ["13:71 nothing is called \"widht\" here | did you mean \"width\"? known names: width, epochs"]),
        ("exclude: [model.mlp.output == softmax]", ["13:71 the condition speaks of no axis | name one, as in width >= 64"]),
        ("exclude: [width > 0]", ["13:71 exclude leaves no point of this block | take a rule out, or the block"]),
        ("exclude: [width > 100]", ["13:71 this matches no point of the sweep that is left | check its values"]),
        ("when: {training.epochs: width > 100}", ["13:68 training.epochs applies in no point | check its condition"]),
        (
            "when: {training.epochs: width == 8, model.mlp.width: epochs == 2}",
            [
                "13:97 these conditions look at each other in a circle | an axis may depend on those that do not depend on it; within one zip or draw, on those before it"
            ]
        ),
    ])
    func errorsOfConditions(rule: String, expected: [String]) {
        #expect(errors(perceptron + "sweep: {grid: {model.mlp.width: [8], training.epochs: [2]}, \(rule)}\n") == expected)
    }

    // MARK: - Settings that are given twice

    @Test(arguments: [
        (
            "sweep: {grid: {training.optimizer.rho: [0.1, 0.2], training.optimizer: [sgd, {rmsprop: {rho: 0.5}}]}}",
            [
                "15:16 training.optimizer.rho changes what training.optimizer gives in the same variant (in 2 of 4 points, first: rho-0-1-optimizer-rmsprop-rho-0-5) | let one of them alone give it",
                "15:16 unknown setting \"rho\" in sgd | known keys: learning_rate, momentum, nesterov",
            ]
        ),
        (
            "sweep: {grid: {training.optimizer.rmsprop.rho: [0.1]}, set: {training.optimizer.rho: 0.3}}",
            [
                "15:16 training.optimizer.rmsprop.rho changes what training.optimizer.rho gives in the same variant | let one of them alone give it"
            ]
        ),
        (
            "sweep: {grid: {model.middle.units: [3], \"model.layers[0].units\": [5]}}",
            ["15:41 model.layers[0].units changes what model.middle.units gives in the same variant | let one of them alone give it"]
        ),
        (
            "ablate: {a: {model.middle.units: 3, \"model.layers[0]\": {dense: {units: 5}}}}",
            ["15:37 model.layers[0] changes what model.middle.units gives in the same variant | let one of them alone give it"]
        ),
        ("ablate: {a: {training.optimizer.momentum: 0.5, training.optimizer: sgd}}", []),
    ])
    func oneSettingIsGivenOnce(part: String, expected: [String]) {
        let found = errors(base + part + "\n")
        for message in expected.prefix(1) { #expect(found.contains(message), "\(found)") }
        #expect(found.isEmpty == expected.isEmpty, "\(found)")
    }

    // MARK: - Where errors come from

    @Test func whatSomePointsHaveIsToldWithTheirNumberAndTheFirst() {
        let found = errors(
            perceptron + "sweep: {grid: {training.epochs: [1, 2], divisor: [0, 1, 2]}, set: {training.batch_size: =8 // divisor}}\n")
        #expect(
            found == ["13:92 division by 0 (in 2 of 6 points, first: training.epochs = 1, divisor = 0)"])
        let drawn = errors(perceptron + "sweep: {random: {points: 40, training.batch_size: {int_uniform: [-3, 20]}}}\n")
        #expect(drawn.count == 1)
        #expect(drawn.first?.hasPrefix("13:51 batch_size must be between 1 and 1,000,000, found ") == true, "\(drawn)")
        #expect(drawn.first?.contains(" of 40 points, first: batch-size-") == true, "\(drawn)")
    }

    @Test func whatIsWrongWithTheBaselineIsToldOnce() {
        let broken = base.replacing("epochs: 5", with: "epochs: 0")
        #expect(
            errors(broken + "sweep: {grid: {training.batch_size: [8, 16, 0]}}\n") == [
                "13:11 epochs must be between 1 and 1,000,000, found 0", "15:45 batch_size must be between 1 and 1,000,000, found 0",
            ])
    }

    @Test func pointsOfOneTrialAreOneVariant() throws {
        let experiment = try load(
            perceptron
                + "sweep: [{grid: {training.epochs: [1, 2]}}, {grid: {training.epochs: [2, 3]}}, {random: {points: 9, training.epochs: [1]}}]\n"
        )
        #expect(
            experiment.variants.map(\.name).filter { $0.count == 8 && $0.hasPrefix("epochs-") } == ["epochs-1", "epochs-2", "epochs-3"])
        #expect(experiment.variants.count == 4)
        #expect(experiment.variants.map(\.equals.count) == [0, 9, 1, 0])
        #expect(experiment.variants.map { Set($0.equals) } == [[], ["epochs-1"], ["epochs-2"], []])
    }

    @Test func hugeGridsAreCountedAndNotBuilt() {
        let values = "[" + (1...300).map(String.init).joined(separator: ", ") + "]"
        let axes = ["training.batch_size", "training.epochs", "a", "b", "c", "d", "e"].map { "\($0): \(values)" }.joined(separator: ", ")
        let set = "set: {training.optimizer.learning_rate: =a+b+c+d+e}"
        #expect(
            errors(base + "sweep: {grid: {\(axes)}, \(set)}\n") == [
                "15:9 the sweep has 218,700,000,000,000,000 points (300 x 300 x 300 x 300 x 300 x 300 x 300), and may have 10,000 | take values out"
            ])
        #expect(
            errors(base + "sweep: {grid: {\(axes), f: \(values)}, set: {training.optimizer.learning_rate: =a+b+c+d+e+f}}\n").first?
                .contains(
                    "too many points to count") == true)
        // Conditions are looked at; 1 + 299 x 300 x 300 points.
        #expect(
            errors(
                base
                    + "sweep: {grid: {training.epochs: \(values), training.batch_size: \(values), c: \(values)}, when: {c: {training.epochs: \(values)}, training.batch_size: {training.epochs: \(values.replacing("[1, ", with: "["))}}, set: {training.optimizer.learning_rate: =training.epochs, training.optimizer.epsilon: =c}}\n"
            ).first?.contains("26,910,300 points") == true)
        #expect(
            errors(base + "sweep: {random: {points: 1000000000, training.epochs: [1, 2]}}\n") == [
                "15:9 the sweep has 1,000,000,000 points, and may have 10,000 | take values out"
            ])
    }

    @Test func theBoundMayBeRaised() throws {
        let values = "[" + (1...101).map(String.init).joined(separator: ", ") + "]"
        let text = base + "sweep: {grid: {training.batch_size: \(values), training.epochs: \(values)}, max_points: 10201}\n"
        let experiment = try load(text)
        // One of them is the baseline.
        #expect(experiment.variants.count == 10_201)
        #expect(Set(experiment.variants.map(\.name)).count == 10_201)
    }
}

extension String {
    /// Every line two columns further in.
    var indented: String { split(separator: "\n").map { "  " + $0 + "\n" }.joined() }
}
