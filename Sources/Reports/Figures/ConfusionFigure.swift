import Metrics

/// Which classes the best variant takes for which: a row a true class, its examples by predicted class, the stronger the colour the larger the share.
struct ConfusionFigure {
    private let found: Classification
    private let comparison: Comparison

    /// Two classes are told by a table; more than this have no room.
    private static let classCounts = 3...12

    /// Nil unless the best variant's predictions are stored and are of 3 to 12 classes.
    init?(_ comparison: Comparison) {
        guard let found = Classification(comparison.bestResult), Self.classCounts.contains(found.names.count) else { return nil }
        self.found = found
        self.comparison = comparison
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/confusion.svg", svg: drawing.text(title: caption), caption: caption, data: data)
    }

    private var caption: String {
        let who = comparison.hasVariants ? " by \(comparison.bestResult.name)" : ""
        let runs = found.runs > 1 ? ", counted over \(counted(found.runs, "run"))" : ""
        return "Confusion of the \(found.part.rawValue) examples\(who)\(runs): shares of each true class"
    }

    private func share(_ label: Int, _ predicted: Int) -> Double? {
        let support = found.confusion.support(label)
        return support > 0 ? Double(found.confusion[true: label, predicted: predicted]) / Double(support) : nil
    }

    private var data: String {
        var data = FigureData(["true", "predicted", "examples", "share_of_true"])
        for label in found.names.indices {
            for predicted in found.names.indices {
                data.append([
                    found.names[label], found.names[predicted], String(found.confusion[true: label, predicted: predicted]),
                    FigureData.cell(share(label, predicted)),
                ])
            }
        }
        return data.text
    }

    // MARK: - Drawing

    private static let turn = 38.0

    private var drawing: SVG {
        let names = found.names
        let longest = names.map { SVG.width(of: $0, size: 12) }.max() ?? 0
        let labels = min(longest, 190)
        let left = labels + 46
        let cell = min(76, (Style.width - left - 60) / Double(names.count))
        let isTurned = longest > cell - 6
        let top = 44 + (isTurned ? labels * 0.54 + 14 : 14)
        let end = Point(left + Double(names.count) * cell, top + Double(names.count) * cell)
        var svg = SVG(width: max(end.x + (isTurned ? labels * 0.8 : 8), 560), height: end.y + 14)
        svg.text("predicted", at: Point(left + (end.x - left) / 2, 20), .heading, anchor: .middle, size: 12)
        svg.text("true", at: Point(18, top + (end.y - top) / 2), .heading, anchor: .middle, size: 12, turn: 90)
        for (index, name) in names.enumerated() {
            let text = shortened(name, to: labels + 1)
            let middle = (Double(index) + 0.5) * cell
            if isTurned {
                svg.text(text, at: Point(left + middle - 4, top - 8), size: 12, turn: Self.turn)
            } else {
                svg.text(text, at: Point(left + middle, top - 9), anchor: .middle, size: 12)
            }
            svg.text(text, at: Point(left - 10, top + middle + 4), anchor: .end, size: 12)
        }
        for label in names.indices {
            for predicted in names.indices {
                draw(label, predicted, at: Point(left + Double(predicted) * cell, top + Double(label) * cell), cell, in: &svg)
            }
        }
        return svg
    }

    private func draw(_ label: Int, _ predicted: Int, at corner: Point, _ cell: Double, in svg: inout SVG) {
        let (inner, outer) = (Point(corner.x + 1, corner.y + 1), Point(corner.x + cell - 1, corner.y + cell - 1))
        let middle = Point(corner.x + cell / 2, corner.y + cell / 2)
        guard let share = share(label, predicted) else {
            svg.rectangle(from: inner, to: outer, .emptyCell)
            svg.text("–", at: Point(middle.x, middle.y + 4), anchor: .middle, size: 12)
            return
        }
        svg.rectangle(from: inner, to: outer, .heat(share))
        // Empty, so that errors stand out.
        guard share > 0 else { return }
        let count = grouped(found.confusion[true: label, predicted: predicted])
        svg.text(Self.percent(share), at: Point(middle.x, middle.y - 1), .heatText(share), anchor: .middle, size: 12)
        svg.text(
            count, at: Point(middle.x, middle.y + 14), .heatText(share), anchor: .middle,
            size: min(10.5, 10.5 * (cell - 6) / SVG.width(of: count, size: 10.5)))
    }

    /// For example `93 %`; what is not all or nothing does not look so.
    private static func percent(_ share: Double) -> String {
        let whole = Int((share * 100).rounded())
        if whole == 0, share > 0 { return "< 1 %" }
        return whole == 100 && share < 1 ? "> 99 %" : "\(whole) %"
    }
}
