import Settings

/// One image, and what the first and the last convolution of a run of the best variant make of it.
struct FeaturesFigure {
    private let features: ExampleFeatures
    private let whose: String

    private static let columns = 16
    private static let mostMaps = 64

    /// Nil where the best variant has no convolution on images, or nothing was at hand.
    init?(_ comparison: Comparison, _ source: ReportPictures?) {
        let best = comparison.bestResult
        guard let source else { return nil }
        for run in best.runs where !run.isDiverged {
            guard let found = source.ofFeatures(best.name, run.stored) else { continue }
            features = found
            whose = (comparison.hasVariants ? "\(best.name), " : "") + "seed \(run.record.seed)"
            return
        }
        return nil
    }

    var reportFigure: ReportFigure {
        let layers = features.layers.map { "\($0.layer), \(counted($0.maps.count, "map")) of \($0.height) x \($0.width)" }
        let caption =
            "What convolutions make of row \(features.row + 1)\(features.label.map { ", \($0)" } ?? ""): \(layers.joined(separator: "; ")) (\(whose))"
        var data = FigureData(["layer", "map", "lowest", "mean", "highest"])
        for layer in features.layers {
            for (place, map) in layer.maps.enumerated() {
                data.append([layer.layer, String(place + 1), "\(map.lowest)", "\(map.mean)", "\(map.highest)"])
            }
        }
        return ReportFigure(
            path: "figures/features.svg", svg: drawing.text(title: caption), caption: caption,
            note:
                "The first \(features.isTest ? "test" : "validation") example. In each layer black is the lowest answer of all maps, white the highest.",
            data: data.text)
    }

    // MARK: - Drawing

    private static let side = 96.0
    private static let headingHeight = 24.0

    private var drawing: SVG {
        let slot = Style.width / Double(Self.columns)
        func shown(_ layer: LayerFeatures) -> [LayerFeatures.Map] { Array(layer.maps.prefix(Self.mostMaps)) }
        let heights = features.layers.map {
            Self.headingHeight + Double((shown($0).count + Self.columns - 1) / Self.columns) * slot
        }
        var svg = SVG(width: Style.width, height: Self.headingHeight + Self.side + 8 + heights.reduce(0, +))
        svg.text("row \(features.row + 1)" + (features.label.map { ", \($0)" } ?? ""), at: Point(4, 16), .heading)
        let scale = Self.side / Double(max(features.image.height, features.image.width, 1))
        svg.picture(
            features.image, from: Point(4, Self.headingHeight), width: Double(features.image.width) * scale,
            height: Double(features.image.height) * scale)
        var top = Self.headingHeight + Self.side + 8
        for (layer, height) in zip(features.layers, heights) {
            let maps = shown(layer)
            let part = maps.count < layer.maps.count ? ", the first \(maps.count) of \(layer.maps.count) maps" : ""
            svg.text("\(layer.layer)\(part)", at: Point(4, top + 16), .heading)
            for (place, map) in maps.enumerated() {
                let corner = Point(
                    Double(place % Self.columns) * slot + 4, top + Self.headingHeight + Double(place / Self.columns) * slot)
                let scale = (slot - 8) / Double(max(map.picture.height, map.picture.width, 1))
                svg.picture(map.picture, from: corner, width: Double(map.picture.width) * scale, height: Double(map.picture.height) * scale)
            }
            top += height
        }
        return svg
    }
}

extension Comparison {
    func featuresSection(figures: [ReportFigure]) -> String? {
        let figure = figures.paragraphs("features")
        return figure.isEmpty ? nil : (["## What convolutions make of an example"] + figure).joined(separator: "\n\n")
    }
}
