import Datasets
import Documents
import Experiments
import Settings
import Training

extension Workspace {
    /// Reads an experiment's file, with changes such as `training.epochs=5` and, when given, the seeds 1 … `seeds`, and gives its variants their sizes.
    public func experiment(_ file: String, settings: [String] = [], seeds: Int? = nil) throws -> Experiment {
        try matched(project.experiment(file, settings: settings, seeds: seeds))
    }

    /// The same, in which variants that are to be as large as the baseline have the widths for it. Where there are any, the data must be at hand, or have been
    /// when their runs were finished.
    public func matched(_ experiment: Experiment) throws -> Experiment {
        guard experiment.hasMatches else { return experiment }
        var contents = DataContents(of: experiment, workspace: self)
        func data(_ settings: TrialSettings) throws -> DatasetSummary {
            let request = try request(for: settings)
            return try summary(of: request, content: contents.digest(of: request), for: experiment.name)
        }
        let count = try findings(in: experiment.baseline, data) { try prepare($0, data: $1).parameters }
        return try experiment.matched { variant in
            try findings(in: variant, data) { try Training.settings($0, withParameters: count, data: $1) }
        }
    }

    /// What `work` makes of a variant's settings and data; what is wrong with them has its place in the file.
    private func findings<Value>(
        in variant: Variant, _ data: (TrialSettings) throws -> DatasetSummary, _ work: (TrialSettings, DatasetSummary) throws -> Value
    ) throws -> Value {
        let settings = variant.trial.settings
        do {
            return try work(settings, data(settings))
        } catch let problem as PreparationProblem {
            throw Diagnostics(variant.diagnostic(problem.message, at: problem.path, help: problem.help))
        } catch {
            let wrong =
                switch error {
                case let error as DatasetError: [try variant.diagnostic(error)]
                case let findings as Diagnostics: findings.all
                default: throw error
                }
            throw Diagnostics(FeatureFindings(of: variant, in: self)?.told(wrong) ?? wrong)
        }
    }
}
