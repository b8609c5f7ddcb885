import Documents

/// An SVG picture that grows by elements. Colours are classes of its style sheet, so that they follow light and dark pages.
struct SVG {
    let width: Double
    let height: Double
    private var body = ""
    private var cuts = 0

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// The picture as a document. It has no ground of its own; `title` is what it shows.
    func text(title: String) -> String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.number(width)) \(Self.number(height))" \
        width="\(Self.number(width))" height="\(Self.number(height))" role="img" font-family="\(Style.font)">
        <title>\(Self.escaped(title))</title>
        <style>\(Style.sheet(for: body))</style>
        \(body)</svg>

        """
    }

    // MARK: - Elements

    mutating func line(from start: Point, to end: Point, _ style: Style) {
        body += "<line x1=\"\(Self.number(start.x))\" y1=\"\(Self.number(start.y))\" x2=\"\(Self.number(end.x))\" "
        body += "y2=\"\(Self.number(end.y))\" class=\"\(style.name)\"/>\n"
    }

    /// A line through the points; it is broken where a point has no finite coordinates.
    mutating func polyline(_ points: [Point], _ style: Style) {
        for piece in points.split(whereSeparator: { !$0.isFinite }) {
            if piece.count == 1, let point = piece.first {
                circle(point, radius: 1.5, style.fill)
            } else {
                body += "<polyline points=\"\(Self.list(piece))\" class=\"\(style.name)\"/>\n"
            }
        }
    }

    /// A filled band between two lines over the same places; broken where either has no finite coordinates.
    mutating func band(_ upper: [Point], _ lower: [Point], _ style: Style) {
        let pairs = Array(zip(upper, lower))
        for piece in pairs.split(whereSeparator: { !$0.0.isFinite || !$0.1.isFinite }) where piece.count > 1 {
            body += "<polygon points=\"\(Self.list(piece.map(\.0) + piece.reversed().map(\.1)))\" class=\"\(style.name)\"/>\n"
        }
    }

    mutating func circle(_ center: Point, radius: Double, _ style: Style) {
        guard center.isFinite else { return }
        body +=
            "<circle cx=\"\(Self.number(center.x))\" cy=\"\(Self.number(center.y))\" r=\"\(Self.number(radius))\" class=\"\(style.name)\"/>\n"
    }

    mutating func rectangle(from corner: Point, to opposite: Point, _ style: Style) {
        body += "<rect x=\"\(Self.number(corner.x))\" y=\"\(Self.number(corner.y))\" "
        body +=
            "width=\"\(Self.number(opposite.x - corner.x))\" height=\"\(Self.number(opposite.y - corner.y))\" class=\"\(style.name)\"/>\n"
    }

    /// With a `turn` the text rises by so many degrees from its place on.
    mutating func text(
        _ text: String, at place: Point, _ style: Style = .label, anchor: Anchor = .start, size: Double = 11, turn: Double = 0
    ) {
        body +=
            "<text x=\"\(Self.number(place.x))\" y=\"\(Self.number(place.y))\" class=\"\(style.name)\" font-size=\"\(Self.number(size))\""
        if turn != 0 { body += " transform=\"rotate(\(Self.number(-turn)) \(Self.number(place.x)) \(Self.number(place.y)))\"" }
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        body += ">\(Self.escaped(text))</text>\n"
    }

    /// A PNG in base 64, whose pixels stay sharp.
    mutating func image(_ png: String, from corner: Point, width: Double, height: Double) {
        body += "<image x=\"\(Self.number(corner.x))\" y=\"\(Self.number(corner.y))\" width=\"\(Self.number(width))\" "
        body += "height=\"\(Self.number(height))\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
        body += "href=\"data:image/png;base64,\(png)\"/>\n"
    }

    /// What is drawn from here on to ``endCut()`` shows only between two corners.
    mutating func beginCut(to corner: Point, _ opposite: Point) {
        cuts += 1
        body += "<clipPath id=\"cut-\(cuts)\"><rect x=\"\(Self.number(corner.x))\" y=\"\(Self.number(corner.y))\" "
        body += "width=\"\(Self.number(opposite.x - corner.x))\" height=\"\(Self.number(opposite.y - corner.y))\"/></clipPath>\n"
        body += "<g clip-path=\"url(#cut-\(cuts))\">\n"
    }

    mutating func endCut() {
        body += "</g>\n"
    }

    enum Anchor: String {
        case start, middle, end
    }

    // MARK: - Text

    /// About how wide a text is: enough to keep labels apart.
    static func width(of text: String, size: Double = 11) -> Double {
        text.reduce(0) { $0 + ("iljt.,:'|()[] ".contains($1) ? 0.36 : "mwMW±+−→←".contains($1) ? 0.9 : 0.64) } * size
    }

    private static func list(_ points: some Sequence<Point>) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    /// At most two decimals: the same bytes on every machine, and a small file.
    private static func number(_ value: Double) -> String {
        let hundredths = (value * 100).rounded()
        guard abs(hundredths) < 1e12 else { return "0" }
        return hundredths.truncatingRemainder(dividingBy: 100) == 0 ? String(Int(hundredths / 100)) : (hundredths / 100).description
    }

    private static func escaped(_ text: String) -> String { text.printableLine.asHTML }
}

/// A place in a picture: x to the right, y down.
struct Point: Hashable {
    let x: Double
    let y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    var isFinite: Bool { x.isFinite && y.isFinite }
}

/// A text cut to a width, with an ellipsis in it: names that belong together often differ at their ends.
func shortened(_ text: String, to width: Double, size: Double = 12) -> String {
    guard SVG.width(of: text, size: size) > width else { return text }
    var (head, tail) = (text.prefix(text.count * 3 / 5), text.dropFirst(text.count * 3 / 5))
    while !head.isEmpty, SVG.width(of: "\(head)…\(tail)", size: size) > width {
        if head.count * 2 > tail.count * 3 || tail.isEmpty { head.removeLast() } else { tail.removeFirst() }
    }
    return "\(head)…\(tail)"
}
