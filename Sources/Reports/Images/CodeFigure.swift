import RunStore
import Settings
import Statistics

/// Where examples lie in the code of the best variant that has one, with their classes in colour.
struct CodeFigure {
    private let points: Exhibits.Points
    private let whose: String

    /// Nil where no run left any. Where some variant's code has two numbers, it is the best of such.
    init?(_ comparison: Comparison) {
        let order = [comparison.bestResult] + comparison.results.filter { $0.name != comparison.bestResult.name }
        let found = order.compactMap { result -> (Exhibits.Points, String)? in
            guard let run = result.runs.first(where: { !$0.isDiverged }), let points = run.stored.exhibits()?.points,
                points.x.count == points.y.count, !points.x.isEmpty, points.labels.isEmpty || points.labels.count == points.x.count
            else { return nil }
            return (points, (comparison.hasVariants ? "\(result.name), " : "") + "seed \(run.record.seed)")
        }
        guard let chosen = found.first(where: { $0.0.numbers == 2 }) ?? found.first else { return nil }
        (points, whose) = chosen
    }

    var reportFigure: ReportFigure {
        let classes = points.classes.isEmpty ? "" : ", their classes in colour"
        let caption = "\(counted(points.x.count, "\(points.part) example")) in \(points.layer)\(classes) (\(whose))"
        var data = FigureData(["x", "y", "class"])
        for place in points.x.indices { data.append(["\(points.x[place])", "\(points.y[place])", className(place) ?? ""]) }
        return ReportFigure(
            path: "figures/code.svg", svg: drawing.text(title: caption), caption: caption,
            note: points.numbers > 2
                ? "The layer gives \(points.numbers) numbers; shown are their first two principal components." : nil, data: data.text)
    }

    private func className(_ place: Int) -> String? {
        guard points.labels.indices.contains(place) else { return nil }
        let label = Int(points.labels[place])
        return points.classes.indices.contains(label) ? points.classes[label] : nil
    }

    // MARK: - Drawing

    private static let side = 480.0
    private static let margin = 12.0
    private static let mostNames = 20

    private var drawing: SVG {
        let height = Self.side + 2 * Self.margin
        var svg = SVG(width: Style.width, height: height)
        func scale(_ values: [Float]) -> (Float) -> Double {
            let (low, high) = (Double(values.min() ?? 0), Double(values.max() ?? 1))
            return { (Double($0) - low) / max(high - low, .leastNormalMagnitude) * (Self.side - 12) + 6 }
        }
        let (x, y) = (scale(points.x), scale(points.y))
        svg.rectangle(
            from: Point(Self.margin, Self.margin), to: Point(Self.margin + Self.side, Self.margin + Self.side), .frame)
        for place in points.x.indices {
            let label = points.labels.indices.contains(place) ? Int(points.labels[place]) : 0
            // A point without a class among those that have one is grey.
            let style: Style = label < 0 ? .label : .category(label)
            svg.circle(
                Point(Self.margin + x(points.x[place]), Self.margin + Self.side - y(points.y[place])), radius: 2.4,
                style)
        }
        for (label, name) in points.classes.prefix(Self.mostNames).enumerated() {
            let top = Self.margin + 14 + Double(label) * 20
            svg.circle(Point(Self.margin + Self.side + 24, top - 4), radius: 5, .category(label))
            svg.text(shortened(name, to: Style.width - Self.side - 60), at: Point(Self.margin + Self.side + 36, top))
        }
        var further = points.classes.count > Self.mostNames ? ["and \(points.classes.count - Self.mostNames) more"] : []
        if points.labels.contains(where: { $0 < 0 }) { further.append("grey: without a label") }
        for (place, text) in further.enumerated() {
            let row = Double(min(points.classes.count, Self.mostNames) + place)
            svg.text(text, at: Point(Self.margin + Self.side + 24, Self.margin + 14 + row * 20))
        }
        return svg
    }
}

extension Comparison {
    func codeSection(figures: [ReportFigure]) -> String? {
        let figure = figures.paragraphs("code")
        return figure.isEmpty ? nil : (["## The code"] + figure).joined(separator: "\n\n")
    }
}
