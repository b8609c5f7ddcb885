import Settings
import Statistics

/// The name of a figure as training reports it, such as `val_accuracy`, and as a person says it.
package struct FigureName: Hashable {
    package let name: String

    package init(_ name: String) {
        self.name = name
    }

    /// Which examples the figure is of.
    package enum Part: String {
        case train, validation, test
    }

    package var part: Part {
        name.hasPrefix("val_") ? .validation : name.hasPrefix("test_") ? .test : .train
    }

    /// The name without its part, such as `accuracy`.
    var quantity: String {
        switch part {
        case .train: name
        case .validation: String(name.dropFirst(4))
        case .test: String(name.dropFirst(5))
        }
    }

    /// The same quantity on test.
    var onTest: FigureName { FigureName("test_" + quantity) }

    /// The loss of the same part.
    var loss: FigureName { FigureName(String(name.dropLast(quantity.count)) + "loss") }

    /// For example `validation accuracy`, `test MAE`, `train loss`; what is not of rows of a part stands without one.
    package var words: String { own?.isOfRun == true ? quantityWords : "\(part.rawValue) \(quantityWords)" }

    /// What is known of the quantity where it is a metric.
    var metric: Metric? { Metric(figure: quantity) }

    /// What is known of the quantity where a loss, a network or a setting adds it to the figures.
    var own: OwnFigure? { OwnFigure(named: name) }

    /// For example `accuracy`, `MAE`, `macro-F1`.
    var quantityWords: String { metric?.words ?? own?.words ?? quantity.replacing("_", with: " ") }

    /// What values the figure can have at all: those of the metric, losses from 0, what a network answers for a row any.
    var possible: Interval {
        if let range = metric?.possible ?? own?.possible { return Interval(lower: range.lowerBound, upper: range.upperBound) }
        return switch quantity {
        case Figures.chanceAccuracy: Interval(lower: 0, upper: 1)
        case Figures.overfittingEpoch: Interval(lower: 1, upper: .infinity)
        case let name where name.hasPrefix(AskedRow.figurePrefix): Interval(lower: -.infinity, upper: .infinity)
        default: Interval(lower: 0, upper: .infinity)
        }
    }
}

extension Interval {
    /// What lies in both; nil when nothing does.
    func clipped(to other: Interval) -> Interval? {
        let both = Interval(lower: max(lower, other.lower), upper: min(upper, other.upper))
        return both.lower <= both.upper ? both : nil
    }
}
