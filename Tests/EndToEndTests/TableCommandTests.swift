import Foundation
import Testing

/// Commands that look at tables.
@Suite struct TableCommandTests {
    private let project: SampleProject

    init() throws {
        project = try SampleProject()
    }

    @Test(arguments: [[], ["--target", "y"]])
    func initWritesAnExperimentThatRuns(options: [String]) throws {
        let written = try Running(["init", "data/table.csv"] + options, in: project.folder).result()
        #expect(written.output == "experiments/table.yaml is written; look at it, then: ablate run table\n")
        let text = try project.text("experiments/table.yaml")
        #expect(text.contains("dataset: {csv: data/table.csv}"))
        #expect(text.contains(options.isEmpty ? "grade: {encode: one-hot}" : "y: {encode: numeric, scale: standard}"))
        let run = try project.ablate("run", "table", "--seeds", "1")
        #expect(run.status == 0, "\(run.messages)")
        let again = try project.ablate("init", "data/table.csv")
        #expect(again.status == 2)
        #expect(
            again.messages.hasSuffix(
                "ablate: error: experiments/table.yaml is there already and is not written over; name another file with --output\n"))
        #expect(try project.text("experiments/table.yaml") == text)
    }

    @Test func previewShowsColumnsClassesAndRows() throws {
        let table = try project.ablate("data", "preview", "data/table.csv", "--rows", "2")
        #expect(table.status == 0, "\(table.messages)")
        #expect(table.output.hasPrefix("data/table.csv: 60 rows, 4 columns\n\n  column   type         empty   different   values\n"))
        #expect(table.output.contains("\n3 classes of grade: high 20 (33.3 %), low 20 (33.3 %), middle 20 (33.3 %)\n"))
        #expect(table.output.contains("\n  row        a         b         y      grade\n"))
        let experiment = try project.ablate("data", "preview", "experiments/tiny.yaml")
        #expect(experiment.output.contains("\n2 features a row; 48 rows train, 12 rows validate\n"))
        let unknown = try project.ablate("data", "preview", "nowhere")
        #expect(unknown.status == 2)
    }
}
