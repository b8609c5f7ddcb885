/// Finds room for labels beside dots, so that they hide neither one another nor the dots.
struct LabelPlaces {
    private let corner: Point
    private let opposite: Point
    private var taken: [(corner: Point, opposite: Point)]

    private static let lineHeight = 11.0
    private static let distance = 9.0

    init(within corner: Point, _ opposite: Point, around dots: [Point]) {
        self.corner = corner
        self.opposite = opposite
        taken = dots.filter(\.isFinite).map { (Point($0.x - 3, $0.y - 3), Point($0.x + 3, $0.y + 3)) }
    }

    /// Keeps labels off a line of level and upright pieces.
    mutating func keepFree(_ line: [Point]) {
        for (start, end) in zip(line, line.dropFirst()) where start.isFinite && end.isFinite {
            taken.append((Point(min(start.x, end.x) - 1, min(start.y, end.y) - 1), Point(max(start.x, end.x) + 1, max(start.y, end.y) + 1)))
        }
    }

    /// Where a text of this width begins, on its baseline; nil where there is no room.
    mutating func place(_ width: Double, beside dot: Point) -> Point? {
        guard dot.isFinite, (corner.x...opposite.x).contains(dot.x), (corner.y...opposite.y).contains(dot.y) else { return nil }
        let (high, low, far) = (dot.y - Self.distance + 1, dot.y + Self.distance + Self.lineHeight - 2, Self.distance)
        let places = [
            Point(dot.x + far, high), Point(dot.x + far, low), Point(dot.x - far - width, high), Point(dot.x + far, dot.y + 4),
            Point(dot.x - far - width, dot.y + 4), Point(dot.x - width / 2, high - 2), Point(dot.x - width / 2, low + 2),
            Point(dot.x - far - width, low), Point(dot.x + far, low + 12), Point(dot.x - far - width, low + 12),
            Point(dot.x + far, high - 12),
        ]
        guard let found = places.first(where: { isFree($0, width) }) else { return nil }
        taken.append((Point(found.x, found.y - Self.lineHeight), Point(found.x + width, found.y + 2)))
        return found
    }

    private func isFree(_ place: Point, _ width: Double) -> Bool {
        let (left, upper, right, lower) = (place.x, place.y - Self.lineHeight, place.x + width, place.y + 2)
        guard left >= corner.x, right <= opposite.x + 20, upper >= corner.y - 4, lower <= opposite.y else { return false }
        return taken.allSatisfy { $0.corner.x >= right || $0.opposite.x <= left || $0.corner.y >= lower || $0.opposite.y <= upper }
    }
}
