import Statistics

/// Learning curves, and where validation loss turns.
extension Comparison {
    func curvesSection(figures: [ReportFigure]) -> String? {
        guard let figure = figures.first(where: { $0.path.hasSuffix("curves.svg") }) else { return nil }
        return
            (["## Learning curves", "![\(figure.caption)](\(figure.path))"] + [overfittingSentence].compactMap { $0 })
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
        let turns = results.compactMap { result in turn(of: result).map { (name: result.name, turn: $0) } }
        guard let first = turns.first else { return nil }
        guard hasVariants else {
            return "Validation loss is lowest at epoch \(first.turn.epoch) of \(first.turn.epochs)\(riseClause(first.turn))."
        }
        let overfitting = turns.filter(\.turn.isOverfitting).sorted { $0.turn.epoch < $1.turn.epoch }
        guard let earliest = overfitting.first, let latest = overfitting.last, let rise = overfitting.map(\.turn.rise).max() else {
            return "No variant overfits clearly: none ends more than 5 % above its lowest validation loss."
        }
        let who = overfitting.count == turns.count ? "Every variant overfits" : "\(overfitting.count) of \(turns.count) variants overfit"
        let span =
            earliest.turn.epoch == latest.turn.epoch
            ? "epoch \(earliest.turn.epoch)" : "epoch \(earliest.turn.epoch) (\(earliest.name)) to \(latest.turn.epoch) (\(latest.name))"
        return "\(who): validation loss is lowest at \(span), and up to \(Digits(decimals: 0).text(rise * 100)) % higher at the end."
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
