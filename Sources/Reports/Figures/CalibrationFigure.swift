import Metrics

/// Whether probabilities are met: in ten bins of equal width, the share that came true over the mean probability, and how many examples each bin has.
struct CalibrationFigure {
    private let comparison: Comparison
    private let lines: [(name: String, bins: CalibrationBins, style: Style)]
    private let positive: String?
    private let part: FigureName.Part

    /// Nil where no probabilities are stored.
    init?(_ comparison: Comparison) {
        let found = comparison.calibrated
        guard let first = found.first?.scores else { return nil }
        self.comparison = comparison
        positive = first.positive
        part = first.part
        lines = found.map { index, scores in
            (comparison.results[index].name, scores.bins, index == 0 && found.count > 1 ? .validation : .train)
        }
    }

    var reportFigure: ReportFigure {
        ReportFigure(
            path: "figures/calibration.svg", svg: drawing.text(title: caption), caption: caption,
            note: "Ten bins of equal width, all runs together. Dashed: perfect calibration.", data: data)
    }

    private var truth: String { positive.map { "of \($0)" } ?? "right" }

    private var caption: String {
        let who = enumeration(lines.map(\.name))
        return "Share of the \(part.rawValue) examples that are \(truth), over the probability that \(who) gave"
    }

    private var data: String {
        var data = FigureData(["variant", "from", "to", "examples", "mean_probability", "share"])
        for line in lines {
            let count = Double(line.bins.bins.count)
            for (place, bin) in line.bins.bins.enumerated() {
                data.append([
                    line.name, FigureData.cell(Double(place) / count), FigureData.cell(Double(place + 1) / count), String(bin.examples),
                    FigureData.cell(bin.mean), FigureData.cell(bin.share),
                ])
            }
        }
        return data.text
    }

    // MARK: - Drawing

    private static let side = 262.0
    private static let left = 48.0
    private static let top = 62.0
    private static let gap = 72.0

    private var drawing: SVG {
        var svg = SVG(width: Self.left + 2 * Self.side + Self.gap + 22, height: Self.top + Self.side + 54)
        let bottom = Self.top + Self.side
        let unit = [0.0, 1.0]
        let reliability = Panel(
            x: .over(unit, from: Self.left, to: Self.left + Self.side, ticks: 5), y: .over(unit, from: bottom, to: Self.top, ticks: 5),
            heading: "share \(truth)")
        let right = Self.left + Self.side + Self.gap
        let shares = lines.flatMap { line in line.bins.bins.map { Double($0.examples) / Double(line.bins.examples) } }
        let counts = Panel(
            x: .over(unit, from: right, to: right + Self.side, ticks: 5), y: .over(shares + [0], from: bottom, to: Self.top, ticks: 5),
            heading: "share of all examples")
        for panel in [reliability, counts] {
            panel.drawFrame(in: &svg)
            svg.text(
                positive.map { "probability of \($0)" } ?? "probability of the predicted class",
                at: Point((panel.x.start + panel.x.end) / 2, bottom + 38), anchor: .middle)
        }
        Legend(
            entries: lines.map { (.line($0.style, band: nil), $0.name) } + [(.line(.ghost, band: nil), "perfect calibration")]
        ).draw(in: &svg, at: Point(Self.left, 20))
        svg.polyline([reliability.place(0, 0), reliability.place(1, 1)], .ghost)
        for line in lines.reversed() {
            let bins = line.bins.bins.filter { $0.examples > 0 }
            svg.polyline(bins.map { reliability.place($0.mean, $0.share) }, line.style)
            for bin in bins { svg.circle(reliability.place(bin.mean, bin.share), radius: 3.5, line.style.fill) }
            svg.polyline(outline(line.bins, counts), line.style)
        }
        return svg
    }

    /// The shares of the bins as steps.
    private func outline(_ bins: CalibrationBins, _ panel: Panel) -> [Point] {
        let count = Double(bins.bins.count)
        return bins.bins.enumerated().flatMap { place, bin in
            let share = Double(bin.examples) / Double(bins.examples)
            return [panel.place(Double(place) / count, share), panel.place(Double(place + 1) / count, share)]
        }
    }
}
