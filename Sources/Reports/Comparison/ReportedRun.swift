import RunStore
import Settings

/// A finished run with its curves. A class, since sections hand thousands of them around and a record has many parts.
final class ReportedRun {
    let specification: RunSpecification
    let history: History
    /// Its record, and where its predictions are.
    let stored: StoredRun
    /// Whether training met a loss that is no number.
    let isDiverged: Bool

    var record: Record { stored.record }

    init(specification: RunSpecification, history: History, stored: StoredRun) {
        self.specification = specification
        self.history = history
        self.stored = stored
        isDiverged = stored.record.stopped == "diverged" || history["loss"]?.contains { !$0.isFinite } == true
    }

    /// A final figure: of the record, or else of the epoch whose weights were kept.
    func figure(_ name: String) -> Double? {
        record.figures[name] ?? figure(name, epoch: record.keptEpoch ?? history.rows.count)
    }

    /// The figure of one epoch, counted from 1.
    func figure(_ name: String, epoch: Int) -> Double? {
        guard let column = history.columns.firstIndex(of: name) else { return gap(name, epoch: epoch) }
        return history.rows.indices.contains(epoch - 1) ? history.rows[epoch - 1][column] : nil
    }

    /// A figure of validation rows less that of train rows, where that is what the name stands for.
    private func gap(_ name: String, epoch: Int) -> Double? {
        guard let figure = OwnFigure(named: name)?.gapOf, let validation = self.figure("val_" + figure, epoch: epoch),
            let train = self.figure(figure, epoch: epoch)
        else { return nil }
        return validation - train
    }

    /// Whether the run's rows cannot have a figure though nothing diverged: the ROC AUC of one class, R² of one row.
    func isUndefined(_ name: String) -> Bool {
        guard self.figure(name)?.isNaN == true else { return false }
        let figure = FigureName(name)
        guard figure.metric?.isUndefinedFor != nil else { return false }
        return self.figure(figure.loss.name)?.isFinite == true
    }

    /// Whether the weights that were kept are those of the epoch in which training diverged: figures of that epoch mean nothing, also where they
    /// are still finite.
    var isSpoilt: Bool {
        isDiverged && (record.keptEpoch ?? history.rows.count) >= history.rows.count
    }
}
