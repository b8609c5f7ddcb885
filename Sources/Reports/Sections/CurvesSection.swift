import Statistics

/// Learning curves, and where validation loss turns.
extension Comparison {
    func curvesSection(figures: [ReportFigure]) -> String? {
        guard let figure = figures.first(where: { $0.path.hasSuffix("curves.svg") }) else { return nil }
        return
            (["## Learning curves", "![\(figure.caption)](\(figure.path))", figure.caption + "."] + [overfittingSentence].compactMap { $0 })
            .joined(separator: "\n\n")
    }

    /// The epoch where a variant's validation loss, its mean over runs, is lowest, and how far it has risen at the last one.
    func turn(of result: VariantResult) -> Turn? {
        let curve = MeanCurve(result.runs.compactMap { $0.history["val_loss"] })
        guard let lowest = curve.mean.filter(\.isFinite).min(), let index = curve.mean.firstIndex(of: lowest), let last = curve.mean.last
        else { return nil }
        return Turn(epoch: index + 1, epochs: curve.mean.count, rise: lowest > 0 ? last / lowest - 1 : 0)
    }

    struct Turn {
        let epoch: Int
        let epochs: Int
        /// The last loss over the lowest, minus 1.
        let rise: Double
        /// A rise by a twentieth and more is called overfitting.
        var isOverfitting: Bool { epoch < epochs && rise >= 0.05 }
    }

    private var overfittingSentence: String? {
        let turns = results.compactMap { result in turn(of: result).map { (result.name, $0) } }
        guard !turns.isEmpty else { return nil }
        let places = turns.map { name, turn in "\(hasVariants ? name + " " : "")\(turn.epoch) of \(turn.epochs)" }
        guard hasVariants else { return "Validation loss is lowest at epoch \(places[0])\(riseClause(turns[0].1))." }
        let overfitting = turns.filter { $0.1.isOverfitting }
        let epochs = overfitting.map { $0.1.epoch }.sorted()
        let who = overfitting.count == turns.count ? "Every variant overfits" : "\(overfitting.count) of \(turns.count) variants overfit"
        let summary =
            overfitting.isEmpty
            ? "No variant overfits clearly: none ends more than 5 % above its lowest validation loss."
            : "\(who): validation loss rises by 5 % and more after epoch \(epochs[0] == epochs[epochs.count - 1] ? "\(epochs[0])" : "\(epochs[0]) to \(epochs[epochs.count - 1])")."
        return summary + " Lowest at epoch: \(enumeration(places, limit: 20))."
    }

    private func riseClause(_ turn: Turn) -> String {
        turn.epoch == turn.epochs || turn.rise < 0.005 ? "" : " and \(Digits(decimals: 0).text(turn.rise * 100)) % higher at the end"
    }
}

/// The mean of several curves, epoch by epoch, with the smallest and the largest value. It goes on as long as half of the curves do.
struct MeanCurve {
    let mean: [Double]
    let lowest: [Double]
    let highest: [Double]

    init(_ curves: [[Double]]) {
        let lengths = curves.map(\.count).sorted(by: >)
        let length = lengths.isEmpty ? 0 : lengths[(lengths.count - 1) / 2]
        let samples = (0..<length).map { epoch in
            Sample(curves.compactMap { epoch < $0.count && $0[epoch].isFinite ? $0[epoch] : nil })
        }
        mean = samples.map { $0?.mean ?? .nan }
        lowest = samples.map { $0?.minimum ?? .nan }
        highest = samples.map { $0?.maximum ?? .nan }
    }
}
