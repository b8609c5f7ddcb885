import Foundation
import Testing

/// Runs by what they are, and two of them side by side.
@Suite struct ListTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
        #expect(try project.ablate("run", "tiny").status == 0)
    }

    private func csv(_ arguments: String...) throws -> [String] {
        let result = try Running(["list"] + arguments + ["--format", "csv"], in: project.folder).result()
        #expect(result.status == 0, "\(result.messages)")
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test func experimentsAreListedWithoutArguments() throws {
        let lines = try project.ablate("list").output.split(separator: "\n")
        #expect(lines.map { $0.split(separator: " ").first } == ["experiment", "long", "tiny"])
        let json = try JSONSerialization.jsonObject(with: Data(project.ablate("list", "--format", "json").output.utf8)) as? [String: Any]
        #expect(json?["version"] as? Int == 1 && (json?["experiments"] as? [[String: Any]])?.last?["finished"] as? Int == 4)
    }

    @Test func namesMayBeShortAndStandTogether() throws {
        #expect(
            try csv("tiny", "--where", "optimizer == adam and seed == 1", "--columns", " variant , optimizer,") == [
                "variant,optimizer", "baseline,adam", "wide,adam",
            ])
        #expect(
            try csv("tiny", "--sort", "-variant,-seed", "--columns", "variant,seed") == [
                "variant,seed", "wide,2", "wide,1", "baseline,2", "baseline,1",
            ])
        for columns in ["", " , "] {
            let result = try project.ablate("list", "tiny", "--columns", columns)
            #expect(
                result.status == 2 && result.messages.contains("--columns \"\(columns)\": expected names, separated by commas"), "\(result)"
            )
        }
    }

    @Test func runsAreChosenBySettingsFiguresAndFacts() throws {
        #expect(try csv("tiny", "--columns", "variant,seed") == ["variant,seed", "baseline,1", "baseline,2", "wide,1", "wide,2"])
        #expect(try csv("--where", "variant == wide and seed < 2", "--columns", "variant,seed") == ["variant,seed", "wide,1"])
        #expect(
            try csv("--where", "model.layers[0].units > 4 and batch_size == 8", "--columns", "seed,epochs") == [
                "seed,epochs", "1,3", "2,3",
            ])
        #expect(try csv("--where", "val_loss > 0 and state == finished", "--columns", "training.optimizer", "--limit", "1").last == "adam")
        #expect(try csv("--where", "fold != none", "--columns", "seed") == ["seed"])
    }

    /// Experiments need not have the same figures and layers.
    @Test func runsWithoutAFigureAreNoneOfThatFigure() throws {
        try project.write(
            SampleProject.tiny.replacing("seeds: 2", with: "seeds: 1").replacing("epochs: 3", with: "epochs: 3\n  metrics: [mae]")
                .replacing("ablate:\n  wide: {model.mlp.hidden: [8]}\n", with: ""), to: "experiments/other.yaml")
        #expect(try project.ablate("run", "other").status == 0)
        #expect(try csv("--where", "val_mae >= 0", "--columns", "variant,seed") == ["variant,seed", "baseline,1"])
        #expect(try csv("--where", "val_mae == none", "--columns", "seed").count == 5)
    }

    @Test func runsAreSortedInEitherDirection() throws {
        let losses = try csv("--sort", "val_loss", "--columns", "val_loss").dropFirst().compactMap(Double.init)
        #expect(losses.count == 4 && losses == losses.sorted())
        #expect(try csv("--sort", "-val_loss", "--columns", "val_loss").dropFirst().compactMap(Double.init) == losses.reversed())
        #expect(try csv("--sort", "-seed", "--sort", "-variant", "--columns", "variant,seed").dropFirst().first == "wide,2")
    }

    @Test func figuresStandInJSONWithAllTheirDigits() throws {
        let output = try project.ablate("list", "--sort", "val_loss", "--limit", "2", "--format", "json").output
        let runs = try (JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])?["runs"] as? [[String: Any]]
        let first = try #require(runs?.first)
        #expect(runs?.count == 2 && first["fold"] == nil)
        let record = try project.text("results/tiny/runs/\(try #require(first["run"] as? String))/record.json")
        let figures = try (JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any])?["figures"] as? [String: Double]
        #expect(first["val_loss"] as? Double == figures?["val_loss"] && figures?["val_loss"] != nil)
    }

    @Test(
        arguments: [
            (["--where", "val_los < 1"], "--where:1:1: error: no run has anything called \"val_los\""),
            (["--where", "val_loss <"], "--where:1:10: error: the condition ends where a name or a value was expected"),
            (["--where", "variant > 3"], "--where:1:1: error: variant is no number"),
            (
                ["--sort", "units"],
                "ablate: error: \"units\" may be several settings; model.layers[0].dense.units, model.layers[1].dense.units"
            ),
            (["--columns", "seeed"], "ablate: error: no run has anything called \"seeed\"; did you mean \"seed\"?"),
            (["tyny"], "ablate: error: there is no experiment \"tyny\"; did you mean \"tiny\"?"),
        ])
    func whatIsNotUnderstoodIsToldWithItsPlace(arguments: [String], message: String) throws {
        let result = try Running(["list"] + arguments, in: project.folder).result()
        #expect(result.status == 2 && result.output.isEmpty)
        #expect(result.messages.hasPrefix(message), "\(result.messages)")
    }

    @Test func variantsAreComparedWithPairedDifferences() throws {
        let output = try project.ablate("compare", "tiny", "tiny:wide").output
        let words = output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(words.contains(["model.layers[0].units", "4", "8"]), "\(output)")
        let figures = try csv("tiny", "--columns", "val_loss").dropFirst().compactMap(Double.init)
        let difference = (figures[2] + figures[3] - figures[0] - figures[1]) / 2
        let line = try #require(words.first { $0.first == "val_loss" })
        // Mean, ±, deviation of each, then the difference.
        let told = try #require(Double(line[7].replacingOccurrences(of: "+", with: "")))
        #expect(abs(told - difference) < 0.0006 && line.last == "2", "\(output)")
        #expect(try project.ablate("compare", "tiny", "tiny").output.contains("the same settings, data and engine"))
    }

    @Test func whatCannotBeComparedIsRefused() throws {
        #expect(try project.ablate("compare", "tiny", "tiny:broad").messages.contains("tiny has no variant \"broad\""))
        #expect(try project.ablate("compare", "tiny", "long").messages.contains("long, baseline: no run is finished; ablate run long"))
        #expect(try project.ablate("compare", "tiny", "tyny").messages.contains("did you mean \"tiny\"?"))
    }
}
