import Metrics
import RunStore
import Statistics

/// What networks foretell of a time series beside what came, over the rows of the file, or over the numbers by which the split orders them: a panel a variant,
/// the mean over the runs with a band of one standard deviation.
struct ForecastFigure {
    private let comparison: Comparison
    private let part: FigureName.Part
    private let series: [Series]
    /// The column that orders the rows, where its numbers are at hand; nil: the rows' own numbers.
    private let order: String?

    /// A variant's forecasts, in their order.
    fileprivate struct Series {
        let name: String
        var points: [Forecast]
    }

    /// What was foretold of a row of the file, counted from 0, and what came. `place` is its number from 1, or that of the column that orders the rows.
    fileprivate struct Forecast {
        let row: Int32
        var place: Double
        let target: Double
        let sample: Sample
    }

    /// So many variants have a panel: the best, and the baseline.
    private static let mostPanels = 4
    /// So many rows are drawn, the last.
    private static let mostRows = 400

    /// Nil where the inputs are no windows, the target is no number, or no run keeps its predictions.
    init?(_ comparison: Comparison, _ pictures: ReportPictures? = nil) {
        let isSeries = comparison.baseline.variant.trial.settings.inputs.columns.contains { $0.window != nil }
        guard isSeries, comparison.figure.part != .train else { return nil }
        let part = comparison.figure.part
        let best = comparison.bestVariants(Self.mostPanels).prefix(Self.mostPanels - 1)
        let found = Set([0] + best).sorted().compactMap { Series(comparison.results[$0], part) }
        guard !found.isEmpty else { return nil }
        let column = comparison.baseline.variant.trial.settings.split.order
        if let column, let places = pictures?.ofOrder(comparison.baseline.name, Set(found.flatMap { $0.points.map(\.row) }).sorted()) {
            (order, series) = (column, found.map { $0.ordered(by: places) })
        } else {
            (order, series) = (nil, found)
        }
        self.comparison = comparison
        self.part = part
    }

    var reportFigure: ReportFigure {
        ReportFigure(path: "figures/forecast.svg", svg: drawing.text(title: caption), caption: caption, note: note, data: data)
    }

    private var hasSpread: Bool { series.contains { $0.points.contains { $0.sample.count > 1 } } }

    private var caption: String { "What \(enumeration(series.map(\.name))) foretold of the \(part.rawValue) rows, and what came" }

    private var note: String? {
        let spread = hasSpread ? "Mean ± standard deviation over the runs." : nil
        let cut = series.contains { $0.points.count > Self.mostRows } ? "The last \(Self.mostRows) rows." : nil
        let sentences = [spread, cut].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private var data: String {
        var data = FigureData(["variant", "row"] + (order.map { [$0] } ?? []) + ["target", "mean", "standard_deviation", "runs"])
        for line in series {
            for point in line.points {
                data.append(
                    [line.name, String(point.row + 1)]
                        + (order == nil ? [] : [Int(exactly: point.place).map(String.init) ?? FigureData.cell(point.place)]) + [
                            FigureData.cell(point.target), FigureData.cell(point.sample.mean),
                            FigureData.cell(point.sample.standardDeviation), String(point.sample.count),
                        ])
            }
        }
        return data.text
    }

    // MARK: - Drawing

    private static let panelHeight = 150.0
    private static let rowHeight = 206.0
    private static let left = 56.0
    private static let top = 40.0

    private var drawing: SVG {
        var svg = SVG(width: Style.width, height: Self.top + Double(series.count) * Self.rowHeight + 14)
        legend.draw(in: &svg, at: Point(Self.left, 18))
        let shown = series.map { $0.points.suffix(Self.mostRows) }
        let reach = shown.flatMap { $0.flatMap { [$0.target, $0.sample.mean] } }
        for (place, points) in shown.enumerated() {
            let top = Self.top + Double(place) * Self.rowHeight + 28
            let bottom = top + Self.panelHeight
            let right = Style.width - 16
            let panel = Panel(
                x: .over(points.map(\.place), from: Self.left, to: right, ticks: 8, setsThousandsApart: order == nil),
                y: .over(reach, from: bottom, to: top, ticks: 4), heading: series[place].name)
            panel.drawFrame(in: &svg)
            svg.beginCut(to: panel.corner, panel.oppositeCorner)
            func line(_ value: (Sample, Double) -> Double) -> [Point] {
                points.map { panel.place($0.place, value($0.sample, $0.target)) }
            }
            let upper = line { sample, _ in sample.mean + (sample.standardDeviation ?? .nan) }
            let lower = line { sample, _ in sample.mean - (sample.standardDeviation ?? .nan) }
            svg.band(upper, lower, .validationBand)
            svg.polyline(line { _, target in target }, .train)
            svg.polyline(line { sample, _ in sample.mean }, .validation)
            svg.endCut()
        }
        svg.text(order ?? "row", at: Point((Self.left + Style.width) / 2, svg.height - 8), anchor: .middle)
        return svg
    }

    private var legend: Legend {
        Legend(entries: [
            (.line(.train, band: nil), "what came"), (.line(.validation, band: hasSpread ? .validationBand : nil), "foretold"),
        ])
    }
}

extension ForecastFigure.Series {
    /// Nil where no run keeps predictions of numbers.
    fileprivate init?(_ result: VariantResult, _ part: FigureName.Part) {
        var targets: [Int32: Double] = [:]
        var answers: [Int32: [Double]] = [:]
        for run in result.runs where !run.isSpoilt {
            guard let found = try? run.stored.predictions(), let rows = part == .validation ? found.validation : found.test,
                case .values(let shift, let divisor, let logarithm)? = run.record.target, rows.width > 0,
                rows.hasTargets(for: run.record.target)
            else { continue }
            let unit = TargetUnit(shift: shift, divisor: divisor, logarithm: logarithm)
            let meaning = result.variant.trial.settings.training.loss.outputMeaning
            for (place, row) in rows.rows.enumerated() {
                targets[row] = unit.original(Double(rows.targets[place * rows.targets.count / rows.rows.count]))
                let values = meaning.values(rows.outputs[place * rows.width..<(place + 1) * rows.width])
                if let value = values.first { answers[row, default: []].append(unit.original(value)) }
            }
        }
        let points = targets.keys.sorted().compactMap { row -> ForecastFigure.Forecast? in
            guard let target = targets[row], let sample = Sample((answers[row] ?? []).filter(\.isFinite)) else { return nil }
            return ForecastFigure.Forecast(row: row, place: Double(row + 1), target: target, sample: sample)
        }
        guard points.count > 1 else { return nil }
        (name, self.points) = (result.name, points)
    }

    /// The same in the order of the places that rows have.
    fileprivate func ordered(by places: [Int32: Double]) -> Self {
        var other = self
        for index in points.indices { other.points[index].place = places[points[index].row] ?? .nan }
        other.points.sort { ($0.place, $0.row) < ($1.place, $1.row) }
        return other
    }
}

extension Comparison {
    /// Forecasts beside what came.
    func forecastSection(figures: [ReportFigure]) -> String? {
        let found = figures.paragraphs("forecast")
        return found.isEmpty ? nil : (["## Forecasts"] + found).joined(separator: "\n\n")
    }
}
