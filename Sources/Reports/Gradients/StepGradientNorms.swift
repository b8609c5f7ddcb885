import Settings

/// The sizes of the gradients to what a variant's first recurrent layer reads, from the first step of the sequence to the last, each a mean over its runs.
struct StepGradientNorms {
    let variant: String
    /// By step, in the first epoch and in the last.
    let firstEpoch: [Double]
    let lastEpoch: [Double]

    /// Nil where the runs did not measure them.
    init?(_ result: VariantResult, folds: Int?) {
        let columns = result.runs.first?.history.columns.filter { $0.hasPrefix(Figures.stepGradientNormPrefix) } ?? []
        // The step stands behind the last slash.
        func layer(_ column: String) -> Substring { column[..<(column.lastIndex(of: "/") ?? column.endIndex)] }
        guard let first = columns.first.map(layer) else { return nil }
        let curves = columns.filter { layer($0) == first }.compactMap { column in
            LearningCurve(result.runs, column, settings: CurveSettings(), folds: folds)?.measured
        }
        variant = result.name
        firstEpoch = curves.compactMap(\.first)
        lastEpoch = curves.compactMap(\.last)
        guard curves.count > 1 else { return nil }
    }

    var stepCount: Int { firstEpoch.count }

    /// The first step's norm beside the last one's.
    func ends(atTheEnd: Bool) -> GradientNorms.Ends? {
        let norms = atTheEnd ? lastEpoch : firstEpoch
        guard let first = norms.first, let last = norms.last else { return nil }
        return GradientNorms.Ends(first: first, last: last)
    }
}

extension Comparison {
    /// Of every variant whose runs measured them, in the experiment's order.
    var stepGradientNorms: [StepGradientNorms] { results.compactMap { StepGradientNorms($0, folds: experiment.folds) } }

    func stepGradientsSection(figures: [ReportFigure]) -> String? {
        let norms = stepGradientNorms
        guard !norms.isEmpty else { return nil }
        var table = MarkdownTable([
            .init("variant"), .init("steps", .right), .init("first step, epoch 1", .right), .init("last step", .right),
            .init("first / last", .right), .init("first step, last epoch", .right), .init("last step", .right),
            .init("first / last", .right),
            .init("on its way back through time it"),
        ])
        for norm in norms {
            guard let start = norm.ends(atTheEnd: false), let end = norm.ends(atTheEnd: true) else { continue }
            let numbers = [start, end].flatMap { [$0.first, $0.last, $0.ratio] }.map { significant($0, digits: 2) }
            table.rows.append(
                [norm.variant.asMarkdownCode, String(norm.stepCount)] + numbers + [
                    GradientNorms.Ends.words(from: start, to: end, last: "step")
                ])
        }
        return (["## Gradients by step"] + figures.paragraphs("step-gradients") + [table.text, Self.stepGradientRule])
            .joined(separator: "\n\n")
    }

    private static let stepGradientRule =
        "A step's figure is the L2 norm of the gradient of the loss to what the first recurrent layer reads at that step, of all examples of a batch, a mean "
        + "over an epoch's batches and over the runs. The first step's over the last one's: below 1/100 the gradient vanishes, below 1/10 it shrinks, above "
        + "10 it grows, above 100 it explodes. Norms below 10⁻¹⁹ are told as 0."
}
