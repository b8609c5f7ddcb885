/// The sizes of gradients by step on a logarithmic scale, against the steps before the sequence's end: one line a variant, a panel for the first epoch and
/// one for the last.
struct StepGradientsFigure {
    private let norms: [StepGradientNorms]
    private let left: Int

    /// So many variants at most: as many as there are colours. Those of the longest sequences are drawn, in the experiment's order.
    private static let largestCount = 8

    /// Nil when no run measured them.
    init?(_ comparison: Comparison) {
        let all = comparison.stepGradientNorms
        let longest = all.indices.sorted { (-all[$0].stepCount, $0) < (-all[$1].stepCount, $1) }.prefix(Self.largestCount)
        norms = longest.sorted().map { all[$0] }
        left = all.count - norms.count
        guard !norms.isEmpty else { return nil }
    }

    var reportFigure: ReportFigure {
        let more = left > 0 ? ", the \(norms.count) variants of the longest sequences (\(left) more are left out)" : ""
        let caption =
            "Size of the gradient by step, counted back from the end\(more): one line per variant, mean over runs, logarithmic scale"
        return ReportFigure(path: "figures/step-gradients.svg", svg: drawing.text(title: caption), caption: caption, data: data)
    }

    private var data: String {
        var data = FigureData(["variant", "step", "steps_before_the_end", "norm_first_epoch", "norm_last_epoch"])
        for norm in norms {
            for (step, (first, last)) in zip(norm.firstEpoch, norm.lastEpoch).enumerated() {
                data.append([
                    norm.variant, String(step + 1), String(norm.stepCount - 1 - step), FigureData.cell(first), FigureData.cell(last),
                ])
            }
        }
        return data.text
    }

    // MARK: - Drawing

    private static let labelWidth = 52.0
    private static let panelHeight = 210.0

    private var drawing: SVG {
        let legendLines = Double(legend.lineCount(from: Self.labelWidth, to: Style.width))
        let top = 18 + legendLines * Legend.lineHeight + 22
        var svg = SVG(width: Style.width, height: top + Self.panelHeight + 44)
        legend.draw(in: &svg, at: Point(Self.labelWidth, 18), to: Style.width)
        let steps = norms.map(\.stepCount).max() ?? 2
        let values = norms.flatMap { $0.firstEpoch + $0.lastEpoch }.filter { $0 > 0 && $0.isFinite }
        let slot = Style.width / 2
        for (index, heading) in ["first epoch", "last epoch"].enumerated() {
            let (start, end) = (Double(index) * slot + Self.labelWidth, Double(index + 1) * slot - 16)
            let panel = Panel(
                x: .over([0, Double(steps - 1)], from: start, to: end, ticks: 4),
                y: .powers(values, from: top + Self.panelHeight, to: top), heading: heading)
            panel.drawFrame(in: &svg)
            svg.beginCut(to: panel.corner, panel.oppositeCorner)
            for (place, norm) in norms.enumerated() {
                let curve = index == 0 ? norm.firstEpoch : norm.lastEpoch
                let points = curve.enumerated().reversed().map { step, value in
                    value > 0 && value.isFinite ? panel.place(Double(curve.count - 1 - step), value) : Point(.nan, .nan)
                }
                svg.polyline(points, .depth(place, of: norms.count))
            }
            svg.endCut()
            svg.text("steps before the end", at: Point((start + end) / 2, top + Self.panelHeight + 34), anchor: .middle)
        }
        return svg
    }

    private var legend: Legend {
        Legend(
            entries: norms.enumerated().map { place, norm in
                (.line(.depth(place, of: norms.count), band: nil), shortened(norm.variant, to: 200))
            })
    }
}
