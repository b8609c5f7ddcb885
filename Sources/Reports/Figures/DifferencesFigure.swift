import Settings
import Statistics

/// The differences to the baseline, a row a variant: a dot a seed, the mean, and its interval.
struct DifferencesFigure {
    private let rows: [(name: String, sample: Sample, interval: Interval?)]
    private let comparison: Comparison
    private let digits: Digits

    /// So many rows at most; of more variants the best ``bestCount`` remain.
    private static let largestCount = 40
    private static let bestCount = MarkdownTable.openRows

    /// Nil when nothing differs from a baseline.
    init?(_ comparison: Comparison) {
        rows = comparison.bestVariants(Self.isCut(comparison) ? Self.bestCount : Self.largestCount).compactMap { index in
            comparison.differences(of: index).map { (comparison.results[index].name, $0, comparison.judgement(of: index)?.interval) }
        }
        guard !rows.isEmpty else { return nil }
        self.comparison = comparison
        digits = comparison.differenceDigits
    }

    private static func isCut(_ comparison: Comparison) -> Bool { comparison.results.count - 1 > largestCount }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/differences.svg", svg: drawing.text(title: caption), caption: caption, data: data)
    }

    /// A line a seed (or fold), then the mean with its interval.
    private var data: String {
        var data = FigureData(["variant", comparison.unit.word, "difference", "low", "high"])
        let theirs = comparison.baseline.figures(comparison.figure.name)
        for row in rows {
            let own = comparison.results.first { $0.name == row.name }?.figures(comparison.figure.name) ?? [:]
            for (unit, value) in own.sorted(by: { $0.key < $1.key }) {
                guard let other = theirs[unit] else { continue }
                data.append([row.name, String(unit), FigureData.cell(value - other), "", ""])
            }
            let bounds = [row.interval?.lower, row.interval?.upper].map(FigureData.cell)
            data.append([row.name, "mean", FigureData.cell(row.sample.mean)] + bounds)
        }
        return data.text
    }

    private var hasSpread: Bool {
        rows.contains { $0.sample.count > 1 }
    }

    private var hasIntervals: Bool {
        rows.contains { $0.interval != nil }
    }

    /// Where seeds are added, an interval has the level of the look that it was judged at.
    private var intervalWords: String { comparison.review == nil ? "95 % interval" : "interval" }

    private var caption: String {
        let mean = hasIntervals ? "the mean and its \(intervalWords)" : "the mean"
        let dots = hasSpread ? ": one dot per \(comparison.unit.word), \(mean)" : hasIntervals ? ", with \(intervalWords)s" : ""
        let best = Self.isCut(comparison) ? ", the best \(Self.bestCount) variants" : ""
        return "Difference in \(comparison.words(comparison.figure)) from the baseline\(best)\(dots)"
    }

    // MARK: - Drawing

    private static let rowHeight = 34.0

    private var drawing: SVG {
        let names = rows.map { SVG.width(of: $0.name, size: 12) }.max() ?? 0
        let left = min(max(names + 16, 60), 330)
        let labels = rows.map { row in
            row.interval.map { digits.text(row.sample.mean, $0) } ?? digits.signed(row.sample.mean)
        }
        let right = Style.width - (labels.map { SVG.width(of: $0, size: 12) }.max() ?? 0) - 24
        let top = 64.0
        let bottom = top + Double(rows.count) * Self.rowHeight
        var svg = SVG(width: Style.width, height: bottom + 46)
        let reach = rows.flatMap { row in row.sample.values + [row.interval?.lower, row.interval?.upper].compactMap(\.self) }
        let x = Scale.over(reach + [0], from: left, to: right, ticks: 7)
        drawFrame(x, top: top, bottom: bottom, in: &svg)
        for (index, row) in rows.enumerated() {
            let middle = top + (Double(index) + 0.5) * Self.rowHeight
            svg.text(shortened(row.name, to: left - 16), at: Point(left - 12, middle + 4), anchor: .end, size: 12)
            draw(row.sample, row.interval, on: x, at: hasSpread ? middle - 4 : middle, in: &svg)
            svg.text(labels[index], at: Point(Style.width - 8, middle + 4), anchor: .end, size: 12)
        }
        return svg
    }

    private func drawFrame(_ x: Scale, top: Double, bottom: Double, in svg: inout SVG) {
        let dot = Legend.Sample.dot(.run, radius: 3)
        let mean = hasIntervals ? Legend.Sample.whisker(.whisker, .mean) : .dot(.mean, radius: 4.5)
        let word = hasSpread ? "mean" : "one \(comparison.unit.word)"
        let entries =
            (hasSpread ? [(dot, "one \(comparison.unit.word)")] : []) + [(mean, hasIntervals ? "\(word) and its \(intervalWords)" : word)]
        Legend(entries: entries).draw(in: &svg, at: Point(x.start, 18))
        for tick in x.ticks {
            let place = x.place(tick.value)
            svg.line(from: Point(place, top), to: Point(place, bottom), tick.value == 0 ? .axis : .grid)
            svg.text(tick.value > 0 ? "+" + tick.text : tick.text, at: Point(place, bottom + 16), anchor: .middle)
        }
        let (lower, upper) = comparison.goal == .maximize ? ("← worse", "better →") : ("← better", "worse →")
        let zero = x.place(0)
        // A side that is hardly there has no room for its word.
        if zero - x.start > 60 { svg.text(lower, at: Point(zero - 8, top - 10), anchor: .end) }
        if x.end - zero > 60 { svg.text(upper, at: Point(zero + 8, top - 10)) }
        svg.text(
            "difference in \(comparison.words(comparison.figure)) from the baseline", at: Point((x.start + x.end) / 2, bottom + 36),
            anchor: .middle)
    }

    private func draw(_ sample: Sample, _ interval: Interval?, on x: Scale, at middle: Double, in svg: inout SVG) {
        if let interval { svg.line(from: Point(x.place(interval.lower), middle), to: Point(x.place(interval.upper), middle), .whisker) }
        // Below the mean, which would hide them.
        if sample.count > 1 {
            for value in sample.values { svg.circle(Point(x.place(value), middle + 8), radius: 3, .run) }
        }
        svg.circle(Point(x.place(sample.mean), middle), radius: 4.5, .mean)
    }
}
