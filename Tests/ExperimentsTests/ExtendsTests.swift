import Documents
import Experiments
import Settings
import Testing

struct ExtendsTests {
    @Test func keysHereWinMapsMergeListsReplace() throws {
        let experiment = try load([
            "a.yaml": "extends: b.yaml\ntitle: Child?\ntraining: {epochs: 7, metrics: [mae], optimizer: {rmsprop: {rho: 0.5}}}\nseeds: 2\n",
            "b.yaml": base + "seeds: 9\nselect: {metric: val_loss}\n",
        ])
        let training = experiment.baseline.trial.settings.training
        #expect(training.epochs == 7)
        #expect(training.metrics == [.mae])
        #expect(training.optimizer == .rmsprop(RMSpropSettings(learningRate: 0.01, rho: 0.5)))
        #expect(experiment.seeds == [1, 2])
        #expect(experiment.selection.metric == "val_loss")
        #expect(experiment.title == "Child?")
    }

    @Test func anotherTagReplacesTheWhole() throws {
        let experiment = try load([
            "a.yaml": "extends: b.yaml\ntraining: {optimizer: adam}\nmodel: {mlp: {hidden: [], output: softmax}}\n", "b.yaml": base,
        ])
        #expect(experiment.baseline.trial.settings.training.optimizer == .adam(AdamSettings()))
        #expect(experiment.baseline.trial.settings.model.layers.count == 1)
    }

    @Test func ofKeysThatExcludeEachOtherTheUpperOneStays() throws {
        let experiment = try load(["a.yaml": "extends: b.yaml\nsplit: {validation: {folds: 4}}\n", "b.yaml": base])
        #expect(experiment.baseline.trial.settings.split.validation == .folds(count: 4, kind: .contiguous))
    }

    @Test func aFilesOwnQuestionIsNotTakenOver() throws {
        let own = "notes: x\nablate: {short: {training.epochs: 1}}\nreference: {short: {loss: 1}}\nsweep: {grid: {training.epochs: [2]}}\n"
        let experiment = try load(["a.yaml": "extends: b.yaml\n", "b.yaml": base + own])
        #expect(experiment.title == "a")
        #expect(experiment.notes == nil)
        #expect(experiment.variants.count == 1)
        #expect(experiment.references.isEmpty)
    }

    @Test func filesAreSeenFromTheOneThatNamesThem() throws {
        let experiment = try load(
            [
                "x/a.yaml": "extends: ../y/b.yaml\n", "y/b.yaml": "extends: ./z/c.yaml\ntraining: {epochs: 8}\n", "y/z/c.yaml": base,
            ], "x/a.yaml")
        #expect(experiment.baseline.trial.settings.training.epochs == 8)
    }

    @Test func anErrorInAnInheritedKeyPointsIntoItsFile() {
        #expect(
            errors(["a.yaml": "extends: b.yaml\ntraining: {epochs: 0}\n", "b.yaml": base.replacing("relu", with: "rleu")]) == [
                "b.yaml:8:38 unknown activation \"rleu\" | did you mean \"relu\"?",
                "2:20 epochs must be between 1 and 1,000,000, found 0",
            ])
    }

    @Test(arguments: [
        (
            ["a.yaml": "extends: b.yaml\n", "b.yaml": "extends: a.yaml\n"],
            "b.yaml:1:10 the file extends itself: a.yaml → b.yaml → a.yaml | take one of these links out"
        ),
        (["a.yaml": "extends: ./a.yaml\n"], "1:10 the file extends itself: a.yaml → a.yaml | take one of these links out"),
        (["a.yaml": "extends: c.yaml\n"], "1:10 cannot extend \"c.yaml\": there is no such file"),
        (
            ["a.yaml": "extends: ../c.yaml\n"],
            "1:10 \"../c.yaml\" lies outside the project | extends takes files of the project, seen from this one"
        ),
        (
            ["a.yaml": "extends: x/../../c.yaml\n"],
            "1:10 \"x/../../c.yaml\" lies outside the project | extends takes files of the project, seen from this one"
        ),
        (
            ["a.yaml": "extends: /etc/passwd\n"],
            "1:10 \"/etc/passwd\" lies outside the project | extends takes files of the project, seen from this one"
        ),
        (["a.yaml": "extends: b.yaml\n", "b.yaml": "a: [1\n"], "b.yaml:1:4 this list is not closed | its \"]\" is missing"),
        (["a.yaml": "extends: b.yaml\n", "b.yaml": ""], "b.yaml: the file is empty"),
    ])
    func errorsOfExtends(files: [String: String], expected: String) {
        #expect(errors(files) == [expected])
    }

    @Test func extendsMustBeAPath() {
        #expect(errors(base + "extends: [b.yaml]\n") == ["15:10 extends must be a path of another experiment, found a list"])
    }

    @Test func longChainsAreRefused() {
        var files = ["a.yaml": "extends: f1.yaml\n"]
        for index in 1...30 { files["f\(index).yaml"] = "extends: f\(index + 1).yaml\n" }
        #expect(errors(files) == ["f15.yaml:1:10 more than 16 files extend each other"])
    }

    @Test(arguments: [
        ("/p", "/p", "x/a.yaml", "../base.yaml", 0), ("/p", "/p", "x/a.yaml", "../../base.yaml", 1),
        ("/p", "/p/x", "a.yaml", "../base.yaml", 0), ("/p", "/p/x", "a.yaml", "../../q/base.yaml", 1),
        ("/p", "/q", "../p/x/a.yaml", "../base.yaml", 0), ("/p", "/p", "/p/x/a.yaml", "../base.yaml", 0),
        ("/p", "/p", "/q/a.yaml", "../p/base.yaml", 1),
    ])
    func theProjectMayBeAnAbsoluteFolder(root: String, current: String, file: String, extends: String, errorCount: Int) {
        var findings = Diagnostics()
        do throws(Diagnostics) {
            _ = try Experiment.load(file, projectRoot: root, currentFolder: current) { (path) throws(Diagnostics) in
                Source(name: path, text: path == file ? "extends: \(extends)\n" : base)
            }
        } catch { findings = error }
        #expect(findings.errorCount == errorCount, "\(findings.rendered())")
    }

    @Test func aFileOutsideTheProjectMayExtendItsNeighbours() throws {
        let files = ["/tmp/x/a.yaml": "extends: b.yaml\n", "/tmp/x/b.yaml": base, "/tmp/y/a.yaml": "extends: ../x/b.yaml\n"]
        #expect(try load(files, "/tmp/x/a.yaml").name == "a")
        #expect(errors(files, "/tmp/y/a.yaml").count == 1)
    }
}
