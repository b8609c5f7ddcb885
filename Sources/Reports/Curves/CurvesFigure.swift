import Experiments
import Settings
import Statistics

/// Learning curves in small multiples: for each variant a panel of the loss and, where there is one, a panel of a metric; train and
/// validation with bands over seeds and folds, and the baseline's validation curve behind every other variant's.
struct CurvesFigure {
    let comparison: Comparison
    let results: [VariantResult]
    let quantities: [String]
    let settings: CurveSettings
    /// By variant, then by figure.
    let curves: [String: [String: LearningCurve]]

    /// No coordinate is further off than this.
    private static let farthest = 9_999.0
    /// A figure for so many variants at most; beyond it the baseline and the best remain.
    static let largestCount = 12

    /// Nil when no run has a curve.
    init?(_ comparison: Comparison) {
        let columns = Set(comparison.results.flatMap(\.runs).flatMap(\.history.columns)).subtracting([
            "epoch", "seconds", Figures.learningRate, Figures.threshold,
        ])
        let names = Set(columns.filter { !$0.hasPrefix(Figures.gradientNormPrefix) }.map { FigureName($0).quantity })
        let metric = names.contains(comparison.figure.quantity) && comparison.figure.quantity != "loss" ? comparison.figure.quantity : nil
        let other = names.subtracting(["loss"]).min()
        quantities = [names.contains("loss") ? "loss" : nil, metric ?? other].compactMap(\.self)
        self.comparison = comparison
        settings = comparison.curveSettings
        let chosen = Self.chosen(comparison)
        let drawn = quantities.flatMap { [$0, "val_" + $0] }
        let found = chosen.map { result in
            let curves = drawn.compactMap { name in comparison.curve(result, name).map { (name, $0) } }
            return (result.name, Dictionary(curves) { first, _ in first })
        }
        curves = Dictionary(found) { first, _ in first }
        results = chosen.filter { result in found.contains { $0.0 == result.name && !$0.1.isEmpty } }
        guard curves.values.contains(where: { $0.values.contains { $0.mean.count > 1 } }) else { return nil }
    }

    private static func chosen(_ comparison: Comparison) -> [VariantResult] {
        let drawable = ([0] + comparison.bestVariants(comparison.results.count)).filter { !comparison.results[$0].runs.isEmpty }
        guard drawable.count > largestCount else { return drawable.map { comparison.results[$0] } }
        let kept = [0] + comparison.bestVariants(largestCount - 1)
        return kept.filter { !comparison.results[$0].runs.isEmpty }.map { comparison.results[$0] }
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/curves.svg", svg: drawing.text(title: caption), caption: caption, note: note, data: data)
    }

    // MARK: - Layout

    private static let labelWidth = 46.0
    private static let gap = 16.0

    /// Up to four panels stand in a row.
    private var variantsPerRow: Int {
        switch (quantities.count, results.count) {
        case (_, 1), (2, ...3): 1
        case (1, 5...): 4
        default: 2
        }
    }

    private var drawing: SVG {
        let panelsPerRow = variantsPerRow * quantities.count
        let panelHeight = panelsPerRow > 2 ? 118.0 : results.count > 1 ? 160.0 : 230.0
        let nameHeight = hasNamesAbove ? 15.0 : 0
        let rowHeight = panelHeight + 66 + nameHeight
        let rows = (results.count + variantsPerRow - 1) / variantsPerRow
        let legend = legend
        let legendLines = legend.lineCount(from: Self.labelWidth, to: Style.width)
        let top = 15 + Double(legendLines) * Legend.lineHeight
        var svg = SVG(width: Style.width, height: top + Double(rows) * rowHeight)
        legend.draw(in: &svg, at: Point(Self.labelWidth, 18), to: Style.width)
        let slot = Style.width / Double(panelsPerRow)
        let ranges = quantities.map { range($0) }
        for (index, result) in results.enumerated() {
            let panelTop = top + Double(index / variantsPerRow) * rowHeight + 32 + nameHeight
            if hasNamesAbove {
                let left = Double(index % variantsPerRow * quantities.count) * slot + Self.labelWidth
                let width = slot * Double(quantities.count) - Self.labelWidth - Self.gap
                svg.text(shortened(title(result), to: width), at: Point(left, panelTop - 9 - nameHeight), .heading, size: 12)
            }
            for (position, quantity) in quantities.enumerated() {
                let column = index % variantsPerRow * quantities.count + position
                let left = Double(column) * slot + Self.labelWidth
                let right = Double(column + 1) * slot - Self.gap
                let x = Scale.epochs(
                    lastEpoch(of: result), after: settings.fromEpoch, from: left, to: right, ticks: panelsPerRow > 2 ? 4 : 6)
                let y = Scale.over(
                    ranges[position].values, from: panelTop + panelHeight, to: panelTop, ticks: 4, mayBeLogarithmic: true)
                let panel = Panel(x: x, y: y, heading: heading(result, quantity))
                panel.drawFrame(in: &svg)
                let isCut = ranges[position].cutsFirstEpoch || !diverged.isEmpty
                if isCut { svg.beginCut(to: panel.corner, panel.oppositeCorner) }
                drawCurves(of: result, quantity, on: panel, in: &svg)
                if isCut { svg.endCut() }
                drawMarks(of: result, quantity, on: panel, in: &svg)
                if index + variantsPerRow >= results.count {
                    svg.text("epoch", at: Point((left + right) / 2, panelTop + panelHeight + 31), anchor: .middle)
                }
            }
        }
        return svg
    }

    private func heading(_ result: VariantResult, _ quantity: String) -> String {
        let name = comparison.quantityWords(FigureName(quantity))
        guard comparison.hasVariants, !hasNamesAbove else { return name.capitalized }
        return title(result) + ", " + name
    }

    private func title(_ result: VariantResult) -> String {
        isNamedByValues(result) ? "(" + result.variant.changes.map(\.text).joined(separator: ", ") + ")" : result.name
    }

    /// Whether variants are named above their panels, since some name is too long for the heading of one.
    private var hasNamesAbove: Bool {
        comparison.hasVariants && results.contains { SVG.width(of: title($0), size: 12) > headingWidth - longestQuantity }
    }

    private var longestQuantity: Double {
        quantities.map { SVG.width(of: ", " + comparison.quantityWords(FigureName($0)), size: 12) }.max() ?? 0
    }

    private var headingWidth: Double {
        Style.width / Double(variantsPerRow * quantities.count) - Self.labelWidth - Self.gap
    }

    /// Names of a sweep's points begin alike; cut, they would all be the same.
    func isNamedByValues(_ result: VariantResult) -> Bool {
        result.variant.origin == .sweep && SVG.width(of: result.name, size: 12) > headingWidth - longestQuantity
    }

    private var lastEpoch: Int {
        curves.values.flatMap(\.values).map(\.lastEpoch).max() ?? 1
    }

    /// Where a variant's panels end: with the longest of all, or by itself where that would leave most of them empty.
    private func lastEpoch(of result: VariantResult) -> Int {
        hasOwnEpochs(result) ? ownLastEpoch(result) : lastEpoch
    }

    private func ownLastEpoch(_ result: VariantResult) -> Int {
        curves[result.name]?.values.map(\.lastEpoch).max() ?? lastEpoch
    }

    /// Whether a variant trains less than half as long as the longest.
    func hasOwnEpochs(_ result: VariantResult) -> Bool {
        ownLastEpoch(result) * 2 < lastEpoch
    }

    /// Variants of which a run diverged, where others are left: a scale that spans them would press the others to the ground.
    var diverged: [VariantResult] {
        let found = results.filter { $0.runs.contains(where: \.isDiverged) }
        return found.count < results.count ? found : []
    }

    /// One range for a quantity in all panels, so that they compare at a glance.
    func range(_ quantity: String) -> CurveRange {
        let left = Set(diverged.map(\.name))
        func lines(_ name: String) -> [[Double]] {
            results.filter { !left.contains($0.name) }.compactMap { curves[$0.name]?[name] }.flatMap { curve in
                [curve.band(curve.bySeed.map(\.values)), curve.band(curve.byFold)].flatMap { [$0.lowest, $0.highest] } + [curve.measured]
            }
        }
        return CurveRange(
            train: lines(quantity), validation: lines("val_" + quantity), others: references(quantity: quantity).map(\.value),
            firstEpoch: settings.fromEpoch)
    }

    // MARK: - Drawing

    /// How the curves of a part are drawn.
    private struct Pen {
        let name: String
        let line, measured, band, wideBand: Style
    }

    private func drawCurves(of result: VariantResult, _ quantity: String, on panel: Panel, in svg: inout SVG) {
        let pens = [
            Pen(name: quantity, line: .train, measured: .trainMeasured, band: .trainBand, wideBand: .trainWideBand),
            Pen(
                name: "val_" + quantity, line: .validation, measured: .validationMeasured, band: .validationBand,
                wideBand: .validationWideBand),
        ]
        let drawn = pens.compactMap { pen in curves[result.name]?[pen.name].map { (pen, $0) } }
        for (pen, curve) in drawn {
            if hasFoldBand { drawBand(curve, of: curve.byFold, hasSeedBand ? pen.wideBand : pen.band, panel, in: &svg) }
            if hasSeedBand { drawBand(curve, of: curve.bySeed.map(\.values), pen.band, panel, in: &svg) }
        }
        if hasGhost, result.name != comparison.baseline.name {
            let name = hasValidation ? "val_" + quantity : quantity
            if let ghost = curves[comparison.baseline.name]?[name] {
                let shown = ghost.mean.prefix(max(0, lastEpoch(of: result) - ghost.firstEpoch + 1))
                svg.polyline(points(Array(shown), ghost, panel), .ghost)
            }
        }
        for (pen, curve) in drawn {
            if settings.smoothing > 0 { svg.polyline(points(curve.measured, curve, panel), pen.measured) }
        }
        for (pen, curve) in drawn { svg.polyline(points(curve.mean, curve, panel), pen.line) }
    }

    private func drawMarks(of result: VariantResult, _ quantity: String, on panel: Panel, in svg: inout SVG) {
        if "val_" + quantity == settings.monitor { drawTurn(of: result, on: panel, in: &svg) }
        for reference in references(quantity: quantity) where reference.variant == result.name {
            let place = panel.place(Double(reference.epoch ?? curves[result.name]?[quantity]?.lastEpoch ?? 1), reference.value)
            let style: Style = FigureName(reference.figure).part == .validation ? .validationReference : .trainReference
            if place.y.isFinite { svg.circle(place, radius: 4, style) }
        }
    }

    private func drawBand(_ curve: LearningCurve, of curves: [[Double]], _ style: Style, _ panel: Panel, in svg: inout SVG) {
        let band = curve.band(curves)
        svg.band(points(band.highest, curve, panel), points(band.lowest, curve, panel), style)
    }

    /// An upright line where overfitting starts, with its epoch.
    private func drawTurn(of result: VariantResult, on panel: Panel, in svg: inout SVG) {
        guard let start = comparison.turn(of: result)?.start else { return }
        let x = panel.x.place(Double(start))
        svg.line(from: Point(x, panel.corner.y), to: Point(x, panel.oppositeCorner.y), .mark)
        let isRight = panel.oppositeCorner.x - x < 40
        svg.text(String(start), at: Point(isRight ? x - 4 : x + 4, panel.corner.y + 9), .markText, anchor: isRight ? .end : .start)
    }

    private func points(_ values: [Double], _ curve: LearningCurve, _ panel: Panel) -> [Point] {
        values.enumerated().map { offset, value in
            let place = panel.place(Double(offset + curve.firstEpoch), value)
            // What lies so far outside needs no exact place, and viewers have their limits.
            return Point(place.x, place.y.isFinite ? min(max(place.y, -Self.farthest), Self.farthest) : place.y)
        }
    }

    // MARK: - What there is to draw

    var hasValidation: Bool {
        curves.values.contains { $0.keys.contains { $0.hasPrefix("val_") } }
    }

    var hasTurn: Bool {
        quantities.contains { "val_" + $0 == settings.monitor } && results.contains { comparison.turn(of: $0)?.start != nil }
    }

    var hasGhost: Bool {
        results.count > 1 && curves[comparison.baseline.name] != nil
    }

    /// Whether several seeds have a curve, so that there is something between them.
    var hasSeedBand: Bool {
        curves.values.contains { $0.values.contains { $0.bySeed.count > 1 } }
    }

    var hasFoldBand: Bool {
        curves.values.contains { $0.values.contains { $0.byFold.count > 1 } }
    }

    var hasReferences: Bool {
        quantities.contains { !references(quantity: $0).isEmpty }
    }

    /// Figures of the notes that have a place on a curve.
    private func references(quantity: String) -> [Reference] {
        comparison.experiment.references.filter { reference in
            let figure = FigureName(reference.figure)
            guard figure.part != .test, figure.quantity == quantity, reference.value.isFinite else { return false }
            return results.contains { $0.name == reference.variant } && reference.epoch ?? lastEpoch >= settings.fromEpoch
        }
    }
}
