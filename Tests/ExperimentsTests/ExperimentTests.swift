import Documents
import Experiments
import Settings
import Testing

struct ExperimentTests {
    @Test func whatIsNotWrittenHasItsDefault() throws {
        let experiment = try load(["deep/er/my-test.yaml": base.replacing("title: Base?\n", with: "")], "deep/er/my-test.yaml")
        #expect(experiment.name == "my-test")
        #expect(experiment.title == "my-test")
        #expect(experiment.seeds == [1])
        #expect(experiment.selection == Selection(metric: "val_accuracy", goal: .maximize))
        #expect(experiment.baseline.trial.settings.training.batchSize == 32)
    }

    @Test(arguments: [("seeds: 3", [1, 2, 3]), ("seeds: [7, 0]", [7, 0])])
    func seeds(text: String, expected: [Int]) throws {
        #expect(try load(base + text + "\n").seeds == expected)
        #expect(try load(base + text + "\n", seeds: 2).seeds == [1, 2])
    }

    @Test func notesKeepTheirTextWithoutTheLastLineEnd() throws {
        #expect(try load(base + "notes: >\n  Важность\n  измерения\n").notes == "Важность измерения")
    }

    @Test(arguments: [
        ("metrics: [accuracy]", "val_accuracy", Goal.maximize), ("metrics: [mae]", "val_loss", .minimize),
        ("metrics: [f1, binary_accuracy]", "val_binary_accuracy", .maximize),
    ])
    func selectionByDefault(metrics: String, figure: String, goal: Goal) throws {
        let text = base.replacing("metrics: [accuracy]", with: metrics)
        #expect(try load(text).selection == Selection(metric: figure, goal: goal))
        let withoutValidation = text.replacing("split: {validation: {first: 10}}\n", with: "")
        #expect(try load(withoutValidation).selection == Selection(metric: figure.replacing("val_", with: "test_"), goal: goal))
    }

    @Test(arguments: [
        ("top_k_accuracy", "val_top_5_accuracy", Goal.maximize), ("{top_k_accuracy: {k: 3}}", "val_top_3_accuracy", .maximize),
        ("binary_accuracy", "val_binary_accuracy", .maximize), ("precision", "val_precision", .maximize),
        ("recall_micro", "val_recall_micro", .maximize), ("f1_macro", "val_f1_macro", .maximize), ("auc", "val_roc_auc", .maximize),
        ("log_loss", "val_log_loss", .minimize), ("mse", "val_mse", .minimize), ("rmse", "val_rmse", .minimize),
        ("r2", "val_r2", .maximize),
    ])
    func aMetricIsAFigureWithItsBetterWay(metric: String, figure: String, goal: Goal) throws {
        let text = base.replacing("[accuracy]", with: "[\(metric)]") + "select: {metric: \(figure)}\n"
        #expect(try load(text).selection == Selection(metric: figure, goal: goal))
    }

    @Test func selectionAsWritten() throws {
        #expect(try load(base + "select: {metric: val_loss}\n").selection == Selection(metric: "val_loss", goal: .minimize))
        #expect(try load(base + "select: {metric: loss, goal: max}\n").selection == Selection(metric: "loss", goal: .maximize))
    }

    // MARK: - References

    @Test func references() throws {
        let references = try load(
            base + "reference: {baseline: {val_accuracy: .5, loss@2: 3, accuracy: [.1, .2], test_loss: 4, chance_accuracy: 1}}\n"
        ).references
        #expect(
            references == [
                Reference(variant: "baseline", figure: "val_accuracy", value: 0.5),
                Reference(variant: "baseline", figure: "loss", epoch: 2, value: 3),
                Reference(variant: "baseline", figure: "accuracy", epoch: 1, value: 0.1),
                Reference(variant: "baseline", figure: "accuracy", epoch: 2, value: 0.2),
                Reference(variant: "baseline", figure: "test_loss", value: 4),
                Reference(variant: "baseline", figure: "chance_accuracy", value: 1),
            ])
    }

    @Test(arguments: [
        ("basline: {loss: 1}", "15:13 unknown variant \"basline\" | did you mean \"baseline\"?"),
        ("baseline: {val_acuracy@3: 1}", "15:24 unknown figure \"val_acuracy\" | did you mean \"val_accuracy\"?"),
        (
            "baseline: {val_mae: 1}",
            "15:24 unknown figure \"val_mae\" | known figures: loss, accuracy, val_loss, val_accuracy, test_loss, test_accuracy, chance_accuracy, overfitting_epoch"
        ),
        ("baseline: {loss@6: 1}", "15:24 there is no loss@6 | baseline has epochs 1 to 5"),
        ("baseline: {loss@0: 1}", "15:24 there is no loss@0 | baseline has epochs 1 to 5"),
        ("baseline: {loss@x: 1}", "15:24 there is no loss@x | baseline has epochs 1 to 5"),
        ("baseline: {test_loss@1: 1}", "15:24 there is no test_loss@1 | test_loss comes once, at the end"),
        (
            "baseline: {loss: [1, 2, 3, 4, 5, 6]}",
            "15:30 loss cannot be a list of 6 | a list gives the figures of epochs 1, 2, … and baseline has 5"
        ),
        ("baseline: {loss: x}", "15:30 loss must be a number, found \"x\""),
        ("baseline: 3", "15:23 baseline must be a map of keys and values, found 3"),
    ])
    func errorsOfReferences(reference: String, expected: String) {
        #expect(errors(base + "reference: {\(reference)}\n") == [expected])
    }

    // MARK: - Overrides

    /// Fewer epochs than the notes print figures of are no mistake when they are asked for on the command line.
    @Test func overridesLeaveOutPrintedFigures() throws {
        let text = base + "reference: {baseline: {loss: [3, 2, 1], val_loss@5: 2}}\n"
        #expect(try load(text).references.count == 4)
        #expect(try load(text, overrides: ["training.epochs=2"]).references.isEmpty)
    }

    @Test func overridesLieOverTheBaselineAndUnderTheVariants() throws {
        let text = base + "ablate: {short: {training.epochs: 2}, slow: {training.optimizer.learning_rate: 1e-3}}\n"
        let experiment = try load(text, overrides: ["training.epochs=9", "model.middle.units=7", "training.metrics=[accuracy, mae]"])
        #expect(experiment.variants.map(\.trial.settings.training.epochs) == [9, 2, 9])
        #expect(experiment.baseline.trial.settings.training.metrics == [.accuracy, .mae])
        #expect(
            experiment.baseline.trial.settings.model.layers[0].kind as? DenseSettings == DenseSettings(units: .count(7), activation: .relu))
        #expect(try load(perceptron, overrides: ["model.mlp.hidden=[64,4]"]).baseline.trial.settings.model.layers.count == 3)
    }

    @Test(arguments: [
        ("training.epochs", "-S:1:1 no \"=\" in the setting | write -S path=value, such as -S training.epochs=5"),
        ("=3", "-S:1:1 \"\" is no setting's path | such as training.epochs"),
        ("training.epochs=", "-S:1:16 no value behind \"=\""),
        ("training.epochs=0", "-S:1:17 epochs must be between 1 and 1,000,000, found 0"),
        (
            "training.epoch=3",
            "-S:1:10 unknown setting \"epoch\" in training | did you mean \"epochs\"? known keys: augment, augment_validation, batch_size, class_weight, clusters, continue_from, discriminator_optimizer, early_stopping, epochs, freeze, gradient_clipping, gradient_norms, judge, labelled, loss, metrics, optimizer, pretrain, reduce_on_plateau, steps, tensorboard, threshold"
        ),
        ("training.epochs=[1", "-S:1:17 this list is not closed | its \"]\" is missing"),
        ("model.layers[0].activation=rleu", "-S:1:28 unknown activation \"rleu\" | did you mean \"relu\"?"),
        ("model.layers[9].activation=relu", "-S:1:13 layers[9] does not exist | there are layers[0] to layers[1]"),
    ])
    func errorsOfOverrides(override: String, expected: String) {
        #expect(errors(base, overrides: [override]) == [expected])
    }
}
