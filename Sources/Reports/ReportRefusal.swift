/// Why there is no report.
public enum ReportRefusal: Error, Hashable, Sendable {
    /// No run of the experiment is finished; so many are planned.
    case nothingFinished(experiment: String, planned: Int, failed: Int)
    /// Finished runs hold none of the figures that could be compared.
    case nothingToCompare(experiment: String, metric: String)
    /// The loss of every finished run was no finite number; `pretraining` says how layers' training by themselves
    /// had gone wrong before, in all of them.
    case everythingDiverged(experiment: String, runs: Int, pretraining: String?)
}

extension ReportRefusal: CustomStringConvertible {
    /// What was found, and what to do.
    public var description: String {
        switch self {
        case .nothingFinished(let experiment, let planned, let failed):
            "\(experiment): none of \(planned) runs is finished\(failed > 0 ? " (\(failed) failed)" : ""), so there is nothing to report and "
                + "no report was written; train them first: ablate run \(experiment)"
        case .everythingDiverged(let experiment, let runs, let pretraining):
            "\(experiment): training diverged: the loss was not finite in \(runs == 1 ? "the one finished run" : "all \(runs) finished runs"), "
                + (pretraining.map { "since \($0), so there is nothing to report; lower the learning rate of training.pretrain" }
                    ?? "so there is nothing to report; lower the learning rate") + ", or scale the inputs"
        case .nothingToCompare(let experiment, let metric):
            "\(experiment): the finished runs have neither the figure \"\(metric)\" nor a loss; select a metric that training reports"
        }
    }
}
