import RunStore

extension Comparison {
    /// What the best network of running text wrote when its first run ended, at several temperatures.
    var writtenTextsSection: String? {
        let order = [best, 0]
        guard
            let (result, run) = order.lazy.compactMap({ index in
                self.results[index].runs.first { $0.record.texts?.isEmpty == false }.map { (self.results[index], $0) }
            }).first, let texts = run.record.texts, let beginning = texts.first?.beginning
        else { return nil }
        let introduction =
            "What \(result.code), seed \(run.record.seed), wrote after \(beginning.visibleLine.asMarkdownCode), drawing each next one from its answer to those before. "
            + "A low temperature keeps to what is likely, 1 draws as often as it is likely."
        let blocks = texts.map { "Temperature \($0.temperature):\n\n\($0.text.asMarkdownBlock)" }
        return (["## Written by the network", introduction] + blocks).joined(separator: "\n\n")
    }
}

extension String {
    /// The text in one line, a mark where it is broken.
    fileprivate var visibleLine: String { replacing("\n", with: "⏎") }
}
