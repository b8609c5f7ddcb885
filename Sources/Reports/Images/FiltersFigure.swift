import Settings

/// The filters of the first layer, of a convolution or of units that see whole images, as a run of the best variant has learned them.
struct FiltersFigure {
    private let layer: String
    private let filters: [EmbeddedPicture]
    private let all: Int
    /// Rows, columns, channels, filters.
    private let sizes: [Int]
    private let weights: [Float]
    private let whose: String

    private static let columns = 16
    private static let mostFilters = 64

    /// Nil where the best variant has no convolution that images meet, or no weights.
    init?(_ comparison: Comparison, _ source: ReportPictures?) {
        let best = comparison.bestResult
        guard let source else { return nil }
        for run in best.runs where !run.isDiverged {
            guard let found = source.ofFilters(best.name, run.stored), !found.pictures.isEmpty, found.sizes.count == 4 else { continue }
            (layer, all, filters) = (found.layer, found.pictures.count, Array(found.pictures.prefix(Self.mostFilters)))
            (sizes, weights) = (found.sizes, found.weights)
            whose = (comparison.hasVariants ? "\(best.name), " : "") + "seed \(run.record.seed)"
            return
        }
        return nil
    }

    var reportFigure: ReportFigure {
        let part = filters.count < all ? "the first \(filters.count) of \(all) filters" : counted(all, "filter")
        let caption = "What \(layer) looks for, \(part) of \(sizes[0]) x \(sizes[1]) (\(whose))"
        return ReportFigure(
            path: "figures/filters.svg", svg: drawing.text(title: caption), caption: caption,
            note: "Grey weighs nothing, white adds, black takes away; all filters are on one scale.", data: data)
    }

    /// Of filters of so many weights each weight stands in the data; of larger ones, as large as an image, their range.
    private static let mostWeightsTold = 256

    private var data: String {
        let count = sizes[3]
        func filter(_ number: Int) -> [Float] { stride(from: number, to: weights.count, by: count).map { weights[$0] } }
        guard sizes[0] * sizes[1] * sizes[2] <= Self.mostWeightsTold else {
            var data = FigureData(["filter", "lowest", "mean", "highest"])
            for number in 0..<count {
                let weights = filter(number)
                let mean = weights.reduce(0, +) / Float(max(weights.count, 1))
                data.append([String(number + 1), "\(weights.min() ?? 0)", "\(mean)", "\(weights.max() ?? 0)"])
            }
            return data.text
        }
        var data = FigureData(["filter", "row", "column", "channel", "weight"])
        for number in 0..<count {
            for (place, weight) in filter(number).enumerated() {
                let pixel = place / sizes[2]
                data.append([
                    String(number + 1), String(pixel / sizes[1] + 1), String(pixel % sizes[1] + 1), String(place % sizes[2] + 1),
                    "\(weight)",
                ])
            }
        }
        return data.text
    }

    private var drawing: SVG {
        let slot = Style.width / Double(Self.columns)
        let side = slot - 8
        let rows = (filters.count + Self.columns - 1) / Self.columns
        var svg = SVG(width: Style.width, height: Double(rows) * slot)
        for (place, filter) in filters.enumerated() {
            let corner = Point(Double(place % Self.columns) * slot + 4, Double(place / Self.columns) * slot + 4)
            let scale = side / Double(max(filter.height, filter.width, 1))
            svg.picture(filter, from: corner, width: Double(filter.width) * scale, height: Double(filter.height) * scale)
        }
        return svg
    }
}

extension Comparison {
    func filtersSection(figures: [ReportFigure]) -> String? {
        let figure = figures.paragraphs("filters")
        return figure.isEmpty ? nil : (["## Filters of the first layer"] + figure).joined(separator: "\n\n")
    }
}
