/// A framed part of a figure: two scales, grid, tick labels and a heading.
struct Panel {
    let x: Scale
    let y: Scale
    let heading: String?

    /// The left upper and the right lower corner of what the scales span.
    var corner: Point { Point(min(x.start, x.end), min(y.start, y.end)) }
    var oppositeCorner: Point { Point(max(x.start, x.end), max(y.start, y.end)) }

    func place(_ xValue: Double, _ yValue: Double) -> Point {
        Point(x.place(xValue), y.place(yValue))
    }

    /// Grid and labels; the labels of y may be left to a neighbour with the same scale.
    func drawFrame(in svg: inout SVG, labelsY: Bool = true) {
        for tick in y.ticks {
            let place = y.place(tick.value)
            svg.line(from: Point(corner.x, place), to: Point(oppositeCorner.x, place), .grid)
            if labelsY { svg.text(tick.text, at: Point(corner.x - 6, place + 3.5), anchor: .end) }
        }
        svg.line(from: Point(corner.x, oppositeCorner.y), to: oppositeCorner, .axis)
        for tick in x.ticks {
            let place = x.place(tick.value)
            svg.line(from: Point(place, oppositeCorner.y), to: Point(place, oppositeCorner.y + 4), .axis)
            svg.text(tick.text, at: Point(place, oppositeCorner.y + 16), anchor: .middle)
        }
        if let heading { svg.text(heading, at: Point(corner.x, corner.y - 9), .heading, size: 12) }
    }
}

/// A line of legend entries, from left to right.
struct Legend {
    /// How an entry's sample looks.
    enum Sample {
        case line(Style, band: Style?)
        case dot(Style, radius: Double)
        case band(Style)
        case whisker(Style, Style)
        case none

        var width: Double {
            switch self {
            case .line, .whisker, .band: 22
            case .dot: 8
            case .none: -6
            }
        }
    }

    let entries: [(sample: Sample, text: String)]
    static let lineHeight = 19.0

    /// How many lines the entries take up to `right`.
    func lineCount(from left: Double, to right: Double) -> Int {
        (places(from: left, to: right).last?.line ?? 0) + 1
    }

    private func places(from left: Double, to right: Double) -> [(x: Double, line: Int)] {
        var x = left
        var line = 0
        return entries.map { sample, text in
            let width = sample.width + 6 + SVG.width(of: text, size: 12)
            if x > left, x + width > right { (x, line) = (left, line + 1) }
            defer { x += width + 22 }
            return (x, line)
        }
    }

    /// Draws the entries from `start` to the right; those that would pass `right` go on below.
    func draw(in svg: inout SVG, at start: Point, to right: Double = .infinity) {
        for ((sample, text), (x, line)) in zip(entries, places(from: start.x, to: right)) {
            let baseline = start.y + Double(line) * Self.lineHeight
            let middle = baseline - 4
            switch sample {
            case .line(let style, let band):
                if let band { drawBand(band, x, middle, in: &svg) }
                svg.polyline([Point(x, middle), Point(x + 22, middle)], style)
            case .dot(let style, let radius):
                svg.circle(Point(x + 4, middle), radius: radius, style)
            case .whisker(let line, let dot):
                svg.line(from: Point(x, middle), to: Point(x + 22, middle), line)
                svg.circle(Point(x + 11, middle), radius: 4.5, dot)
            case .band(let style):
                drawBand(style, x, middle, in: &svg)
            case .none:
                break
            }
            svg.text(text, at: Point(x + sample.width + 6, baseline), size: 12)
        }
    }

    private func drawBand(_ style: Style, _ left: Double, _ middle: Double, in svg: inout SVG) {
        let right = left + 22
        svg.band([Point(left, middle - 5), Point(right, middle - 5)], [Point(left, middle + 5), Point(right, middle + 5)], style)
    }
}
