import Foundation
import Testing

/// Models by themselves, from the command line.
@Suite struct ExportTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    /// A table with a column of every usual kind, gaps, a decimal comma and a word for what is missing.
    private static let experiment = """
        title: Which one?
        dataset: {csv: {path: data/mixed.csv, delimiter: ";", decimal: ",", empty: [unknown]}}
        inputs:
          n: {encode: numeric, scale: standard, missing: mean}
          size: {encode: one-hot, drop_first: true, missing: most_frequent}
          code: {encode: label}
          colour: {encode: one-hot, unknown: ignore}
        target: {kind: {encode: label}}
        split: {validation: {folds: 3}}
        model:
          layers:
            - dense: {units: 6, activation: gelu}
            - batch_normalization
            - dropout: 0.2
            - layer_normalization
            - dense: {units: classes, activation: sigmoid}
        training: {loss: binary_crossentropy, epochs: 3, metrics: [accuracy]}
        seeds: 2
        ablate: {plain: {training.epochs: 4}}

        """

    private static var mixed: String {
        "n;size;code;colour;kind;note\n"
            + (0..<60).map { row in
                let n = row % 11 == 0 ? "unknown" : "\(row % 17),\(row % 9)"
                let size = row % 13 == 0 ? "" : ["S", "M", "L"][row % 3]
                return "\(n);\(size);\(["x", "y"][row % 2]);\(["red", "green", "blue"][row % 7 % 3]);\(row % 5 < 2 ? "no" : "yes");z\n"
            }.joined()
    }

    private static let asked = "note;colour;kind;n;size;code\nq;red;?;3,5;L;x\nq;mauve;?;unknown;;y\nq;blue;?;-12,25;M;x\n"

    private func predictions(_ result: Program.Result) throws -> String {
        #expect(result.status == 0, "\(result.messages)")
        return result.output
    }

    @Test func anExportedModelAnswersAsItsRunsDoWithoutProjectAndData() throws {
        try project.write(Self.mixed, to: "data/mixed.csv")
        try project.write(Self.experiment, to: "experiments/mixed.yaml")
        try project.write(Self.asked, to: "asked.csv")
        #expect(try project.ablate("run", "mixed").status == 0)
        let run = try #require(project.runs(of: "mixed").first)
        let cases = [
            (["mixed:plain"], ["mixed", "--variant", "plain"]), (["mixed"], ["mixed"]), ([String(run.prefix(8))], [run]),
        ]
        for (place, (subject, exported)) in cases.enumerated() {
            let expected = try predictions(Running(["predict"] + subject + ["--csv", "asked.csv", "--json"], in: project.folder).result())
            #expect(place == 2 || expected.contains("standard_deviations"))
            let written = try Running(["export"] + exported + ["-o", "out/model\(place)", "--onnx"], in: project.folder).result()
            #expect(written.status == 0 && written.output.contains("out/model\(place) is written"), "\(written.messages)")
            let elsewhere = FileManager.default.temporaryDirectory.appendingPathComponent("ablate-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: elsewhere) }
            try FileManager.default.moveItem(
                at: project.folder.appendingPathComponent("out/model\(place)"), to: elsewhere.appendingPathComponent("model"))
            try Data(Self.asked.utf8).write(to: elsewhere.appendingPathComponent("new.csv"))
            let found = try predictions(Running(["predict", "model", "--csv", "new.csv", "--json"], in: elsewhere).result())
            #expect(found == expected)
            let card = try String(contentsOf: elsewhere.appendingPathComponent("model/README.md"), encoding: .utf8)
            for text in [
                "# Which one?", "| colour ", "another one is all zeros", "## Figures", "validation accuracy", "Licence of the data",
            ] {
                #expect(card.contains(text), "\(text)")
            }
        }
        // The same rows, one by one.
        let one = try project.ablate("export", "mixed", "--seed", "2", "-o", "second")
        #expect(one.status == 0 && one.output.hasPrefix("mixed, baseline, 3 runs: second is written"), "\(one.messages)")
        let row = try project.ablate("predict", "./second", "--row", "n=3.5,size=L,code=x,colour=red")
        #expect(row.status == 0 && row.output.contains("mean of 3 runs"), "\(row.messages)")
        let lacking = try project.ablate("predict", "./second", "--row", "n=3.5,size=L")
        #expect(lacking.status == 2 && lacking.messages.contains("the columns \"code\", \"colour\""), "\(lacking.messages)")
    }

    @Test func foldersOfOthersAreNeverWrittenOver() throws {
        #expect(try project.ablate("run", "tiny", "--seeds", "1").status == 0)
        func export(_ arguments: String...) throws -> Program.Result {
            try Running(["export", "tiny", "-o"] + arguments, in: project.folder).result()
        }
        #expect(try export("model").status == 0)
        let again = try export("model")
        #expect(again.status == 2)
        #expect(again.messages == "ablate: error: model holds an exported model already; name another folder, or add --force\n")
        #expect(try export("model", "--force").status == 0)
        #expect(try project.ablate("run", "tiny", "--only", "wide").status == 0)
        let wide = try project.ablate("export", "tiny:wide", "-o", "model", "--force")
        #expect(wide.status == 0, "\(wide.messages)")
        let names = try FileManager.default.contentsOfDirectory(atPath: project.folder.appendingPathComponent("model").path)
        #expect(names.count { $0.hasPrefix("weights-") } == 2 && names.count == 4)

        try project.write("mine", to: "own/notes.txt")
        let own = try export("own", "--force")
        #expect(own.status == 2 && own.messages.contains("own is a folder with other files, which are not written over"))
        #expect(try project.text("own/notes.txt") == "mine")
        try FileManager.default.createSymbolicLink(
            atPath: project.folder.appendingPathComponent("link").path, withDestinationPath: "model")
        let link = try export("link", "--force")
        #expect(link.status != 0 && link.messages.contains("is a symbolic link, expected a folder"), "\(link.messages)")
        let seed = try export("other", "--seed", "7")
        #expect(seed.status == 2 && seed.messages.contains("no finished run of seed 7 has its weights"), "\(seed.messages)")
        #expect(!project.exists("other"))
    }

    @Test func damagedForeignAndLaterModelsAreRefused() throws {
        #expect(try project.ablate("run", "tiny", "--seeds", "1").status == 0)
        #expect(try project.ablate("export", "tiny", "-o", "model").status == 0)
        let whole = try project.text("model/model.json")
        func answer() throws -> Program.Result { try project.ablate("predict", "./model", "--row", "a=0.5,b=0.25") }
        #expect(try answer().status == 0)
        for (changed, words) in [
            (
                whole.replacing("\"version\": 1", with: "\"version\": 2"),
                "has version 2, this program reads version 1; it was exported by another"
            ),
            (whole.replacing("\"divisor\"", with: "\"divisors\""), "the checksum does not match the content; export it again"),
            (whole.replacing("\"ablate model\"", with: "\"another\""), "is not the file of an exported model"),
            (String(whole.dropLast(40)), "model.json: "),
        ] {
            try project.write(changed, to: "model/model.json")
            let refused = try answer()
            #expect(refused.status == 2 && refused.messages.contains(words), "\(words): \(refused.messages)")
        }
        try project.write(whole, to: "model/model.json")
        let names = try FileManager.default.contentsOfDirectory(atPath: project.folder.appendingPathComponent("model").path)
        let weights = "model/" + (try #require(names.first { $0.hasPrefix("weights-") }))
        var bytes = try Data(contentsOf: project.folder.appendingPathComponent(weights))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: project.folder.appendingPathComponent(weights))
        #expect(try answer().messages.contains("the checksum does not match the content"))
        try project.write("short", to: weights)
        #expect(try answer().messages.contains("has 5 bytes, its record says"))
        try project.remove(weights)
        #expect(try answer().messages.contains("the file is missing"))
        let none = try project.ablate("predict", "data", "--row", "a=1,b=2")
        #expect(none.status == 2 && none.messages.contains("data is a folder without an exported model"), "\(none.messages)")
    }

    @Test func whatONNXHasNoOperatorsForIsRefusedBeforeAnythingIsWritten() throws {
        try project.write("text,class\n" + (0..<40).map { "w\($0 % 5) v,\($0 % 2)\n" }.joined(), to: "data/texts.csv")
        try project.write(
            """
            dataset: {csv: data/texts.csv}
            inputs: {text: {encode: multi-hot}}
            target: {class: {encode: label}}
            split: {validation: {fraction: 0.2}}
            model: {mlp: {hidden: [], output: sigmoid}}
            training: {loss: binary_crossentropy}

            """, to: "experiments/texts.yaml")
        #expect(try project.ablate("run", "texts").status == 0)
        let refused = try project.ablate("export", "texts", "-o", "model", "--onnx")
        #expect(refused.status == 2 && refused.messages.contains("cannot be written as ONNX: the column text has an encoding"))
        #expect(!project.exists("model"))
        #expect(try project.ablate("export", "texts", "-o", "model").status == 0)
        let answers = try ["texts", "./model"].map { try project.ablate("predict", $0, "--row", "text=w1 v", "--json").output }
        #expect(answers[0] == answers[1] && answers[0].contains("predicted"))
    }
}
