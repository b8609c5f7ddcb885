import Documents
import Experiments
import Foundation
import Reports
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Reports as one HTML file.
@Suite struct HTMLTests {
    private func body(_ markdown: String, pictures: [String: String] = [:], attachments: [String: String] = [:]) -> String {
        let page = HTMLPage(pictures: pictures, attachments: attachments).text(markdown)
        let main = page.components(separatedBy: "<main>\n").last?.components(separatedBy: "</main>").first
        return main ?? ""
    }

    /// What of Markdown reports are written in, and what it becomes.
    static let pieces: [(markdown: String, html: String)] = [
        ("# A *b* **c**", "<h1>A <em>b</em> <strong>c</strong></h1>\n"),
        ("#no heading", "<p>#no heading</p>\n"),
        ("one\ntwo\n\nthree\\\nfour", "<p>one\ntwo</p>\n<p>three<br/>\nfour</p>\n"),
        ("**0.71 ± 0.01**, `a * b`, 2 * 3", "<p><strong>0.71 ± 0.01</strong>, <code>a * b</code>, 2 * 3</p>\n"),
        ("\\*not\\* \\[a\\](b) \\\\ \\<i\\>", "<p>*not* [a](b) \\ &lt;i&gt;</p>\n"),
        ("snake_case and \\_this\\_", "<p>snake_case and _this_</p>\n"),
        ("`` a`b `` and ` `` `", "<p><code>a`b</code> and <code>``</code></p>\n"),
        ("`open and *open", "<p>`open and *open</p>\n"),
        (
            "[site](https://example.org/?a=1&b=2) [file](other.md) [x](javascript:alert(1))",
            "<p><a href=\"https://example.org/?a=1&amp;b=2\">site</a> file x)</p>\n"
        ),
        (
            "- one\n- two\n  more\n\n1. first\n2. second",
            "<ul>\n<li>one</li>\n<li>two\nmore</li>\n</ul>\n<ol>\n<li>first</li>\n<li>second</li>\n</ol>\n"
        ),
        ("> one\n>\n> two", "<blockquote>\n<p>one</p>\n<p>two</p>\n</blockquote>\n"),
        ("```\n<b> & \"x\"\n```", "<pre><code>&lt;b&gt; &amp; &quot;x&quot;\n</code></pre>\n"),
        ("````\n```\n````\nafter", "<pre><code>```\n</code></pre>\n<p>after</p>\n"),
        ("```\nnever closed", "<pre><code>never closed\n</code></pre>\n"),
        (
            "<details><summary>More & more</summary>\n\ninside\n\n</details>\n\noutside",
            "<details>\n<summary>More &amp; more</summary>\n<p>inside</p>\n</details>\n<p>outside</p>\n"
        ),
        (
            "| a | b |\n|:--|--:|\n| x \\| y | **1** |\n",
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th></tr>\n</thead>\n"
                + "<tbody>\n<tr><td>x | y</td><td class=\"right\"><strong>1</strong></td></tr>\n</tbody>\n</table></div>\n"
        ),
        ("| no table", "<p>| no table</p>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("![What it shows](figures/none.svg)", "<p>What it shows</p>\n"),
        ("", ""),
    ]

    @Test(arguments: pieces.indices) func markdownBecomesHTML(place: Int) {
        #expect(body(Self.pieces[place].markdown) == Self.pieces[place].html)
    }

    @Test func picturesShareNoNames() {
        let picture = "<svg><clipPath id=\"cut-1\"/><g clip-path=\"url(#cut-1)\"/></svg>\n"
        let html = body("![a](figures/a.svg)\n\n![b](figures/b.svg)", pictures: ["figures/a.svg": picture, "figures/b.svg": picture])
        let names = html.matches(of: /id="([^"]*)"/).map { String($0.1) }
        #expect(names.count == 2 && Set(names).count == 2)
        #expect(html.matches(of: /url\(#([^)]*)\)/).map { String($0.1) } == names)
    }

    @Test func listingsLieInThePage() throws {
        let html = body("[all](figures/variants.csv)", attachments: ["figures/variants.csv": "a,b\n1,\"2 % & <3>\"\n"])
        let address = try #require(html.firstMatch(of: /href="data:text\/csv;charset=utf-8,([^"]*)"/))
        #expect(String(address.1).removingPercentEncoding == "a,b\n1,\"2 % & <3>\"\n")
        #expect(html.contains("download=\"variants.csv\""))
    }

    /// Whatever data call themselves, they are words.
    static let names = [
        "<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "a\" onclick=\"alert(1)", "<\u{301}b>", "\"\u{301} onload=x",
        "&lt;b&gt;", "]]>",
        "<!-- x", "`</code><b>`", "![x](https://example.org/a.png)", "[x](javascript:alert(1))", "| a | b |", "</details>",
        "<details><summary>x</summary>",
        "# a", "**bold**", "\\", "a\\|b", "\u{202E}evil", "*\u{301}x*", "- a", "1. a", "> a",
    ]

    @Test(arguments: names) func namesAreWords(name: String) throws {
        let shown = name.printableLine
        let markdown = """
            # \(name.asMarkdown)

            \(name.asMarkdown)

            > \(name.asMarkdown)

            - \(name.asMarkdown)

            \(MarkdownTable.of(name))

            \(name.asMarkdownCode)

            \(name.asMarkdownBlock)
            """
        let page = HTMLPage(pictures: [:], attachments: [:]).text(markdown)
        let reader = Reader()
        let parser = XMLParser(data: Data(page.dropFirst("<!doctype html>\n".count).utf8))
        parser.delegate = reader
        #expect(parser.parse(), "\(page)")
        for tag in ["title", "h1", "p", "blockquote", "li", "td", "code"] {
            #expect(
                reader.texts[tag]?.contains { $0.replacing("\u{2060}", with: "").trimmingCharacters(in: .whitespacesAndNewlines) == shown }
                    == true, "\(tag): \(reader.texts[tag] ?? [])")
        }
        #expect(reader.tags.isSubset(of: Self.tags), "\(reader.tags)")
        #expect(!reader.attributes.contains { $0.hasPrefix("on") })
    }

    private static let tags: Set = [
        "html", "head", "meta", "title", "style", "body", "main", "h1", "p", "blockquote", "ul", "li", "div", "table", "thead", "tbody",
        "tr", "th", "td", "code",
        "pre",
    ]

    private final class Reader: NSObject, XMLParserDelegate {
        var tags: Set<String> = []
        var attributes: Set<String> = []
        var texts: [String: [String]] = [:]
        private var open: [(tag: String, text: String)] = []

        func parser(
            _ parser: XMLParser, didStartElement tag: String, namespaceURI: String?, qualifiedName: String?, attributes: [String: String]
        ) {
            tags.insert(tag)
            self.attributes.formUnion(attributes.keys)
            open.append((tag, ""))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            for place in open.indices { open[place].text += string }
        }

        func parser(_ parser: XMLParser, didEndElement tag: String, namespaceURI: String?, qualifiedName: String?) {
            if let last = open.popLast() { texts[tag, default: []].append(last.text) }
        }
    }

    @Test func aWholeReportIsOneWellFormedPage() throws {
        let sample = SampleStore(MadeUp.small())
        try sample.finish { MadeUp.classification($0) }
        let report = try Report(experiment: MadeUp.small(), survey: sample.survey(), command: "make")
        let page = report.html
        #expect(XMLParser(data: Data(page.dropFirst("<!doctype html>\n".count).utf8)).parse())
        #expect(page.components(separatedBy: "<svg").count == report.figures.count + 1)
        #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("figures/"))
        #expect(page.components(separatedBy: "<table>").count == report.markdown.components(separatedBy: "\n|:").count)
    }
}

extension MarkdownTable {
    fileprivate static func of(_ name: String) -> String {
        var table = MarkdownTable([.init("name"), .init("n", .right)])
        table.rows.append([name.asMarkdown, "1"])
        return table.text
    }
}
