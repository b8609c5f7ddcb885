/// A figure of layers by epoch or pass in small multiples: a panel for each variant, one line per layer, coloured by how deep it stands.
struct LayerPanels {
    /// A layer's name, and its values from the first epoch or pass on.
    typealias Layer = (name: String, values: [Double])

    let panels: [(heading: String, layers: [Layer])]
    /// What is counted from left to right.
    let counted: String
    /// Places finite values of all panels between a start and an end.
    let scale: (_ values: [Double], _ start: Double, _ end: Double) -> Scale
    /// What is to be said in a panel, below its lines.
    var note: (_ layers: [Layer]) -> String? = { _ in nil }

    private static let labelWidth = 46.0
    private static let gap = 16.0
    private static let furthest = 100.0

    /// One scale for all panels, so that they compare at a glance.
    func y(from start: Double, to end: Double) -> Scale {
        scale(panels.flatMap(\.layers).flatMap(\.values).filter(\.isFinite), start, end)
    }

    var drawing: SVG {
        let perRow = min(panels.count, panels.count > 6 ? 4 : 3)
        let panelHeight = perRow > 3 ? 130.0 : 180.0
        let rowHeight = panelHeight + 66
        let rows = (panels.count + perRow - 1) / perRow
        let top = 34.0
        var svg = SVG(width: Style.width, height: top + Double(rows) * rowHeight)
        legend.draw(in: &svg, at: Point(Self.labelWidth, 18), to: Style.width)
        let slot = Style.width / Double(perRow)
        let count = panels.flatMap(\.layers).map(\.values.count).max() ?? 1
        for (index, one) in panels.enumerated() {
            let panelTop = top + Double(index / perRow) * rowHeight + 32
            let start = Double(index % perRow) * slot + Self.labelWidth
            let end = Double(index % perRow + 1) * slot - Self.gap
            let panel = Panel(
                x: .epochs(count, from: start, to: end, ticks: 4), y: y(from: panelTop + panelHeight, to: panelTop),
                heading: shortened(one.heading, to: slot - 10))
            draw(one.layers, on: panel, in: &svg)
            if index + perRow >= panels.count {
                svg.text(counted, at: Point((start + end) / 2, panelTop + panelHeight + 31), anchor: .middle)
            }
        }
        return svg
    }

    /// What a logarithmic scale has no place for breaks the line; what lies above the scale is cut off, and drawn no further than so many times its end.
    private func draw(_ layers: [Layer], on panel: Panel, in svg: inout SVG) {
        panel.drawFrame(in: &svg)
        let isCut = layers.flatMap(\.values).contains { $0.isFinite && $0 > panel.y.upper }
        if isCut { svg.beginCut(to: panel.corner, panel.oppositeCorner) }
        for (index, layer) in layers.enumerated() {
            let points = layer.values.enumerated().map { place, value in
                panel.place(Double(place + 1), value.isFinite ? min(value, Self.furthest * panel.y.upper) : value)
            }
            svg.polyline(points, .depth(index, of: max(layers.count, 2)))
        }
        if isCut { svg.endCut() }
        if let text = note(layers) { svg.text(text, at: Point(panel.corner.x + 6, panel.oppositeCorner.y - 6)) }
    }

    private var legend: Legend {
        let count = panels.map(\.layers.count).max() ?? 2
        let named = panels.allSatisfy { $0.layers.map(\.name) == panels[0].layers.map(\.name) } && count <= 6
        if named {
            return Legend(
                entries: panels[0].layers.enumerated().map { (.line(.depth($0.offset, of: max(count, 2)), band: nil), $0.element.name) })
        }
        return Legend(entries: [
            (.line(.depth(0, of: 3), band: nil), "first layer"), (.line(.depth(1, of: 3), band: nil), "in the middle"),
            (.line(.depth(2, of: 3), band: nil), "last layer"),
        ])
    }
}
