import Settings

/// The images that the best variant takes for something else most surely, with what they are, what was said, and how surely.
struct MistakesFigure {
    private let errors: [Classification.SureError]
    private let pictures: [Int32: EmbeddedPicture]
    private let found: Classification
    private let who: String

    private static let columns = 6
    private static let mostPictures = 18

    /// Nil unless the inputs are images that are at hand, and some example was taken for another class.
    init?(_ comparison: Comparison, _ source: ReportPictures?) {
        guard let source, let found = Classification(comparison.bestResult) else { return nil }
        let errors = found.sureErrors(atMost: Self.mostPictures)
        guard !errors.isEmpty,
            let pictures = source.ofExamples(comparison.bestResult.name, found.part == .test, errors.map(\.example.row))
        else { return nil }
        self.errors = errors.filter { pictures[$0.example.row] != nil }
        guard !self.errors.isEmpty else { return nil }
        (self.found, self.pictures) = (found, pictures)
        who = comparison.hasVariants ? " by \(comparison.bestResult.name)" : ""
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/mistakes.svg", svg: drawing.text(title: caption), caption: caption, data: data)
    }

    private var caption: String {
        let first = errors[0]
        return "Images that were most surely taken for something else\(who), \(counted(errors.count, "\(found.part.rawValue) example")): "
            + "first row \(first.example.row + 1), \(found.names[first.example.label]) taken for \(found.names[first.example.predicted])"
    }

    private var data: String {
        var data = FigureData(["row", "true", "predicted", "probability"])
        for (example, probability) in errors {
            data.append([
                String(example.row + 1), found.names[example.label], found.names[example.predicted], FigureData.cell(probability),
            ])
        }
        return data.text
    }

    // MARK: - Drawing

    private static let side = 96.0

    private var drawing: SVG {
        let slot = Style.width / Double(Self.columns)
        let rowHeight = Self.side + 54
        let rows = (errors.count + Self.columns - 1) / Self.columns
        var svg = SVG(width: Style.width, height: Double(rows) * rowHeight + 6)
        for (place, error) in errors.enumerated() {
            guard let picture = pictures[error.example.row] else { continue }
            let middle = (Double(place % Self.columns) + 0.5) * slot
            let top = Double(place / Self.columns) * rowHeight + 6
            let scale = Self.side / Double(max(picture.height, picture.width, 1))
            let (width, height) = (Double(picture.width) * scale, Double(picture.height) * scale)
            svg.picture(picture, from: Point(middle - width / 2, top + (Self.side - height) / 2), width: width, height: height)
            let names = (found.names[error.example.label], found.names[error.example.predicted])
            svg.text(shortened("true \(names.0)", to: slot - 8), at: Point(middle, top + Self.side + 15), anchor: .middle, size: 12)
            svg.text(
                shortened("said \(names.1), \(Digits(decimals: 3).text(error.probability))", to: slot - 4),
                at: Point(middle, top + Self.side + 30), .heading, anchor: .middle, size: 12)
        }
        return svg
    }
}

extension Classification {
    /// An example that was taken for another class, and the probability of that.
    typealias SureError = (example: Example, probability: Double)

    /// Those of the largest probability, the surest first.
    func sureErrors(atMost count: Int) -> [SureError] {
        let wrong = examples.compactMap { example -> SureError? in
            guard example.predicted != example.label, let probability = example.probability, probability.isFinite else { return nil }
            return (example, probability)
        }
        return Array(wrong.sorted { ($1.probability, $0.example.row) < ($0.probability, $1.example.row) }.prefix(count))
    }
}
