import Metrics
import Settings
import Statistics

/// Whether the probabilities of the baseline and of the best are met.
extension Comparison {
    /// Probabilities of two classes are judged, those of more where the file asks for the Brier score.
    var calibrated: [(index: Int, scores: ClassScores)] {
        (best == 0 ? [0] : [best, 0]).compactMap { index in
            guard let scores = ClassScores(results[index]) else { return nil }
            let isAsked = results[index].variant.trial.settings.training.metrics.contains(.brierScore)
            return scores.positive != nil || isAsked ? (index, scores) : nil
        }
    }

    func calibrationSection(figures: [ReportFigure]) -> String? {
        let found = calibrated
        guard let first = found.first?.scores else { return nil }
        var table = MarkdownTable([
            .init("variant"), .init("Brier score", .right), .init("expected calibration error", .right), .init("by chance alone", .right),
        ])
        for (index, scores) in found {
            let samples = [\ClassScores.Run.brierScore, \.bins.expectedError, \.bins.errorByLuck].map { figure in
                Sample(scores.runs.map { $0[keyPath: figure] }.filter(\.isFinite))
            }
            let cells = samples.enumerated().map { place, sample -> String in
                guard let sample else { return "–" }
                return place == 2 ? Digits(decimals: 3).text(sample.mean) : Digits([sample]).text(sample)
            }
            table.rows.append([results[index].code] + cells)
        }
        let whose = first.positive.map { "probability of \($0.asMarkdown)" } ?? "probability of the predicted class"
        let truth = first.positive.map { "of \($0.asMarkdown)" } ?? "that are of it"
        let runs = first.runs.count > 1 ? ", mean ± standard deviation over the runs" : ""
        let note =
            "From the \(whose) of the \(grouped(first.examples)) \(first.part.rawValue) examples\(runs). Expected calibration error: how far the share \(truth) is from the mean probability, "
            + "in ten bins of equal width, weighted by their examples. By chance alone: about what it would be if every probability were right."
        return (["## Calibration of probabilities", table.text, note] + figures.paragraphs("calibration", "ranking")).joined(
            separator: "\n\n")
    }
}
