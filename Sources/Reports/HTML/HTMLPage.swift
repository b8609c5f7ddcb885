/// A report as one HTML file that needs no other, no network and no script.
package struct HTMLPage {
    /// The pictures as text, by the paths that the Markdown has for them.
    let pictures: [String: String]
    /// Other files that are linked to, by their paths.
    let attachments: [String: String]
    private let inlines: MarkdownInlines

    package init(pictures: [String: String], attachments: [String: String]) {
        self.pictures = pictures
        self.attachments = attachments
        inlines = MarkdownInlines { path in
            if let text = attachments[path] { return "data:text/csv;charset=utf-8,\(text.asMarkdownPath)" }
            // Nothing else leads out of the page: a file that is not there is worse than no link.
            return ["https://", "http://"].contains { path.hasPrefix($0) } ? path : nil
        }
    }

    /// The page of a Markdown text.
    package func text(_ markdown: String) -> String {
        let blocks = MarkdownBlock.blocks(of: markdown)
        var title = ""
        if case .heading(_, let text)? = blocks.first { title = MarkdownInlines.words(text) }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/>
            <title>\(title)</title>
            <style>\(Self.sheet)</style>
            </head>
            <body>
            <main>
            \(html(blocks))</main>
            </body>
            </html>

            """
    }

    // MARK: - Blocks

    private func html(_ blocks: [MarkdownBlock]) -> String { blocks.map(html).joined() }

    private func html(_ block: MarkdownBlock) -> String {
        switch block {
        case .heading(let level, let text): "<h\(level)>\(inlines.html(text))</h\(level)>\n"
        case .paragraph(let text): "<p>\(inlines.html(text))</p>\n"
        case .picture(let caption, let path): picture(caption, path)
        case .code(let text): "<pre><code>\(text.asHTML)\n</code></pre>\n"
        case .quote(let blocks): "<blockquote>\n\(html(blocks))</blockquote>\n"
        case .list(let items, let isNumbered): list(items, isNumbered ? "ol" : "ul")
        case .table(let cells): table(cells)
        case .details(let summary, let blocks): "<details>\n<summary>\(summary.asHTML)</summary>\n\(html(blocks))</details>\n"
        }
    }

    private func list(_ items: [[MarkdownBlock]], _ tag: String) -> String {
        let lines = items.map { blocks in
            if blocks.count == 1, case .paragraph(let text) = blocks[0] { return "<li>\(inlines.html(text))</li>\n" }
            return "<li>\n\(html(blocks))</li>\n"
        }
        return "<\(tag)>\n\(lines.joined())</\(tag)>\n"
    }

    private func table(_ cells: MarkdownCells) -> String {
        func row(_ texts: [String], _ tag: String) -> String {
            let row = texts.enumerated().map { column, text in
                let isRight = column < cells.isRight.count && cells.isRight[column]
                return "<\(tag)\(tag == "th" ? " scope=\"col\"" : "")\(isRight ? " class=\"right\"" : "")>\(inlines.html(text))</\(tag)>"
            }
            return "<tr>\(row.joined())</tr>\n"
        }
        let body = cells.rows.map { row($0, "td") }.joined()
        return
            "<div class=\"table\" tabindex=\"0\"><table>\n<thead>\n\(row(cells.head, "th"))</thead>\n<tbody>\n\(body)</tbody>\n</table></div>\n"
    }

    /// The picture itself. Its clips are named anew, for all pictures of a page share one space of names.
    private func picture(_ caption: String, _ path: String) -> String {
        guard let svg = pictures[path] else { return "<p>\(inlines.html(caption))</p>\n" }
        let mark = path.filter { $0.isASCII && ($0.isLetter || $0.isNumber) } + "-cut-"
        let own = svg.replacing("id=\"cut-", with: "id=\"\(mark)").replacing("clip-path=\"url(#cut-", with: "clip-path=\"url(#\(mark)")
        return "<figure>\n\(own)</figure>\n"
    }
}

extension Report {
    /// The same page as one HTML file, with its pictures in it, and their numbers and its listing behind the links to them.
    public var html: String {
        let pictures = Dictionary(figures.map { ($0.path, $0.svg) }) { first, _ in first }
        var attachments = Dictionary(figures.map { ($0.dataPath, $0.data) }) { first, _ in first }
        attachments["figures/variants.csv"] = listing
        return HTMLPage(pictures: pictures, attachments: attachments).text(markdown)
    }
}
