import Foundation
import TestSupport
import Testing

/// Files for TensorBoard beside the runs.
@Suite(.serialized) struct TensorBoardRunTests {
    private let project: SampleProject

    init() throws { project = try SampleProject() }

    private func record(of run: String, in experiment: String) throws -> [String: Any] {
        let text = try project.text("results/\(experiment)/runs/\(run)/record.json")
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The one event file of a part, in a folder of a run.
    private func file(_ part: String, in folder: String) throws -> [UInt8] {
        let path = project.folder.appendingPathComponent("\(folder)/\(part)")
        let names = try FileManager.default.contentsOfDirectory(atPath: path.path)
        let name = try #require(names.first)
        #expect(names.count == 1 && name.contains("tfevents"), "\(names)")
        return Array(try Data(contentsOf: path.appendingPathComponent(name)))
    }

    /// How many bytes the event files of a part have so far; while a run begins there may be none, or an old one beside its successor.
    private func size(_ part: String, in folder: String) -> Int {
        let path = project.folder.appendingPathComponent("\(folder)/\(part)")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
        return names.reduce(0) { $0 + ((try? Data(contentsOf: path.appendingPathComponent($1)))?.count ?? 0) }
    }

    /// Expects every column of each run's history in its files, epoch by epoch, and gives the number of runs.
    private func checkScalars(of experiment: String, in logs: String) throws -> Int {
        let runs = project.runs(of: experiment)
        for run in runs {
            let record = try record(of: run, in: experiment)
            let folder = "\(logs)/\(experiment)/\(try #require(record["variant"] as? String))/seed-\(try #require(record["seed"] as? Int))"
            let scalars = try [
                "train": EventReader.scalars(file("train", in: folder)), "validation": EventReader.scalars(file("validation", in: folder)),
            ]
            let rows = try project.text("results/\(experiment)/runs/\(run)/history.csv").split(separator: "\n").map {
                $0.split(separator: ",")
            }
            for (column, name) in try #require(rows.first).enumerated() where name != "epoch" {
                let (part, tag) = name.hasPrefix("val_") ? ("validation", name.dropFirst(4)) : ("train", name)
                let found = try #require(scalars[part]).filter { $0.tag == tag }
                #expect(found.map(\.step) == Array(1..<rows.count), "\(folder), \(name)")
                #expect(try found.map(\.value) == rows.dropFirst().map { Float(try #require(Double($0[column]))) }, "\(folder), \(name)")
            }
        }
        return runs.count
    }

    private static let baseline = "logs/tiny/baseline/seed-1"
    private static let fromHistory = "histograms are written only as a run is trained"

    @Test func whatIsTrainedHasCurvesAndHistograms() throws {
        let run = try project.ablate("run", "tiny", "--tensorboard", "logs", "-j", "2")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("to see the curves: tensorboard --logdir logs\n"), "\(run.messages)")
        #expect(!run.messages.contains(Self.fromHistory))
        #expect(try checkScalars(of: "tiny", in: "logs") == 4)
        let train = try file("train", in: Self.baseline)
        #expect(EventReader.scalars(train).filter { $0.tag == "learning_rate" }.map(\.value) == [0.001, 0.001, 0.001])
        let histograms = EventReader.histograms(train)
        #expect(histograms.map(\.step) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
        #expect(Set(histograms.map(\.tag)) == ["layer_1/kernel", "layer_1/bias", "output/kernel", "output/bias"])

        // Whoever asks again finds all as it is.
        let again = try project.ablate("run", "tiny", "--tensorboard", "logs")
        #expect(again.messages.contains("nothing to train") && !again.messages.contains(Self.fromHistory), "\(again.messages)")
        #expect(try file("train", in: Self.baseline) == train)
    }

    @Test func finishedRunsHaveCurvesFromTheirHistory() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        #expect(!project.exists("logs"))
        let run = try project.ablate("run", "tiny", "--tensorboard", "logs")
        #expect(run.status == 0, "\(run.messages)")
        #expect(run.messages.contains("TensorBoard gets the curves of 4 runs from the history; \(Self.fromHistory)\n"), "\(run.messages)")
        #expect(try checkScalars(of: "tiny", in: "logs") == 4)
        #expect(EventReader.histograms(try file("train", in: Self.baseline)).isEmpty)
        let again = try project.ablate("run", "tiny", "--tensorboard", "logs")
        #expect(again.status == 0 && !again.messages.contains(Self.fromHistory), "\(again.messages)")
    }

    @Test func theSettingIsNoPartOfARun() throws {
        #expect(try project.ablate("run", "tiny").status == 0)
        let bytes = try project.text("results/tiny/report.md")
        let setting = "epochs: 3\n  tensorboard: {folder: boards, histograms: 2}"
        try project.write(SampleProject.tiny.replacing("epochs: 3", with: setting), to: "experiments/tiny.yaml")
        let plan = try project.ablate("plan", "tiny")
        #expect(plan.output.contains("finished") && !plan.output.contains("new") && !plan.output.contains("stale"), "\(plan.output)")
        #expect(try project.ablate("run", "tiny").status == 0)
        #expect(try checkScalars(of: "tiny", in: "boards") == 4)
        #expect(try project.text("results/tiny/report.md") == bytes)

        // Another folder, and what is trained there has histograms as often as the setting says; a smoke test has none.
        #expect(try project.ablate("run", "tiny", "--results", "other", "--tensorboard", "logs").status == 0)
        #expect(EventReader.histograms(try file("train", in: Self.baseline)).map(\.step) == [2, 2, 2, 2])
        try FileManager.default.removeItem(at: project.folder.appendingPathComponent("boards"))
        #expect(try project.ablate("run", "tiny", "--smoke").status == 0)
        #expect(!project.exists("boards"))
    }

    @Test func otherSettingsHaveAnotherFolder() throws {
        #expect(try project.ablate("run", "tiny", "--seeds", "1", "--only", "baseline", "--tensorboard", "logs").status == 0)
        let first = try file("train", in: Self.baseline)
        let other = try project.ablate(
            "run", "tiny", "--seeds", "1", "--only", "baseline", "--tensorboard", "logs", "-S", "training.epochs=2")
        #expect(other.status == 0, "\(other.messages)")
        #expect(try file("train", in: Self.baseline) == first)
        let names = try FileManager.default.contentsOfDirectory(atPath: project.folder.appendingPathComponent("logs/tiny/baseline").path)
        let second = try #require(names.first { $0 != "seed-1" })
        #expect(names.count == 2 && second.hasPrefix("seed-1-"))
        #expect(Set(EventReader.scalars(try file("train", in: "logs/tiny/baseline/\(second)")).map(\.step)) == [1, 2])
    }

    /// Where nothing can be written, what is said, and the exit code: what is known before the start is refused.
    @Test func foldersThatCannotBe() throws {
        try project.write("a file", to: "taken")
        let refused = try project.ablate("run", "tiny", "--tensorboard", "taken")
        #expect(refused.status == 2 && refused.messages.contains("cannot write files for TensorBoard: taken"), "\(refused.messages)")
        #expect(project.runs(of: "tiny").isEmpty)

        // A folder below that is taken costs that run its curves, and nothing else.
        try project.write("a file", to: "logs/tiny/wide")
        let run = try project.ablate("run", "tiny", "--tensorboard", "logs")
        #expect(run.status == 0, "\(run.messages)")
        #expect(
            run.messages.contains("ablate: warning: 2 runs without files for TensorBoard, and otherwise as it should be: logs/tiny/wide"),
            "\(run.messages)")
        #expect(try project.text("logs/tiny/wide") == "a file")
        #expect(project.states(of: "tiny").values.filter { $0 == "finished" }.count == 4)
        #expect(EventReader.scalars(try file("validation", in: Self.baseline)).map(\.step) == [1, 2, 3])

        #expect(try project.ablate("run", "tiny", "--smoke", "--tensorboard", "logs").status == 2)
    }

    /// Killed in its middle, a run has each epoch once.
    @Test func killedRunsGoOnWithoutDoubledOrLostEpochs() throws {
        let command = ["run", "long", "-j", "1", "--seeds", "1", "--only", "baseline", "--tensorboard", "logs"]
        let folder = "logs/long/baseline/seed-1"
        for delay in [0, 40_000, 90_000] as [UInt32] {
            let running = try Running(command, in: project.folder, environment: ["ABLATE_CHECKPOINT_SECONDS": "0"])
            let before = size("train", in: folder)
            _ = eventually { size("train", in: folder) > before + 100_000 }
            usleep(delay)
            kill(running.children.first ?? running.process.processIdentifier, SIGKILL)
            kill(running.process.processIdentifier, SIGKILL)
            _ = try running.result()
        }
        let end = try Running(command, in: project.folder).result()
        #expect(end.status == 0, "\(end.messages)")
        #expect(!end.messages.contains(Self.fromHistory), "\(end.messages)")
        let record = try record(of: try #require(project.runs(of: "long").first), in: "long")
        #expect((record["resumptions"] as? Int ?? 0) > 0)
        #expect(try checkScalars(of: "long", in: "logs") == 1)
        let histograms = EventReader.histograms(try file("train", in: folder)).filter { $0.tag == "output/bias" }
        #expect(histograms.map(\.step) == Array(1...6000))
    }
}
