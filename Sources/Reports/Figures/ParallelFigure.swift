import Settings

/// A sweep in parallel coordinates: an upright scale a setting and one for the compared figure, one line per variant through its values.
struct ParallelFigure {
    private let comparison: Comparison
    private let settings: [SweptSetting]
    /// Indices of the drawn variants, the best first.
    private let indices: [Int]

    private static let smallestSettings = 3
    private static let mostSettings = 9
    private static let smallestCount = 8
    /// So many lines at most: evenly chosen by rank.
    private static let largestCount = 240
    private static let bestCount = 5

    /// Nil unless the points of a sweep differ in three numeric settings and more.
    init?(_ comparison: Comparison, _ swept: [SweptSetting]) {
        guard comparison.experiment.isSweep else { return nil }
        let settings = swept.filter(\.isNumeric).prefix(Self.mostSettings)
        guard settings.count >= Self.smallestSettings else { return nil }
        let whole = comparison.ranking.filter { index in
            comparison.results[index].sample(comparison.figure.name) != nil && settings.allSatisfy { $0.values[index] != nil }
        }
        guard whole.count >= Self.smallestCount else { return nil }
        self.comparison = comparison
        self.settings = Array(settings)
        indices = comparison.evenly(whole, most: Self.largestCount, best: Self.bestCount)
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/parallel.svg", svg: drawing.text(title: caption), caption: caption, data: data)
    }

    private var caption: String {
        "Settings of \(grouped(indices.count)) variants and \(comparison.words(comparison.figure)): one line per variant, coloured from the worst (blue) to the best "
            + "(orange), the best \(Self.bestCount) strong"
    }

    private var data: String { comparison.settingsData(settings, of: indices) }

    // MARK: - Drawing

    private static let top = 78.0
    private static let bottom = 330.0

    private var drawing: SVG {
        var svg = SVG(width: Style.width, height: Self.bottom + 22)
        let means = indices.compactMap { comparison.results[$0].sample(comparison.figure.name)?.mean }
        let count = settings.count
        // Tick texts stand left of their scale.
        let step = (Style.width - 56 - 26) / Double(count)
        let places = (0...count).map { 56 + Double($0) * step }
        let scales =
            settings.map(scale)
            + [Scale.over(means, from: Self.bottom, to: Self.top, ticks: 5, mayBeLogarithmic: true)]
        for (rank, index) in indices.enumerated().reversed() {
            guard let mean = comparison.results[index].sample(comparison.figure.name)?.mean else { continue }
            let values = settings.map { $0.values[index]?.number ?? .nan } + [mean]
            let line = zip(zip(places, scales), values).map { Point($0.0, $0.1.place($1)) }
            let colour = Style.depth(indices.count - 1 - rank, of: indices.count)
            svg.polyline(line, rank < Self.bestCount ? colour.strong : colour.thin)
        }
        let labels = settings.map(\.label) + [comparison.words(comparison.figure)]
        for (place, (scale, label)) in zip(places, zip(scales, labels)).enumerated().map({ ($0.offset, $0.element.1) }) {
            draw(scale, label, at: places[place], room: step - 10, isFirst: place == 0, isLast: place == count, in: &svg)
        }
        legend.draw(in: &svg, at: Point(8, 18))
        return svg
    }

    private func scale(_ setting: SweptSetting) -> Scale {
        let numbers = setting.numbers(indices)
        return Set(numbers).count <= SweptSetting.fewValues
            ? .settings(numbers, from: Self.bottom, to: Self.top, isUpright: true)
            : .round(numbers, from: Self.bottom, to: Self.top, ticks: 5)
    }

    private func draw(_ scale: Scale, _ label: String, at x: Double, room: Double, isFirst: Bool, isLast: Bool, in svg: inout SVG) {
        svg.line(from: Point(x, Self.top), to: Point(x, Self.bottom), .axis)
        for tick in scale.ticks {
            let y = scale.place(tick.value)
            svg.line(from: Point(x - 4, y), to: Point(x, y), .axis)
            svg.text(tick.text, at: Point(x - 7, y + 3.5), .overLines, anchor: .end)
        }
        let anchor: SVG.Anchor = isFirst ? .start : isLast ? .end : .middle
        let place = isFirst ? max(2, x - 40) : isLast ? Style.width - 4 : x
        let lines = Self.lines(label, room)
        for (line, text) in lines.enumerated() {
            let y = Self.top - 12 - Double(lines.count - 1 - line) * 14
            svg.text(shortened(text, to: room), at: Point(place, y), .heading, anchor: anchor, size: 12)
        }
    }

    /// A label on one line, or on two where it is too long.
    private static func lines(_ label: String, _ room: Double) -> [String] {
        let words = label.split(separator: " ").map(String.init)
        guard SVG.width(of: label, size: 12) > room, words.count > 1 else { return [label] }
        let halves = (1..<words.count).map { [words.prefix($0).joined(separator: " "), words.dropFirst($0).joined(separator: " ")] }
        func widest(_ lines: [String]) -> Double { lines.map { SVG.width(of: $0, size: 12) }.max() ?? 0 }
        return halves.min { widest($0) < widest($1) } ?? [label]
    }

    private var legend: Legend {
        Legend(entries: [
            (.line(Style.depth(7, of: 8).strong, band: nil), "the best \(Self.bestCount)"), (.line(.depth(7, of: 8), band: nil), "good"),
            (.line(.depth(3, of: 8), band: nil), "in the middle"), (.line(.depth(0, of: 8), band: nil), "bad"),
        ])
    }
}

extension Comparison {
    /// At most so many of `ranked`, the best `best` of them and then every so many-th, in their order.
    func evenly(_ ranked: [Int], most: Int, best: Int) -> [Int] {
        guard ranked.count > most else { return ranked }
        let others = ranked.dropFirst(best)
        let wanted = most - best
        return Array(ranked.prefix(best)) + (0..<wanted).map { others[others.startIndex + $0 * others.count / wanted] }
    }

    /// Settings and the compared figure by variant, the best first.
    func settingsData(_ settings: [SweptSetting], of indices: [Int]) -> String {
        var data = FigureData(["variant"] + settings.map(\.label) + [figure.name])
        for index in indices {
            let values = settings.map { setting in
                setting.values[index].map { value in value.number.map { FigureData.cell($0) } ?? value.text } ?? ""
            }
            data.append([results[index].name] + values + [FigureData.cell(results[index].sample(figure.name)?.mean)])
        }
        return data.text
    }
}
