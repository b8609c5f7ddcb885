import Settings
import Statistics

/// The compared figure along one numeric setting: a dot a seed, the means as a line, and a band of what luck can do to them.
struct LineFigure {
    private let comparison: Comparison
    private let setting: SweptSetting
    /// Indices of the variants along the setting, by its value.
    private let indices: [Int]
    private let points: [MeanPoint]

    private struct MeanPoint {
        let index: Int
        let value: Double
        let sample: Sample
        let band: Interval?
    }

    private static let smallestCount = 3
    /// More points than this are a cloud, and no line.
    private static let largestCount = 60

    /// `settings` are those in which variants differ. Nil where none of them, numeric and changed alone, has three values with a figure; and where most variants change something else.
    init?(_ comparison: Comparison, _ settings: [SweptSetting]) {
        let candidates = settings.enumerated().compactMap { place, setting in
            Self.indices(along: setting, others: settings.indices.filter { $0 != place }.map { settings[$0] }, comparison)
                .map { (setting: setting, indices: $0) }
        }
        guard let longest = candidates.max(by: { $0.indices.count < $1.indices.count }),
            longest.indices.count <= Self.largestCount, (longest.indices.count - 1) * 2 >= comparison.results.count - 1
        else { return nil }
        self.comparison = comparison
        setting = longest.setting
        indices = longest.indices
        let possible = comparison.figure.possible
        let name = comparison.figure.name
        points = longest.indices.compactMap { index in
            let result = comparison.results[index]
            guard let value = longest.setting.values[index]?.number, let sample = result.sample(name) else { return nil }
            let interval = result.meanEstimate(comparison.figure)?.interval()
            let spread = sample.standardDeviation.map { Interval(lower: sample.mean - $0, upper: sample.mean + $0) }
            let band = Self.hasIntervals(comparison) ? interval : spread
            return MeanPoint(index: index, value: value, sample: sample, band: band?.clipped(to: possible))
        }
    }

    /// The baseline and the variants that have only this setting otherwise, in its order.
    private static func indices(along setting: SweptSetting, others: [SweptSetting], _ comparison: Comparison) -> [Int]? {
        guard setting.isNumeric, setting.values[0] != nil else { return nil }
        let found = comparison.results.indices.filter { index in
            setting.values[index] != nil && comparison.results[index].sample(comparison.figure.name) != nil
                && others.allSatisfy { $0.values[index] == $0.values[0] }
        }
        guard found.contains(0), Set(found.map { setting.values[$0] }).count >= smallestCount else { return nil }
        return found.sorted { (setting.values[$0]?.number ?? 0, $0) < (setting.values[$1]?.number ?? 0, $1) }
    }

    /// Means of seeds have an interval; those of folds, which share rows, have their spread.
    private static func hasIntervals(_ comparison: Comparison) -> Bool {
        comparison.baseline.meanEstimate(comparison.figure)?.interval() != nil
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/line.svg", svg: drawing.text(title: caption), caption: caption, note: note, data: data)
    }

    private var hasBand: Bool { points.contains { $0.band != nil } }
    private var hasSpread: Bool { points.contains { $0.sample.count > 1 } }
    private var isLogarithmic: Bool { Scale.areLogarithmic(points.map(\.value)) }
    private var bandWords: String { Self.hasIntervals(comparison) ? "mean and its 95 % interval" : "mean ± standard deviation" }

    private var caption: String {
        let how = hasBand ? bandWords : "means"
        return "\(comparison.words(comparison.figure).capitalized) by \(setting.label): \(how)"
            + (isLogarithmic ? ", logarithmic scale" : "")
    }

    private var note: String? {
        let left = comparison.results.indices.filter { !indices.contains($0) }.map { comparison.results[$0].name.asMarkdownCode }
        guard !left.isEmpty else { return nil }
        return "Without \(enumeration(left)), which \(left.count == 1 ? "changes" : "change") something else."
    }

    private var data: String {
        var data = FigureData(["variant", setting.label, comparison.figure.name, "low", "high", comparison.unit.word + "s"])
        for point in points {
            data.append([
                comparison.results[point.index].name, FigureData.cell(point.value), FigureData.cell(point.sample.mean),
                FigureData.cell(point.band?.lower), FigureData.cell(point.band?.upper), String(point.sample.count),
            ])
        }
        return data.text
    }

    // MARK: - Drawing

    private static let height = 330.0

    private var drawing: SVG {
        var svg = SVG(width: Style.width, height: Self.height)
        let x = Scale.settings(points.map(\.value), from: 66, to: Style.width - 24)
        let reach = points.flatMap { $0.sample.values + [$0.band?.lower, $0.band?.upper].compactMap(\.self) }
        let y = Scale.over(reach, from: Self.height - 50, to: 60, ticks: 5, mayBeLogarithmic: true)
        let panel = Panel(x: x, y: y, heading: comparison.words(comparison.figure))
        panel.drawFrame(in: &svg)
        legend.draw(in: &svg, at: Point(66, 18))
        svg.text(setting.label, at: Point((x.start + x.end) / 2, Self.height - 14), anchor: .middle)
        svg.beginCut(to: panel.corner, panel.oppositeCorner)
        if let base = points.first(where: { $0.index == 0 }) {
            let level = y.place(base.sample.mean)
            svg.line(from: Point(x.start, level), to: Point(x.end, level), .ghost)
        }
        svg.band(edge(panel, \.upper), edge(panel, \.lower), .trainBand)
        svg.polyline(points.map { panel.place($0.value, $0.sample.mean) }, .train)
        svg.endCut()
        for point in points {
            if point.sample.count > 1 {
                for value in point.sample.values { svg.circle(panel.place(point.value, value), radius: 2.5, .run) }
            }
            svg.circle(panel.place(point.value, point.sample.mean), radius: 4.5, .mean)
            if point.index == 0 { svg.circle(panel.place(point.value, point.sample.mean), radius: 8, .trainReference) }
        }
        return svg
    }

    private func edge(_ panel: Panel, _ side: KeyPath<Interval, Double>) -> [Point] {
        points.map { point in point.band.map { panel.place(point.value, $0[keyPath: side]) } ?? Point(.nan, .nan) }
    }

    private var legend: Legend {
        let mean = (Legend.Sample.line(.train, band: hasBand ? .trainBand : nil), hasBand ? bandWords : "mean")
        let dots = hasSpread ? [(Legend.Sample.dot(.run, radius: 2.5), "one \(comparison.unit.word)")] : []
        return Legend(entries: [mean] + dots + [(.dot(.trainReference, radius: 5), "baseline"), (.line(.ghost, band: nil), "its level")])
    }
}
