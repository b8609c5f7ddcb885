import Foundation
import Projects
import RunStore
import Scheduling
import Testing

/// The missing runs of an experiment, from the store to the store.
@Suite struct ExperimentRunnerTests {
    private let temporary: TemporaryProject

    init() throws { temporary = try TemporaryProject() }

    private func run(_ prepared: PreparedExperiment, on executor: StoreExecutor) throws -> Schedule {
        try ExperimentRunner(prepared, ScheduleRules(workers: 2)).run(on: executor, showing: NoProgress())
    }

    @Test func whatIsMissingIsTrainedAndThenFound() throws {
        let (prepared, executor) = (try temporary.prepared(), StoreExecutor())
        let end = try run(prepared, on: executor)
        #expect(Set(executor.trained.runs.map(\.identity)) == Set(prepared.runs.map(\.specification.identity)))
        #expect(end.finishedCount == 4 && end.total == 4 && end.failures.isEmpty)
        let again = StoreExecutor()
        let second = try run(try temporary.prepared(), on: again)
        #expect(again.trained.runs.isEmpty)
        #expect(second.finishedCount == 4 && second.total == 4 && second.outcomes == end.outcomes)
    }

    @Test func finishedRunsCountAmongTheOutcomes() throws {
        _ = try run(temporary.prepared(seeds: 1), on: StoreExecutor())
        let executor = StoreExecutor()
        let end = try run(temporary.prepared(), on: executor)
        #expect(executor.trained.runs.map(\.seed) == [2, 2])
        #expect(end.finishedCount == 4 && end.total == 4)
    }

    @Test func aJobTellsItsRunAndGoesWithTheWork() throws {
        let (prepared, executor) = (try temporary.prepared(), StoreExecutor())
        _ = try run(prepared, on: executor)
        let byIdentity = Dictionary(uniqueKeysWithValues: prepared.runs.map { ($0.specification.identity, $0.specification) })
        for trained in executor.trained.runs { #expect(byIdentity[trained.identity] == trained) }
        #expect(executor.trained.jobs.count == 4)
        for job in executor.trained.jobs { #expect(!FileManager.default.fileExists(atPath: job)) }
    }

    @Test func aFailureThatTheWorkerCouldNotNoteIsNotedForIt() throws {
        let executor = StoreExecutor(faults: ["wide, seed 1": .killed(signal: 9)])
        let end = try run(temporary.prepared(), on: executor)
        #expect(end.failures.map(\.run.title) == ["wide, seed 1"])
        let states = try temporary.prepared().runs.map(\.state)
        guard case .failed(let message, _) = states[2] else {
            Issue.record("\(states[2])")
            return
        }
        #expect(message == "the worker was ended by signal 9 (killed, as when memory runs out)")
        #expect(try temporary.prepared().missing.map(\.title) == ["wide, seed 1"])
    }

    /// Its record tells, so that `--failed` tries it again.
    @Test func whatFailedAtItsFirstStepFailedBefore() throws {
        let end = try ExperimentRunner(temporary.prepared(), ScheduleRules(workers: 1)).run(
            on: StoreExecutor(canaryFault: "no"), showing: NoProgress())
        #expect(Set(end.failures.map(\.message)) == ["at its first step: no"] && !end.failures.isEmpty)
        let prepared = try temporary.prepared()
        let failed = prepared.runs.filter { if case .failed = $0.state { true } else { false } }.map(\.title)
        #expect(failed.sorted() == end.failures.map(\.run.title).sorted())
        let executor = StoreExecutor()
        let again = try ExperimentRunner(prepared, ScheduleRules(workers: 1), onlyFailed: true).run(on: executor, showing: NoProgress())
        #expect(executor.trained.runs.count == failed.count && again.failures.isEmpty)
    }

    /// In one plan the start comes first; where it fails, what starts from it is not begun, and nothing else waits for it.
    @Test func aStartIsTrainedBeforeWhatStartsFromIt() throws {
        try temporary.write(
            TemporaryProject.width.replacing(
                "{model.mlp.hidden: [8]}", with: "{training.continue_from: {experiment: width, variant: baseline}, training.epochs: 9}"),
            to: "experiments/width.yaml")
        let prepared = try temporary.prepared()
        let runner = ExperimentRunner(prepared, ScheduleRules(workers: 1))
        let faulty = StoreExecutor(faults: ["baseline, seed 1": .killed(signal: 9)])
        let end = try runner.run(on: faulty, showing: NoProgress())
        #expect(faulty.trained.runs.map { "\($0.variant) \($0.seed)" } == ["baseline 1", "baseline 2", "wide 2"])
        #expect(end.failures.map(\.run.title) == ["baseline, seed 1"] && runner.countWithoutStart(after: end) == 1)
    }

    /// All workers of a machine share the data; what a run needs for itself is told apart.
    @Test func theDataCountInEstimatesOfMemory() throws {
        let trial = try temporary.prepared().variants[0].trial
        #expect(trial.dataMemory == 4 * (40 * 2 + 40))
        #expect(trial.answerBytes == 4 * 10 * (1 + 1 + 1))
    }

    @Test func whatCannotBeReplacedIsNeitherTrainedNorFinished() throws {
        let run = try temporary.prepared().runs[0]
        let record = temporary.workspace.store.folder(of: run.specification.identity, in: "width").recordFile
        try temporary.write("{\"version\": 99}", to: String(record.dropFirst(temporary.folder.count + 1)))
        let executor = StoreExecutor()
        let end = try self.run(temporary.prepared(), on: executor)
        #expect(executor.trained.runs.count == 3)
        #expect(end.finishedCount == 3 && end.total == 4 && end.failures.isEmpty)
    }

    @Test func aFolderThatCannotBeWrittenIsRefusedBeforehand() throws {
        try temporary.write("no folder", to: "results")
        let error = #expect(throws: Refusal.self) {
            try ExperimentRunner(temporary.prepared(), ScheduleRules(workers: 1)).checkThatRunsCanBeWritten()
        }
        #expect(error?.message.hasPrefix("cannot write runs: ") == true)
    }
}
