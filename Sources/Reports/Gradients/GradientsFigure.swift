/// The sizes of gradients by epoch on a logarithmic scale: a panel a variant, one line per layer, coloured by how deep it stands.
struct GradientsFigure {
    private let norms: [GradientNorms]
    private let left: Int

    /// So many variants at most, in the experiment's order.
    private static let largestCount = 16

    /// Nil when no run measured gradients for two epochs.
    init?(_ comparison: Comparison) {
        let all = comparison.gradientNorms
        norms = Array(all.prefix(Self.largestCount))
        left = all.count - norms.count
        guard norms.contains(where: { $0.epochCount > 1 }) else { return nil }
    }

    var reportFigure: ReportFigure {
        let more = left > 0 ? ", the first \(norms.count) variants (\(left) more are left out)" : ""
        let caption = "Size of the gradient by layer and epoch\(more): one line per layer, mean over runs, logarithmic scale"
        return ReportFigure(path: "figures/gradients.svg", svg: drawing.text(title: caption), caption: caption, data: data)
    }

    private var data: String {
        var data = FigureData(["variant", "layer", "epoch", "norm"])
        for norm in norms {
            for layer in norm.layers {
                for (epoch, value) in layer.norms.enumerated() {
                    data.append([norm.variant, layer.name, String(epoch + 1), FigureData.cell(value)])
                }
            }
        }
        return data.text
    }

    // MARK: - Layout

    private static let labelWidth = 46.0
    private static let gap = 16.0

    private var drawing: SVG {
        let perRow = min(norms.count, norms.count > 6 ? 4 : 3)
        let panelHeight = perRow > 3 ? 130.0 : 180.0
        let rowHeight = panelHeight + 66
        let rows = (norms.count + perRow - 1) / perRow
        let top = 34.0
        var svg = SVG(width: Style.width, height: top + Double(rows) * rowHeight)
        legend.draw(in: &svg, at: Point(Self.labelWidth, 18), to: Style.width)
        let slot = Style.width / Double(perRow)
        let epochs = norms.map(\.epochCount).max() ?? 1
        let values = norms.flatMap(\.layers).flatMap(\.norms).filter { $0 > 0 }
        for (index, norm) in norms.enumerated() {
            let panelTop = top + Double(index / perRow) * rowHeight + 32
            let start = Double(index % perRow) * slot + Self.labelWidth
            let end = Double(index % perRow + 1) * slot - Self.gap
            let panel = Panel(
                x: .epochs(epochs, from: start, to: end, ticks: 4), y: .powers(values, from: panelTop + panelHeight, to: panelTop),
                heading: shortened(norm.variant, to: end - start))
            draw(norm, on: panel, in: &svg)
            if index + perRow >= norms.count {
                svg.text("epoch", at: Point((start + end) / 2, panelTop + panelHeight + 31), anchor: .middle)
            }
        }
        return svg
    }

    private func draw(_ norm: GradientNorms, on panel: Panel, in svg: inout SVG) {
        panel.drawFrame(in: &svg)
        for (index, layer) in norm.layers.enumerated() {
            let points = layer.norms.enumerated().map { epoch, value in
                value > 0 ? panel.place(Double(epoch + 1), value) : Point(.nan, .nan)
            }
            svg.polyline(points, .depth(index, of: norm.layers.count))
        }
        // A logarithmic scale has no place for them.
        let zeros = norm.layers.filter { $0.norms.allSatisfy { $0 == 0 } }
        guard !zeros.isEmpty else { return }
        let text = zeros.count == 1 ? "0 throughout: \(zeros[0].name)" : "0 throughout: \(zeros.count) of \(norm.layers.count) layers"
        svg.text(text, at: Point(panel.corner.x + 6, panel.oppositeCorner.y - 6))
    }

    private var legend: Legend {
        let count = norms.map(\.layers.count).max() ?? 2
        let named = norms.allSatisfy { $0.layers.map(\.name) == norms[0].layers.map(\.name) } && count <= 6
        if named {
            return Legend(entries: norms[0].layers.enumerated().map { (.line(.depth($0.offset, of: count), band: nil), $0.element.name) })
        }
        return Legend(entries: [
            (.line(.depth(0, of: 3), band: nil), "first layer"), (.line(.depth(1, of: 3), band: nil), "in the middle"),
            (.line(.depth(2, of: 3), band: nil), "last layer"),
        ])
    }
}
