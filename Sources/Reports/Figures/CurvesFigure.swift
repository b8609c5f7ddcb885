import Experiments
import Statistics

/// Learning curves in small multiples: for each variant a panel of the loss and, where there is one, a panel of a metric; train and
/// validation with a band over the runs, and the baseline's validation curve behind every other variant's.
struct CurvesFigure {
    private let comparison: Comparison
    private let results: [VariantResult]
    private let quantities: [String]

    /// A figure for so many variants at most; beyond it the baseline and the best remain.
    static let largestCount = 12

    /// Nil when no run has a curve.
    init?(_ comparison: Comparison) {
        let columns = Set(comparison.results.flatMap(\.runs).flatMap(\.history.columns)).subtracting(["epoch", "seconds"])
        let names = Set(columns.map { FigureName($0).quantity })
        let metric = names.contains(comparison.figure.quantity) && comparison.figure.quantity != "loss" ? comparison.figure.quantity : nil
        let others = names.filter { $0 != "loss" && !$0.hasPrefix("grad_norm/") }
        quantities = [names.contains("loss") ? "loss" : nil, metric ?? others.min()].compactMap { $0 }
        let epochs = comparison.results.flatMap(\.runs).map(\.history.rows.count).max() ?? 0
        guard !quantities.isEmpty, epochs > 1 else { return nil }
        self.comparison = comparison
        results = Self.chosen(comparison)
    }

    private static func chosen(_ comparison: Comparison) -> [VariantResult] {
        let drawable = ([0] + comparison.bestVariants(comparison.results.count)).filter { !comparison.results[$0].runs.isEmpty }
        guard drawable.count > largestCount else { return drawable.map { comparison.results[$0] } }
        let kept = [0] + comparison.bestVariants(largestCount - 1)
        return kept.filter { !comparison.results[$0].runs.isEmpty }.map { comparison.results[$0] }
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/curves.svg", svg: drawing.text(title: caption), caption: caption)
    }

    // MARK: - Words

    private var caption: String {
        let what = quantities.map { FigureName($0).quantityWords }.joined(separator: " and ").capitalized
        let runs = results.map(\.runs.count).max() ?? 1
        let over = runs > 1 ? "mean over \(runsWord), band from the lowest to the highest" : "one run"
        let left = comparison.results.count { !$0.runs.isEmpty } - results.count
        return "\(what) by epoch\(left > 0 ? ", the baseline and the best (\(left) more variants are left out)" : ""): \(over)"
    }

    private var runsWord: String {
        switch comparison.unit {
        case .fold: "folds"
        case .seed(let folds): folds == nil ? "seeds" : "seeds and folds"
        }
    }

    // MARK: - Layout

    private static let width = 880.0
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
        let panelHeight = panelsPerRow > 2 ? 118.0 : results.count > 1 ? 150.0 : 230.0
        let rowHeight = panelHeight + 66
        let rows = (results.count + variantsPerRow - 1) / variantsPerRow
        let top = 34.0
        var svg = SVG(width: Self.width, height: top + Double(rows) * rowHeight)
        legend.draw(in: &svg, at: Point(Self.labelWidth, 18))
        let slot = Self.width / Double(panelsPerRow)
        let scales = quantities.map { sharedScale($0) }
        for (index, result) in results.enumerated() {
            let panelTop = top + Double(index / variantsPerRow) * rowHeight + 32
            for (position, quantity) in quantities.enumerated() {
                let column = index % variantsPerRow * quantities.count + position
                let left = Double(column) * slot + Self.labelWidth
                let right = Double(column + 1) * slot - Self.gap
                let name = FigureName(quantity).quantityWords
                let heading =
                    comparison.hasVariants
                    ? "\(shortened(result.name, to: right - left - SVG.width(of: ", " + name, size: 12)))\(", " + name)" : name.capitalized
                let y = scales[position](panelTop + panelHeight, panelTop)
                let panel = Panel(x: .epochs(epochCount, from: left, to: right, ticks: panelsPerRow > 2 ? 4 : 6), y: y, heading: heading)
                draw(result, quantity, on: panel, in: &svg)
                if index + variantsPerRow >= results.count {
                    svg.text("epoch", at: Point((left + right) / 2, panelTop + panelHeight + 31), anchor: .middle)
                }
            }
        }
        return svg
    }

    private var legend: Legend {
        var entries: [(sample: Legend.Sample, text: String)] = [(.line(.train, band: .trainBand), "train")]
        if hasValidation { entries.append((.line(.validation, band: .validationBand), "validation")) }
        if hasGhost { entries.append((.line(.ghost, band: nil), "baseline’s \(hasValidation ? "validation" : "train")")) }
        if hasReferences { entries.append((.dot(.validationReference, radius: 4), "printed in the notes")) }
        let runs = results.map(\.runs.count).max() ?? 1
        if runs > 1 { entries.append((.none, "band: lowest to highest of \(runs) runs")) }
        return Legend(entries: entries)
    }

    private var epochCount: Int {
        results.map { result in quantities.flatMap { curves(result, $0).map(\.mean.count) }.max() ?? 0 }.max() ?? 0
    }

    /// One scale for a quantity in all panels, so that they compare at a glance.
    private func sharedScale(_ quantity: String) -> (Double, Double) -> Scale {
        let curves = results.flatMap { self.curves($0, quantity) }
        let values = curves.flatMap { $0.lowest + $0.highest } + references(quantity: quantity).map(\.value)
        return { start, end in .over(values, from: start, to: end, ticks: 4, mayBeLogarithmic: true) }
    }

    // MARK: - Drawing

    private func draw(_ result: VariantResult, _ quantity: String, on panel: Panel, in svg: inout SVG) {
        panel.drawFrame(in: &svg)
        let styles: [(String, Style, Style)] = [(quantity, .train, .trainBand), ("val_" + quantity, .validation, .validationBand)]
        let curves = styles.map { name, line, band in (MeanCurve(result.runs.compactMap { $0.history[name] }), line, band) }
        for (curve, _, band) in curves where result.runs.count > 1 {
            svg.band(points(curve.highest, panel), points(curve.lowest, panel), band)
        }
        if hasGhost, result.name != comparison.baseline.name {
            let name = hasValidation ? "val_" + quantity : quantity
            svg.polyline(points(MeanCurve(comparison.baseline.runs.compactMap { $0.history[name] }).mean, panel), .ghost)
        }
        for (curve, style, _) in curves { svg.polyline(points(curve.mean, panel), style) }
        for reference in references(quantity: quantity) where reference.variant == result.name {
            let place = panel.place(Double(reference.epoch ?? curves[0].0.mean.count), reference.value)
            let style: Style = FigureName(reference.figure).part == .validation ? .validationReference : .trainReference
            if place.y.isFinite { svg.circle(place, radius: 4, style) }
        }
    }

    private func points(_ values: [Double], _ panel: Panel) -> [Point] {
        values.enumerated().map { panel.place(Double($0.offset + 1), $0.element) }
    }

    private func curves(_ result: VariantResult, _ quantity: String) -> [MeanCurve] {
        [quantity, "val_" + quantity].map { name in MeanCurve(result.runs.compactMap { $0.history[name] }) }
    }

    // MARK: - What there is to draw

    private var hasValidation: Bool {
        results.flatMap(\.runs).contains { run in quantities.contains { run.history["val_" + $0] != nil } }
    }

    private var hasGhost: Bool {
        results.count > 1 && !comparison.baseline.runs.isEmpty
    }

    private var hasReferences: Bool {
        quantities.contains { !references(quantity: $0).isEmpty }
    }

    /// Figures of the notes that have a place on a curve.
    private func references(quantity: String) -> [Reference] {
        comparison.experiment.references.filter { reference in
            let figure = FigureName(reference.figure)
            guard figure.part != .test, figure.quantity == quantity, reference.value.isFinite else { return false }
            return results.contains { $0.name == reference.variant }
        }
    }
}
