/// A figure taken apart by examples: a number for each, and the figure is their mean. For accuracy it is 1 for a hit and else 0, for MAE an example's own error.
///
/// For figures that are no such means (RMSE, R², ROC AUC, F1 and the like) it is the example's jackknife pseudo-value, N θ − (N − 1) θ₋ᵢ with θ₋ᵢ the figure without
/// the example, all moved alike so that their mean is θ (Dorfman, Berbaum and Metz 1992; Hillis 2005). So one analysis of variance judges figures of every kind.
extension MetricSum {
    /// The contributions of examples, in the order of `rows`, to a figure to which nothing was added; not numbers where the figure, or the figure without an example, is not defined.
    public func contributions(
        scores: UnsafeBufferPointer<Float>, meaning: OutputMeaning = .plain, rows: UnsafeBufferPointer<Int32>, targets: MetricTargets
    ) -> [Double] {
        guard !rows.isEmpty else { return [] }
        return contributions(
            MetricBatch(scores: scores, meaning: meaning, rows: rows, targets: targets, width: scores.count / rows.count))
    }
}

extension MetricAccumulator {
    /// What each example alone comes to: right for figures that are means over examples.
    package func contributions(_ batch: MetricBatch) -> [Double] { figuresAlone(batch) }

    func figuresAlone(_ batch: MetricBatch) -> [Double] {
        batch.rows.indices.map { place in
            var alone = self
            alone.add(batch.example(place))
            return alone.value
        }
    }
}

extension MetricBatch {
    /// One example as a batch.
    func example(_ place: Int) -> MetricBatch {
        var batch = MetricBatch(
            scores: scores.isEmpty ? scores : self.scores(place), meaning: meaning,
            rows: UnsafeBufferPointer(rebasing: rows[place..<place + 1]), targets: targets, width: width)
        batch.exact = exact.map { values, targets in
            let columns = place * width..<(place + 1) * width
            return (UnsafeBufferPointer(rebasing: values[columns]), UnsafeBufferPointer(rebasing: targets[columns]))
        }
        return batch
    }
}
