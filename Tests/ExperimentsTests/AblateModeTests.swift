import Documents
import Experiments
import Testing

/// `leave_one_out`, `add_one`, `factorial`.
struct AblateModeTests {
    private let parts = "{clip: {training.gradient_clipping: {norm: 1}}, short: {training.epochs: 2}, small: {training.batch_size: 8}}"

    private func changes(_ ablate: String) throws -> [String] {
        try load(base + "ablate: \(ablate)\n").variants.dropFirst().map { variant in
            variant.name + ": " + variant.changes.map { "\($0.path)=\($0.text)" }.joined(separator: " ")
        }
    }

    @Test func addOneIsEachChangeAlone() throws {
        #expect(try changes("{add_one: \(parts)}") == changes(parts))
        #expect(try changes("{add_one: \(parts)}").count == 3)
    }

    @Test func leaveOneOutHasABaselineWithEverything() throws {
        let experiment = try load(base + "ablate: {leave_one_out: \(parts), other: {training.epochs: 7}}\n")
        #expect(experiment.variants.map(\.name) == ["baseline", "other", "without-clip", "without-short", "without-small"])
        let settings = experiment.variants.map(\.trial.settings.training)
        #expect(settings.map(\.epochs) == [2, 7, 2, 5, 2])
        #expect(settings.map(\.batchSize) == [8, 8, 8, 8, 32])
        #expect(settings.map { $0.gradientClipping != nil } == [true, true, false, true, true])
        #expect(
            try changes("{leave_one_out: \(parts)}") == [
                "without-clip: training.gradient_clipping=–", "without-short: training.epochs=5", "without-small: training.batch_size=–",
            ])
    }

    @Test func factorialIsEveryCombination() throws {
        let experiment = try load(base + "ablate: {factorial: \(parts)}\n")
        #expect(
            experiment.variants.map(\.name) == [
                "baseline", "clip", "short", "small", "clip-and-short", "clip-and-small", "short-and-small", "clip-and-short-and-small",
            ])
        #expect(Set(experiment.variants.map(\.trial)).count == 8)
        #expect(experiment.variants[7].changes.map(\.text) == ["{norm: 1}", "2", "8"])
    }

    @Test(arguments: [
        (
            "{leave_one_ot: {a: {training.epochs: 2}}}",
            ["15:10 the variant name \"leave_one_ot\" is not of the form a-z, 0-9 and minus | did you mean \"leave_one_out\"?"]
        ),
        (
            "{factorial: {same: {training.epochs: 5}}}",
            [
                "15:22 the variant same changes nothing: the settings above have training.epochs so already | change a value, or take the variant out"
            ]
        ),
        (
            "{leave_one_out: {same: {training.epochs: 5}}}",
            [
                "15:26 the variant without-same changes nothing: with or without training.epochs the settings are the same | change a value, or take the variant out"
            ]
        ),
        (
            "{factorial: {a: {training.epochs: 2}, b: {training: {epochs: 3}}}}",
            ["15:51 a and b both change training, so factorial cannot combine them | let each change settings of its own"]
        ),
        (
            "{factorial: {a: {training.optimizer.rho: 0.5}, b: {training.optimizer.rmsprop.rho: 0.1}}}",
            ["15:56 a and b both change the same setting, so factorial cannot combine them | let each change settings of its own"]
        ),
        ("{leave_one_out: {a: {training.epochs: 0}}}", ["15:47 epochs must be between 1 and 1,000,000, found 0"]),
        ("{factorial: {a: {training.epoch: 1}}}", []),
        (
            "{a: {training.epochs: 1}, factorial: {a: {training.epochs: 2}}}",
            ["15:47 two variants are called a | give one of them another name"]
        ),
    ])
    func errorsOfModes(ablate: String, expected: [String]) {
        let found = errors(base + "ablate: \(ablate)\n")
        if expected.isEmpty {
            #expect(found.count == 1 && found[0].hasPrefix("15:35 unknown setting \"epoch\" in training"), "\(found)")
        } else {
            #expect(found == expected)
        }
    }

    @Test func tooManyCombinationsAreRefused() {
        let changes = (1...14).map { "c\($0): {training.epochs: \($0)}" }.joined(separator: ", ")
        #expect(
            errors(base + "ablate: {factorial: {\(changes)}}\n").contains { $0.contains("14 changes have more than 10,000 combinations") })
    }
}
