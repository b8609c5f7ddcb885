import Foundation
import Testing

/// Small real experiments, from the file to the report.
@Suite struct RunTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    @Test func fromTheFileToTheReportAndNothingTwice() throws {
        let first = try project.ablate("run", "tiny", "-j", "2")
        #expect(first.status == 0)
        #expect(first.output == "results/tiny/report.md\n")
        #expect(first.messages.contains("✓ wide, seed 2   val_loss "))
        #expect(first.messages.contains("(4 of 4)"))
        #expect(project.states(of: "tiny").values.sorted() == Array(repeating: "finished", count: 4))
        let report = try project.text("results/tiny/report.md")
        #expect(report.hasPrefix("# Does width matter on sixty rows?\n"))
        for run in project.runs(of: "tiny") {
            let files = try FileManager.default.contentsOfDirectory(
                atPath: project.folder.appendingPathComponent("results/tiny/runs/\(run)").path)
            #expect(Set(files).isSuperset(of: ["record.json", "history.csv", "predictions", "weights.safetensors", "log.txt"]))
            #expect(!files.contains("job.json"))
        }

        let again = try project.ablate("run", "tiny")
        #expect(again.status == 0)
        #expect(again.messages == "tiny: nothing to train, 4 runs finished\n")
        #expect(try project.text("results/tiny/report.md") == report)
        #expect(try project.ablate("plan", "tiny").output.hasSuffix("\nnothing to train\n"))
    }

    @Test func theSameBitsOnOneWorkerAndOnTwo() throws {
        #expect(try project.ablate("run", "tiny", "-j", "1", "--results", "one").status == 0)
        #expect(try project.ablate("run", "tiny", "-j", "2", "--results", "two").status == 0)
        let runs = project.runs(of: "tiny", results: "one")
        #expect(runs.count == 4)
        #expect(runs == project.runs(of: "tiny", results: "two"))
        for run in runs {
            for file in ["weights.safetensors", "predictions"] {
                let bytes = try ["one", "two"].map {
                    try Data(contentsOf: project.folder.appendingPathComponent("\($0)/tiny/runs/\(run)/\(file)"))
                }
                #expect(bytes[0] == bytes[1])
            }
            let histories = try ["one", "two"].map { try withoutSeconds(project.text("\($0)/tiny/runs/\(run)/history.csv")) }
            #expect(histories[0] == histories[1])
            #expect(histories[0].count == 4)
        }
    }

    /// The lines of a history without their last column, which no two runs share.
    private func withoutSeconds(_ history: String) -> [String] {
        history.split(separator: "\n").map { $0.split(separator: ",").dropLast().joined(separator: ",") }
    }

    @Test func aChangedSettingMakesRunsStaleAndCleanRemovesThem() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        try project.write(SampleProject.tiny.replacingOccurrences(of: "epochs: 3", with: "epochs: 4"), to: "experiments/tiny.yaml")
        let plan = try project.ablate("plan", "tiny")
        #expect(plan.output.contains("stale: training.epochs 3 → 4"))
        let dry = try project.ablate("clean", "--dry-run")
        #expect(dry.output.split(separator: "\n").count { $0.hasSuffix("(stale run)") } == 4)
        #expect(project.runs(of: "tiny").count == 4)
        #expect(try project.ablate("clean").status == 0)
        #expect(project.runs(of: "tiny").isEmpty)
    }

    @Test func cleanRemovesPlainMethodsThatNobodyAsksFor() throws {
        func names() -> [String] {
            (try? FileManager.default.contentsOfDirectory(atPath: project.folder.appendingPathComponent("results/tiny/runs").path)) ?? []
        }
        func files() -> [String] { names().filter { $0.hasPrefix("baselines-") } }
        try project.write(SampleProject.tiny + "baselines: [mean]\n", to: "experiments/tiny.yaml")
        #expect(try project.ablate("run", "tiny").status == 0)
        let first = files()
        #expect(!first.isEmpty)
        #expect(try project.ablate("clean").messages == "nothing to remove\n")
        try project.write(SampleProject.tiny + "baselines: [mean, linear]\n", to: "experiments/tiny.yaml")
        #expect(try project.ablate("run", "tiny").status == 0)
        #expect(Set(files()).isStrictSuperset(of: first))
        let removed = try project.ablate("clean")
        #expect(removed.output.split(separator: "\n").count { $0.hasSuffix("(stale plain methods)") } == first.count, "\(removed.output)")
        #expect(!files().isEmpty && Set(files()).isDisjoint(with: first) && names().count { $0.count == 24 } == 4)

        // Those of an experiment whose file has gone stay with its runs.
        for name in ["tiny", "long"] {
            try? FileManager.default.removeItem(at: project.folder.appendingPathComponent("experiments/\(name).yaml"))
        }
        #expect(try project.ablate("clean").status == 0 && !files().isEmpty)
        #expect(try project.ablate("clean", "--unlisted").status == 0 && files().isEmpty)
    }

    @Test func aFileThatEndsInYmlIsAnExperiment() throws {
        try project.write(SampleProject.tiny, to: "experiments/more.yml")
        #expect(try project.ablate("run", "more").status == 0)
        #expect(try project.ablate("list").output.contains("\n  more "))
        #expect(try project.ablate("clean").messages == "nothing to remove\n")
        #expect(project.runs(of: "more").count == 4)
    }

    @Test func cleanKeepsFinishedWorkUntilItIsTold() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        #expect(try project.ablate("run", "tiny", "-S", "training.epochs=4").status == 0)
        let kept = try project.ablate("clean")
        #expect(kept.status == 0)
        #expect(kept.output.split(separator: "\n").count { $0.hasSuffix(" (asked for by no file in experiments/)") } == 4)
        #expect(kept.messages == "nothing to remove\n4 finished runs kept; --unlisted removes what no file in experiments/ asks for\n")
        #expect(project.runs(of: "tiny").count == 8)
        #expect(try project.ablate("clean", "--unlisted").status == 0)
        #expect(project.runs(of: "tiny").count == 4)
        #expect(try project.ablate("plan", "tiny").output.hasSuffix("\nnothing to train\n"))
    }

    @Test func lessThanTheWholeIsPrintedAndTheReportOnDiskStays() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        let report = try project.text("results/tiny/report.md")
        for arguments in [["-S", "training.epochs=2"], ["--only", "wide"], ["--seeds", "3"], ["--smoke"]] {
            let result = try Running(["run", "tiny"] + arguments, in: project.folder).result()
            #expect(result.status == 0, "\(arguments): \(result.messages)")
            #expect(result.output.hasPrefix("# Does width matter on sixty rows?\n"))
            #expect(try project.text("results/tiny/report.md") == report)
        }
        // Four of the file, four with other epochs, two of the third seed; the smoke left none.
        #expect(project.runs(of: "tiny").count == 10)
    }

    @Test func onlyAVariantThatExists() throws {
        let result = try project.ablate("run", "tiny", "--only", "wise")
        #expect(result.status == 2)
        #expect(result.messages == "ablate: error: tiny has no variant \"wise\"; did you mean \"wide\"? there are: baseline, wide\n")
    }

    @Test func thereIsNoReportWithoutRuns() throws {
        try project.write("precious", to: "results/tiny/report.md")
        let result = try project.ablate("report", "tiny")
        #expect(result.status == 1)
        #expect(result.messages.contains("none of 4 runs is finished"))
        #expect(try project.text("results/tiny/report.md") == "precious")
    }

    @Test func aResultsFolderThatCannotBeMadeStopsItBeforeTheStart() throws {
        try project.write("in the way", to: "results")
        let result = try project.ablate("run", "tiny")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.messages.hasSuffix("ablate: error: cannot write runs: results: is a regular file, expected a folder\n"))
    }

    @Test func showTellsRunsAndOneRun() throws {
        #expect(try project.ablate("show", "tiny").status == 2)
        #expect(try project.ablate("run", "tiny").status == 0)
        let all = try project.ablate("show", "tiny")
        #expect(all.status == 0)
        #expect(all.output.split(separator: "\n").count == 5)
        let run = try #require(project.runs(of: "tiny").first)
        let one = try project.ablate("show", String(run.prefix(10)))
        #expect(one.status == 0)
        #expect(one.output.contains(run))
        #expect(one.output.contains("val_loss"))
    }

    @Test func listCountsFinishedRuns() throws {
        #expect(try project.ablate("run", "tiny", "--only", "wide").status == 0)
        let lines = try project.ablate("list").output.split(separator: "\n").map {
            $0.split(separator: " ").prefix(3).joined(separator: " ")
        }
        #expect(lines == ["experiment runs finished", "long 4 0", "tiny 4 2"])
    }
}
