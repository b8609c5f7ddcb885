import Foundation
import Testing

/// Reports as other files than Markdown.
@Suite struct ReportFormatTests {
    @Test func theSamePageAsOneFile() throws {
        let project = try SampleProject()
        #expect(try project.ablate("run", "tiny").status == 0)
        let written = try project.ablate("report", "tiny", "--format", "html")
        #expect(written.status == 0 && written.output == "results/tiny/report.html\n", "\(written.output)\(written.messages)")
        let page = try project.text("results/tiny/report.html")
        #expect(page.hasPrefix("<!doctype html>\n") && page.contains("<title>Does width matter on sixty rows?</title>"))
        #expect(page.contains("<svg") && !page.contains("figures/"))
        #expect(try project.ablate("report", "tiny", "--format", "html").status == 0)
        #expect(try project.text("results/tiny/report.html") == page)

        // A part of it is printed, and the file stays.
        let part = try project.ablate("report", "tiny", "--seeds", "1", "--format", "html")
        #expect(part.status == 0 && part.output.hasPrefix("<!doctype html>\n"))
        #expect(try project.text("results/tiny/report.html") == page)

        let facts = try project.ablate("report", "tiny", "--format", "json")
        #expect(facts.status == 0 && facts.output == "results/tiny/report.json\n", "\(facts.output)\(facts.messages)")
        let members = try JSONSerialization.jsonObject(with: Data(project.text("results/tiny/report.json").utf8)) as? [String: Any]
        #expect(members?["version"] as? Int == 1 && (members?["variants"] as? [Any])?.count == 2)

        let wrong = try project.ablate("report", "tiny", "--format", "pdf")
        #expect(wrong.status == 2 && wrong.messages.contains("pdf"), "\(wrong.messages)")
    }
}
