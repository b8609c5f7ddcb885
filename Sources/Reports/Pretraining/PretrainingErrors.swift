import RunStore
import Statistics

/// The errors of layers that were trained by themselves, from input to output: a mean over a variant's runs after each pass.
struct PretrainingErrors {
    let variant: String
    let layers: [(name: String, errors: [Double])]
    /// Whether something went wrong in one of the runs.
    let hasTrouble: Bool

    /// Nil where no run has such passes. A run whose errors are no finite numbers any more counts no further.
    init?(_ result: VariantResult) {
        let runs = result.runs.compactMap(\.record.pretraining)
        guard let names = runs.first?.map(\.layer), !names.isEmpty else { return nil }
        variant = result.name
        hasTrouble = result.runs.contains { $0.record.pretrainingTrouble != nil }
        layers = names.map { name in
            let all = runs.compactMap { $0.first { $0.layer == name }?.errors }
            let passes = all.map(\.count).max() ?? 0
            let means = (0..<passes).map { pass in
                Sample(all.compactMap { $0.indices.contains(pass) && $0[pass].isFinite ? $0[pass] : nil })?.mean ?? .nan
            }
            return (name, means)
        }
    }
}

extension PretrainingErrors {
    /// All that are finite numbers.
    var finite: [Double] { layers.flatMap(\.errors).filter(\.isFinite) }
}

extension Comparison {
    func pretrainingSection(figures: [ReportFigure]) -> String? {
        let figure = figures.paragraphs(PretrainingFigure.name)
        return figure.isEmpty ? nil : (["## Layers trained by themselves"] + figure).joined(separator: "\n\n")
    }
}
