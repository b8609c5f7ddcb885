import Settings
import Statistics

/// The name of a figure as training reports it, such as `val_accuracy`, and as a person says it.
struct FigureName: Hashable {
    let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Which examples the figure is of.
    enum Part: String {
        case train, validation, test
    }

    var part: Part {
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

    /// For example `validation accuracy`, `test MAE`, `train loss`.
    var words: String { "\(part.rawValue) \(quantityWords)" }

    /// For example `accuracy`, `MAE`, `macro-F1`.
    var quantityWords: String {
        switch quantity {
        case "mae", "mse", "rmse", "auc": quantity.uppercased()
        case "roc_auc": "ROC AUC"
        case "r2": "R²"
        case "f1": "F1"
        case "f1_macro", "f1_micro", "precision_macro", "precision_micro", "recall_macro", "recall_micro":
            quantity.split(separator: "_").reversed().joined(separator: "-").replacing("f1", with: "F1")
        default: quantity.replacing("_", with: " ")
        }
    }

    /// Whether it is of one of two classes, the positive one.
    var isOfPositiveClass: Bool { ["precision", "recall", "f1", "roc_auc"].contains(quantity) }

    /// What values the figure can have at all: shares from 0 to 1, losses and errors from 0, R² up to 1.
    var possible: Interval {
        switch quantity {
        case "r2": Interval(lower: -.infinity, upper: 1)
        case "overfitting_epoch": Interval(lower: 1, upper: .infinity)
        case let name where name.hasPrefix(AskedRow.figurePrefix): Interval(lower: -.infinity, upper: .infinity)
        case let name where name == "accuracy" || name.hasSuffix("_accuracy") || name == "auc" || name == "roc_auc": .share
        case let name where ["precision", "recall", "f1"].contains(String(name.prefix { $0 != "_" })): .share
        default: Interval(lower: 0, upper: .infinity)
        }
    }
}

extension Interval {
    fileprivate static let share = Interval(lower: 0, upper: 1)

    /// What lies in both; nil when nothing does.
    func clipped(to other: Interval) -> Interval? {
        let both = Interval(lower: max(lower, other.lower), upper: min(upper, other.upper))
        return both.lower <= both.upper ? both : nil
    }
}
