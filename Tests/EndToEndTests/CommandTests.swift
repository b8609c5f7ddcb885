import Foundation
import Testing

/// Commands that end by themselves.
@Suite struct CommandTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    @Test func helpGoesToStandardOutput() throws {
        let result = try project.ablate("--help")
        #expect(result.status == 0)
        #expect(result.messages.isEmpty)
        for command in ["validate", "plan", "run", "report", "index", "list", "show", "schema", "data", "clean"] {
            #expect(result.output.contains("\n  \(command) "))
        }
        #expect(!result.output.contains("worker "))
    }

    @Test(arguments: [
        ["plan", "--frobnicate", "tiny"], ["run"], ["run", "tiny", "-j", "0"], ["run", "tiny", "-S", "epochs"],
        ["run", "tiny", "--seeds", "0"], ["plan", "tiny", "--seeds", "1001"], ["plan", "tiny", "-j", "9223372036854775807"],
        ["plan", "tiny", "-j", "0"], ["run", "tiny", "-j", "1025"],
    ])
    func wrongArgumentsExitWith2(arguments: [String]) throws {
        let result = try Running(arguments, in: project.folder).result()
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.messages.hasPrefix("ablate: error: "))
    }

    @Test(arguments: ["rum", "frobnicate"]) func anUnknownCommandIsTold(word: String) throws {
        let result = try project.ablate(word, "tiny")
        #expect(result.status == 2)
        let help = word == "rum" ? "did you mean \"run\"? commands: init, " : "commands: init, "
        #expect(result.messages.hasPrefix("ablate: error: unknown command \"\(word)\"; \(help)"))
    }

    @Test func aFileOfExperimentsIsSuggestedFromTheProjectFolder() throws {
        let result = try project.ablate("run", "tiny.yaml")
        #expect(result.status == 2)
        #expect(result.messages == "ablate: error: there is no file tiny.yaml here; did you mean experiments/tiny.yaml?\n")
    }

    @Test func copiesOfAnExperimentKeepTheirOwnResults() throws {
        try project.write(SampleProject.tiny.replacing("epochs: 3", with: "epochs: 1"), to: "drafts/tiny.yaml")
        #expect(try project.ablate("run", "tiny", "--smoke").status == 0)
        let copy = try project.ablate("run", "drafts/tiny.yaml")
        #expect(copy.status == 0 && copy.output == "results/drafts-tiny/report.md\n", "\(copy.messages)")
        #expect(!project.exists("results/tiny/report.md"))
        #expect(try project.ablate("show", "drafts/tiny.yaml").output.contains("wide"))
    }

    @Test func onlyTakesTheNamesOfEqualVariants() throws {
        try project.write(SampleProject.tiny + "sweep: {grid: {model.mlp.hidden: [[8]]}}\n", to: "experiments/equal.yaml")
        let plan = try project.ablate("plan", "equal", "--only", "hidden-8")
        #expect(plan.status == 0 && plan.output.contains("wide"), "\(plan.messages)")
        let wrong = try project.ablate("plan", "equal", "--only", "wied", "--only", "x")
        #expect(wrong.status == 2)
        #expect(wrong.messages == "ablate: error: equal has no variant \"wied\", \"x\"; did you mean \"wide\"? there are: baseline, wide\n")
    }

    @Test func twoFilesOfOneNameAreRefused() throws {
        try project.write(SampleProject.tiny, to: "experiments/tiny.yml")
        for file in ["experiments/tiny.yml", "experiments/tiny.yaml"] {
            let result = try project.ablate("run", file)
            #expect(result.status == 2)
            #expect(
                result.messages.contains("are both called tiny, and would share tiny/ of the results; rename one"), "\(result.messages)")
        }
    }

    @Test func aMistakeOfSIsNotBlamedOnTheFile() throws {
        try project.write(
            SampleProject.tiny.replacing("  epochs: 3", with: "  epochs: 3\n  early_stopping: {monitor: val_loss}"),
            to: "experiments/watched.yaml")
        let far = try project.ablate("plan", "watched", "-S", "split.validation=~")
        #expect(far.status == 2)
        #expect(far.messages.contains("experiments/watched.yaml:13:"), "\(far.messages)")
        #expect(far.messages.contains("add split.validation; without -S split.validation=~ this is right"), "\(far.messages)")
        let own = try project.ablate("plan", "watched", "-S", "training.epochs=0")
        #expect(own.messages.contains("-S:1:17: error: ") && !own.messages.contains("this is right"))
    }

    @Test func aMistypedRunIsNeitherExperimentNorRun() throws {
        let result = try project.ablate("show", "abcdef12")
        #expect(result.status == 2)
        #expect(result.messages == "ablate: error: no experiment and no run begins with \"abcdef12\"; experiments: long, tiny\n")
    }

    @Test(arguments: ["validate", "plan"]) func aTableThatIsNotThereIsAnError(command: String) throws {
        try project.write(SampleProject.tiny.replacingOccurrences(of: "table.csv", with: "nope.csv"), to: "experiments/lost.yaml")
        let result = try project.ablate(command, "lost")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(
            result.messages == """
                experiments/lost.yaml:2:16: error: data/nope.csv: No such file or directory
                    2 | dataset: {csv: data/nope.csv}
                      |                ^~~~~~~~~~~~~ paths count from the project folder
                1 error\(command == "plan" ? "; nothing was started" : "")

                """)
    }

    @Test(arguments: [["list"], ["data", "list"], ["data", "verify"]]) func aProjectWithoutDataIsToldOnce(arguments: [String]) throws {
        for name in ["one", "two"] {
            try project.write(
                SampleProject.tiny.replacingOccurrences(of: "{csv: data/table.csv}", with: name), to: "experiments/\(name).yaml")
        }
        let result = try Running(arguments, in: project.folder).result()
        #expect(result.status == 2)
        #expect(result.messages.components(separatedBy: "there is no catalogue in data; ").count == 2, "\(result.messages)")
    }

    @Test func verifyingFetchesNothing() throws {
        try project.write(SampleProject.farAway, to: "data/catalogue/far.yaml")
        let absent = try project.ablate("data", "verify")
        #expect(absent.output == "far: not fetched\n", "\(absent.messages)")
        #expect(absent.status == 0)
        try project.write("a\n1\n", to: "data/far.csv")
        let wrong = try project.ablate("data", "verify")
        #expect(wrong.status == 1)
        #expect(wrong.messages.contains("other content"))
        #expect(!wrong.messages.contains("https://"))
    }

    @Test func aFolderThatCannotBeMadeIsToldWithItsCause() throws {
        let result = try project.ablate("run", "tiny", "--results", "data/table.csv/results")
        #expect(result.status == 2)
        #expect(result.messages.hasSuffix("cannot write runs: data/table.csv/results: cannot make the folder: Not a directory\n"))
    }

    @Test func anUnknownExperimentIsToldWithTheKnownOnes() throws {
        let result = try project.ablate("plan", "tinny")
        #expect(result.status == 2)
        #expect(
            result.messages
                == "ablate: error: there is no experiment \"tinny\" in experiments; did you mean \"tiny\"? there are: long, tiny\n")
    }

    @Test func aFolderWithoutExperimentsSaysWhatIsMissing() throws {
        let result = try project.shell(
            "mkdir -p /tmp/ablate-empty-$$ && cd /tmp/ablate-empty-$$ && $ablate list; code=$?; rmdir /tmp/ablate-empty-$$; exit $code")
        #expect(result.status == 2)
        #expect(result.messages.contains("there is no folder experiments/ here or above"))
    }

    @Test func theIndexTellsOfFinishedExperimentsAlone() throws {
        let none = try project.ablate("index")
        #expect(none.status == 1)
        #expect(none.messages == "ablate: error: no experiment has a finished run; start one with: ablate run NAME\n")
        #expect(!project.exists("results/README.md"))
        #expect(try project.ablate("run", "tiny", "-j", "1").status == 0)
        let index = try project.ablate("index")
        #expect(index.status == 0)
        #expect(index.output == "results/README.md\n")
        let page = try project.text("results/README.md")
        #expect(page.contains("[tiny](tiny/report.md)"))
        #expect(page.contains("[long](../experiments/long.yaml)"))
        try project.write("title: x\n", to: "experiments/bad.yaml")
        let beside = try project.ablate("index")
        #expect(beside.status == 2)
        #expect(beside.messages.contains("experiments/bad.yaml:1:1: error: missing key"))
        #expect(try project.text("results/README.md") == page)
    }

    @Test func experimentsAreFoundFromBelow() throws {
        let result = try project.shell("cd data && $ablate plan tiny")
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("tiny: 2 variants x 2 seeds = 4 runs"))
    }

    @Test func everyErrorOfAFileComesAtOnce() throws {
        try project.write(
            SampleProject.tiny.replacingOccurrences(of: "tanh", with: "tanb").replacingOccurrences(of: "epochs: 3", with: "epochs: 0"),
            to: "experiments/bad.yaml")
        #expect(try project.ablate("validate", "tiny").output == "experiments/tiny.yaml: 4 runs, no error\n")
        let result = try project.ablate("validate", "bad", "tiny")
        #expect(result.status == 2)
        #expect(result.output == "experiments/tiny.yaml: 4 runs, no error\n")
        #expect(
            result.messages == """
                experiments/bad.yaml:7:34: error: unknown activation "tanb"
                    7 |   mlp: {hidden: [4], activation: tanb, output: linear}
                      |                                  ^~~~ did you mean "tanh"?
                experiments/bad.yaml:12:11: error: epochs must be between 1 and 1,000,000, found 0
                   12 |   epochs: 0
                      |           ^
                2 errors

                """)
    }

    @Test func aNetworkThatDoesNotFitItsDataIsToldWithItsPlace() throws {
        try project.write(
            """
            dataset: {csv: data/table.csv}
            inputs: {"*": {encode: numeric}, drop: [y]}
            target: {grade: {encode: one-hot}}
            split: {validation: {first: 12}}
            model:
              layers:
                - dense: {units: 4, activation: relu}
                - dense: {units: 5, activation: softmax}
            training: {loss: categorical_crossentropy}

            """, to: "experiments/unfit.yaml")
        let result = try project.ablate("plan", "unfit")
        #expect(result.status == 2)
        #expect(
            result.messages.hasSuffix(
                """
                experiments/unfit.yaml:8:22: error: layer 2 (dense, 5 units) gives [batch, 5], the target "grade" has 3 classes: [batch, 3]
                    8 |     - dense: {units: 5, activation: softmax}
                      |                      ^ write 3, or: units: classes
                1 error; nothing was started

                """))
    }

    @Test(arguments: ["plan", "run"]) func aNetworkThatDoesNotFitTheMemoryIsRefused(command: String) throws {
        try project.write(
            """
            dataset: {csv: data/table.csv}
            inputs: {"*": {encode: numeric}, drop: [y]}
            target: {grade: {encode: one-hot}}
            split: {validation: {first: 12}}
            model: {mlp: {hidden: [1000000, 1000000], output: softmax}}
            training: {loss: categorical_crossentropy, optimizer: adam}

            """, to: "experiments/huge.yaml")
        let result = try project.ablate(command, "huge")
        #expect(result.status == 2)
        #expect(
            result.messages.contains(
                """
                experiments/huge.yaml:5:33: error: the network needs 12,003 GB: the optimizer's state 8,000 GB, weights 4,000 GB, the values of a batch of 
                """))
        #expect(result.messages.hasSuffix("1 error; nothing was started\n"))
        #expect(project.runs(of: "huge").isEmpty)
    }

    @Test func aDataSetOfTheCatalogueNeedsTheCatalogue() throws {
        try project.write(
            SampleProject.tiny.replacingOccurrences(of: "{csv: data/table.csv}", with: "wine"), to: "experiments/wine.yaml")
        let result = try project.ablate("plan", "wine")
        #expect(result.status == 2)
        #expect(result.messages.contains("there is no catalogue in data; work in a copy of the project"))
    }

    @Test func thePlanIsATable() throws {
        let result = try project.ablate("plan", "tiny", "-j", "2")
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.count == 7)
        #expect(lines[0] == "tiny: 2 variants x 2 seeds = 4 runs on data/table.csv (48 train, 12 validation)")
        #expect(lines[1] == "  variant    what changes             parameters   runs   state   about")
        #expect(lines[2].hasPrefix("  baseline   –                                17      2   new      "))
        #expect(lines[3].hasPrefix("  wide       model.mlp.hidden = [8]           33      2   new      "))
        #expect(lines[4].hasPrefix("to train: 4 runs, about "))
        #expect(lines[4].hasSuffix(" on 2 workers"))
        #expect(lines[5].hasPrefix("on disk in the end: about ") && lines[5].hasSuffix(" kB"))
        #expect(!project.exists("results"))
    }

    @Test func oneBadExperimentDoesNotHideTheOthers() throws {
        try project.write("epochs: 3\n", to: "experiments/bad.yaml")
        let result = try project.ablate("list")
        #expect(result.status == 0)
        #expect(result.output.contains("\n  bad "))
        #expect(result.output.contains("\n  tiny "))
        #expect(result.messages.contains("experiments/bad.yaml:1:1: error: "))
    }

    @Test func theSchemaIsJSON() throws {
        let result = try project.ablate("schema")
        #expect(result.status == 0)
        let schema = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        #expect((schema["properties"] as? [String: Any])?["model"] != nil)
    }

    @Test func aReaderThatGoesEarlyIsNoError() throws {
        let result = try project.shell("set -o pipefail; $ablate schema | head -n 1")
        #expect(result.status == 0)
        #expect(result.output == "{\n")
        #expect(result.messages.isEmpty)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs the device /dev/full"))
    func aFullDiskIsTold() throws {
        let result = try project.shell("$ablate schema > /dev/full")
        #expect(result.status == 1)
        #expect(result.messages == "ablate: error: cannot write to standard output: No space left on device\n")
    }

    @Test func aWorkerLeavesWhenItsInputCloses() throws {
        #expect(try project.ablate("worker").status == 0)
    }
}
