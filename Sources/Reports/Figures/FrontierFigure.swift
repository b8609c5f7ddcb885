import Settings
import Statistics

/// What the compared figure costs: against parameters and against train time, one dot per variant, and the line of those that nothing cheaper reaches.
struct FrontierFigure {
    private let comparison: Comparison
    private let panels: [CostPanel]

    private struct CostPanel {
        let name: String
        let words: String
        let points: [CostPoint]
        /// The points that no other beats at the same cost or less, the cheapest first.
        let frontier: [CostPoint]
    }

    private struct CostPoint: Hashable {
        let index: Int
        let cost: Double
        let mean: Double
    }

    private static let smallestCount = 3
    /// So many dots at most: the best.
    private static let largestCount = 300

    /// Nil unless three sizes of network have a figure.
    init?(_ comparison: Comparison) {
        let kept = [0] + comparison.bestVariants(Self.largestCount)
        func panel(_ name: String, _ words: String, _ cost: (VariantResult) -> Double?) -> CostPanel? {
            let points = kept.compactMap { index -> CostPoint? in
                let result = comparison.results[index]
                guard let mean = result.sample(comparison.figure.name)?.mean, let cost = cost(result), cost.isFinite, cost > 0 else {
                    return nil
                }
                return CostPoint(index: index, cost: cost, mean: mean)
            }
            guard Set(points.map(\.cost)).count >= Self.smallestCount else { return nil }
            return CostPanel(name: name, words: words, points: points, frontier: Self.frontier(points, comparison.goal))
        }
        guard let sizes = panel("parameters", "parameters", { $0.runs.first?.record.parameters.map(Double.init) }) else { return nil }
        let times = panel("train_seconds", "train time of a run in seconds") { Sample($0.runs.compactMap(\.record.timings?.train))?.mean }
        panels = [sizes, times].compactMap(\.self)
        self.comparison = comparison
    }

    private static func frontier(_ points: [CostPoint], _ goal: Goal) -> [CostPoint] {
        let byCost = points.sorted { left, right in
            if left.cost != right.cost { return left.cost < right.cost }
            return left.mean == right.mean ? left.index < right.index : goal.prefers(left.mean, to: right.mean)
        }
        var frontier: [CostPoint] = []
        for point in byCost where frontier.last.map({ goal.prefers(point.mean, to: $0.mean) }) ?? true { frontier.append(point) }
        return frontier
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/frontier.svg", svg: drawing.text(title: caption), caption: caption, note: note, data: data)
    }

    private var caption: String {
        let costs = panels.count > 1 ? "parameters and train time" : "parameters"
        let left = comparison.results.count - 1 - Self.largestCount
        return
            "\(comparison.words(comparison.figure).capitalized) against \(costs): one dot per variant, and the Pareto frontier"
            + (left > 0 ? " (\(grouped(left)) variants are left out)" : "")
    }

    private var data: String {
        var data = FigureData(["variant", "label", comparison.figure.name] + panels.flatMap { [$0.name, "on_frontier_of_\($0.name)"] })
        let costs = panels.map { panel in Dictionary(panel.points.map { ($0.index, $0.cost) }) { first, _ in first } }
        let ahead = panels.map { Set($0.frontier.map(\.index)) }
        let numbered = numbered
        for point in panels[0].points {
            let cells = panels.indices.flatMap { panel in
                [FigureData.cell(costs[panel][point.index]), ahead[panel].contains(point.index) ? "yes" : "no"]
            }
            let label = ahead.contains { $0.contains(point.index) } ? name(of: point.index, numbered) : ""
            data.append([comparison.results[point.index].name, label, FigureData.cell(point.mean)] + cells)
        }
        return data.text
    }

    /// What the panels span: a few that are far worse would press the others together.
    private var shown: (means: [Double], left: Int) { comparison.meansWithoutFarWorse(panels[0].points.map(\.index)) }

    // MARK: - Names

    private static let widestName = 130.0

    /// Names too long to stand beside their dots are told below, by number.
    private var numbered: [Int] {
        var order: [Int] = []
        for point in panels.flatMap(\.frontier) where !order.contains(point.index) { order.append(point.index) }
        return order.contains { SVG.width(of: comparison.results[$0].name) > Self.widestName } ? order : []
    }

    /// So many names stand below the figure; more stand in the numbers.
    private static let listedNames = 5

    private var note: String? {
        let numbered = numbered
        let names = numbered.enumerated().map { "\($0.offset + 1) is \(comparison.results[$0.element].name.asMarkdownCode)" }
        let sentence =
            names.count > Self.listedNames
            ? "The column `label` of the numbers tells which variant each label is." : "On the frontier: \(enumeration(names))."
        let sentences = [names.isEmpty ? nil : sentence, shown.left > 0 ? comparison.farWorseSentence(shown.left) : nil].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private func name(of index: Int, _ numbered: [Int]) -> String {
        numbered.firstIndex(of: index).map { String($0 + 1) } ?? comparison.results[index].name
    }

    // MARK: - Drawing

    private static let height = 350.0

    private var drawing: SVG {
        var svg = SVG(width: Style.width, height: Self.height)
        let y = Scale.over(shown.means, from: Self.height - 54, to: 64, ticks: 5, mayBeLogarithmic: true)
        let labels = y.ticks.map { SVG.width(of: $0.text) }.max() ?? 0
        let left = labels + 16
        let slot = (Style.width - left) / Double(panels.count)
        let legend = Legend(entries: [
            (.dot(.run, radius: 3), "variant"), (.line(.train, band: nil), "Pareto frontier"),
            (.dot(.trainReference, radius: 5), "baseline"),
        ])
        legend.draw(in: &svg, at: Point(left, 18))
        let numbered = numbered
        for (position, cost) in panels.enumerated() {
            let start = left + Double(position) * slot
            let x = Scale.round(cost.points.map(\.cost), from: start, to: start + slot - 24, ticks: 6, logarithmic: true)
            let panel = Panel(x: x, y: y, heading: position == 0 ? comparison.words(comparison.figure) : nil)
            panel.drawFrame(in: &svg, labelsY: position == 0)
            svg.text(cost.words, at: Point((x.start + x.end) / 2, Self.height - 16), anchor: .middle)
            draw(cost, on: panel, numbered, in: &svg)
        }
        return svg
    }

    private func draw(_ cost: CostPanel, on panel: Panel, _ numbered: [Int], in svg: inout SVG) {
        let line = steps(cost.frontier, panel)
        svg.beginCut(to: Point(panel.corner.x, panel.corner.y - 6), Point(panel.oppositeCorner.x + 8, panel.oppositeCorner.y))
        svg.polyline(line, .train)
        let ahead = Set(cost.frontier.map(\.index))
        let places = cost.points.map { (point: $0, place: panel.place($0.cost, $0.mean)) }
        for (point, place) in places where !ahead.contains(point.index) { svg.circle(place, radius: 3, .run) }
        for (point, place) in places where ahead.contains(point.index) { svg.circle(place, radius: 4.5, .mean) }
        for (point, place) in places where point.index == 0 { svg.circle(place, radius: 7.5, .trainReference) }
        svg.endCut()
        var labels = LabelPlaces(within: panel.corner, panel.oppositeCorner, around: places.map(\.place))
        labels.keepFree(line)
        for point in cost.frontier {
            let text = name(of: point.index, numbered)
            guard let label = labels.place(SVG.width(of: text), beside: panel.place(point.cost, point.mean)) else { continue }
            svg.text(text, at: label, .heading)
        }
    }

    /// From each point of the frontier to the right, then to the height of the next.
    private func steps(_ frontier: [CostPoint], _ panel: Panel) -> [Point] {
        var line: [Point] = []
        for point in frontier {
            let place = panel.place(point.cost, point.mean)
            if let last = line.last { line.append(Point(place.x, last.y)) }
            line.append(place)
        }
        if let last = line.last { line.append(Point(panel.oppositeCorner.x, last.y)) }
        return line
    }
}
