import Documents
import Experiments
import Settings
import Testing

/// `match: parameters`: what is read of it, and what becomes of the variants.
struct ParameterMatchTests {
    private func solved(_ experiment: Experiment, width: Int) throws -> Experiment {
        try experiment.matched { variant in
            var settings = variant.trial.settings
            for (place, _) in settings.model.hiddenWidths {
                settings.model.layers[place].kind = settings.model.layers[place].kind.with(width: width)
            }
            return settings
        }
    }

    @Test func variantsAndPointsAskForTheBaselinesSize() throws {
        let experiment = try load(
            perceptron + """
                ablate:
                  deeper: {model.mlp.hidden: [64, 64], match: parameters}
                  wider: {model.mlp.hidden: [128]}
                sweep: {grid: {model.mlp.depth: [3, 4]}, match: parameters}

                """)
        #expect(experiment.variants.map(\.isMatched) == [false, true, false, true, true])
        #expect(experiment.hasMatches)
    }

    @Test func widthsAreToldAsTheyAre() throws {
        let experiment = try load(perceptron + "ablate: {deeper: {model.mlp.hidden: [64, 64], match: parameters}}\n")
        let deeper = try solved(experiment, width: 40).variants[1]
        #expect(deeper.trial.settings.model.hiddenWidths.map(\.width) == [40, 40])
        #expect(
            deeper.changes == [
                Change(path: "model.mlp.hidden", text: "[40, 40]"), Change(path: "match", text: "parameters"),
            ])
        let plain = try load(perceptron + "ablate: {deeper: {model.mlp.hidden: [40, 40]}}\n")
        #expect(deeper.trial == plain.variants[1].trial)
    }

    @Test func variantsThatComeToOneTrialAreRefused() throws {
        let experiment = try load(
            perceptron + """
                ablate:
                  two: {model.mlp.hidden: [64, 64], match: parameters}
                  other: {model.mlp.hidden: [32, 32], match: parameters}

                """)
        let error = #expect(throws: Diagnostics.self) { try solved(experiment, width: 40) }
        #expect(
            error?.all.map(\.message) == ["with as many parameters as the baseline, other is the same as two"])
    }

    @Test(arguments: [
        (
            "ablate: {deeper: {match: parameters}}",
            ["13:18 the variant deeper changes nothing but the size | such as {model.mlp.hidden: [64, 64, 64], match: parameters}"]
        ),
        (
            "ablate: {deeper: {model.mlp.hidden: [64, 64], match: parametres}}",
            ["13:54 unknown match \"parametres\" | did you mean \"parameters\"?"]
        ),
        (
            "ablate: {factorial: {deeper: {model.mlp.hidden: [64, 64], match: parameters}, short: {training.epochs: 2}}}",
            [
                "13:59 deeper is combined with other changes, so it has no size of its own | write match: parameters in a variant of its own, or in a sweep"
            ]
        ),
    ])
    func slipsHaveTheirPlace(_ text: String, _ expected: [String]) {
        #expect(errors(perceptron + text + "\n") == expected)
    }
}
