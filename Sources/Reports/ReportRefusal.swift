/// Why there is no report.
public enum ReportRefusal: Error, Hashable, Sendable {
    /// No run of the experiment is finished; so many are planned.
    case nothingFinished(experiment: String, planned: Int, failed: Int)
    /// Finished runs hold none of the figures that could be compared.
    case nothingToCompare(experiment: String, metric: String)
}

extension ReportRefusal: CustomStringConvertible {
    /// What was found, and what to do.
    public var description: String {
        switch self {
        case .nothingFinished(let experiment, let planned, let failed):
            "\(experiment): none of \(planned) runs is finished\(failed > 0 ? " (\(failed) failed)" : ""), so there is nothing to report and "
                + "no report was written; train them first: ablate run \(experiment)"
        case .nothingToCompare(let experiment, let metric):
            "\(experiment): the finished runs have neither the figure \"\(metric)\" nor a loss; select a metric that training reports"
        }
    }
}
