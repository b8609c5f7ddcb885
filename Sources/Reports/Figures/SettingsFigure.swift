import Settings
import Statistics

/// The compared figure against each setting of a sweep: a panel a setting, one dot per variant, and the median along the setting.
struct SettingsFigure {
    private let comparison: Comparison
    private let settings: [SweptSetting]
    /// Indices of the drawn variants, the best first.
    private let indices: [Int]

    private static let smallestSettings = 1
    private static let mostSettings = 12
    private static let smallestCount = 8
    private static let largestCount = 400
    private static let bestShare = 0.1
    /// A median is over a fifth of the variants.
    private static let groups = 5
    private static let medianLine = Style.depth(4, of: 8)

    /// Nil unless the points of a sweep have values of settings and figures.
    init?(_ comparison: Comparison, _ swept: [SweptSetting]) {
        guard comparison.experiment.isSweep else { return nil }
        let settings = swept.prefix(Self.mostSettings)
        let whole = comparison.ranking.filter { comparison.results[$0].sample(comparison.figure.name) != nil }
        guard settings.count >= Self.smallestSettings, whole.count >= Self.smallestCount else { return nil }
        self.comparison = comparison
        self.settings = Array(settings)
        indices = comparison.evenly(whole, most: Self.largestCount, best: Self.largestCount / 4)
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/settings.svg", svg: drawing.text(title: caption), caption: caption, note: note, data: data)
    }

    /// What the panels span: a few that are far worse would press the others together.
    private var shown: (means: [Double], left: Int) { comparison.meansWithoutFarWorse(indices) }

    private var note: String? { shown.left > 0 ? comparison.farWorseSentence(shown.left) : nil }

    private var caption: String {
        "\(comparison.words(comparison.figure).capitalized) against each setting: one dot per variant, the best tenth strong, and the median along the setting"
    }

    private var data: String { comparison.settingsData(settings, of: indices) }

    private func mean(_ index: Int) -> Double? { comparison.results[index].sample(comparison.figure.name)?.mean }

    // MARK: - Drawing

    private static let gap = 18.0

    private var drawing: SVG {
        let perRow = min(settings.count, settings.count == 4 ? 2 : 3)
        let panelHeight = perRow > 2 ? 150.0 : 180.0
        let rowHeight = panelHeight + 62
        let rows = (settings.count + perRow - 1) / perRow
        let top = 30.0
        var svg = SVG(width: Style.width, height: top + Double(rows) * rowHeight)
        legend.draw(in: &svg, at: Point(8, 18))
        let means = shown.means + [comparison.baseline.sample(comparison.figure.name)?.mean].compactMap(\.self)
        let labels = Scale.over(means, from: 1, to: 0, ticks: 4, mayBeLogarithmic: true).ticks.map { SVG.width(of: $0.text) }.max() ?? 0
        let slot = Style.width / Double(perRow)
        for (place, setting) in settings.enumerated() {
            let upper = top + Double(place / perRow) * rowHeight + 30
            let start = Double(place % perRow) * slot + labels + 12
            let end = Double(place % perRow + 1) * slot - Self.gap
            let y = Scale.over(means, from: upper + panelHeight, to: upper, ticks: 4, mayBeLogarithmic: true)
            let panel = Panel(
                x: x(setting, from: start, to: end), y: y, heading: shortened(setting.label, to: end - start))
            draw(setting, on: panel, in: &svg)
        }
        return svg
    }

    private func x(_ setting: SweptSetting, from start: Double, to end: Double) -> Scale {
        let distinct = setting.distinct
        if setting.isNumeric {
            let numbers = setting.numbers(indices)
            return distinct.count <= SweptSetting.fewValues
                ? .settings(numbers, from: start, to: end) : .round(numbers, from: start, to: end, ticks: 4)
        }
        let room = (end - start) / Double(max(distinct.count, 1)) - 6
        let ticks = distinct.enumerated().map { Scale.Tick(value: Double($0.offset), text: shortened($0.element.text, to: room, size: 11)) }
        return Scale(kind: .linear, lower: -0.5, upper: Double(distinct.count) - 0.5, start: start, end: end, ticks: ticks)
    }

    /// Where a variant stands along a setting.
    private func values(_ setting: SweptSetting) -> [Int: Double] {
        let places = Dictionary(setting.distinct.enumerated().map { ($0.element, Double($0.offset)) }) { first, _ in first }
        let found = indices.compactMap { index -> (Int, Double)? in
            guard let value = setting.values[index] else { return nil }
            return (setting.isNumeric ? value.number : places[value]).map { (index, $0) }
        }
        return Dictionary(found) { first, _ in first }
    }

    private func draw(_ setting: SweptSetting, on panel: Panel, in svg: inout SVG) {
        panel.drawFrame(in: &svg)
        if let level = comparison.baseline.sample(comparison.figure.name)?.mean {
            svg.line(from: Point(panel.x.start, panel.y.place(level)), to: Point(panel.x.end, panel.y.place(level)), .ghost)
        }
        let values = values(setting)
        svg.beginCut(to: Point(panel.corner.x - 4, panel.corner.y - 4), Point(panel.oppositeCorner.x + 4, panel.oppositeCorner.y))
        let best = Set(indices.prefix(max(3, Int(Double(indices.count) * Self.bestShare))))
        for index in indices.reversed() {
            guard let value = values[index], let mean = mean(index) else { continue }
            svg.circle(panel.place(value, mean), radius: best.contains(index) ? 3.5 : 2.2, best.contains(index) ? .mean : .run)
        }
        let line = medians(values).map { panel.place($0.value, $0.median) }
        if setting.isNumeric { svg.polyline(line, Self.medianLine) }
        svg.endCut()
    }

    /// The median of the figure where few values repeat by value, else by fifths of the variants.
    private func medians(_ values: [Int: Double]) -> [(value: Double, median: Double)] {
        let ordered = values.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        let distinct = Set(values.values)
        let parts: [[(key: Int, value: Double)]]
        if distinct.count <= 2 * Self.groups {
            parts = distinct.sorted().map { value in ordered.filter { $0.value == value } }
        } else {
            let bounds = (0...Self.groups).map { $0 * ordered.count / Self.groups }
            parts = zip(bounds, bounds.dropFirst()).map { Array(ordered[$0..<$1]) }
        }
        return parts.compactMap { part in
            let means = part.compactMap { mean($0.key) }
            return Self.median(part.map(\.value)).flatMap { value in Self.median(means).map { (value, $0) } }
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    private var legend: Legend {
        Legend(entries: [
            (.dot(.mean, radius: 3.5), "the best tenth"), (.dot(.run, radius: 2.2), "other variants"),
            (.line(Self.medianLine, band: nil), "median"), (.line(.ghost, band: nil), "baseline"),
        ])
    }
}

extension Comparison {
    /// The means of some variants but for a few that lie further behind their median than two and a half times the best lies before it, and how many these are. All,
    /// where they are not few.
    func meansWithoutFarWorse(_ indices: [Int]) -> (means: [Double], left: Int) {
        let means = indices.compactMap { results[$0].sample(figure.name)?.mean }
        let sorted = means.sorted()
        guard means.count >= 20, let best = goal == .maximize ? sorted.last : sorted.first else { return (means, 0) }
        let median = sorted[sorted.count / 2]
        let bound = median - 2.5 * (best - median)
        let kept = means.filter { !goal.prefers(bound, to: $0) }
        let left = means.count - kept.count
        return left * 6 <= means.count ? (kept, left) : (means, 0)
    }

    func farWorseSentence(_ left: Int) -> String {
        "\(counted(left, "variant")) far worse than the others \(left == 1 ? "lies" : "lie") outside the panels."
    }

    /// What settings of a sweep do to the compared figure, as pictures.
    func sweptSettingsSection(figures: [ReportFigure]) -> String? {
        let shown = figures.paragraphs("settings", "parallel")
        return shown.isEmpty ? nil : (["## Settings and the figure"] + shown).joined(separator: "\n\n")
    }
}
