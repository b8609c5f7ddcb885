import Settings
import Statistics

/// The compared figure over two settings: a cell a pair of values, the stronger its colour the better.
struct HeatMapFigure {
    private let comparison: Comparison
    private let columns: SweptSetting
    private let rows: SweptSetting
    /// Indices of variants by column, then by row.
    private let cells: [SettingValue: [SettingValue: Int]]

    private static let mostColumns = 14
    private static let mostRows = 30
    private static let smallestCells = 6
    /// A map with more holes than this share is none.
    private static let largestGap = 0.3

    /// Nil unless variants differ in exactly two settings whose pairs of values nearly all occur.
    init?(_ comparison: Comparison, _ settings: [SweptSetting]) {
        guard settings.count == 2 else { return nil }
        let isWide = settings[1].distinct.count > Self.mostColumns || settings[1].distinct.count > 2 * settings[0].distinct.count
        let (columns, rows) = isWide ? (settings[0], settings[1]) : (settings[1], settings[0])
        let count = columns.distinct.count * rows.distinct.count
        guard columns.distinct.count >= 2, rows.distinct.count >= 2, count >= Self.smallestCells,
            columns.distinct.count <= Self.mostColumns,
            rows.distinct.count <= Self.mostRows
        else { return nil }
        var cells: [SettingValue: [SettingValue: Int]] = [:]
        for index in comparison.results.indices {
            guard let column = columns.values[index], let row = rows.values[index], cells[column]?[row] == nil else { continue }
            cells[column, default: [:]][row] = index
        }
        let filled = cells.values.map(\.count).reduce(0, +)
        guard Double(filled) >= (1 - Self.largestGap) * Double(count) else { return nil }
        self.comparison = comparison
        self.columns = columns
        self.rows = rows
        self.cells = cells
        guard !means.isEmpty else { return nil }
    }

    private var name: String { comparison.figure.name }
    private var means: [Double] {
        cells.values.flatMap(\.values).compactMap { comparison.results[$0].sample(name)?.mean }
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/heatmap.svg", svg: drawing.text(title: caption), caption: caption, data: data)
    }

    private var caption: String {
        let spread = comparison.unitCount > 1 ? ", means over \(comparison.unit.count(comparison.unitCount))" : ""
        return
            "\(comparison.words(comparison.figure).capitalized) by \(rows.label) and \(columns.label)\(spread); the stronger the colour, the better"
    }

    private var data: String {
        var data = FigureData(["variant", rows.label, columns.label, name, "standard_deviation", comparison.unit.word + "s"])
        for row in rows.distinct {
            for column in columns.distinct {
                guard let index = cells[column]?[row] else { continue }
                let sample = comparison.results[index].sample(name)
                data.append([
                    comparison.results[index].name, row.text, column.text, FigureData.cell(sample?.mean),
                    FigureData.cell(sample?.standardDeviation), String(sample?.count ?? 0),
                ])
            }
        }
        return data.text
    }

    // MARK: - Drawing

    private var drawing: SVG {
        let digits = comparison.digits(name)
        let names = rows.distinct.map { SVG.width(of: $0.text, size: 12) }.max() ?? 0
        let left = min(max(names, SVG.width(of: rows.label, size: 12)) + 20, 260)
        let cellWidth = min(110, (Style.width - left - 8) / Double(columns.distinct.count))
        let cellHeight = rows.distinct.count > 14 ? 28.0 : 40.0
        let top = 92.0
        let bottom = top + Double(rows.distinct.count) * cellHeight
        let right = left + Double(columns.distinct.count) * cellWidth
        var svg = SVG(width: max(right + 8, left + 480), height: bottom + 14)
        drawLegend(digits, at: left, in: &svg)
        svg.text(columns.label, at: Point((left + right) / 2, top - 28), .heading, anchor: .middle, size: 12)
        svg.text(rows.label, at: Point(left - 12, top - 9), .heading, anchor: .end, size: 12)
        for (place, column) in columns.distinct.enumerated() {
            let middle = left + (Double(place) + 0.5) * cellWidth
            svg.text(shortened(column.text, to: cellWidth - 4), at: Point(middle, top - 9), anchor: .middle, size: 12)
        }
        for (place, row) in rows.distinct.enumerated() {
            let y = top + Double(place) * cellHeight
            svg.text(shortened(row.text, to: left - 20), at: Point(left - 12, y + cellHeight / 2 + 4), anchor: .end, size: 12)
            for (column, value) in columns.distinct.enumerated() {
                let corner = Point(left + Double(column) * cellWidth, y)
                draw(cells[value]?[row], from: corner, to: Point(corner.x + cellWidth, y + cellHeight), digits, in: &svg)
            }
        }
        // Frames lie above all cells.
        for (column, value) in columns.distinct.enumerated() {
            for (row, other) in rows.distinct.enumerated() {
                guard let index = cells[value]?[other], index == 0 || index == comparison.best else { continue }
                let corner = Point(left + Double(column) * cellWidth, top + Double(row) * cellHeight)
                let inset = index == comparison.best ? 1.5 : 4.0
                svg.rectangle(
                    from: Point(corner.x + inset, corner.y + inset), to: Point(corner.x + cellWidth - inset, corner.y + cellHeight - inset),
                    index == comparison.best ? .bestFrame : .baselineFrame)
            }
        }
        return svg
    }

    private func draw(_ index: Int?, from corner: Point, to opposite: Point, _ digits: Digits, in svg: inout SVG) {
        let (inner, outer) = (Point(corner.x + 1, corner.y + 1), Point(opposite.x - 1, opposite.y - 1))
        let place = Point((corner.x + opposite.x) / 2, (corner.y + opposite.y) / 2 + 4)
        guard let index, let mean = comparison.results[index].sample(name)?.mean else {
            svg.rectangle(from: inner, to: outer, .emptyCell)
            if index != nil { svg.text("–", at: place, anchor: .middle, size: 12) }
            return
        }
        let text = digits.text(mean)
        svg.rectangle(from: inner, to: outer, .heat(share(mean)))
        let size = min(12, 12 * (opposite.x - corner.x - 6) / SVG.width(of: text, size: 12))
        svg.text(text, at: place, .heatText(share(mean)), anchor: .middle, size: size)
    }

    /// How good a mean is between the worst of them, 0, and the best, 1.
    private func share(_ mean: Double) -> Double {
        guard let lowest = means.min(), let highest = means.max(), highest > lowest else { return 1 }
        let share = (mean - lowest) / (highest - lowest)
        return comparison.goal == .maximize ? share : 1 - share
    }

    private func drawLegend(_ digits: Digits, at left: Double, in svg: inout SVG) {
        guard let lowest = means.min(), let highest = means.max() else { return }
        let ends = comparison.goal == .maximize ? [lowest, highest] : [highest, lowest]
        var x = left
        svg.text(digits.text(ends[0]), at: Point(x, 22), size: 12)
        x += SVG.width(of: digits.text(ends[0]), size: 12) + 6
        for step in 0..<Style.heatCount {
            svg.rectangle(from: Point(x, 11), to: Point(x + 20, 25), .heat(Double(step) / Double(Style.heatCount - 1)))
            x += 20
        }
        svg.text(digits.text(ends[1]), at: Point(x + 6, 22), size: 12)
        x += SVG.width(of: digits.text(ends[1]), size: 12) + 28
        svg.rectangle(from: Point(x, 11), to: Point(x + 20, 25), .bestFrame)
        svg.text("best", at: Point(x + 26, 22), size: 12)
        guard cells.values.contains(where: { $0.values.contains(0) }), comparison.best != 0 else { return }
        svg.rectangle(from: Point(x + 74, 11), to: Point(x + 94, 25), .baselineFrame)
        svg.text("baseline", at: Point(x + 100, 22), size: 12)
    }
}
