import Datasets
import Metrics
import Settings

extension TrialSettings {
    /// The sums of the metrics, nothing added yet; metrics of one of two classes are of the positive one, which is said above `threshold` where there is one.
    func metricSums(on target: DatasetSummary.TargetKind, threshold: Double?) -> [MetricSum] {
        let positive = positive(of: target)
        return training.metrics.map { $0.sum(positive: positive, threshold: threshold) }
    }

    /// The number of the positive class.
    func positive(of target: DatasetSummary.TargetKind) -> Int {
        guard case .classes(let names) = target else { return self.target.positiveNumber(among: []) }
        return self.target.positiveNumber(among: names)
    }
}
