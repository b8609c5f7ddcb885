/// Learning curves, and where they turn.
extension Comparison {
    func curvesSection(figures: [ReportFigure]) -> String? {
        let overfitting = overfittingParagraphs
        let figure = figures.paragraphs("curves")
        guard !figure.isEmpty || !overfitting.isEmpty else { return nil }
        return (["## Learning curves"] + figure + overfitting).joined(separator: "\n\n")
    }
}
