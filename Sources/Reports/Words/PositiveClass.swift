import RunStore

/// Figures in words where some are of one of two classes: their words name it.
extension Comparison {
    /// A figure as plain text, such as `validation accuracy` or `validation recall of default`.
    func words(_ figure: FigureName) -> String { figure.words + ofClass(figure) }

    /// The same without its part, such as `recall of default`.
    func quantityWords(_ figure: FigureName) -> String { figure.quantityWords + ofClass(figure) }

    private func ofClass(_ figure: FigureName) -> String {
        guard figure.metric?.isOfPositiveClass == true else { return "" }
        let classes = Set(results.compactMap(\.positiveClass))
        guard let name = classes.first else { return "" }
        return classes.count == 1 ? " of \(name)" : " of the positive class"
    }
}

extension VariantResult {
    /// The one of two classes that precision, recall, F1 and ROC AUC are of; nil where no record tells the classes, or these are not two.
    var positiveClass: String? {
        guard case .classes(let names)? = runs.compactMap(\.record.target).first, names.count == 2 else { return nil }
        return names[variant.trial.settings.target.positiveNumber(among: names)]
    }
}
