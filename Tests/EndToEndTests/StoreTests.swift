import Foundation
import Testing

/// What the commands do when the results are damaged, foreign, linked or not to be read.
@Suite struct StoreTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    private func path(_ relative: String) -> String { project.folder.appendingPathComponent(relative).path }

    /// The folder of a run of the baseline of a finished experiment, from the project's folder.
    private func finishedRun() throws -> String {
        #expect(try project.ablate("run", "tiny").status == 0)
        let run = try project.runs(of: "tiny").first {
            try project.text("results/tiny/runs/\($0)/record.json").contains(#""variant": "baseline""#)
        }
        return "results/tiny/runs/\(try #require(run))"
    }

    // MARK: - Damage

    @Test(arguments: ["record.json", "history.csv", "predictions", "weights.safetensors"])
    func aDamagedRunIsDamagedForEveryCommand(name: String) throws {
        let run = try finishedRun()
        let file = URL(fileURLWithPath: path("\(run)/\(name)"))
        var data = try Data(contentsOf: file)
        let middle = name == "record.json" ? try #require(data.range(of: Data("\"val_loss\": ".utf8))).upperBound : data.count / 2
        data[middle] = data[middle] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
        try data.write(to: file)
        let told = "ablate: warning: \(path(run))/\(name): the checksum does not match the content; the run is damaged"

        let plan = try project.ablate("plan", "tiny")
        // Which of a variant's two runs is the damaged one depends on their identities.
        #expect(["1 damaged, 1 finished", "1 finished, 1 damaged"].contains { plan.output.contains($0) }, "\(plan.output)")
        #expect(plan.output.contains("to train: 1 run"))
        for command in [["plan", "tiny"], ["report", "tiny"], ["show", "tiny"], ["predict", "tiny", "--row", "a=1,b=2"]] {
            let result = try Running(command, in: project.folder).result()
            #expect(result.messages.contains(told), "\(command): \(result.messages)")
        }
        let identity = String(run.suffix(24).prefix(12))
        let predicted = try project.ablate("predict", identity, "--row", "a=1,b=2")
        #expect(predicted.status != 0 && predicted.output.isEmpty, "\(predicted.messages)")
        let clean = try project.ablate("clean", "-n")
        #expect(clean.output == "would remove \(run) (damaged run)\n", "\(clean.messages)")
        let again = try project.ablate("run", "tiny")
        #expect(again.status == 0)
        #expect(again.messages.contains(told) && again.messages.contains("(4 of 4)"))
        #expect(try project.ablate("plan", "tiny").messages.isEmpty)
    }

    @Test func aRunOfALaterVersionIsLeftAndNoReportIsWrittenWithoutIt() throws {
        let run = try finishedRun()
        let report = try project.text("results/tiny/report.md")
        let record = #"{"version": 99, "all": "new"}"#
        try project.write(record, to: "\(run)/record.json")
        let result = try project.ablate("run", "tiny")
        #expect(result.status == 1)
        #expect(
            result.messages.contains(
                "record.json: has version 99, this program reads version 2; the run is left as it is, and counts for nothing\n"))
        #expect(
            result.messages.contains("ablate: error: no report is written: it would lack 1 run that may be finished and cannot be read"))
        #expect(try project.ablate("clean").output.isEmpty)
        #expect(try project.text("\(run)/record.json") == record)
        #expect(try project.text("results/tiny/report.md") == report)
    }

    // MARK: - Links, pipes and other people's files

    @Test(arguments: ["results/tiny/runs/RUN", "results/tiny/runs", "results/tiny", "results"])
    func whatALinkLeadsToStays(place: String) throws {
        let run = try finishedRun()
        let link = place.replacing("RUN", with: run.suffix(24))
        try FileManager.default.removeItem(atPath: path(link))
        try project.write("mine", to: "elsewhere/thesis.tex")
        try project.write("mine", to: "elsewhere/runs/\(run.suffix(24))/record.json")
        try project.write("mine", to: "elsewhere/record.json")
        #expect(symlink(path("elsewhere"), path(link)) == 0)
        for command in [["run", "tiny"], ["report", "tiny"], ["clean"], ["clean", "--unlisted"], ["index"]] {
            let result = try Running(command, in: project.folder).result()
            #expect(result.messages.contains("is a symbolic link") || command == ["index"], "\(command): \(result.messages)")
        }
        #expect(
            try FileManager.default.subpathsOfDirectory(atPath: path("elsewhere")).sorted()
                == ["record.json", "runs", "runs/\(run.suffix(24))", "runs/\(run.suffix(24))/record.json", "thesis.tex"])
        #expect(try project.text("elsewhere/record.json") == "mine")
    }

    @Test func aFolderThatTheUserNamesMayBeALink() throws {
        mkdir(path("disk"), 0o755)
        #expect(symlink(path("disk"), path("results")) == 0)
        let refused = try project.ablate("run", "tiny")
        #expect(refused.status == 2)
        #expect(
            refused.messages.contains(
                "results is a symbolic link, and nothing is written or removed through one; name the folder it leads to: --results \(path("disk"))"
            ))
        #expect(try project.ablate("run", "tiny", "--results", "results").status == 2)
        #expect(try project.ablate("run", "tiny", "--results", path("disk")).status == 0)
    }

    @Test func cleanLeavesTheRunsOfOtherPrograms() throws {
        for name in ["2024-05-01", "0123456789abcdef01234567"] { try project.write("1", to: "other/lab/runs/\(name)/events.out") }
        let result = try project.ablate("clean", "--results", "other", "--unlisted")
        #expect(result.status == 0)
        #expect(result.output.isEmpty)
        #expect(
            result.messages.contains(
                "ablate: warning: other/lab/runs/2024-05-01: is nothing that this program writes, and is left as it is\n"))
        #expect(project.exists("other/lab/runs/2024-05-01/events.out"))
        #expect(project.exists("other/lab/runs/0123456789abcdef01234567/events.out"))
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["record.json", "history.csv", "lock"])
    func aPipeHoldsNothingUp(name: String) throws {
        let run = try finishedRun()
        unlink(path("\(run)/\(name)"))
        #expect(mkfifo(path("\(run)/\(name)"), 0o600) == 0)
        for command in [["plan", "tiny"], ["show", "tiny"], ["list"], ["index"], ["clean"], ["report", "tiny"], ["run", "tiny"]] {
            _ = try Running(command, in: project.folder).result()
        }
        #expect(project.exists("\(run)/\(name)"))
    }

    // MARK: - Names

    @Test(arguments: ["...yaml", "..yaml", ".yaml", ".hidden.yaml"]) func anExperimentHasAProperName(name: String) throws {
        try project.write(SampleProject.tiny, to: "experiments/\(name)")
        let result = try project.ablate("run", "experiments/\(name)")
        #expect(result.status == 2)
        #expect(result.messages.contains("cannot be the name of its folder of results"), "\(result.messages)")
        #expect(!project.exists("report.md") && !project.exists("results"))
    }

    // MARK: - Want

    /// Whatever is lacking, the command ends by itself, and either all is done or the reason is told.
    @Test(.timeLimit(.minutes(2)), arguments: ["-n 24", "-n 12", "-n 10", "-n 8", "-n 6", "-v 350000", "-v 200000"])
    func wantIsToldAndHangsNothing(limit: String) throws {
        let result = try project.shell("ulimit \(limit); exec $ablate run tiny -j 4")
        #expect(result.status == 0 || result.status == 1, "\(result.messages)")
        if result.status == 1 { #expect(result.messages.contains("ablate: error: "), "\(result.messages)") }
        #expect(try project.ablate("run", "tiny").status == 0)
    }

    @Test func noWorkerMeansOneMessage() throws {
        #expect(try project.ablate("plan", "tiny").status == 0)
        let result = try project.shell("ulimit -n 6; exec $ablate run tiny -j 4")
        #expect(result.status == 1)
        #expect(result.messages == "ablate: error: no worker could be started: \(Program.path): Too many open files\n")
    }

    @Test func aLongHistoryIsShownByItsEnds() throws {
        try project.write(
            SampleProject.tiny.replacing("epochs: 3", with: "epochs: 1500").replacing("seeds: 2", with: "seeds: 1"),
            to: "experiments/many.yaml")
        #expect(try project.ablate("run", "many", "--only", "baseline").status == 0)
        let run = try #require(project.runs(of: "many").first)
        let lines = try project.ablate("show", run).output.split(separator: "\n")
        #expect(lines.contains("… 500 epochs left out; all are in results/many/runs/\(run)/history.csv"))
        #expect(lines.last?.contains("1500") == true)
    }
}
