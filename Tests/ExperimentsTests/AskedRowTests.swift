import Documents
import Experiments
import Testing

/// Rows that an experiment asks about, and what others print of answers and confusion matrices.
struct AskedRowTests {
    @Test func rowsKeepTheirOrderAndTheirTextAsWritten() throws {
        let experiment = try load(base + "predict:\n  first: {text: a b, age: 040, salary: 1e4, note: \"\"}\n  second one: {text: \"3\"}\n")
        #expect(experiment.askedRows.map(\.name) == ["first", "second one"])
        #expect(experiment.askedRows[0].cells.map(\.column) == ["text", "age", "salary", "note"])
        #expect(experiment.askedRows[0].cells.map(\.text) == ["a b", "040", "1e4", ""])
        let finding = experiment.askedRows[0].diagnostic("too old", column: "age")
        #expect(finding.line == 16 && finding.columns == 22..<25)
        #expect(experiment.askedRows[1].diagnostic("empty").line == 17)
    }

    @Test func theyBelongToTheFileThatAsks() throws {
        let child = try load(["a.yaml": "extends: b.yaml\ntitle: Child\n", "b.yaml": base + "predict: {x: {text: a}}\n"])
        #expect(child.askedRows.isEmpty)
    }

    @Test func answersAndMatricesAreReferences() throws {
        let experiment = try load(
            base + "predict: {new one: {text: a}}\nreference: {baseline: {predict.new one: 0.3, confusion: [[5, 1], [2, 7]]}}\n")
        #expect(
            experiment.references == [
                Reference(variant: "baseline", figure: "predict.new one", value: 0.3),
                Reference(variant: "baseline", figure: "confusion[0][0]", value: 5),
                Reference(variant: "baseline", figure: "confusion[0][1]", value: 1),
                Reference(variant: "baseline", figure: "confusion[1][0]", value: 2),
                Reference(variant: "baseline", figure: "confusion[1][1]", value: 7),
            ])
        #expect(experiment.askedRows[0].figure == "predict.new one")
        #expect(experiment.references[2].confusionCell.map { [$0.label, $0.predicted] } == [0, 1])
        #expect(experiment.references[0].confusionCell == nil)
    }

    @Test(arguments: [
        ("predict: 3", "15:10 predict must be a map of keys and values, found 3"),
        ("predict: {x: 3}", "15:14 x must be a map of keys and values, found 3"),
        ("predict: {x: {text: [a]}}", "15:21 text must be a number or text, found a list | an empty cell is \"\""),
        (
            "predict: {old: {text: a}}\nreference: {baseline: {predict.odl: 1}}",
            "16:24 unknown figure \"predict.odl\" | did you mean \"predict.old\"?"
        ),
        (
            "reference: {baseline: {confusion: [[1, 2], [3]]}}",
            "15:35 confusion must be a list for each class, as long as there are classes | such as [[90, 10], [20, 80]], the true classes one below the other"
        ),
        ("reference: {baseline: {confusion: [[1, 2], [3, -4]]}}", "15:48 confusion[1][1] must be between 0 and 1,000,000,000, found -4"),
    ])
    func errors(text: String, expected: String) {
        #expect(ExperimentsTests.errors(base + text + "\n") == [expected])
    }

    @Test func aScheduleLeavesNothingToAPlateau() {
        let text = base.replacing("learning_rate: 0.01", with: "learning_rate: {exponential_decay: {initial: 0.1, steps: 9, rate: 0.5}}")
        #expect(
            ExperimentsTests.errors(text.replacing("  epochs: 5", with: "  epochs: 5\n  reduce_on_plateau: {}")) == [
                "14:22 reduce_on_plateau cannot lower a learning rate that follows a schedule | make learning_rate a number, or leave reduce_on_plateau out"
            ])
    }
}
