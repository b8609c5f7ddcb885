/// What every threshold between two classes gives: hits over false alarms (ROC), and precision over recall.
struct RankingFigure {
    private let comparison: Comparison
    private let lines: [(name: String, curve: ThresholdCurve, style: Style)]
    private let positive: String
    private let part: FigureName.Part

    /// Nil where there are not two classes with stored probabilities, or all examples are of one.
    init?(_ comparison: Comparison) {
        let found = comparison.calibrated
        guard let first = found.first?.scores, let positive = first.positive else { return nil }
        self.comparison = comparison
        self.positive = positive
        part = first.part
        lines = found.compactMap { index, scores in
            ThresholdCurve(scores).map { (comparison.results[index].name, $0, index == 0 && found.count > 1 ? .validation : .train) }
        }
        if lines.isEmpty { return nil }
    }

    var reportFigure: ReportFigure {
        ReportFigure(
            path: "figures/ranking.svg", svg: drawing.text(title: caption), caption: caption,
            note: "Means over the runs. Dashed: chance level.", data: data)
    }

    private var caption: String {
        "ROC and precision-recall curves of \(positive) at every threshold, on the \(part.rawValue) examples: "
            + enumeration(lines.map(\.name))
    }

    private var data: String {
        var data = FigureData(["variant", "false_alarms", "recall_at_false_alarms", "recall", "precision_at_recall"])
        for line in lines {
            for (place, at) in ThresholdCurve.places.enumerated() {
                data.append([
                    line.name, FigureData.cell(at), FigureData.cell(line.curve.recalls[place]), FigureData.cell(at),
                    FigureData.cell(line.curve.precisions[place]),
                ])
            }
        }
        return data.text
    }

    // MARK: - Drawing

    private static let side = 262.0
    private static let left = 48.0
    private static let top = 62.0
    private static let gap = 72.0

    private var drawing: SVG {
        var svg = SVG(width: Self.left + 2 * Self.side + Self.gap + 22, height: Self.top + Self.side + 54)
        let bottom = Self.top + Self.side
        func panel(_ left: Double, _ heading: String, _ below: String) -> Panel {
            let panel = Panel(
                x: .over([0, 1], from: left, to: left + Self.side, ticks: 5), y: .over([0, 1], from: bottom, to: Self.top, ticks: 5),
                heading: heading)
            panel.drawFrame(in: &svg)
            svg.text(below, at: Point(left + Self.side / 2, bottom + 38), anchor: .middle)
            return panel
        }
        let operating = panel(Self.left, "recall of \(positive)", "false positive rate")
        let retrieving = panel(Self.left + Self.side + Self.gap, "precision", "recall of \(positive)")
        Legend(entries: lines.map { (.line($0.style, band: nil), $0.name) } + [(.line(.ghost, band: nil), "chance")]).draw(
            in: &svg, at: Point(Self.left, 20))
        svg.polyline([operating.place(0, 0), operating.place(1, 1)], .ghost)
        if let share = lines.first?.curve.share { svg.polyline([retrieving.place(0, share), retrieving.place(1, share)], .ghost) }
        for line in lines.reversed() {
            svg.polyline(zip(ThresholdCurve.places, line.curve.recalls).map { operating.place($0, $1) }, line.style)
            svg.polyline(zip(ThresholdCurve.places, line.curve.precisions).map { retrieving.place($0, $1) }, line.style)
        }
        return svg
    }
}

/// What thresholds give, the mean over the runs of a variant.
struct ThresholdCurve {
    /// Where the curves are read.
    static let places = (0...100).map { Double($0) / 100 }

    /// At each of ``places`` as the share of false alarms: the recall.
    let recalls: [Double]
    /// At each of ``places`` as recall: the largest precision with no less.
    let precisions: [Double]
    /// The share of examples that are positive.
    let share: Double

    /// Nil without positive examples or without others.
    init?(_ scores: ClassScores) {
        var curves: [(recalls: [Double], precisions: [Double])] = []
        var share = 0.0
        for run in scores.runs {
            let positives = run.isTrue.count { $0 }
            let negatives = run.isTrue.count - positives
            guard positives > 0, negatives > 0, run.probabilities.allSatisfy(\.isFinite) else { continue }
            share = Double(positives) / Double(run.isTrue.count)
            let sorted = zip(run.probabilities, run.isTrue).sorted { $0.0 > $1.0 }
            var points: [(alarms: Double, recall: Double, precision: Double)] = [(0, 0, 1)]
            var hits = 0
            for (place, example) in sorted.enumerated() {
                if example.1 { hits += 1 }
                if place + 1 < sorted.count, sorted[place + 1].0 == example.0 { continue }
                points.append(
                    (Double(place + 1 - hits) / Double(negatives), Double(hits) / Double(positives), Double(hits) / Double(place + 1)))
            }
            var recalls: [Double] = []
            var next = 0
            for place in Self.places {
                while next + 1 < points.count, points[next + 1].alarms <= place { next += 1 }
                let here = points[next]
                guard next + 1 < points.count else {
                    recalls.append(here.recall)
                    continue
                }
                // Equal scores have a straight line between them, as in the area.
                let there = points[next + 1]
                recalls.append(here.recall + (there.recall - here.recall) * (place - here.alarms) / (there.alarms - here.alarms))
            }
            // From the lowest threshold up: the best precision that keeps the recall.
            var precisions: [Double] = []
            var (best, last) = (0.0, points.count - 1)
            for place in Self.places.reversed() {
                while last >= 1, points[last].recall >= place {
                    best = max(best, points[last].precision)
                    last -= 1
                }
                precisions.append(best)
            }
            curves.append((recalls, precisions.reversed()))
        }
        guard !curves.isEmpty else { return nil }
        func mean(_ values: KeyPath<(recalls: [Double], precisions: [Double]), [Double]>) -> [Double] {
            Self.places.indices.map { place in curves.reduce(0) { $0 + $1[keyPath: values][place] } / Double(curves.count) }
        }
        recalls = mean(\.recalls)
        precisions = mean(\.precisions)
        self.share = share
    }
}
