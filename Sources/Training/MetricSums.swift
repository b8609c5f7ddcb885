import Datasets
import Metrics
import Settings

extension TrialSettings {
    /// The sums of the metrics, nothing added yet; metrics of one of two classes are of the positive one.
    func metricSums(on target: DatasetSummary.TargetKind) -> [MetricSum] { training.metrics.map { $0.sum(positive: positive(of: target)) } }

    /// The number of the positive class.
    func positive(of target: DatasetSummary.TargetKind) -> Int {
        guard case .classes(let names) = target else { return self.target.positiveNumber(among: []) }
        return self.target.positiveNumber(among: names)
    }
}
