import Datasets
import Metrics
import Settings

extension TrialSettings {
    /// The sums of the metrics, nothing added yet; metrics of one of two classes are of the positive one.
    func metricSums(on target: DatasetSummary.TargetKind) -> [MetricSum] { training.metrics.map { $0.sum(positive: positive(of: target)) } }

    /// The number of the positive class: the one that the target names, else the second.
    func positive(of target: DatasetSummary.TargetKind) -> Int {
        guard case .classes(let names) = target, let name = self.target.positive else { return 1 }
        return names.firstIndex(of: name) ?? 1
    }
}
