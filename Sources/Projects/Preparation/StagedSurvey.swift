import Experiments
import Reports
import RunStore

/// The runs that an experiment wants now, and how they stand in the store.
struct StagedSurvey {
    /// In the plan's order, the finalists' last.
    let planned: [PlannedRun]
    /// As many, in the same order.
    let survey: Survey
    /// What the wanted runs follow from.
    let stages: Stages
}

extension Workspace {
    /// Looks at the runs of an experiment, and leaves those out that are not wanted, or not yet.
    func stagedSurvey(
        of experiment: Experiment, bases: [RunBasis], store: RunStore, checking: Checking, known: [StoredRun] = []
    ) throws -> StagedSurvey {
        let planned = Plan(experiment).runs
        let specifications = try specifications(of: planned, in: experiment, bases: bases)
        let survey = store.survey(specifications, checking: checking, known: known)
        let stages = Stages(experiment, survey: survey)
        guard experiment.isInStages else { return StagedSurvey(planned: planned, survey: survey, stages: stages) }
        let wanted = planned.filter(stages.wants)
        let identities = Set(zip(planned, specifications).filter { stages.wants($0.0) }.map(\.1))
        let first = survey.filter(identities.contains)
        guard let finalists = stages.finalists, !finalists.isEmpty else {
            return StagedSurvey(planned: wanted, survey: first, stages: stages)
        }
        let more = Plan(experiment, finalists: finalists).runs
        let second = store.survey(
            try self.specifications(of: more, in: experiment, bases: bases), checking: checking, known: known)
        return StagedSurvey(planned: wanted + more, survey: first.followed(by: second), stages: stages)
    }

    /// How the runs that an experiment wants now stand in the store, without fetching, encoding or fitting anything.
    public func survey(of experiment: Experiment) throws -> Survey {
        try stagedSurvey(of: experiment, bases: bases(of: experiment), store: store, checking: .changes).survey
    }
}
