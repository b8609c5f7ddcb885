/// Learning curves, and where they turn.
extension Comparison {
    func curvesSection(figures: [ReportFigure]) -> String? {
        let overfitting = overfittingParagraphs
        let figure = figures.first { $0.path.hasSuffix("curves.svg") }
        guard figure != nil || !overfitting.isEmpty else { return nil }
        return (["## Learning curves"] + (figure?.paragraphs ?? []) + overfitting).joined(separator: "\n\n")
    }
}
