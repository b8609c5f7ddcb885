import Experiments
import Settings
import Testing

struct CurveSettingTests {
    @Test func curvesAreReadWithTheirDefaults() throws {
        #expect(try load(base).curves == nil)
        #expect(try load(base + "curves: {smoothing: 0.9}\n").curves == CurveSettings(smoothing: 0.9))
        let all = "curves: {smoothing: 0.9, bias_correction: false, from_epoch: 3, monitor: val_accuracy, tolerance: 0.02}\n"
        #expect(
            try load(base + all).curves
                == CurveSettings(
                    smoothing: 0.9, biasCorrection: false, fromEpoch: 3, monitor: "val_accuracy", goal: .maximize, tolerance: 0.02))
    }

    @Test func curvesAreNoPartOfARunsIdentity() throws {
        let plain = try load(base)
        let smooth = try load(base + "curves: {smoothing: 0.9}\ndisagreements: {because: luck}\n")
        #expect(plain.baseline.trial == smooth.baseline.trial)
    }

    @Test func curvesAreTakenOverAndDisagreementsAreNot() throws {
        let parent = base + "curves: {smoothing: 0.9, from_epoch: 3}\ndisagreements: {because: luck}\n"
        let child = try load(["a.yaml": "extends: b.yaml\ncurves: {from_epoch: 2}\n", "b.yaml": parent])
        #expect(child.curves == CurveSettings(smoothing: 0.9, fromEpoch: 2))
        #expect(child.disagreements == nil)
        let without = try load(["a.yaml": "extends: b.yaml\ncurves: ~\n", "b.yaml": parent])
        #expect(without.curves == nil)
        #expect(try load(parent).disagreements == DisagreementSettings(because: "luck"))
    }

    @Test(arguments: [
        ("curves: {smoothing: 1}\n", "15:21 smoothing must be 0 or more and below 1, found 1"),
        (
            "curves: {beta: 0.9}\n",
            "15:10 unknown key \"beta\" in curves | did you mean \"smoothing\"? known keys: bias_correction, from_epoch, goal, monitor, smoothing, tolerance"
        ),
        (
            "curves: {monitor: val_auc}\n",
            "15:19 no validation figure of every epoch is called \"val_auc\" | overfitting shows on validation, in val_accuracy, val_loss"
        ),
        (
            "curves: {monitor: loss}\n",
            "15:19 no validation figure of every epoch is called \"loss\" | overfitting shows on validation, in val_accuracy, val_loss"
        ),
        ("disagreements: {shown_by: b}\n", "15:16 missing key \"because\" in disagreements | add \"because: …\", text"),
    ])
    func mistakesAreTold(text: String, message: String) {
        #expect(errors(base + text) == [message])
    }

    @Test func aMonitorNeedsValidationRows() {
        let text = base.replacing("split: {validation: {first: 10}}\n", with: "") + "curves: {monitor: val_loss}\n"
        #expect(
            errors(text) == [
                "14:19 no validation figure of every epoch is called \"val_loss\" | there are no validation rows: add split.validation"
            ]
        )
    }

    @Test func aMonitorOfAnotherFileIsNotMissed() throws {
        let parent = base + "curves: {monitor: val_accuracy}\n"
        let child = try load(["a.yaml": "extends: b.yaml\nsplit: {validation: ~}\n", "b.yaml": parent])
        #expect(child.curves?.monitor == "val_accuracy")
    }

    // MARK: - Figures that may stand under reference

    @Test func theEpochOfOverfittingMayStandBesideAPrintedOne() throws {
        let experiment = try load(base + "reference: {baseline: {overfitting_epoch: 4}}\n")
        #expect(experiment.references == [Reference(variant: "baseline", figure: "overfitting_epoch", value: 4)])
        let text = base.replacing("split: {validation: {first: 10}}\n", with: "") + "reference: {baseline: {overfitting_epoch: 4}}\n"
        #expect(errors(text).first?.contains("unknown figure \"overfitting_epoch\"") == true)
    }

    @Test func theRateOfAnEpochMayStandBesideAPrintedOneWhereAPlateauLowersIt() throws {
        let own = base.replacing("  epochs: 5\n", with: "  epochs: 5\n  reduce_on_plateau: {}\n")
        let experiment = try load(own + "reference: {baseline: {learning_rate@2: 0.5}}\n")
        #expect(experiment.references == [Reference(variant: "baseline", figure: "learning_rate", epoch: 2, value: 0.5)])
        #expect(
            errors(base + "reference: {baseline: {learning_rate@2: 0.5}}\n").first?.contains("unknown figure \"learning_rate\"") == true)
    }

    @Test func gradientsMayStandBesidePrintedOnesAndChooseNothing() throws {
        let own = base.replacing("  epochs: 5\n", with: "  epochs: 5\n  gradient_norms: true\n")
        let experiment = try load(own + "reference: {baseline: {grad_norm/layer_1@2: 0.5, grad_norm/output: 0.1}}\n")
        #expect(experiment.references.map(\.figure) == ["grad_norm/layer_1", "grad_norm/output"])
        #expect(experiment.references.map(\.epoch) == [2, nil])
        #expect(
            errors(base + "reference: {baseline: {grad_norm/output: 0.1}}\n") == [
                "15:24 unknown figure \"grad_norm/output\" | write training.gradient_norms: true"
            ])
        #expect(
            errors(own + "select: {metric: grad_norm/output}\n") == [
                "16:18 the size of a gradient never chooses a winner | it may stand under reference; write a figure such as val_loss here"
            ])
        #expect(
            errors(own.replacing("  epochs: 5\n", with: "  epochs: 5\n  early_stopping: {monitor: grad_norm/output}\n")) == [
                "14:29 training cannot watch the size of a gradient | it may stand under reference; write a figure such as val_loss here"
            ])
    }
}
